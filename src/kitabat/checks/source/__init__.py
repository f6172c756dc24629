"""Checks of an article's own text."""

from kitabat.checks.source import (
    bidi_controls,
    dashes,
    internal_links,
    letters,
    straight_quotes,
    urdu_digits,
    urdu_joiners,
    urdu_punctuation,
    urdu_quotes,
    word_spacing,
)

__all__ = [
    "bidi_controls",
    "dashes",
    "internal_links",
    "letters",
    "straight_quotes",
    "urdu_digits",
    "urdu_joiners",
    "urdu_punctuation",
    "urdu_quotes",
    "word_spacing",
]
