"""Excerpts: harmless to a terminal, short, and the place is where they say."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rich.cells import split_graphemes

from kitabat.cli.excerpt import LONGEST_LINE, WIDEST, backwards, excerpt, window
from kitabat.cli.visual import MIRROR, width

SAME = str.maketrans({one: min(one, other) for one, other in MIRROR.items()})
UNLIKE = "ابپتٹسلمنوہکگیےۓآۂ()[«abcxyz.,:*۔،؛157۲۴۸漢😀 "
"""No two of these look the same in any form."""


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("title: x", 8, ("title: x", "       ^")),
        ("title:", 7, ("title:", "      ^")),
        ("\ttitle", 2, (" title", " ^")),
        ("a\u0301bc", 2, ("a\u0301bc", "^")),
        ("a\u0301bc", 3, ("a\u0301bc", " ^")),
        ("漢字x", 3, ("漢字x", "    ^")),
        ("\x1b[31mred", 6, ("<U+001B>[31mred", "            ^")),
        ("", 1, ("", "^")),
        ("plain", 0, ("plain",)),
        ("short", 99, ("short",)),
        ("عنوان", 6, ("عنوان", "column 6: the end of the line")),
        ("عنوان", 5, ("عنوان", "column 5: ⟪ن⟫, at the end of the line")),
        ("یہ \u202eمتن", 4, ("یہ <U+202E>متن", "column 4: ⟪<⟫ begins <U+202E>متن")),
        ("خوب\u200c\u200cصورت", 4, ("خوب\u200c\u200cصورت", "column 4: ⟪U+200C⟫ begins \u200c\u200cصورت")),
        ("שלום", 2, ("שלום", "column 2: ⟪ל⟫ begins לום")),
    ],
)
def test_excerpts_of_files_and_of_terminals_that_reorder(line: str, column: int, expected: tuple[str, ...]) -> None:
    assert excerpt(line, column) == expected


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("عنوان", 1, ("ﻥﺍﻮﻨﻋ", "    ^")),
        ("عنوان", 6, ("ﻥﺍﻮﻨﻋ", "^")),
        ('msgstr "کالا C++ ہے"', 10, ('msgstr "ﻻﺎﮐ C++ ﮯﮨ"', "         ^")),
        ('msgstr "کالا C++ ہے"', 12, ('msgstr "ﻻﺎﮐ C++ ﮯﮨ"', "        ^")),
        ("مُحبّت", 2, ("ﺖﺒّﺤﻣُ", "   ^")),
        ("سن ۱۹۴۷ میں", 4, ("ﮟﯿﻣ ۱۹۴۷ ﻦﺳ", "    ^")),
        ("خوب\u200cصورت", 4, ("ﺕﺭﻮﺻﺏﻮﺧ", "   ^")),
        ("ab", 3, ("ab", "  ^")),
    ],
)
def test_a_caret_in_visual_order(line: str, column: int, expected: tuple[str, ...]) -> None:
    assert excerpt(line, column, visual=True) == expected


def shape(text: str) -> str:
    """Letters without their joined forms and the sides that their brackets have."""
    return unicodedata.normalize("NFKC", text).translate(SAME)


@given(st.permutations(UNLIKE), st.integers(1, len(UNLIKE)), st.data(), st.sampled_from((24, 40, WIDEST)))
def test_the_caret_stands_below_the_character(order: list[str], size: int, data: st.DataObject, widest: int) -> None:
    line = "".join(order[:size])
    column = data.draw(st.integers(1, size))
    shown, caret = excerpt(line, column, visual=True, widest=widest)
    assert max(width(shown), len(caret)) <= widest
    spans, _ = split_graphemes(shown)
    at, seen = 0, ""
    for start, end, cells in spans:
        if at == len(caret) - 1:
            seen = shown[start:end]
        at += cells
    assert shape(line[column - 1]) in shape(seen), (line, shown, caret)


@given(st.text("ابتلا ab1۲(). \u064b\u200c", min_size=1), st.data())
def test_words_name_the_character_where_a_viewer_reorders(line: str, data: st.DataObject) -> None:
    column = data.draw(st.integers(1, len(line)))
    assume(backwards().search(line))
    assume(width(line) <= WIDEST)
    shown, words = excerpt(line, column)
    assert shown == line
    found = re.match(r"column (\d+): ⟪(.+?)⟫", words)
    assert found
    assert int(found[1]) == column
    assert line[column - 1] in found[2] or found[2] == "U+200C"


@pytest.mark.parametrize(("visual", "letter"), [(False, "x"), (True, "x"), (True, "ب")])
def test_a_long_line_is_cut_around_the_place(visual: bool, letter: str) -> None:
    line = letter * 300 + "H" + letter * 300
    shown, caret = excerpt(line, 301, visual=visual)
    assert (width(shown), shown[0], shown[-1], shown[len(caret) - 1]) == (WIDEST, "…", "…", "H")
    first, caret = excerpt(line, 1, visual=visual)
    last, other = excerpt(line, len(line), visual=visual)
    narrow = WIDEST - 1
    if letter == "x":
        assert (first[0], first[-1], caret) == ("x", "…", "^")
        assert (last[0], last[-1], len(other)) == ("…", "x", narrow)
    else:
        # A line begins at the left; its words from right to left begin at the right of their own stretch.
        assert (first[0], first[-1]) == ("…", "…")
        assert shape(first[len(caret) - 1]) == shape(last[len(other) - 1]) == "ب"


def test_ellipses_stand_where_urdu_goes_on() -> None:
    line = "ب" * 300
    assert excerpt(line, 150)[0] == "\u200f…" + "ب" * 98 + "…\u200f"
    shown, caret = excerpt(line, 1, visual=True)
    assert (shown[0], shown[1:] == "ﺒ" * 97 + "ﺑ", len(caret)) == ("…", True, 99)


def test_the_end_of_a_line_longer_than_any_that_is_turned() -> None:
    line = "ab " * LONGEST_LINE + "تین"
    shown, words = excerpt(line, len(line))
    assert shown.endswith("ab تین")
    assert words == f"column {len(line)}: ⟪ن⟫, at the end of the line"
    shown, caret = excerpt(line, len(line) - 5, visual=True)
    assert shown[len(caret) - 1] == "a"


@given(st.text(), st.integers(min_value=0, max_value=200), st.booleans())
def test_any_line_is_safe(line: str, column: int, visual: bool) -> None:
    lines = excerpt(line, column, visual=visual)
    assert 1 <= len(lines) <= 2
    assert not any(re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", part) for part in lines)


@given(st.lists(st.integers(0, 2), min_size=1, max_size=80), st.data(), st.integers(6, 40))
def test_a_window_holds_its_place_and_fits(widths: list[int], data: st.DataObject, widest: int) -> None:
    at = data.draw(st.integers(0, len(widths) - 1))
    start, end = window(widths, at, widest)
    ellipses = (start > 0) + (end < len(widths))
    assert 0 <= start <= at < end <= len(widths)
    assert sum(widths[start:end]) + ellipses <= widest
