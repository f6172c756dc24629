"""Numbers in words, beside signs that are digits to some and none to others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.language.number_words import spoken


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("10² is a hundred", "en", {1, 100}),
        ("step ① of two", "en", {2}),
        ("① بیس", "ur", {20}),
        ("½ کلو، ۲٫۵ لاکھ", "ur", {250_000}),
    ],
)
def test_signs_that_are_no_digits_say_nothing(text: str, language: str, numbers: set[int]) -> None:
    assert set(spoken(text, language)) == numbers


@given(st.text("0۰²①½Ⅷ५ x.٫ بیس", max_size=12), st.sampled_from(["ur", "en"]))
def test_any_text_has_numbers_or_none(text: str, language: str) -> None:
    assert all(number >= 0 for number in spoken(text, language))
