"""Shaped text as plain values, so that a line can be drawn without being shaped again.

A justified line is not drawn as it was measured: Pango takes each of its spaces for an item of its own, so that words
are shaped one by one. What a word alone looks like is kept, and a line whose words and spaces are known is put together
from them; Pango shapes the others.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

GLYPH = struct.Struct("=IiiiI")
"""Pango's description of a shaped glyph: number, advance width, offsets, and marks that are left out here."""
FIELDS, MARKS = 5, 4
"""Numbers that describe a glyph, and which of them are its marks: two bits, and others that nobody sets."""
ITEM = struct.Struct("=ii8x16xQI4xQ")
"""Pango's description of an item: offset, length, font, level, gravity, flags and script in one, language."""
SPACE = re.compile(" |\u00a0".encode())
"""What WeasyPrint widens in a justified line."""
SPACES = (b" ", "\u00a0".encode())
BLANK = 0x20
ALONE = re.compile(b"[A-Za-z]+[,.;:]?")
"""A word that is of one script and one direction wherever it stands in a line from left to right."""
MOST = 5000
"""Words kept for one way of setting text."""
UNITS = 1024
"""Pango's in a pixel."""

Kind = tuple[int, int]
"""Level, gravity, flags and script, and the language: what HarfBuzz is told of an item beside its font."""


class Run(NamedTuple):
    """A shaped item: one font, one direction."""

    font: Any
    """Pango's."""
    address: int
    """What tells one font from another while both are kept."""
    kind: Kind
    offset: int
    """Where its text begins in that of the line, in bytes."""
    length: int
    glyphs: bytes
    """As Pango describes them, from left to right."""
    clusters: tuple[int, ...]
    """Where the text of each glyph begins in that of the item, in bytes."""


def moved(run: Run, offset: int) -> Run:
    """Return a run that begins elsewhere in its line; made most often of all, so without the ways of named tuples."""
    font, address, kind, _, length, glyphs, clusters = run
    return tuple.__new__(Run, (font, address, kind, offset, length, glyphs, clusters))


def runs_of(line: Any) -> Iterator[Run]:
    """Yield the runs of one of Pango's lines, from left to right."""
    from weasyprint.text.ffi import ffi

    buffer, unpack, fonts = ffi.buffer, ITEM.unpack, {}
    run = line.runs  # none where a line is empty
    while run:
        data = run.data
        item, glyphs = data.item, data.glyphs
        offset, length, address, kind, language = unpack(buffer(item, ITEM.size))
        if address not in fonts:
            fonts[address] = item.analysis.font
        count = glyphs.num_glyphs
        shaped = _without_marks(buffer(glyphs.glyphs, count * GLYPH.size), count)
        clusters = tuple(ffi.unpack(glyphs.log_clusters, count)) if count else ()
        yield tuple.__new__(Run, (fonts[address], address, (kind, language), offset, length, shaped, clusters))
        run = run.next


def _without_marks(glyphs: Any, count: int) -> bytes:
    """Return the description of so many glyphs with nothing where their marks are."""
    shaped = bytearray(glyphs)
    memoryview(shaped).cast("I")[MARKS::FIELDS] = memoryview(bytes(4 * count)).cast("I")
    return bytes(shaped)


