"""`kitabat sync`: what it writes, what it says, and when it only looks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.publications import ARTICLE, CATALOG, change, digests

from kitabat.catalogs import lock
from kitabat.cli.main import main
from kitabat.model.errors import ExitCode


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["new", str(tmp_path / "aaina")]) == 0
    change(
        tmp_path / "aaina",
        {ARTICLE: lambda content: content.replace(b"Publish in both", b"Publish both") + b"\nNew.\n"},
    )
    capsys.readouterr()
    return tmp_path / "aaina"


def test_check_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = digests(project)
    assert main(["sync", "--check", "--project", str(project)]) == ExitCode.FINDINGS
    assert digests(project) == before
    assert capsys.readouterr().out.endswith("3 of 3 files would change\n")


def test_what_changed_is_told_and_a_second_time_nothing_does(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sync", "--project", str(project)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert f"{CATALOG}: 1 added, 1 changed\n" in out
    before = digests(project)
    assert main(["sync", "--check", "--project", str(project)]) == 0
    assert capsys.readouterr().out == "All catalogs are up to date\n"
    assert digests(project) == before


def test_one_article_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, {"content/other.md": lambda _: b"---\ntitle: Other\nsource: en\n---\n\nText\n"})
    assert main(["sync", "other", "--project", str(project)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "welcome" not in out
    assert (project / "locales/other.pot").exists()
    assert main(["sync", "othr", "--project", str(project)]) == ExitCode.USAGE
    assert "Write one of: other" in capsys.readouterr().err


def test_nothing_is_called_up_to_date_that_could_not_be_read(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sync", "--project", str(project)]) == 0
    change(project, {CATALOG: lambda content: content + b"garbage\n"})
    capsys.readouterr()
    assert main(["sync", "--project", str(project)]) == ExitCode.CATALOG
    assert capsys.readouterr().out == "Nothing changed in what could be read and written\n"


def test_a_faulty_catalog_keeps_no_other_from_being_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, {CATALOG: lambda content: content + b"garbage\n"})
    faulty = (project / CATALOG).read_bytes()
    assert main(["sync", "--project", str(project)]) == ExitCode.CATALOG
    out, err = capsys.readouterr()
    assert (project / CATALOG).read_bytes() == faulty
    assert f"{CATALOG}:" in err
    assert "locales/en/LC_MESSAGES/welcome.po: 1 added, 1 changed" in out


def test_an_article_that_cannot_be_read_does_not_orphan_its_catalogs(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(project, {ARTICLE: lambda content: content + b"\xff"})
    assert main(["sync", "--project", str(project)]) == ExitCode.ARTICLE
    assert "catalog/orphan" not in capsys.readouterr().err


def test_spelling_that_was_corrected(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sync", "--project", str(project)]) == 0
    change(project, {ARTICLE: lambda content: content.replace(b"gathers every", b"gahters every")})
    assert main(["sync", "--project", str(project), "--typo"]) == 0
    assert f"{CATALOG}: 1 corrected\n" in capsys.readouterr().out


def test_another_sync_that_does_not_end(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digests(project / "locales")
    # The default of a parameter was bound when its module was read.
    monkeypatch.setattr(lock.locked.__wrapped__, "__defaults__", (0.05,))  # type: ignore[attr-defined]
    with lock.locked(project, 0):
        assert main(["sync", "--project", str(project)]) == ExitCode.BUSY
        assert main(["sync", "--check", "--project", str(project)]) == ExitCode.FINDINGS
    assert "busy/lock" in capsys.readouterr().err
    assert digests(project / "locales") == before


def test_a_file_that_may_only_be_read_keeps_no_other_from_being_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    former = (project / CATALOG).read_bytes()
    (project / CATALOG).chmod(0o444)
    assert main(["sync", "--project", str(project)]) == ExitCode.OUTPUT
    out, err = capsys.readouterr()
    assert (project / CATALOG).read_bytes() == former
    assert f"{CATALOG}: error: Cannot write: the file may only be read [output/write]" in err
    assert out == (
        "locales/welcome.pot: brought up to date\nlocales/en/LC_MESSAGES/welcome.po: 1 added, 1 changed\n"
        "2 of 2 files changed\n"
    )


KILLED = """
import os, signal, sys
from kitabat import workspace
from kitabat.cli.main import main
real, left = {function}, [{number}]
def dying(*arguments):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments)
{function} = dying
main(["sync", "--project", sys.argv[1]])
"""


@pytest.mark.parametrize("function", ["os.fsync", "os.replace"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_sync_that_is_killed_leaves_old_files_or_new_ones(project: Path, function: str, number: int) -> None:
    before = digests(project / "locales")
    script = KILLED.format(function=function, number=number)
    ended = subprocess.run(
        [sys.executable, "-c", script, str(project)], check=False, env=os.environ, capture_output=True
    )
    assert ended.returncode == -signal.SIGKILL
    between = digests(project / "locales")
    assert sum(between[path] != digest for path, digest in before.items()) == number - 1
    assert main(["sync", "--project", str(project)]) == 0
    after = digests(project / "locales")
    assert after.keys() == before.keys()
    assert all(between[path] in {before[path], after[path]} for path in before)


def test_a_file_that_cannot_be_written_as_a_whole_is_what_it_was(project: Path) -> None:
    before = digests(project / "locales")
    script = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512)); from kitabat.cli.main import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", script, "sync", "--project", str(project)]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (ExitCode.OUTPUT, "Nothing changed in what could be read and written\n")
    assert "Cannot write: File too large" in ended.stderr
    assert digests(project / "locales") == before
