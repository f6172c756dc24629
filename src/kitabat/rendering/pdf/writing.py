"""The order and the distances in which the codes of a line are written, so that readers tell words and marks apart."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kitabat.rendering.pdf.codes import Codes, Piece, Word

TOLERANCE = 1
"""Distance between the pen and its place that is let be, in thousandths of the font's size."""
UNSEEN = 90
"""Distance that pdf.js takes for no space, in thousandths of the font's size."""
FAR = 450
"""Distance that Poppler lets the pen be moved back by, in thousandths of the font's size."""
APART = 150
"""Distance that pdf.js takes for a space, in thousandths of the font's size."""
ARABIC_MARK = "\u061c"
"""Invisible, and read from right to left."""
NEXT_LINE = "\x85"
"""White space that pdf.js takes for a letter."""


class Unsaid(NamedTuple):
    """A code that no reader is to give back; pdf.js, which does not know ``/ActualText``, does."""

    code: str


class Unseen(NamedTuple):
    """A code that is drawn without ink, as a text of its own."""

    code: str


Shown = str | float | Unsaid | Unseen
"""What the operator TJ takes, or a place to put the pen to before what follows, or what is not said or not seen."""


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
        self._shown: list[str | float | Unsaid | Unseen | None] = []
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
            self._add_from_left(pieces)
            return
        for piece in pieces:
            if piece.blank:
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

    def _add_from_left(self, pieces: Iterable[Piece]) -> None:
        """Write the pieces of a run from left to right, of which none is marked and no space is held back."""
        behind, pen, string = self.behind, self.pen, self._string
        for codes, drawn, wanted, _, turns, foreign, _, _, unseen in pieces:
            if codes:
                if not -TOLERANCE < behind < TOLERANCE and (step := round(behind)):
                    self._close()
                    self._shown.append(str(-step))
                    behind -= step
                if unseen:
                    self._close()
                    self._shown.append(Unseen(codes))
                else:
                    string.append(codes)
                self._foreign = foreign
            if turns is not None:
                self._rtl = turns
            behind += wanted - drawn
            pen += wanted
        self.behind, self.pen = behind, pen

    def add_word(self, word: Word, *, rtl: bool) -> None:
        """Write the pieces of a run, all at once where they are written as they are anywhere else."""
        least, most = word.behind
        if word.codes and self._blank:
            self._settle()
        if word.codes and self.behind + least > -TOLERANCE and self.behind + most < TOLERANCE:
            self._string += word.codes
            self.behind += word.wanted - word.drawn
            self.pen += word.wanted
            self._rtl = self._rtl if word.turns is None else word.turns
            self._foreign = word.pieces[-1].foreign
        else:
            self.add(word.pieces, rtl=rtl)

    def part(self) -> None:
        """Keep the last sign apart from what stands to its right, another element's word.

        pdf.js joins that word with the one at the other end of the line unless the pen seems to move in between. To it
        signs without ink have no width, so that it sees only how the pen is moved back.
        """
        if not self._string:  # nothing that is seen
            return
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
            if piece.unseen:
                code = self._string.pop()
                self._close()
                self._shown.append(Unseen(code))
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
