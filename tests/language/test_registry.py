from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.language import registry
from kitabat.language.direction import CONTROLS
from kitabat.language.registry import LANGUAGES, UnknownLanguageError, language, passes

TAGS = st.sampled_from(sorted(LANGUAGES))
TEXTS = st.text() | st.text(
    alphabet="aé e\u0301ی\u064a\u0654\u06d2\u0626\u202e\u2066\u2069\ufeff\u00ad\u200c\u200e\ufefb"
)


def passed(text: str, tag: str) -> str:
    for step in passes(tag):
        text = step(text)
    return text


def test_rows_stand_under_their_tags() -> None:
    assert [row.tag for row in LANGUAGES.values()] == list(LANGUAGES) == ["en", "ur"]
    assert [row.direction for row in LANGUAGES.values()] == ["ltr", "rtl"]


def test_quotation_marks_are_those_of_cldr() -> None:
    assert language("ur").quotes == ("\u201d", "\u201c", "\u2019", "\u2018")
    assert language("en").quotes == ("\u201c", "\u201d", "\u2018", "\u2019")


def test_digits_are_ten_in_order() -> None:
    for row in LANGUAGES.values():
        assert [unicodedata.decimal(digit) for digit in row.digits] == list(range(10))


@pytest.mark.parametrize("ask", [language, passes])
def test_an_unknown_tag_is_refused_with_the_known_ones(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(UnknownLanguageError, match="`fr`, expected one of `en`, `ur`"):
        ask("fr")


@given(TEXTS, TAGS)
def test_passes_are_idempotent(text: str, tag: str) -> None:
    once = passed(text, tag)
    assert passed(once, tag) == once
    for step in passes(tag):
        assert step(step(text)) == step(text)


@given(TEXTS, TAGS)
def test_published_text_is_composed_and_free_of_controls(text: str, tag: str) -> None:
    once = passed(text, tag)
    assert not set(once) & {*CONTROLS, "\ufeff"}
    assert unicodedata.is_normalized("NFC", once)


def test_the_passes_keep_what_an_author_may_mean() -> None:
    assert passed("co\u00adoperate", "en") == "co\u00adoperate"
    assert passed("کتا\u00adب", "ur") == "کتاب"
    assert passed("خوب\u200cصورت \ufefb \u200f", "ur") == "خوب\u200cصورت \ufefb \u200f"
    assert passed("\u064a\u0654", "ur") == "ئ"


@given(st.text(), st.sampled_from(sorted(LANGUAGES)))
def test_all_passes_at_once_are_each_after_the_other(text: str, tag: str) -> None:
    wanted = text
    for step in passes(tag):
        wanted = step(wanted)
    assert registry.passed(text, tag) == wanted
