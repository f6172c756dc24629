"""Visual order: letters joined, words turned round, and each sign still knows which characters it shows."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bidi
from kitabat.cli.terminal import shown
from kitabat.cli.visual import IN_TWO, MIRROR, TRANSPARENT, ZWNJ, in_visual_order, width
from kitabat.language.bidi.levels import levels
from kitabat.language.bidi.order import visual_order

SAME = str.maketrans({one: min(one, other) for one, other in MIRROR.items()})
LETTERS = "ابپتسلمنوہیےآأإۂۓ مُ\u0651\u0654 a1۲(.)[]«»-%/+,:é\u0301漢😀ا\u200c\u200d\u200e"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("اب (2026) C++", "(2026) ﺏﺍ C++"),
        ("اب (ت) «ج» [د]", "[ﺩ] «ﺝ» (ﺕ) ﺏﺍ"),
        ("see (اب) now", "see (ﺏﺍ) now"),
        ("اب (abc) ت", "ﺏﺍ (abc) ﺕ"),
    ],
)
def test_brackets_of_urdu_are_mirrored(text: str, seen: str) -> None:
    assert shown(text, visual=True) == seen


def test_marks_of_latin_letters_stay_too() -> None:
    assert shown("اب e\u0301x", visual=True) == "ﺏﺍ e\u0301x"


@pytest.mark.parametrize("text", ["\u200dلا", "ا\u200dلا", "\u200dب \u200dلا"])
def test_a_joiner_before_a_ligature_does_no_harm(text: str) -> None:
    assert "ﻻ" in shown(text, visual=True) or "ﻼ" in shown(text, visual=True)


def test_a_ligature_knows_both_letters_and_their_marks() -> None:
    (sign,) = in_visual_order("لُا\u0653")
    assert (sign.places, sign.text[0], sign.backwards, sign.width) == ((0, 1, 2, 3), "ﻻ", True, 1)


@given(st.text(LETTERS))
def test_every_visible_character_is_shown_once(text: str) -> None:
    signs = in_visual_order(text)
    places = [place for sign in signs for place in sign.places]
    visible = [place for place, letter in enumerate(text) if letter != ZWNJ and not TRANSPARENT.match(letter)]
    assert sorted(places) == visible
    for sign in signs:
        written = "".join(IN_TWO.get(text[place], text[place]) for place in sign.places)
        parts = [unicodedata.normalize("NFKD", part).translate(SAME) for part in (sign.text, written)]
        assert sorted(parts[0].replace("\u0640", "")) == sorted(parts[1])


@given(st.text(alphabet="اب تa1۲(.)[]«»-%/+,:"))
def test_own_order_is_that_of_python_bidi(text: str) -> None:
    turned = str(bidi.get_display(text, base_dir="L"))
    assert "".join(text[place] for place in visual_order(levels(text, "ltr"))) == turned


def test_width() -> None:
    assert [width(text) for text in ("", "abc", "a\u0301", "漢", "ﻼ", "😀", "مُ")] == [0, 3, 1, 2, 1, 2, 1]
