"""The command `kitabat publish`, as its users see it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import fsspec
import pytest
from tests.cli.publications import kitabat
from tests.delivery.outputs import CHANGED, SITE, contents, output

from kitabat.cli.main import main
from kitabat.model.errors import ExitCode


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "aaina"
    (folder / "content").mkdir(parents=True)
    (folder / "kitabat.toml").write_text('[publication]\nname = { en = "Aaina", ur = "آئینہ" }\n')
    output(folder / "dist", SITE)
    monkeypatch.chdir(folder)
    return folder


def test_a_site_is_published_and_brought_up_to_date(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = project.parent / "site"
    assert main(["publish", str(site)]) == 0
    assert capsys.readouterr().out == f"Published to {site}: 9 files sent ({size(project / 'dist')} kB)\n"
    assert main(["publish", str(site)]) == 0
    assert capsys.readouterr().out == f"{site} is up to date: 9 files\n"
    output(project / "dist", CHANGED)
    assert main(["publish", str(site), "--dry-run"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "send   assets/new.css (7 bytes)"
    assert lines[6:8] == ["delete ur/index.html", "delete ur/a/index.html"]
    assert lines[-1].startswith(f"Would publish to {site}: 6 files sent")
    assert "ur/index.html" in contents(site)
    assert main(["publish", str(site)]) == 0
    assert capsys.readouterr().out.endswith("1 file was there already, 4 files deleted\n")
    assert contents(site) == contents(project / "dist")


def size(folder: Path) -> str:
    return f"{sum(map(len, contents(folder).values())) / 1000:.1f}"


def test_another_output_needs_no_publication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    output(tmp_path / "made", SITE)
    for target in ("site", "content", "."):
        assert main(["publish", target, "--from", "../made"]) == 0
    assert contents(tmp_path / "here/site") == contents(tmp_path / "made")
    # Nothing but the site itself comes into a folder that is no publication.
    top = {path.partition("/")[0] for path in contents(tmp_path / "made")}
    assert {place.name for place in (tmp_path / "here").iterdir()} == top | {"site", "content"}
    assert main(["publish", "../made/below", "--from", "../made"]) == ExitCode.OUTPUT


def test_an_address_in_memory(project: Path) -> None:
    assert main(["publish", "memory://aaina/site", "--jobs", "2"]) == 0
    fs = fsspec.filesystem("memory")
    assert len(fs.find("/aaina/site")) == len(SITE) + 1
    fs.rm("/aaina", recursive=True)


@pytest.mark.parametrize("target", [".", "..", "dist", "dist/deep", "content", "locales/x", ".git", "../aaina/."])
def test_a_place_in_the_publication_is_refused(project: Path, target: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(project)
    assert main(["publish", target]) == ExitCode.OUTPUT
    assert "[output/place]" in capsys.readouterr().err
    assert contents(project) == before


def test_without_an_output_it_says_to_build(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "dist" / "manifest.json").unlink()
    assert main(["publish", "../site"]) == ExitCode.OUTPUT
    err = capsys.readouterr().err
    assert err.startswith("dist: error: Missing `manifest.json`, expected the output of a build [output/unbuilt]")
    assert "kitabat build" in err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["gopher://x/y"], ExitCode.USAGE, "[usage/target]"),
        (["s3://bucket", "--option", "x"], ExitCode.USAGE, "[usage/target]"),
        (["oss://bucket"], ExitCode.OUTPUT, "[output/driver]"),
        ([], ExitCode.USAGE, "Missing `TARGET`"),
    ],
)
def test_faults_end_with_their_codes(
    project: Path, arguments: list[str], code: ExitCode, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", *arguments]) == code
    err = capsys.readouterr().err
    assert words in err
    assert "Traceback" not in err


def test_a_folder_that_may_only_be_read(project: Path) -> None:
    assert not (project / "none").exists()
    done = kitabat("publish", "/proc/site", "--project", project)
    assert done.returncode == ExitCode.OUTPUT
    assert "Traceback" not in done.stderr
    assert "error: " in done.stderr


HANGING = """
import os, sys
from kitabat.delivery.target import Target
usual, calls = Target._write, iter(range(100))
def slow(self, place, content, kind):
    if next(calls) >= 4:
        sys.stdout.write("hanging\\n")
        sys.stdout.flush()
        os.read(0, 1)
    usual(self, place, content, kind)
Target._write = slow
from kitabat.cli.main import run
run()
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_it_ends_at_once_and_the_next_goes_on(project: Path, how: signal.Signals) -> None:
    site = project.parent / "site"
    process = subprocess.Popen(
        [sys.executable, "-c", HANGING, "publish", str(site), "--jobs", "2"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with process:
        assert process.stdout
        assert process.stdout.readline().startswith("hanging")
        process.send_signal(how)
        # The upload would go on until somebody writes a line: if the command waited for it, this would never end.
        process.wait(300)
        assert process.stderr
        err = process.stderr.read()
    if how is signal.SIGINT:
        assert process.returncode == ExitCode.INTERRUPTED
        assert "the same command goes on from there" in err
        assert "Traceback" not in err
    arrived = contents(site)
    done = kitabat("publish", site, "--project", project)
    assert done.returncode == 0, done.stderr
    kept = sum(path in arrived for path in contents(project / "dist"))
    assert f"{9 - kept} files sent" in done.stdout
    assert f"{kept} files were there already ({kept} from a publish that broke off)" in done.stdout
    assert contents(site) == contents(project / "dist")
