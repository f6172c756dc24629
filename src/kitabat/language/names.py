"""What a language is called in another; CLDR's data come from Babel, imported on first use."""

from __future__ import annotations

from kitabat.language.registry import language


def language_name(tag: str, in_language: str) -> str:
    """Return a language's name in a language; raises UnknownLanguageError for a tag that has no row.

    >>> language_name("en", "ur"), language_name("ur", "en"), language_name("ur", "ur")
    ('انگریزی', 'Urdu', 'اردو')
    """
    from babel import Locale

    row = language(tag)
    return str(Locale.parse(language(in_language).tag).languages.get(row.tag, row.endonym))