class Words:
    """What words and spaces look like when they are shaped alone; for one way of setting text.

    ``spacing`` is what spaces are widened by even before a line is justified, in Pango's units: then they are items of
    their own from the beginning, and words are shaped alone already.
    """

    __slots__ = ("_spaces", "_words", "spacing")

    def __init__(self, spacing: int) -> None:
        self.spacing = spacing
        self._words: dict[tuple[Kind, int, bytes, bytes, bytes], Run] = {}
        self._spaces: dict[tuple[Kind, bytes], Run] = {}

    def justified(self, runs: Sequence[Run], text: bytes, spacing: int) -> list[Run] | None:
        """Return the runs of a line whose spaces are widened by ``spacing``; None where one of its words is not known.

        ``runs`` are those of the same line before it is justified.
        """
        if not regular(text):
            return None
        if self.spacing:
            return _widened(_widened(runs, text, -self.spacing), text, spacing)
        made: list[Run] = []
        for run in runs:
            first = len(made)
            for start, end in _items(text, run.offset, run.offset + run.length):
                item = text[start:end]
                if item in SPACES:
                    known = self._spaces.get((run.kind, item))
                else:
                    known = self._words.get((run.kind, run.address, item, *_around(text, start, end)))
                if known is None:
                    return None
                made.append(moved(known, start))
            if run.kind[0] % 2:
                made[first:] = made[first:][::-1]
        return _widened(made, text, spacing)

    def missing(self, runs: Sequence[Run], text: bytes) -> list[str]:
        """Return the words of a line that are not known, if all of them look alone as they do beside others."""
        found: dict[bytes, None] = {}
        for run in runs:
            for start, end in _items(text, run.offset, run.offset + run.length):
                item = text[start:end]
                if item in SPACES:
                    if (run.kind, item) not in self._spaces:
                        return []
                elif (run.kind, run.address, item, *_around(text, start, end)) not in self._words:
                    if not ALONE.fullmatch(item) or any(_around(text, start, end)):
                        return []
                    found[item] = None
        return [item.decode() for item in found]

    def learn(self, runs: Sequence[Run], text: bytes, spacing: int) -> None:
        """Note what Pango made of a justified line."""
        if self.spacing or not regular(text):
            return
        if len(self._words) > MOST:
            self._words.clear()
        for run in _widened(runs, text, -spacing):
            start, end = run.offset, run.offset + run.length
            item = text[start:end]
            if item in SPACES:
                self._spaces.setdefault((run.kind, item), run)
            else:
                self._words.setdefault((run.kind, run.address, item, *_around(text, start, end)), run)


def regular(text: bytes) -> bool:
    """Tell whether no space of a line stands beside another."""
    return all(SPACE.split(text)[1:-1])


def _widened(runs: Sequence[Run], text: bytes, spacing: int) -> list[Run]:
    """Return the runs of a line with as much added to each space as Pango adds; taken off, if ``spacing`` < 0."""
    made = list(runs)
    for place, run in enumerate(runs):
        if text[run.offset : run.offset + run.length] in SPACES and len(run.glyphs) == GLYPH.size:
            # WeasyPrint asks for twice as much at the ends of a text, for there Pango gives half.
            width = abs(spacing) * (2 if run.offset in (0, len(text) - 1) else 1)
            left = width // 2
            if width % UNITS == 0:
                left = (left + UNITS // 2) // UNITS * UNITS
            width -= (left if place == 0 else 0) + (width - left if place == len(runs) - 1 else 0)
            left = 0 if place == 0 else left
            sign = 1 if spacing > 0 else -1
            number, own, x, y, marks = GLYPH.unpack(run.glyphs)
            glyph = GLYPH.pack(number, own + sign * width, x + sign * left, y, marks)
            made[place] = Run(*run[:5], glyph, run.clusters)
    return made


def _items(text: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the words and the spaces of a part of a text are."""
    for space in SPACE.finditer(text, start, end):
        if space.start() > start:
            yield start, space.start()
        yield space.span()
        start = space.end()
    if start < end:
        yield start, end


def _around(text: bytes, start: int, end: int) -> tuple[bytes, bytes]:
    """Return what stands before and after a part of a word in that word: letters join across items.

    >>> _around(b"a bcd e", 3, 4), _around(b"a bcd e", 2, 5)
    ((b'b', b'd'), (b'', b''))
    """
    if (not start or text[start - 1] == BLANK) and (end == len(text) or text[end] == BLANK):
        return b"", b""
    after = SPACE.search(text, end)
    return SPACE.split(text[:start])[-1], text[end : after.start() if after else len(text)]
