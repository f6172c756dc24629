"""Letters of English, and the look-alikes from PDFs and from other alphabets that break search."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kitabat.language.lookalike import Lookalike

LATIN_FOR = dict(zip("АВЕКМНОРСТХІЅЈасеорхуіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXISJaceopxyisjABEZHIKMNOPTYXo", strict=True))
"""Cyrillic and Greek letters that pass for Latin ones."""

_WORD = re.compile(r"[^\W\d_]+")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LATIN = re.compile("[A-Za-z\ufb00-\ufb06]")


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
