"""`kitabat status`: the numbers, the order, and Urdu titles in terminals."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from tests.cli.publications import ARTICLE, CATALOG, change
from tests.cli.screens import Terminal

from kitabat.cli.main import main
from kitabat.model.errors import ExitCode

URDU = "---\ntitle: اردو کا مضمون\nsource: ur\n---\n\nایک دو تین۔\n".encode()


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795910400")  # 2026-11-29
    project = tmp_path / "aaina"
    assert main(["new", str(project)]) == 0
    change(project, {"content/urdu.md": lambda _: URDU})
    assert main(["sync", "--project", str(project)]) == 0
    capsys.readouterr()
    return project


def status(project: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(["status", "--project", str(project), *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return list(out.splitlines())


def test_the_table(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status(project, capsys) == [
        "article  language    %  days behind  translated  fuzzy  untranslated  title",
        "urdu     en          0            0       0 (0)  0 (0)         2 (6)  اردو کا مضمون",
        "welcome  ur        100            0    12 (129)  0 (0)         0 (0)  Welcome",
        "2 translations of 2 articles, 1 complete",
    ]


def test_a_fuzzy_translation_counts_as_none(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mark = b'msgctxt "@front"\nmsgid "Welcome"'
    change(project, {CATALOG: lambda content: content.replace(mark, b"#, fuzzy\n" + mark)})
    (row,) = json.loads("\n".join(status(project, capsys, "welcome", "--json")))
    assert row == {
        "article": "welcome",
        "title": "Welcome",
        "source": "en",
        "language": "ur",
        "percent": 99,
        "days_behind": 8,
        "messages": {"translated": 11, "fuzzy": 1, "untranslated": 0},
        "words": {"translated": 128, "fuzzy": 1, "untranslated": 0},
    }


def test_without_a_pot_the_days_are_not_known(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "locales" / "urdu.pot").unlink()
    assert json.loads("\n".join(status(project, capsys, "urdu", "--json")))[0]["days_behind"] is None
    assert " unknown " in status(project, capsys, "urdu")[1]


@pytest.mark.parametrize(
    ("arguments", "environment", "title"),
    [
        ([], {"TERM": "xterm"}, "ﻥﻮﻤﻀﻣ ﺎﮐ ﻭﺩﺭﺍ"),
        ([], {"TERM": "xterm", "VTE_VERSION": "7600"}, "اردو کا مضمون"),
        (["--bidi", "logical"], {"TERM": "xterm"}, "اردو کا مضمون"),
        (["--bidi", "visual"], {"TERM": "xterm", "VTE_VERSION": "7600"}, "ﻥﻮﻤﻀﻣ ﺎﮐ ﻭﺩﺭﺍ"),
    ],
)
def test_titles_can_be_read_in_a_terminal(
    arguments: list[str],
    environment: dict[str, str],
    title: str,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("VTE_VERSION", "TERM_PROGRAM", "KONSOLE_VERSION", "INSIDE_EMACS", "KITTY_WINDOW_ID", "MLTERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    assert main(["status", "--project", str(project), *arguments]) == 0
    assert screen.getvalue().splitlines()[1].endswith(f"  {title}")


def test_visual_order_can_be_asked_for_in_a_pipe(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stdout", pipe)
    assert main(["status", "--bidi", "visual", "--project", str(project)]) == 0
    assert "ﻥﻮﻤﻀﻣ" in pipe.getvalue()


def test_an_article_that_cannot_be_read_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, {ARTICLE: lambda content: content + b"\xff"})
    assert main(["status", "--project", str(project)]) == ExitCode.ARTICLE
    out, err = capsys.readouterr()
    assert f"{ARTICLE}:" in err
    assert "urdu" in out
