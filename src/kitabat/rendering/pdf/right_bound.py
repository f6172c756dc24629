"""Lines from left to right in a file that is bound right, such that PDFium finds phrases in them.

PDFium (Chrome, Edge) takes every line of such a file for one from right to left, parts it at each space and sign, and
gives the parts back from the right: English words come back in the reverse order. But it begins a new line wherever a
text is wholly above or below the one before, by the outlines of both, even on one baseline. So what stands between two
words is written with an outline high above the line, in the rendering mode that leaves no ink, and the ink of signs is
drawn with the letter beside them: to PDFium each word is a line, and one follows the other. Other readers go by
baselines and by the metrics of the font, and see nothing of it.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from kitabat.rendering.pdf.codes import Codes, Piece
from kitabat.rendering.pdf.composites import Part

RAISED = 1.25, 1.75
"""Heights of the outlines above a line, in sizes of the font: above all letters, and high enough to count."""
LETTERS, DIGITS = {"L", "R", "AL"}, {"EN", "AN"}
OF_NUMBERS = {"CS", "ES", "ET"}
"""Classes of signs that PDFium does not part from digits."""

LETTER, DIGIT, SIGN = "letter", "digit", "sign"

Draw = Callable[..., Any]

_binds_right: ContextVar[bool] = ContextVar("_binds_right", default=False)


@contextmanager
def bound(*, right: bool) -> Iterator[None]:
    """Say on which side the file is bound that is written meanwhile."""
    token = _binds_right.set(right)
    try:
        yield
    finally:
        _binds_right.reset(token)


def noting_lines(plain: Draw) -> Draw:
    """Return the drawing of a line's boxes, which tells the stream whether to keep words apart."""
    from weasyprint.formatting_structure import boxes

    def draw_inline_level(stream: Any, page: Any, box: Any, *more: Any, **options: Any) -> Any:
        if not isinstance(box, boxes.LineBox):
            return plain(stream, page, box, *more, **options)
        before = keeps_apart(stream)
        stream.keeps_apart = _binds_right.get() and box.style["direction"] == "ltr"
        try:
            return plain(stream, page, box, *more, **options)
        finally:
            # A line may stand in a box of another line.
            stream.keeps_apart = before

    draw_inline_level.remedied = getattr(plain, "remedied", plain)  # type: ignore[attr-defined]
    return draw_inline_level


def keeps_apart(stream: Any) -> bool:
    """Tell whether the words of the line that is being drawn are to be kept apart."""
    return bool(getattr(stream, "keeps_apart", False))


def words_apart(pieces: Sequence[Piece], codes: Codes) -> Iterator[Piece]:
    """Yield the clusters of a run from left to right with its words kept apart; see the module."""
    lent = next((piece.parts[0].glyph for piece in pieces if piece.parts and not piece.blank), None)
    if lent is None:
        yield from pieces
        return
    outline = [Part(lent, 0, round(height * codes.units)) for height in RAISED]
    for is_blank, group in itertools.groupby(pieces, key=lambda piece: piece.blank):
        if is_blank:
            yield from (codes.redrawn(space, outline, unseen=True) for space in group)
        else:
            yield from _signs_apart([*group], outline, codes)


def _signs_apart(word: Sequence[Piece], outline: Sequence[Part], codes: Codes) -> Iterator[Piece]:
    """Yield the clusters of a word with its signs above it, and their ink where it belongs."""
    kinds = _kinds(codes.text(piece) for piece in word)
    hosts = [place for place, kind in enumerate(kinds) if kind != SIGN and word[place].codes]
    if not hosts:
        yield from word
        return
    starts = [0.0, *itertools.accumulate(piece.wanted for piece in word)]
    ink = {host: [*word[host].parts] for host in hosts}
    for place, kind in enumerate(kinds):
        if kind == SIGN:
            host = max((host for host in hosts if host < place), default=hosts[0])
            right = round((starts[place] - starts[host]) * codes.units / 1000)
            ink[host] += (part._replace(x=part.x + right) for part in word[place].parts)
    for place, piece in enumerate(word):
        if kinds[place] == SIGN:
            yield codes.redrawn(piece, outline, unseen=True)
        else:
            more = len(ink.get(place, ())) > len(piece.parts)
            yield codes.redrawn(piece, ink[place]) if more else piece


def _kinds(texts: Iterable[str]) -> list[str]:
    """Tell which clusters of a word PDFium parts from their neighbours: signs, but for those of numbers.

    >>> _kinds("“a-b”"), _kinds("$2,500.")
    (['sign', 'letter', 'sign', 'letter', 'sign'], ['digit', 'digit', 'digit', 'digit', 'digit', 'digit', 'digit'])
    """
    classes = [unicodedata.bidirectional(text[0]) if text else "L" for text in texts]
    kinds = [LETTER if one in LETTERS else DIGIT if one in DIGITS else SIGN for one in classes]
    for places in (range(1, len(kinds)), range(len(kinds) - 2, -1, -1)):
        step = places.step
        for place in places:
            if classes[place] in OF_NUMBERS and kinds[place - step] == DIGIT:
                kinds[place] = DIGIT
    return kinds
