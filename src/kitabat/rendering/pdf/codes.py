"""The codes of one embedded font: each stands for text that readers of a PDF give back, and draws a shape.

A font for the page maps a code to one glyph, and readers map the code to text. Nastaliq builds ب پ ت from one skeleton
and separate dots, each at a height of its own: told glyph by glyph, no letter comes back. So each cluster of shaped
glyphs is one composite, told as one character.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kitabat.rendering.pdf.composites import Composite, Part

JOINERS = "\u200c\u200d"
"""Characters without ink that spell words; the others of category Cf are of the line, not of the text."""
LAST = 0xFFFF
"""A code has two bytes."""
LONGEST = 4096
"""Codes that a line may need."""
RESERVE = 512
"""Codes kept for texts that have none yet."""
WIDEST, FARTHEST = 0xFFFF, 0x3FFF
"""In font units: what a glyph's width and the place of its parts may be."""
NOTHING, UNKNOWN = -1, 0
"""Numbers of glyphs: of one that only moves the pen, and of the font's sign for a character that it lacks."""


class Glyph(NamedTuple):
    """A glyph as shaped: its number, advance width and offsets, in units of the layout; y grows downwards.

    ``NOTHING`` as its number only moves the pen.
    """

    number: int
    width: int
    x: int
    y: int


class Cluster(NamedTuple):
    """Glyphs that are one text to readers; the same in whichever document."""

    text: str
    """What readers are to give back."""
    parts: tuple[Part, ...]
    width: int
    """In font units."""
    wanted: float
    """The same in thousandths of the font's size, as exact as the layout."""


def cluster(text: str, glyphs: Iterable[tuple[int, int, int, int]], scale: float, units: int) -> Cluster:
    """Return the cluster of glyphs, each as `Glyph` has them, in the order of the page.

    ``scale`` are font units in a unit of the layout, ``units`` those in the font's size.
    """
    # Made without the ways of named tuples, as are pieces: most often of all.
    pen, parts = 0, []
    for number, width, x, y in glyphs:
        if number != NOTHING:
            parts.append(tuple.__new__(Part, (number, _near((pen + x) * scale), _near(-y * scale))))
        pen += width
    said = told(text) or (text if parts else "")
    return Cluster(said, tuple(parts), round(pen * scale), pen * scale * 1000 / units)


class Piece(NamedTuple):
    """A cluster as written into the page."""

    codes: str
    """Four hexadecimal digits a code; empty for a cluster that only moves the pen."""
    drawn: float
    """What its codes move the pen by, in thousandths of the font's size."""
    wanted: float
    """What the layout wants it to be moved by."""
    blank: bool = False
    """It is a space."""
    turns: bool | None = None
    """Whether what follows is taken to be read from right to left, to the left, or as before: so PDFium reckons."""
    foreign: bool = False
    """To pdf.js it is text that runs from left to right, so that a mark behind it would be a part of that."""
    marked: str = ""
    """Its text, where it is read from right to left and ends with a mark above or below: the mark comes first."""
    parts: tuple[Part, ...] = ()
    """What it draws, all of it."""
    unseen: bool = False
    """It is to be drawn without ink, as a text of its own."""


class Word(NamedTuple):
    """The clusters of a run, and what they are written as where the pen need not be moved between them."""

    pieces: tuple[Piece, ...]
    codes: tuple[str, ...]
    """Of each cluster; empty where each must be looked at."""
    drawn: float
    wanted: float
    behind: tuple[float, float]
    """The least and the most by which the pen lags before one of them, in thousandths of the font's size."""
    turns: bool | None


def word(pieces: tuple[Piece, ...], *, rtl: bool) -> Word:
    """Return a word of its clusters, in the order of the page; from right to left, spaces wait for what follows."""
    drawn = wanted = least = most = 0.0
    turns: bool | None = None
    simple = True
    for codes, moved, meant, blank, turned, _, marked, *_ in pieces:
        behind = wanted - drawn
        if behind < least:
            least = behind
        elif behind > most:
            most = behind
        drawn += moved
        wanted += meant
        if turned is not None:
            turns = turned
        if not codes or (blank and rtl) or marked:
            simple = False
    written = tuple([piece[0] for piece in pieces]) if simple else ()
    return Word(pieces, written, drawn, wanted, (least, most), turns)


