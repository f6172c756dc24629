"""A line in visual order, for a terminal that neither reorders nor joins: each sign knows which characters it shows.

The one importer of arabic-reshaper. Text on its way to a file, a page or a renderer never comes here: pre-shaped
text cannot be searched, and loses glyphs.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from kitabat.model.language import Direction

if TYPE_CHECKING:
    from arabic_reshaper import ArabicReshaper

MIRROR = dict(zip("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤", strict=True))
ZWNJ = "\u200c"
TRANSPARENT = re.compile("[\u061c\u200b\u200d-\u200f\u202a-\u202e\u2066-\u2069]")
"""Not seen, and no hindrance to joining. U+200D goes too: arabic-reshaper counts wrong where a lam-alef follows one."""
IN_TWO = {"\u06c2": "\u06c1\u0654"}
"""Letters whose joined forms have no code points of their own."""
LAM_ALEF = frozenset(map(chr, range(0xFEF5, 0xFEFD)))
"""The only ligatures that are made."""
LAM, ALEFS = "\u0644", "اآأإ"
MARKS = ("Mn", "Me", "Cf")

Piece = tuple[str, int]
"""A character, and its place in the line."""


class Sign(msgspec.Struct, frozen=True):
    """What takes one place on the screen: a letter, or two in a ligature, with the marks on them."""

    text: str
    places: tuple[int, ...]
    """Of the characters that it shows, in the line; in their order there."""
    backwards: bool = False
    """It is part of a run from right to left."""

    @property
    def width(self) -> int:
        """Cells of the terminal that it takes."""
        return width(self.text)


def width(text: str) -> int:
    r"""Return how many cells of a terminal a text takes.

    >>> width("a\u0301漢")
    3
    """
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def in_visual_order(text: str, base: Direction = "ltr") -> tuple[Sign, ...]:
    """Return the signs of a line from left to right, its letters joined.

    ``base`` is the line's direction: left to right, as a terminal's is, or that of a text which stands alone in its
    cell. Invisible characters are left out.

    >>> [(f"{ord(sign.text):04X}", sign.places) for sign in in_visual_order("با!")]
    [('FE8E', (1,)), ('FE91', (0,)), ('0021', (2,))]
    """
    from kitabat.language.bidi.levels import levels
    from kitabat.language.bidi.order import visual_order

    signs = clusters(joined(text))
    found = "".join(sign.text for sign in signs)
    starts = itertools.accumulate((len(sign.text) for sign in signs), initial=0)
    all_depths = levels(found, base)
    depths = [all_depths[start] for start, _ in zip(starts, signs, strict=False)]
    return tuple(
        Sign(mirrored(signs[place].text), signs[place].places, backwards=True) if depths[place] % 2 else signs[place]
        for place in visual_order(depths)
    )


def mirrored(text: str) -> str:
    """Return a sign of a right-to-left run with its bracket mirrored (UAX #9, L4).

    >>> mirrored("("), mirrored("ب")
    (')', 'ب')
    """
    return MIRROR.get(text[0], text[0]) + text[1:]


def clusters(pieces: Iterable[tuple[str, tuple[int, ...]]]) -> list[Sign]:
    r"""Return pieces with their marks on them (UAX #9, L3: a terminal puts a mark on the letter before it).

    >>> clusters([("e", (0,)), ("\u0301", (1,)), ("b", (2,))]) == [Sign("e\u0301", (0, 1)), Sign("b", (2,))]
    True
    """
    signs: list[Sign] = []
    for text, places in pieces:
        if signs and unicodedata.category(text) in MARKS and width(text) == 0:
            last = signs[-1]
            signs[-1] = Sign(last.text + text, tuple(sorted({*last.places, *places})))
        else:
            signs.append(Sign(text, places))
    return signs


def joined(text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the characters of a line in their joined forms, in reading order, each with the places that it is from."""
    pieces = list(_visible(text))
    taken: set[int] = set()
    at = 0
    for sign in reshaper().reshape("".join(character for character, _ in pieces)):
        while at in taken:
            at += 1
        character, place = pieces[at]
        if sign in LAM_ALEF and character == LAM:
            # Marks of the lam stand between it and its alef.
            alef = next(index for index in range(at + 1, len(pieces)) if pieces[index][0] in ALEFS)
            taken.add(alef)
            yield sign, (place, pieces[alef][1])
        elif sign != ZWNJ:
            yield sign, (place,)
        at += 1


def _visible(text: str) -> Iterator[Piece]:
    """Yield what is to be joined; a non-joiner stays until then."""
    for place, character in enumerate(text):
        if not TRANSPARENT.match(character):
            for part in IN_TWO.get(character, character):
                yield part, place


@functools.cache
def reshaper() -> ArabicReshaper:
    """Return the joiner of letters; it keeps aerab, and makes no ligature but lam-alef, which all fonts have."""
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper({"delete_harakat": False, "support_ligatures": True, "ARABIC LIGATURE ALLAH": False})
