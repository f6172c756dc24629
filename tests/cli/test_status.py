"""`kitabat status`: the numbers, the order, and Urdu titles in terminals."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from tests.cli.publications import ARTICLE, CATALOG, SETTINGS, change, sources
from tests.cli.screens import Terminal

from kitabat.cli.main import main
from kitabat.cli.table import bare
from kitabat.cli.visual import width
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
    change(
        project,
        {
            CATALOG: lambda content: content.replace(
                b"Last-Translator: ", "Last-Translator: عائشہ <a@b.example>".encode()
            )
        },
    )
    assert status(project, capsys) == [
        "article  language    %  days behind  translated  fuzzy  untranslated  last translator  title",
        "urdu     en          0            0       0 (0)  0 (0)         2 (6)  -                اردو کا مضمون",
        "welcome  ur        100            0    12 (129)  0 (0)         0 (0)  عائشہ            Welcome",
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
        "complete": False,
        "days_behind": 0,
        "synced": True,
        "last_translator": None,
        "messages": {"translated": 11, "fuzzy": 1, "untranslated": 0},
        "words": {"translated": 128, "fuzzy": 1, "untranslated": 0},
        "date": "2026-11-29",
        "updated": None,
        "published": True,
        "held_back": None,
        "source_published": True,
        "source_held_back": None,
    }


TOGETHER = {SETTINGS: lambda content: content.replace(b"[build]", b"[build]\ntogether = true")}


def test_what_is_held_back_is_told_with_its_reason(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, TOGETHER)
    assert status(project, capsys)[3:] == [
        "2 translations of 2 articles, 1 complete, 1 article held back",
        "Held back: `urdu` in en: 0 % of the words are translated, expected 100 %",
        "Held back: `urdu` in ur: waits for `en`: 0 % of the words are translated, expected 100 %",
    ]
    waiting, ready = json.loads("\n".join(status(project, capsys, "--json")))
    share = {"language": "en", "percent": 0, "needed": 100.0}
    words = "0 % of the words are translated, expected 100 %"
    assert (waiting["published"], waiting["source_published"]) == (False, False)
    assert waiting["held_back"] == {"reason": "coverage", **share, "words": words}
    assert waiting["source_held_back"] == {"reason": "together", **share, "words": f"waits for `en`: {words}"}
    assert (ready["published"], ready["held_back"], ready["source_held_back"]) == (True, None, None)


def test_a_build_tells_it_too(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, TOGETHER)
    assert main(["build", "urdu", "--format", "html", "--project", str(project)]) == 0
    out, err = capsys.readouterr()
    assert "Held back `urdu` in en and ur; the output has none of it" in out.splitlines()
    assert "warning: Held back in `ur`: `urdu`: waits for `en`: 0 % of the words are translated, expected 100 %" in err
    assert not list((project / "dist").glob("*/urdu"))


def test_an_article_changed_since_the_last_sync_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, {ARTICLE: lambda content: content.replace(b"Write in one", b"Write first in one")})
    lines = status(project, capsys, "welcome")
    assert " unknown " in lines[1]
    assert lines[-1] == "Not in the catalogs yet: what is new in `welcome`. Run `kitabat sync`"


def on_screen(project: Path, monkeypatch: pytest.MonkeyPatch, columns: int, **environment: str) -> list[str]:
    """Return the lines that a terminal of some columns gets."""
    for name in (
        "VTE_VERSION",
        "TERM_PROGRAM",
        "KONSOLE_VERSION",
        "INSIDE_EMACS",
        "KITTY_WINDOW_ID",
        "MLTERM",
        "NO_COLOR",
    ):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm", "COLUMNS": str(columns), **environment}.items():
        monkeypatch.setenv(name, value)
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    assert main(["status", "--project", str(project)]) == 0
    return screen.getvalue().splitlines()


def half(project: Path) -> None:
    """Leave the welcome with a message of each kind."""
    marks = [f'msgctxt "@front"\nmsgid "{text}"'.encode() for text in ("Welcome", "The editors")]
    done = 'msgstr "ادارہ"'.encode()

    def made(content: bytes) -> bytes:
        content = content.replace(marks[0], b"#, fuzzy\n" + marks[0])
        assert done in content
        return content.replace(done, b'msgstr ""')

    change(project, {CATALOG: made})


def test_bars_have_colours_and_shapes(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    half(project)
    lines = on_screen(project, monkeypatch, 140)
    assert "\x1b[32m" + "█" * 18 + "\x1b[0m\x1b[33m▒\x1b[0m\x1b[2m░\x1b[0m" in lines[2]
    assert lines[0].startswith("\x1b[1marticle  language  words ")
    assert bare(lines[3]) == "█ translated  ▒ fuzzy  ░ untranslated; in messages, in brackets in words of the original"


@pytest.mark.parametrize(
    ("environment", "bar"),
    [
        ({"NO_COLOR": "1"}, "█" * 18 + "▒░"),
        ({"TERM": "dumb"}, "#" * 18 + "~."),
        ({"TERM": "dumb", "NO_COLOR": "1"}, "~."),
    ],
)
def test_a_terminal_that_wants_no_colours_gets_none(
    project: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], bar: str
) -> None:
    half(project)
    lines = on_screen(project, monkeypatch, 140, **environment)
    assert "\x1b" not in "".join(lines)
    assert f"{bar} " in lines[2]


@pytest.mark.parametrize("columns", [30, 40, 60, 79, 80, 81, 100, 139, 140, 200])
def test_no_line_is_wider_than_the_screen(project: Path, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    long = b"---\ntitle: " + "اردو کا بہت لمبا عنوان ".encode() * 9 + b"\nsource: ur\n---\n\ntext\n"
    change(project, {"content/an-article-with-a-very-long-name-indeed.md": lambda _: long})
    lines = on_screen(project, monkeypatch, columns)
    end = next(number for number, line in enumerate(lines) if line.startswith("3 translations"))
    assert [line for line in lines[:end] if width(bare(line)) > columns] == []
    titles = [line for line in lines[:end] if "\ufee5" in line]
    assert titles[0].index("…") < titles[0].index("\ufee5")  # cut at its end, which is at the left


def test_eighty_columns_give_two_lines_a_row(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(
        project,
        {CATALOG: lambda content: content.replace(b"Last-Translator: ", b"Last-Translator: A. Khan <a@b.example>")},
    )
    assert list(map(bare, on_screen(project, monkeypatch, 80)))[:5] == [
        "article  to  words                   %  behind  translated  fuzzy  untranslated",
        "urdu     en  ░░░░░░░░░░░░░░░░░░░░    0       0       0 (0)  0 (0)         2 (6)",
        "  ﻥﻮﻤﻀﻣ ﺎﮐ ﻭﺩﺭﺍ",
        "welcome  ur  ████████████████████  100       0    12 (129)  0 (0)         0 (0)",
        "  Welcome  last translator: A. Khan",
    ]


def test_a_page_is_written_whole_where_it_is_asked_for(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = project / "status.html"
    assert main(["status", "--project", str(project), "--html", str(place), "--json"]) == 0
    out, err = capsys.readouterr()
    assert [row["article"] for row in json.loads(out)] == ["urdu", "welcome"]
    assert err == f"Wrote {place}\n"
    assert place.read_text("utf-8").startswith("<!doctype html>")
    assert [path.name for path in project.glob(".status*")] == []


@pytest.mark.parametrize("name", ["kitabat.toml", "content/welcome.md", "gone/status.html", "folder.html"])
def test_a_page_goes_nowhere_else(project: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (project / "folder.html").mkdir()
    before = sources(project)
    assert main(["status", "--project", str(project), "--html", str(project / name)]) in {
        ExitCode.USAGE,
        ExitCode.OUTPUT,
    }
    assert sources(project) == before
    assert "hint:" in capsys.readouterr().err


def test_without_a_pot_the_days_are_not_known(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "locales" / "urdu.pot").unlink()
    assert json.loads("\n".join(status(project, capsys, "urdu", "--json")))[0]["days_behind"] is None
    assert " unknown " in status(project, capsys, "urdu")[1]


@pytest.mark.parametrize(
    ("arguments", "environment", "title"),
    [
        ([], {"TERM": "xterm"}, "ﻥﻮﻤﻀﻣ ﺎﮐ ﻭﺩﺭﺍ"),
        ([], {"TERM": "xterm", "VTE_VERSION": "7600"}, "\u2067اردو کا مضمون\u2069"),
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
    monkeypatch.setenv("COLUMNS", "140")
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
