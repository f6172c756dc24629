"""The printer: what goes where, in which colours, and in which order."""

from __future__ import annotations

import io

import pytest
from tests.cli.screens import Terminal

from kitabat.cli.console import Console
from kitabat.model.diagnostic import Location, error, warning
from kitabat.workspace import Memory

FAULT = error("article/title", "Missing `title`", Location("content/a.md", 2, 3), "Add a line `title: …`")
SOURCES = Memory({"content/a.md": "one\r\ntwo\nتین", "locales/b.po": b"\xff\n"})


def console(out: io.StringIO, err: io.StringIO, **environment: str) -> Console:
    return Console(out, err, {"TERM": "xterm", **environment})


def test_plain_text_without_a_terminal() -> None:
    out, err = io.StringIO(), io.StringIO()
    console(out, err).diagnostics([FAULT], SOURCES)
    assert out.getvalue() == ""
    assert err.getvalue() == (
        "content/a.md:2:3: error: Missing `title` [article/title]\n    two\n      ^\n    hint: Add a line `title: …`\n"
    )


def test_colours_in_a_terminal_unless_told_not_to() -> None:
    for environment, coloured in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
        err = Terminal()
        console(io.StringIO(), err, **environment).diagnostics([FAULT], SOURCES)
        assert ("\x1b[1;31merror\x1b[0m" in err.getvalue()) is coloured
        assert ("\x1b" in err.getvalue()) is coloured


@pytest.mark.parametrize(
    "place",
    [None, Location("content/a.md"), Location("content/a.md", 9), Location("content/none.md", 1), Location("../x", 1)],
)
def test_no_excerpt_without_a_line(place: Location | None) -> None:
    err = io.StringIO()
    console(io.StringIO(), err).diagnostics([warning("article/html", "Text", place)], SOURCES)
    assert err.getvalue().count("\n") == 1


def test_bytes_that_are_no_text_are_shown_as_such() -> None:
    err = io.StringIO()
    console(io.StringIO(), err).diagnostics([error("catalog/encoding", "x", Location("locales/b.po", 1, 1))], SOURCES)
    assert "\n    \N{REPLACEMENT CHARACTER}\n    ^\n" in err.getvalue()


def test_urdu_is_readable_in_a_terminal_and_as_it_is_elsewhere() -> None:
    fault = warning("article/letters", "Unexpected `ي` in `بي`", Location("content/a.md", 3, 1))
    err, screen = io.StringIO(), Terminal()
    console(io.StringIO(), err).diagnostics([fault], SOURCES)
    console(io.StringIO(), screen, NO_COLOR="1").diagnostics([fault], SOURCES)
    assert "    تین\n    column 1: ⟪ت⟫ begins تین\n" in err.getvalue()
    assert "ﻦﯿﺗ" in screen.getvalue()
    assert console(io.StringIO(), err).text("تین") == "تین"
    assert console(Terminal(), err).text("تین") == "ﻦﯿﺗ"


def test_nothing_can_write_to_the_terminal_itself() -> None:
    out, err = io.StringIO(), io.StringIO()
    target = console(out, err)
    target.result("a\x1b]0;title\x07b")
    target.remark("c\x1b[2Jd")
    target.diagnostics([error("usage/x", "e\x1b[2J\nf", Location("\x1b[3m.md"), "\x1b[4m")])
    assert "\x1b" not in out.getvalue() + err.getvalue()
    assert out.getvalue() == "a<U+001B>]0;title<U+0007>b\n"


def test_progress_is_for_terminals() -> None:
    for err, shown in ((io.StringIO(), False), (Terminal(), True)):
        with console(io.StringIO(), err).progress("Building") as step:
            step(1, 3, "ur/[b]")
        assert ("Building" in err.getvalue()) is shown
    err = Terminal()
    with console(io.StringIO(), err, TERM="dumb").progress("Building") as step:
        step(1, 3, "ur")
    assert err.getvalue() == ""


def test_raw_results_are_not_touched() -> None:
    out = Terminal()
    console(out, io.StringIO()).raw('{"a": "تین"}')
    assert out.getvalue() == '{"a": "تین"}\n'