@dataclass(slots=True)
class Codes:
    """What the codes of a font stand for; grows while pages are drawn.

    Codes below ``first`` are the font's own glyphs, those from it on are its composites in their order.
    """

    first: int
    units: int
    """Font units in the font's size."""
    texts: dict[int, str]
    """By code: what readers give back."""
    widths: dict[int, float]
    """By code, in thousandths of the font's size; what the font file says of the same code."""
    composites: list[Composite] = field(default_factory=list)
    missing: dict[str, None] = field(default_factory=dict)
    """Characters that no font has, in the order of the text."""
    _known: dict[tuple[str, Composite], int] = field(default_factory=dict)
    _alike: dict[str, int] = field(default_factory=dict)
    """Some code for each text."""
    _shapes: dict[tuple[str, tuple[Part, ...], int, bool], tuple[Any, ...]] = field(default_factory=dict)
    """What is alike of clusters that differ in less than a font unit."""
    pieces: dict[tuple[float, bool, bytes, bytes], Piece] = field(default_factory=dict)
    """Clusters met before: by size, whether they run from right to left, text, and glyphs as shaped."""

    words: dict[tuple[float, bool, bytes, bytes], Word] = field(default_factory=dict)
    """Runs met before, by the same."""

    @property
    def full(self) -> bool:
        """Tell whether a cluster may find no code left."""
        return self.first + len(self.composites) > LAST - LONGEST

    def piece(self, cluster: Cluster, advance: Callable[[int], int], *, rtl: bool) -> Piece:
        """Return how a cluster is written; ``advance`` gives the width of a glyph of the font itself in font units."""
        text, parts, width, wanted = cluster
        if not text:
            return Piece("", 0, wanted)
        key = text, parts, width, rtl
        alike = self._shapes.get(key)
        if alike is None:
            codes = self._own(text, parts, advance, rtl=rtl) or self._composed(*key)
            marked = text if rtl and len(text) > 1 and unicodedata.combining(text[-1]) else ""
            blank, turns, foreign = text.isspace(), _turns(text[0]), _is_foreign(text[0 if rtl else -1])
            alike = self._shapes[key] = (*self._written(codes, 0)[:2], blank, turns, foreign, marked, parts, False)
        return tuple.__new__(Piece, (alike[0], alike[1], wanted, *alike[2:]))

    def space(self, width: float) -> Piece:
        """Return a space of a width in thousandths of the font's size."""
        return self.written(" ", width)._replace(blank=True)

    def written(self, text: str, width: float) -> Piece:
        """Return a text without ink of a width in thousandths of the font's size."""
        advance = max(0, min(round(width * self.units / 1000), WIDEST))
        return self._written([self.code(text, Composite(advance))], width)

    def text(self, piece: Piece) -> str:
        """Return what readers give back for a cluster of one code; empty for one of none."""
        return self.texts[int(piece.codes, 16)] if piece.codes else ""

    def redrawn(self, piece: Piece, parts: Iterable[Part], *, unseen: bool = False) -> Piece:
        """Return a cluster of one code that says the same and is as wide, and draws something else."""
        code = int(piece.codes, 16)
        other = self.code(self.texts[code], Composite(round(self.widths[code] * self.units / 1000), tuple(parts)))
        return piece._replace(codes=f"{other:04x}", unseen=unseen)

    def mark(self, piece: Piece, width: float, before: str) -> Piece:
        """Return the last mark of a cluster alone, which draws all of it, with another width.

        ``width`` is in thousandths of the font's size; the text ``before`` takes no room.
        """
        advance = max(0, min(round(width * self.units / 1000), WIDEST))
        codes = [self.code(piece.marked[-1], Composite(advance, piece.parts))]
        return self._written([*(self.code(one, Composite(0)) for one in before), *codes], 0)

    def letter(self, piece: Piece) -> Piece:
        """Return a cluster without its last mark, drawing nothing."""
        width = round(piece.wanted * self.units / 1000)
        return self._written(self._composed(piece.marked[:-1], (), width, rtl=True), piece.wanted)

    def _written(self, codes: Sequence[int], wanted: float) -> Piece:
        return Piece("".join(f"{code:04x}" for code in codes), sum(self.widths[code] for code in codes), wanted)

    def code(self, text: str, composite: Composite) -> int:
        """Return the code of a composite that stands for a text."""
        key = (text, composite)
        code = self._known.get(key)
        if code is None:
            code = self.first + len(self.composites)
            if code > LAST - RESERVE and (text in self._alike or code > LAST):
                # A line of tens of thousands of shapes runs off any page: what counts is that it says its text.
                return self._alike.get(text, LAST)
            self._known[key] = self._alike[text] = code
            self.composites.append(composite)
            self._note(code, text, composite.advance)
        return code

    def _own(self, text: str, parts: Sequence[Part], advance: Callable[[int], int], *, rtl: bool) -> tuple[int, ...]:
        """Return the font's own glyph where it can stand for the text, and for no other."""
        if len(parts) != 1 or parts[0][1:] != (0, 0) or (rtl and len(text) > 1):
            return ()
        glyph = parts[0].glyph
        if glyph == UNKNOWN:
            return ()
        if glyph not in self.texts:
            self._note(glyph, text, advance(glyph))
        return (glyph,) if self.texts[glyph] == text else ()

    def _composed(self, text: str, parts: tuple[Part, ...], width: int, rtl: bool) -> list[int]:  # noqa: FBT001 - a key
        """Return codes of one character each in the order of the page; the first draws the whole cluster.

        From left to right one code stands for all: there readers agree on the order of its characters.
        """
        characters = text[::-1] if rtl else [text]
        widths = _shares(max(0, min(width, WIDEST)), characters)
        drawn = (parts, *((),) * (len(characters) - 1))
        return [self.code(*one) for one in zip(characters, map(Composite, widths, drawn), strict=True)]

    def _note(self, code: int, text: str, advance: int) -> None:
        self.texts[code] = text
        width = round(advance * 1000 / self.units, 3)
        self.widths[code] = int(width) if width == int(width) else width


