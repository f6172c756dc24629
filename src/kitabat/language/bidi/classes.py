"""Bidi classes and paired brackets of characters, from Python's own Unicode database."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

EMBEDDINGS = frozenset({"LRE", "RLE", "LRO", "RLO"})
INITIATORS = frozenset({"LRI", "RLI", "FSI"})
EXPLICIT = EMBEDDINGS | INITIATORS | {"PDF", "PDI"}
REMOVED = EMBEDDINGS | {"PDF", "BN"}
"""Classes that rule X9 takes out before levels are resolved."""

_UNASSIGNED = (
    (0x0590, 0x05FF, "R"),
    (0x0600, 0x07BF, "AL"),
    (0x07C0, 0x085F, "R"),
    (0x0860, 0x08FF, "AL"),
    (0x2060, 0x206F, "BN"),
    (0x20A0, 0x20CF, "ET"),
    (0xFB1D, 0xFB4F, "R"),
    (0xFB50, 0xFDCF, "AL"),
    (0xFDD0, 0xFDEF, "BN"),
    (0xFDF0, 0xFDFF, "AL"),
    (0xFE70, 0xFEFF, "AL"),
    (0xFFF0, 0xFFF8, "BN"),
    (0x10800, 0x10CFF, "R"),
    (0x10D00, 0x10D3F, "AL"),
    (0x10D40, 0x10EBF, "R"),
    (0x10EC0, 0x10EFF, "AL"),
    (0x10F00, 0x10F2F, "R"),
    (0x10F30, 0x10F6F, "AL"),
    (0x10F70, 0x10FFF, "R"),
    (0x1E800, 0x1EC6F, "R"),
    (0x1EC70, 0x1ECBF, "AL"),
    (0x1ECC0, 0x1ECFF, "R"),
    (0x1ED00, 0x1ED4F, "AL"),
    (0x1ED50, 0x1EDFF, "R"),
    (0x1EE00, 0x1EEFF, "AL"),
    (0x1EF00, 0x1EFFF, "R"),
    (0x1F300, 0x1FAFF, "ON"),
    (0xE0000, 0xE0FFF, "BN"),
)
"""Classes of code points that have no character yet: the ``@missing`` lines of DerivedBidiClass.txt, Unicode 15.

The blocks of pictographs are an exception: what is added there is an emoji, and newer databases give it ON, not L.
"""

_MIRROR_EXCEPTIONS = {0x298D: 0x2990, 0x298F: 0x298E}
"""Opening brackets whose partner is not the next closing one: brackets with ticks pair by the tick's mirror image."""

_OF_SIGNS = (*range(0x3100), *range(0xFE00, 0x10000))
"""Code points to find brackets among: the others are syllables, ideographs and private characters."""


@cache
def bidi_class(character: str) -> str:
    """Return the Bidi_Class of a character, assigned or not.

    >>> [bidi_class(character) for character in "aب1۱٬+ "]
    ['L', 'AL', 'EN', 'EN', 'AN', 'ES', 'WS']
    >>> bidi_class(chr(0x05FF)), bidi_class(chr(0x10FFFF))
    ('R', 'BN')
    """
    known = unicodedata.bidirectional(character)
    if known:
        return known
    code = ord(character)
    if code & 0xFFFE == 0xFFFE:
        return "BN"
    return next((name for first, last, name in _UNASSIGNED if first <= code <= last), "L")


def bidi_classes(text: str) -> list[str]:
    """Return the class of each character."""
    return [bidi_class(character) for character in text]


def first_strong(classes: Sequence[str], start: int = 0, end: int | None = None) -> int | None:
    """Return the level that rules P2 and P3 find: 0, 1, or None where there is no strong character.

    Isolates are passed over; a stray PDI ends nothing.
    """
    depth = 0
    for index in range(start, len(classes) if end is None else end):
        name = classes[index]
        if name in INITIATORS:
            depth += 1
        elif name == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and name in ("L", "R", "AL"):
            return 0 if name == "L" else 1
    return None


def _canonical(character: str) -> str:
    """Return the character itself or its canonical equivalent, so that U+2329 pairs with U+3009."""
    return unicodedata.normalize("NFD", character)


def _paired_brackets(codes: Iterable[int] = _OF_SIGNS) -> dict[str, tuple[bool, str]]:
    """Derive Bidi_Paired_Bracket as BidiBrackets.txt says: mirrored, and category Ps or Pe, side by side."""
    table: dict[str, tuple[bool, str]] = {}
    for code in codes:
        character = chr(code)
        if unicodedata.mirrored(character) and unicodedata.category(character) == "Ps":
            partner = _MIRROR_EXCEPTIONS.get(code) or next(
                candidate for candidate in (code + 1, code + 2) if unicodedata.category(chr(candidate)) == "Pe"
            )
            key = _canonical(character)
            table[character] = (True, key)
            table[chr(partner)] = (False, key)
    return table


@cache
def paired_brackets() -> dict[str, tuple[bool, str]]:
    """Return, for each paired bracket, whether it opens and a key that both partners share.

    >>> paired_brackets()["("], paired_brackets()[")"]
    ((True, '('), (False, '('))
    """
    return _paired_brackets()
