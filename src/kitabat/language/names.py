"""What a language is called in another; CLDR's data come from Babel, imported on first use."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from kitabat.language.registry import language

if TYPE_CHECKING:
    from babel import Locale


@functools.cache
def locale_of(tag: str) -> Locale:
    """Return CLDR's data of a language; raises UnknownLanguageError for a tag that has no row."""
    from babel import Locale

    return Locale.parse(language(tag).tag)


@functools.cache
def language_name(tag: str, in_language: str) -> str:
    """Return a language's name in a language; raises UnknownLanguageError for a tag that has no row.

    >>> language_name("en", "ur"), language_name("ur", "en"), language_name("ur", "ur")
    ('انگریزی', 'Urdu', 'اردو')
    """
    row = language(tag)
    return str(locale_of(in_language).languages.get(row.tag, row.endonym))
