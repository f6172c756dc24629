"""Where the lines of a paragraph end, found from one shaping of it instead of one for each line.

A paragraph is shaped as a whole; where a line may end is told by Pango, and how wide it is up to there by the widths of
its clusters. Whatever is not certain by `MARGIN` is left to WeasyPrint.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from kitabat.rendering.pdf.shaping.runs import BLANK, FIELDS, UNITS, Run

MARGIN = 0.02
"""Of the font's size: what a line may take more or less than it does in the paragraph."""
LEVEL = 0xFF
"""The part of a run's kind that tells its direction; odd from right to left."""
OFFSET = attrgetter("offset")


class Measured(NamedTuple):
    """A text on one line, as long as it is."""

    runs: tuple[Run, ...]
    length: int
    """In bytes; less than the text's where it ends at a paragraph separator."""
    width: float
    """In pixels, as are those that follow."""
    height: float
    baseline: float
    direction: int


class Line(NamedTuple):
    """A line of a paragraph."""

    end: int
    """In bytes from the start of the paragraph: where the next line begins."""
    following: int
    """Where the next one might have ended instead; the same as ``end`` where the paragraph ends."""


class Paragraph:
    """A text with the width up to each of its bytes, and the places where a line may end."""

    __slots__ = ("_measured", "ends", "runs", "text", "upto", "visible")

    def __init__(self, text: bytes, measured: Measured, ends: Sequence[int], widths: Iterable[int]) -> None:
        self.text, self.ends, self._measured = text, ends, measured
        self.runs: list[Run] | None = None
        """In the order of the text, where any line of it is made of the same ones; see ``alone``."""
        self.upto = list(accumulate(widths, initial=0))
        self.visible = [self.upto[_without_spaces(text, end)] for end in ends]
        """Up to each of the places, without the spaces that hang out of the line."""

    def line(self, start: int, room: float, margin: float) -> Line | None:
        """Return the line that begins at ``start`` and fills ``room``, or None where it is not certain; in pixels."""
        first = bisect_right(self.ends, start)
        limit = self.upto[start] + room * UNITS
        last = bisect_right(self.visible, limit, lo=first) - 1
        unsure = margin * UNITS
        if last < first or self.visible[last] > limit - unsure:
            return None
        if last + 1 < len(self.ends):
            if self.visible[last + 1] < limit + unsure:
                return None
            return Line(self.ends[last], self.ends[last + 1])
        # The last line keeps its spaces.
        return Line(self.ends[last], self.ends[last]) if self.upto[-1] < limit - unsure else None

    def width(self, start: int, end: int) -> float:
        """Return the width of a part, in pixels."""
        return (self.upto[end] - self.upto[start]) / UNITS

    def alone(self, level: int) -> None:
        """Note that words are shaped alone, and spaces too: where all are alike, lines are made of the same runs.

        ``level`` is that of the text's direction: what runs the other way is ordered for each line.
        """
        runs = self._measured.runs
        first = runs[0]
        if first.kind[0] & 0xFF == level and all(
            run.kind == first.kind and run.address == first.address for run in runs
        ):
            self.runs = list(runs[::-1] if level else runs)

    def cut(self, start: int, end: int) -> Measured | None:
        """Return a part of the text as a line of its own, if it is made of the text's own runs."""
        if self.runs is None or not any(map(str.isalpha, self.text[start:end].decode())):
            return None
        first = bisect_left(self.runs, start, key=OFFSET)
        last = bisect_left(self.runs, end, lo=first, key=OFFSET)
        cut = self.runs[first:last]
        if not cut or cut[0].offset != start or cut[-1].offset + cut[-1].length != end:
            return None
        # As `moved`, for all at once.
        runs = [
            tuple.__new__(Run, (font, address, kind, offset - start, length, glyphs, clusters))
            for font, address, kind, offset, length, glyphs, clusters in cut
        ]
        if self._measured.runs[0] is not self.runs[0]:
            runs.reverse()
        return self._measured._replace(runs=tuple(runs), length=end - start, width=self.width(start, end))


def widths_of(runs: Iterable[Run], size: int) -> list[int]:
    """Return the width of each byte of a text, in Pango's units.

    A cluster is as wide as its glyphs; all of it counts at the first of its bytes.
    """
    widths = [0] * size
    for run in runs:
        for start, width in zip(run.clusters, memoryview(run.glyphs).cast("i")[1::FIELDS].tolist(), strict=True):
            widths[run.offset + start] += width
    return widths


def _without_spaces(text: bytes, end: int) -> int:
    """Return where the spaces before a place begin.

    >>> _without_spaces(b"ab  c", 4), _without_spaces(b"ab  c", 2), _without_spaces(b" ", 1)
    (2, 2, 0)
    """
    while end and text[end - 1] == BLANK:
        end -= 1
    return end
