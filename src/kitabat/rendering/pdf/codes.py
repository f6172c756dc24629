"""The codes of one embedded font: each stands for text that readers of a PDF give back, and draws a shape.

A font for the page maps a code to one glyph, and readers map the code to text. Nastaliq builds ب پ ت from one skeleton
and separate dots, each at a height of its own: told glyph by glyph, no letter comes back. So each cluster of shaped
glyphs is one composite, told as one character.
"""

from __future__ import annotations

import functools
import itertools
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
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
TOLERANCE = 1
"""Distance between the pen and its place that is let be, in thousandths of the font's size."""
UNSEEN = 90
"""Distance that pdf.js takes for no space, in thousandths of the font's size."""
FAR = 450
"""Distance that Poppler lets the pen be moved back by, in thousandths of the font's size."""
APART = 150
"""Distance that pdf.js takes for a space, in thousandths of the font's size."""
ATTACHED = "،۔؛:؟!.,)»"
"""Signs that follow a word without a space."""
ARABIC_MARK = "\u061c"
"""Invisible, and read from right to left."""
NEXT_LINE = "\x85"
"""White space that pdf.js takes for a letter."""
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
    """What a marked cluster draws."""


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

    @property
    def full(self) -> bool:
        """Tell whether a cluster may find no code left."""
        return self.first + len(self.composites) > LAST - LONGEST

    def piece(
        self, text: str, glyphs: Sequence[Glyph], scale: float, advance: Callable[[int], int], *, rtl: bool
    ) -> Piece:
        """Return how a cluster is written.

        ``glyphs`` are in the order of the page, ``scale`` are font units in a unit of the layout, ``advance`` gives
        the width of one of the font's own glyphs in font units.
        """
        pen, parts = 0, []
        for glyph in glyphs:
            if glyph.number != NOTHING:
                parts.append(Part(glyph.number, _near((pen + glyph.x) * scale), _near(-glyph.y * scale)))
            pen += glyph.width
        wanted = pen * scale * 1000 / self.units
        text = told(text) or (text if parts else "")
        if not text:
            return Piece("", 0, wanted)
        key = text, tuple(parts), round(pen * scale), rtl
        alike = self._shapes.get(key)
        if alike is None:
            codes = self._own(text, parts, advance, rtl=rtl) or self._composed(*key)
            marked = text if rtl and len(text) > 1 and unicodedata.combining(text[-1]) else ""
            blank, turns, foreign = text.isspace(), _turns(text[0]), _is_foreign(text[0 if rtl else -1])
            alike = self._shapes[key] = (*self._written(codes, 0)[:2], blank, turns, foreign, marked, key[1])
        return Piece(alike[0], alike[1], wanted, *alike[2:])

    def space(self, width: float) -> Piece:
        """Return a space of a width in thousandths of the font's size."""
        return self.written(" ", width)._replace(blank=True)

    def written(self, text: str, width: float) -> Piece:
        """Return a text without ink of a width in thousandths of the font's size."""
        advance = max(0, min(round(width * self.units / 1000), WIDEST))
        return self._written([self.code(text, Composite(advance))], width)

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


class Unsaid(NamedTuple):
    """A code that no reader is to give back; pdf.js, which does not know ``/ActualText``, does."""

    code: str


Shown = str | float | Unsaid
"""What the operator TJ takes, or a place to put the pen to before what follows, or what is not said."""


