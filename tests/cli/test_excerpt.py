"""Excerpts: harmless to a terminal, short, and the place is where they say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.cli.excerpt import WIDEST, excerpt, safe, width


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("title: x", 8, ("title: x", "       ^")),
        ("title:", 7, ("title:", "      ^")),
        ("\ttitle", 2, (" title", " ^")),
        ("a\u0301bc", 3, ("a\u0301bc", " ^")),
        ("漢字x", 3, ("漢字x", "    ^")),
        ("\x1b[31mred", 6, ("<U+001B>[31mred", "            ^")),
        ("plain", 0, ("plain",)),
        ("short", 99, ("short",)),
        ("عنوان", 6, ("عنوان", "at column 6: the end of the line")),
        ("یہ \u202eمتن", 4, ("یہ <U+202E>متن", "at column 4: `<U+202E>متن`")),
    ],
)
def test_excerpts(line: str, column: int, expected: tuple[str, ...]) -> None:
    assert excerpt(line, column) == expected


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "x" * 300 + "HERE" + "y" * 300
    shown, caret = excerpt(line, 301)
    assert len(shown) == WIDEST + 2
    assert shown[len(caret) - 1 :].startswith("HERE")
    first, caret = excerpt(line, 1)
    assert (first[0], first[-1], caret) == ("x", "…", "^")
    last, caret = excerpt(line, len(line))
    assert (last[0], last[-1], len(caret)) == ("…", "y", WIDEST + 1)


@given(st.text(), st.integers(min_value=0, max_value=200))
def test_any_line_is_safe(line: str, column: int) -> None:
    lines = excerpt(line, column)
    assert 1 <= len(lines) <= 2
    assert not any(re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", part) for part in lines)


@given(st.text())
def test_width_is_never_negative(text: str) -> None:
    assert width(safe(text)) >= 0
