"""`kitabat build`: what it says before and after; what it makes is tested where it is made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli.publications import CATALOG, change
from tests.publishing.projects import leave_out_what_takes_long

from kitabat.cli.build import notes
from kitabat.cli.main import main
from kitabat.model.errors import ExitCode
from kitabat.publishing.build import BuildReport


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["new", str(tmp_path / "aaina")]) == 0
    capsys.readouterr()
    return tmp_path / "aaina"


def test_nothing_is_published_where_something_is_at_fault(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, {CATALOG: lambda content: content + b"garbage\n"})
    assert main(["build", "--project", str(project)]) == ExitCode.CATALOG
    out, err = capsys.readouterr()
    assert out == ""
    assert f"Nothing was published; {project / 'dist'} is as it was\n" in err
    assert not (project / "dist").exists()


def test_an_article_that_is_not_there(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "welcom", "--project", str(project)]) == ExitCode.USAGE
    assert "hint: Write one of: welcome" in capsys.readouterr().err


def test_an_address_that_a_variable_of_the_shell_should_have_had_is_missed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--cluster", "", "--project", str(project)]) == ExitCode.USAGE
    assert "Unexpected empty address, expected tcp://HOST:PORT" in capsys.readouterr().err
    assert not (project / "dist").exists()


def test_what_to_open_is_named(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_what_takes_long(monkeypatch)
    out = project.parent / "proofs"
    assert main(["build", "--project", str(project), "--format", "html", "--out", str(out), "--jobs", "1"]) == 0
    said = capsys.readouterr()
    assert said.err.count("\n") == 5
    first, second, *others = said.out.splitlines()
    assert re.fullmatch(r"Read 1 article, made 3 pages, 2 front pages, [0-9]+ other files in [0-9.]+ s", second)
    assert first.startswith("Published ")
    assert first.endswith(f" files in {out}")
    assert others
    for line in others:
        assert Path(line.removeprefix("Open ")).is_file()


def test_of_thousands_of_pdfs_the_first_are_named() -> None:
    names = tuple(f"ur/a{number}/a{number}-ur.pdf" for number in range(3000))
    report = BuildReport((), published=True, out=Path("/site/dist"), open_first=("index.html", *names))
    first, *_, last = lines = list(notes(report))
    assert (first, last) == ("Open /site/dist/index.html", "and 2989 other PDFs")
    assert len(lines) == 13