class Writing:
    """Strings of codes, and movements of the pen where the layout has other widths than the font.

    pdf.js tells a space by the distance between two letters, and takes the one before a mark above or below for two,
    one on either side of the mark. To it marks have no width, whatever the font says: so such a mark gets the width of
    the space, the pen is moved back by as much, and for pdf.js the letter stands where the word before it ended. At the
    next space the pen is put in its place again.

    A mark that comes first of all pdf.js gives to what was drawn before, be it the line above: only what it takes for
    a letter tells it that the pen is elsewhere. So such a one, which is white space, stands before it.
    """

    __slots__ = ("_blank", "_foreign", "_lagging", "_rtl", "_shown", "_string", "behind", "codes", "pen")

    def __init__(self, codes: Codes, behind: float = 0, *, rtl: bool = False) -> None:
        self.codes, self.behind = codes, behind
        self.pen = 0.0
        """Where the pen should be, from the start, in thousandths of the font's size."""
        self._shown: list[str | float | Unsaid | None] = []
        self._string: list[str] = []
        self._blank: Piece | None = None
        self._rtl, self._lagging, self._foreign = rtl, False, False

    def shown(self) -> Iterator[Shown]:
        """Yield what was written."""
        # A space that ends them stays with what stands before: PDFium leaves out text without ink.
        self._lagging = False
        self._settle()
        self._close()
        for is_text, group in itertools.groupby(self._shown, key=lambda one: isinstance(one, str)):
            if is_text:
                yield "".join(map(str, group))
            else:
                yield from (one for one in group if one is not None)

    def add(self, pieces: Iterable[Piece], *, rtl: bool) -> None:
        """Write the pieces of a run."""
        if not rtl:
            self._settle()
        for piece in pieces:
            if rtl and piece.blank:
                self._settle()
                self._blank = piece
                continue
            if piece.marked and self._must_be_apart:
                self._write_apart(piece)
            elif piece.marked and (self._blank or not self._rtl):
                self._write_marked(piece)
            else:
                if self._blank:
                    self._settle()
                self._write(piece)
            if piece.turns is not None:
                self._rtl = piece.turns
            if piece.codes:
                self._foreign = piece.foreign

    def part(self) -> None:
        """Keep the last sign apart from what stands to its right, another element's word.

        pdf.js joins that word with the one at the other end of the line unless the pen seems to move in between. To it
        signs without ink have no width, so that it sees only how the pen is moved back.
        """
        last = self._string.pop()
        self._string.append(self.codes.written(ARABIC_MARK, APART).codes)
        self._close()
        self._shown += (None, str(APART))
        self._string.append(last)

    @property
    def only_blank(self) -> float:
        """Return the width of the space that is all there is, in thousandths of the font's size; 0 where it is not."""
        return self._blank.wanted if self._blank and self._is_first else 0

    @property
    def ends_rtl(self) -> bool:
        """Tell whether the last letters are read from right to left."""
        return self._rtl

    def _settle(self) -> None:
        """Write the space that is held back."""
        if self._blank:
            blank, self._blank = self._blank, None
            if self._lagging:
                self._close()
                self._shown.append(self.pen)
                self._lagging, self.behind = False, 0
            self._write(blank)

    @property
    def _room(self) -> float:
        """Return the distance that pdf.js is not to see before a mark, in thousandths of the font's size."""
        return max(0.0, self._blank.wanted + self.behind - UNSEEN) if self._blank else 0.0

    @property
    def _must_be_apart(self) -> bool:
        return self._is_first or self._foreign or self._room > FAR

    @property
    def _is_first(self) -> bool:
        """Tell whether no letter was written yet."""
        return not self._string and not self._shown

    def _write_marked(self, piece: Piece) -> None:
        width = self._room
        # Where the word before ended with a mark too, the pen stays behind for pdf.js.
        self._lagging, lagging = False, self._lagging
        self._settle()
        mark = self.codes.mark(piece, width, "" if self._rtl else ARABIC_MARK)
        self._write(mark)
        # Not farther back than where the mark stands: Poppler orders by place.
        self._move(-int(mark.drawn))
        self._lagging = lagging or width > 0
        self._write(self.codes.letter(piece))

    def _write_apart(self, piece: Piece) -> None:
        """Write a cluster whose mark must not be taken for one of what stands before, and what tells pdf.js so."""
        space = " "
        """A mark is of the word before to Poppler; it has no width, so that the pen does not move."""
        if self._blank:
            self.behind += self._blank.wanted
            self.pen += self._blank.wanted
        self._move(round(self.behind))
        self._close()
        self._shown += (None, Unsaid(self.codes.written(NEXT_LINE, 1).codes))
        if self._rtl:
            # Only MuPDF must be told: PDFium leaves out text without ink.
            aside = ARABIC_MARK
            self._string += (self.codes.written(one, 0).codes for one in aside)
            self._close()
            self._shown.append(None)
            before = space if self._blank else ""
        else:
            before = space + ARABIC_MARK
        self._blank = None
        self._write(self.codes.mark(piece, 0, before))
        self._write(self.codes.letter(piece))

    def _write(self, piece: Piece) -> None:
        codes, drawn, wanted = piece[:3]
        if codes:
            if not -TOLERANCE < self.behind < TOLERANCE:
                self._move(round(self.behind))
            self._string.append(codes)
        self.behind += wanted - drawn
        self.pen += wanted

    def _move(self, step: int) -> None:
        if step:
            self._close()
            self._shown.append(str(-step))
            self.behind -= step

    def _close(self) -> None:
        if self._string:
            self._shown.append(f"<{''.join(self._string)}>")
            self._string.clear()


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
    return max(-FARTHEST, min(round(distance), FARTHEST))


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
