"""Words typed twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kitabat.checks.words import pieces
from kitabat.markup.inline import Inline

DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]+)\s+(\1)(?![\w'’-])", re.IGNORECASE)

NEVER_TWICE = frozenset(
    (
        *("کے", "کا", "کو", "نے", "سے", "ہیں", "تھے", "تھا", "تھی", "تھیں", "بھی", "لیے"),
        *("اور", "کہ", "لیکن", "مگر", "تاہم", "بلکہ", "یعنی", "کیونکہ", "چونکہ", "جبکہ", "تاکہ", "چنانچہ", "اگرچہ"),
    )
)
"""Urdu repeats most words to mean something, and some by chance, as in گھر میں میں نے and in اس کی کی ہوئی."""
TWICE = frozenset(
    ["that", "had", "very", "bye", "no", "so", "do", "ha", "blah", "is", "in", "on", "her", "you", "knock", "long"]
)
"""Small words that English does write twice."""


def is_fault_in_english(word: str) -> bool:
    """Tell whether English does not write a word twice; names it does."""
    return word.islower() and word not in TWICE


IS_FAULT = {"en": is_fault_in_english, "ur": NEVER_TWICE.__contains__}

HINT = "Delete one of the two"


def doubled(nodes: Sequence[Inline], text: str, language: str) -> Iterator[tuple[int, str]]:
    """Yield each word that stands twice, with the offset of the second one.

    >>> from kitabat.markup.inline import parse
    >>> text = "The the book, شہر [کے کے]{lang=ur} that that"
    >>> list(doubled(parse(text).nodes, text, "en"))
    [(4, 'the'), (22, 'کے')]
    """
    for piece in pieces(nodes, text, language):
        is_fault = IS_FAULT.get(piece.language.partition("-")[0])
        for found in DOUBLED.finditer(piece.text) if is_fault else ():
            if is_fault and is_fault(found[2]) and (len(found[2]) > 1 or found[1] == found[2]):
                yield piece.offset + found.start(2), found[2]
