"""The runs of a line on their way into the page, each stretch of one font at once."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from kitabat.rendering.pdf.right_bound import keeps_apart, words_apart
from kitabat.rendering.pdf.writing import Shown, Unsaid, Unseen, Writing

WIDEST_SPACE = 3
"""Of a space that stands alone, in sizes of the font."""
ATTACHED = "،۔؛:؟!.,)»"
"""Signs that follow a word without a space."""
NO_INK, INK = 3, 0
"""Rendering modes of text."""
KIND, RTL = attrgetter("font", "size"), attrgetter("rtl")
"""Of a run: what it is written with, and whether it runs from right to left."""
UNSAID = b"/Span <</ActualText <FEFF>>> BDC"
"""What follows says nothing."""


def space_before(stream: Any, matrix: Sequence[float], size: float) -> float:
    """Return the width of the space that stands alone to the left of a text, on the same line; 0 for none."""
    left, baseline = getattr(stream, "space_from", (0.0, 0.0))
    stream.space_from = (0.0, 0.0)
    gap = matrix[4] - left
    return gap if abs(baseline - matrix[5]) < size and 0 < gap < WIDEST_SPACE * size else 0


def show(stream: Any, runs: Sequence[Any], said: str, matrix: Sequence[float], gap: float, *, attached: bool) -> None:
    """Write the runs of a line, each stretch of one font and size at once, behind a space as wide as ``gap``.

    ``attached`` tells that it may follow another element's word without a space.
    """
    a, b, c, d, e, f = matrix

    def move(distance: float) -> None:
        stream.set_text_matrix(a, b, c, d, e + a * distance, f + b * distance)

    start = -gap
    """Where a stretch starts, in units of the page from the start of the line."""
    move(start)
    apart = keeps_apart(stream)
    behind, rtl, utf8 = 0.0, _follows_rtl(stream, matrix, runs[0].size), said.encode()
    for (font, size), found in itertools.groupby(runs, key=KIND):
        stretch, writing = [*found], Writing(font.codes, behind * 1000 / size, rtl=rtl)
        if gap:
            writing.add([font.codes.space(gap * 1000 / size)], rtl=True)
        if apart:
            _write_apart(writing, stretch, utf8)
        else:
            for run in stretch:
                writing.add_word(run.word(utf8), rtl=run.rtl)
        gap = writing.only_blank * size / 1000
        if gap:
            continue
        if attached and stretch[-1] is runs[-1]:
            writing.part()
        stream.set_font_size(font.hash, size)
        for shown in writing.shown():
            _put(stream, shown, lambda place, start=start, size=size: move(start + place * size / 1000))  # type: ignore[misc]
        start += writing.pen * size / 1000
        behind, rtl = writing.behind * size / 1000, writing.ends_rtl
    stream.drawn_to = e + a * start, f, rtl
    if gap:
        stream.space_from = e + a * start, f


def _write_apart(writing: Writing, stretch: Sequence[Any], utf8: bytes) -> None:
    """Write the runs of a stretch, with the words of those from left to right kept apart."""
    for rtl, group in itertools.groupby(stretch, key=RTL):
        if rtl:
            for run in group:
                writing.add_word(run.word(utf8), rtl=True)
        else:
            pieces = [piece for run in group for piece in run.word(utf8).pieces]
            writing.add(words_apart(pieces, writing.codes), rtl=False)


def _put(stream: Any, shown: Shown, move: Callable[[float], None]) -> None:
    """Write an operator, or move the pen, in thousandths of the font's size from the start of the stretch."""
    if isinstance(shown, str):
        stream.show_text(shown)
    elif isinstance(shown, Unseen):
        stream.set_text_rendering(NO_INK)
        stream.show_text(f"<{shown.code}>")
        stream.set_text_rendering(INK)
    elif isinstance(shown, Unsaid):
        stream.stream.append(UNSAID)
        stream.show_text(f"<{shown.code}>")
        stream.end_marked_content()
    else:
        move(shown)


def _follows_rtl(stream: Any, matrix: Sequence[float], size: float) -> bool:
    """Tell whether a text stands right behind one that is read from right to left, on the same line."""
    end, baseline, rtl = getattr(stream, "drawn_to", (0.0, 0.0, False))
    return rtl and abs(baseline - matrix[5]) < size and abs(matrix[4] - end) < WIDEST_SPACE * size
