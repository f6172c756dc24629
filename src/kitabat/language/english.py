"""Letters of English, and the look-alikes from PDFs and from other alphabets that break search."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kitabat.language.lookalike import Lookalike
from kitabat.language.misprint import Misprint

LATIN_FOR = dict(zip("АВЕКМНОРСТХІЅЈасеорхуіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXISJaceopxyisjABEZHIKMNOPTYXo", strict=True))
"""Cyrillic and Greek letters that pass for Latin ones."""

_WORD = re.compile(r"[^\W\d_]+")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LATIN = re.compile("[A-Za-z\ufb00-\ufb06]")
_SPACED_HYPHEN = re.compile(r"(?<=[^\W_] )-(?= [^\W\d_])")
_YEARS = re.compile(r"(?<![\w./:#+,-])(1[0-9]{3}|20[0-9]{2})-(1[0-9]{3}|20[0-9]{2}|[0-9]{2})(?![\w/:-]|[.,][0-9])")
_MONTHS = 12


def lookalikes(text: str) -> tuple[Lookalike, ...]:
    """Return the look-alikes of a text, in order, with what English uses instead.

    They are ligatures as single characters, as PDFs leave them, and foreign letters inside a Latin word; a word of
    another alphabet throughout is a quotation and no fault.

    >>> [(one.offset, one.expected) for one in lookalikes("The \ufb01rst с\u006fmpany in Москва")]
    [(4, 'fi'), (9, 'c')]
    """
    return tuple(sorted(_found(text)))


def _found(text: str) -> Iterator[Lookalike]:
    for match in _LIGATURE.finditer(text):
        yield Lookalike(match.start(), match[0], unicodedata.normalize("NFKC", match[0]))
    for word in _WORD.finditer(text):
        if _LATIN.search(word[0]):
            for offset, letter in enumerate(word[0], word.start()):
                if letter in LATIN_FOR:
                    yield Lookalike(offset, letter, LATIN_FOR[letter])


def letters(text: str) -> tuple[Misprint, ...]:
    """Return the look-alikes as misprints, all of them certain.

    >>> letters("a \ufb01rst")
    (Misprint(offset=2, found='ﬁ', expected='fi', message='', certain=True),)
    """
    return tuple(Misprint(*one, "", certain=True) for one in lookalikes(text))


def dashes(text: str) -> tuple[Misprint, ...]:
    """Return the hyphens that stand for dashes.

    Between two years, the later one last, an en dash is certain. Two digits after a year may be a month, as in 2026-11,
    so those up to 12 are let alone. Between spaced words it may be an en dash or an em dash, as the house has it.

    >>> [(one.offset, one.expected, one.certain) for one in dashes("1950-1953, 1998-99, 2026-11, a well-known - one")]
    [(4, '–', True), (15, '–', True), (42, '–', False)]
    """
    return tuple(sorted((*_ranges(text), *_spaced(text))))


def _ranges(text: str) -> Iterator[Misprint]:
    for match in _YEARS.finditer(text):
        first, last = match[1], match[2]
        later = last > first if len(last) == len(first) else last > max(first[2:], str(_MONTHS))
        if later:
            message = f"Unexpected hyphen in `{match[0]}`, expected `{first}–{last}` with an en dash"
            yield Misprint(match.end(1), "-", "–", message, certain=True)


def _spaced(text: str) -> Iterator[Misprint]:
    for match in _SPACED_HYPHEN.finditer(text):
        message = "Unexpected hyphen between spaces, expected a dash (`–`)"
        yield Misprint(match.start(), "-", "–", message, certain=False)
