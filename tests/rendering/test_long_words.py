"""Words that no line has room for."""

from __future__ import annotations

import pytest

from kitabat.rendering.long_words import APART, BREAK, LONGEST, PART, in_parts, shortened

URDU_WORD = "پچتسشضطعغفقک"


def test_words_of_ordinary_length_stay_as_they_are() -> None:
    text = "state-of-the-art " * 9 + "a" * LONGEST + " " + URDU_WORD * 3 + " " + "، " * 50
    assert in_parts(text) == shortened(text) == text


@pytest.mark.parametrize(
    ("word", "gap"), [("a" * 100, BREAK), (URDU_WORD * 9, APART + BREAK), ("بِ" * 50, APART + BREAK)]
)
def test_longer_ones_may_break_and_lose_nothing(word: str, gap: str) -> None:
    parts = in_parts(f"x {word} y").removeprefix("x ").removesuffix(" y").split(gap)
    assert "".join(parts) == word
    assert len(parts) > 3
    assert all(len(part) <= PART + 1 for part in parts)
    assert not any(part.startswith("ِ") for part in parts)
    assert shortened(word) == word[:PART] + "…"
