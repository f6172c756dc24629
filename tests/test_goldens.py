"""The golden machinery sees every kind of difference, and writes goldens that it then accepts."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tests.goldens import Case, cases, differences


def upper(arguments: list[str], project: Path) -> CompletedProcess[str]:
    """Stand in for `kitabat`: writes dist/ from content/, in capitals."""
    text = (project / "content" / "a.md").read_bytes().decode("utf-8")
    (project / "dist").mkdir()
    (project / "dist" / "a.html").write_text(text.upper(), encoding="utf-8", newline="")
    (project / "dist" / "a.pdf").write_bytes(b"%PDF-\xff")
    (project / ".kitabat").mkdir()
    (project / ".kitabat" / "cache.json").write_text("{}")
    return CompletedProcess(arguments, 0, f"{project}/dist\n", f"{' '.join(arguments)}\n")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    folder = tmp_path / "golden" / "one"
    (folder / "content").mkdir(parents=True)
    (folder / "content" / "a.md").write_text("first\r\nsecond ۲\n", encoding="utf-8", newline="")
    (folder / "kitabat.toml").write_text("")
    return Case(folder)


def test_cases_are_the_folders_by_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / name).mkdir()
    (tmp_path / "README.md").write_text("")
    assert [case.folder.name for case in cases(tmp_path)] == ["a", "b"]


def test_what_is_made_is_the_new_text_and_the_report(case: Case, tmp_path: Path) -> None:
    made = case.run(upper, tmp_path / "project")
    assert made == {
        "report": "exit code 0\n--- output\nPROJECT/dist\n--- errors\nbuild\n",
        "dist/a.html": "FIRST\r\nSECOND ۲\n",
    }


def test_the_file_command_holds_the_arguments(case: Case, tmp_path: Path) -> None:
    (case.folder / "command").write_text("build 'two words' --keep-going\n")
    assert case.arguments == ["build", "two words", "--keep-going"]
    assert "--keep-going" in case.run(upper, tmp_path / "project")["report"]
    assert not (tmp_path / "project" / "command").exists()


def test_an_update_is_accepted_byte_for_byte_and_removes_what_is_unused(case: Case, tmp_path: Path) -> None:
    unused = case.folder / "expected" / "dist" / "gone.html"
    unused.parent.mkdir(parents=True)
    unused.write_text("old")
    made = case.run(upper, tmp_path / "project")
    assert "golden without a file: dist/gone.html\n" in differences(case.expected, made)
    case.update(made)
    assert case.expected == made
    assert differences(case.expected, case.run(upper, tmp_path / "again")) == []


@pytest.mark.parametrize(
    ("expected", "made", "line"),
    [
        ({}, {"a.html": ""}, "file without a golden: a.html\n"),
        ({"a.html": ""}, {}, "golden without a file: a.html\n"),
        ({"a.html": "x\n"}, {"a.html": "y\n"}, "+y\n"),
        ({"a.html": "x\n"}, {"a.html": "x\r\n"}, "+x\r\n"),
        ({"a.html": "x\n"}, {"a.html": "x"}, "+x\n"),
    ],
)
def test_every_difference_shows(expected: dict[str, str], made: dict[str, str], line: str) -> None:
    assert line in differences(expected, made)