@functools.cache
def is_mark(utf8: bytes) -> bool:
    """Tell whether a text is nothing but marks above or below letters."""
    return all(map(unicodedata.combining, utf8.decode()))


@functools.cache
def _is_foreign(character: str) -> bool:
    """Tell whether pdf.js takes a character for one that runs from left to right: most that it does not know.

    >>> _is_foreign("ب"), _is_foreign("۵"), _is_foreign("”"), _is_foreign("x"), _is_foreign("(")
    (False, True, True, True, False)
    """
    if "\u0590" <= character <= "\u08ac" or "\ufb50" <= character <= "\ufeff":
        return unicodedata.bidirectional(character) in ("EN", "AN")
    return character > "\xff" or unicodedata.bidirectional(character) in ("L", "EN", "AN")


@functools.cache
def _turns(character: str) -> bool | None:
    """Tell how text after a character is taken to be read.

    >>> _turns("ب"), _turns("،"), _turns("۔"), _turns(" "), _turns("؛")
    (True, False, True, None, True)
    """
    bidi = unicodedata.bidirectional(character)
    return None if bidi in ("WS", "ON", "B", "S", "BN", "NSM") else bidi in ("R", "AL")


def _near(distance: float) -> int:
    """Return a distance in whole font units, no farther than a glyph's part can lie.

    >>> _near(2.6), _near(-1e6)
    (3, -16383)
    """
    near = round(distance)
    return near if -FARTHEST <= near <= FARTHEST else max(-FARTHEST, min(near, FARTHEST))


def _shares(whole: int, characters: Sequence[str]) -> list[int]:
    """Divide a width among the characters that take room: the first of them gets what is left over.

    >>> _shares(5, "لا"), _shares(5, "\u064eب"), _shares(5, "\u064e")
    ([3, 2], [0, 5], [5])
    """
    roomy = [not unicodedata.combining(character[0]) and character not in JOINERS for character in characters]
    if not any(roomy):
        roomy[0] = True
    share = whole // sum(roomy)
    widths = [share * wide for wide in roomy]
    widths[roomy.index(True)] += whole - sum(widths)
    return widths


@functools.cache
def told(text: str) -> str:
    r"""Return what of a cluster's characters readers are to give back.

    >>> told("ب\u200c"), told("\u2067\u00ad"), told("\t")
    ('ب\u200c', '', '')
    """
    return "".join(one for one in text if one in JOINERS or unicodedata.category(one) not in ("Cf", "Cc"))
