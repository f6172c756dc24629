"""Checks of an article's own text."""

from kitabat.checks.source import (
    balance,
    bidi_controls,
    dashes,
    doubled_words,
    internal_links,
    invisible,
    letters,
    quotes,
    silence,
    spelling,
    straight_quotes,
    urdu_digits,
    urdu_joiners,
    urdu_punctuation,
    urdu_runs,
    word_spacing,
)

__all__ = [
    "balance",
    "bidi_controls",
    "dashes",
    "doubled_words",
    "internal_links",
    "invisible",
    "letters",
    "quotes",
    "silence",
    "spelling",
    "straight_quotes",
    "urdu_digits",
    "urdu_joiners",
    "urdu_punctuation",
    "urdu_runs",
    "word_spacing",
]
