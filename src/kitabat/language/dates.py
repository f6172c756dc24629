"""Dates, lists and reading times as a language writes them; CLDR's data come from Babel, imported on first use."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Mapping

from kitabat.language.names import locale_of
from kitabat.language.numerals import DIGITS, digits_of, to_digits
from kitabat.language.registry import language

WORDS_A_MINUTE: Mapping[str, int] = {"en": 240, "ur": 200}
"""How fast grown-ups read: see ``minutes``."""


@functools.lru_cache(maxsize=1024)
def long_date(date: datetime.date, tag: str, digits: str = "") -> str:
    """Return a date with the month's name, in ``latin`` or ``urdu`` digits or in the language's own.

    >>> long_date(datetime.date(2026, 11, 22), "ur"), long_date(datetime.date(2026, 11, 22), "ur", "latin")
    ('۲۲ نومبر، ۲۰۲۶', '22 نومبر، 2026')
    >>> long_date(datetime.date(2026, 11, 22), "en")
    'November 22, 2026'
    """
    from babel.dates import format_date

    chosen = digits_of(tag, digits)
    name = next(name for name, row in DIGITS.items() if row == chosen)
    return to_digits(format_date(date, format="long", locale=locale_of(tag)), name)


def ordered_list(items: Iterable[str], tag: str) -> str:
    """Return the items as a sentence lists them; an empty string for none.

    >>> ordered_list(["ماسکو", "بیجنگ", "سیول"], "ur"), ordered_list(["Moscow", "Seoul"], "en")
    ('ماسکو، بیجنگ، اور سیول', 'Moscow and Seoul')
    """
    from babel.lists import format_list

    return format_list(list(items), locale=language(tag).tag)


def minutes(words: int, tag: str) -> int:
    """Return how long a text takes to read, in whole minutes and at least one.

    The rates of ``WORDS_A_MINUTE`` are assumptions: for English about what studies of silent reading find for
    prose; for Urdu fewer, as no such norm is known to us and an Urdu text spends more and shorter words.

    >>> minutes(2400, "en"), minutes(2400, "ur"), minutes(3, "ur")
    (10, 12, 1)
    """
    return max(1, -(-words // WORDS_A_MINUTE[language(tag).tag]))
