"""The checks of an article's own text, in the order in which they look."""

from __future__ import annotations

from kitabat.checks.rule import Rule
from kitabat.checks.source import (
    balance,
    bidi_controls,
    dashes,
    doubled_words,
    internal_links,
    invisible,
    letters,
    markup,
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
from kitabat.checks.subject import SourceSubject

SOURCE_RULES: tuple[Rule[SourceSubject], ...] = (
    internal_links.RULE,
    markup.RULE,
    bidi_controls.RULE,
    letters.RULE,
    urdu_punctuation.RULE,
    urdu_joiners.RULE,
    urdu_digits.RULE,
    quotes.RULE,
    straight_quotes.RULE,
    word_spacing.RULE,
    dashes.RULE,
    doubled_words.RULE,
    balance.RULE,
    invisible.RULE,
    urdu_runs.RULE,
    spelling.RULE,
    silence.RULE,
)
