"""Text that readers of a PDF give back.

WeasyPrint 70 writes one code a glyph and keeps the first text that a glyph stood for: of Nastaliq one word in seven
can be found again. Here its drawing of a line writes the codes of `codes` (see `showing`), its fonts get the composites
that those stand for, and the boxes of a line from right to left are drawn from left to right, as the pen moves. Delete
this module when WeasyPrint writes text that can be searched.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kitabat.rendering.pdf import order, right_bound
from kitabat.rendering.pdf.codes import NOTHING, UNKNOWN, Cluster, Codes, Piece, Word, cluster, is_mark, word
from kitabat.rendering.pdf.composites import Composite, Part, with_composites
from kitabat.rendering.pdf.guard import fits, takes
from kitabat.rendering.pdf.shaping import runs_to_draw
from kitabat.rendering.pdf.shaping.runs import GLYPH, UNITS, Run, runs_of
from kitabat.rendering.pdf.showing import ATTACHED, show, space_before

REPLACED = {
    "draw.text.draw_first_line": ("stream", "textbox", "text_overflow", "block_ellipsis", "matrix"),
    "draw.draw_inline_level": ("stream", "page", "box", "offset_x", "text_overflow", "block_ellipsis"),
    "draw.draw_block_level": ("page", "stream", "blocks_and_cells"),
    "pdf.fonts.Font.__init__": ("self", "pango_font", "description", "font_size"),
    "pdf.fonts.Font.clean": ("self", "to_unicode", "hinting"),
    "pdf.fonts.Font.get_unused_glyph_id": ("self", "codepoint"),
}
"""What is replaced, and the parameters that it must have."""
SMALLEST = 1e-6
"""Font size below which nothing is drawn, as in WeasyPrint."""
SIZED = 14802
"""Pango's first version that tells the size of a font."""
EMPTY, UNKNOWN_CHARACTER = 0x0FFFFFFF, 0x10000000
"""Pango's number for no glyph, and its mark of one that stands for a character that no font has."""
IS_ELLIPSIS = 1 << 1
"""Pango's mark of a run that stands for text cut off."""
OUTLINES = {"glyf", "CFF ", "CFF2"}
CLUSTERS, WORDS = 30_000, 10_000
"""Kept for all documents: they have their words in common."""

Draw = Callable[..., Any]


def install(version: str) -> bool:
    """Replace WeasyPrint's drawing of text once a process; False where it is not what this was written for."""
    if not fits(version):
        return False
    from weasyprint import draw
    from weasyprint.draw import text
    from weasyprint.pdf import stream
    from weasyprint.text.ffi import ffi

    if hasattr(text.draw_first_line, "remedied"):
        return True
    if not takes(REPLACED) or ffi.sizeof("PangoGlyphInfo") != GLYPH.size:
        return False
    stream.Font = searchable(stream.Font)
    text.draw_first_line = searchable_line(text.draw_first_line)
    draw.draw_inline_level = right_bound.noting_lines(order.in_order_of_the_page(draw.draw_inline_level))
    draw.draw_block_level = order.side_by_side(draw.draw_block_level)
    return True


def is_installed() -> bool:
    """Tell whether the text of PDFs is searchable."""
    from weasyprint.draw import text

    return hasattr(text.draw_first_line, "remedied")


def missing_characters(fonts: Iterable[Any]) -> tuple[str, ...]:
    """Return the characters that none of a document's fonts has, each once."""
    found: dict[str, None] = {}
    for font in fonts:
        codes = getattr(font, "codes", None)
        found |= codes.missing if codes else dict.fromkeys(map(chr, font.missing))
    return tuple(found)


def searchable(plain: type) -> type:
    """Return WeasyPrint's font with codes of its own."""

    class SearchableFont(plain):  # type: ignore[misc]
        """A font whose file gets the composites that were drawn."""

        def __init__(self, pango_font: Any, description: Any, font_size: float) -> None:
            super().__init__(pango_font, description, font_size)
            coloured = self.bitmap or self.png or self.svg or self.colr
            self.settled = False
            """Whether it was looked whether the document has the same file already."""
            self.drawable = not coloured and bool(OUTLINES.intersection(self.tables))
            self.codes = Codes(self.glyph_count, self.upem, self.to_unicode, self.widths)

        @property
        def volume(self) -> tuple[str, str]:
            """The key of the font that goes on where this one has no codes left."""
            return "after", self.hash

        def get_unused_glyph_id(self, codepoint: int) -> int:
            """Return a code for a missing character, where WeasyPrint draws a line itself."""
            code = self.missing[codepoint] = self.codes.code(chr(codepoint), Composite(0, (Part(UNKNOWN, 0, 0),)))
            self.codes.missing[chr(codepoint)] = None
            return code

        def clean(self, to_unicode: dict[int, str], hinting: bool) -> None:  # noqa: FBT001 - WeasyPrint's signature
            """Subset the font as WeasyPrint does, then add the composites."""
            composites = self.codes.composites
            if not composites:
                super().clean(to_unicode, hinting)
                return
            own = {glyph: text for glyph, text in to_unicode.items() if glyph < self.glyph_count}
            parts = {part.glyph: "" for composite in composites for part in composite.parts}
            # WeasyPrint keeps the outline of glyph 0 where it believes that characters are missing.
            self.missing = {ord(character): 0 for character in self.codes.missing}
            super().clean({0: ""} | parts | own, hinting)
            self.missing = {}
            self.file_content: bytes = with_composites(self.file_content, self.glyph_count, composites)

    return SearchableFont


def searchable_line(plain: Draw) -> Draw:
    """Return the drawing of a line's text with codes that readers can tell."""

    def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> Any:
        if not textbox.text or textbox.style["font_size"] < SMALLEST:
            return []
        if not textbox.text.strip():
            # PDFium leaves out text without ink: the space is drawn with what stands to its right.
            stream.space_from = matrix.values[4:]
            return []
        layout = textbox.pango_layout
        runs = _runs(stream, textbox, runs_to_draw(layout))
        if not all(run.font.drawable for run in runs):
            return plain(stream, textbox, text_overflow, block_ellipsis, matrix)
        if text_overflow == "ellipsis" or block_ellipsis != "none":
            runs = _runs(stream, textbox, runs_of(_cut(textbox, text_overflow, block_ellipsis)))
        if runs:
            gap = space_before(stream, matrix.values, runs[0].size)
            show(stream, runs, layout.text, matrix.values, gap, attached=_is_attached(textbox, layout.text, runs[-1]))
        return []

    draw_first_line.remedied = plain  # type: ignore[attr-defined]
    return draw_first_line


def _is_attached(textbox: Any, text: str, last: _Run) -> bool:
    """Tell whether a text may follow another element's word without a space: a sign, or the number of a note.

    What a style sheet adds otherwise, such as the dots of leaders, is no sentence's.
    """
    tag = getattr(textbox, "element_tag", None) or ""  # texts in pictures have none
    if tag == "sup" or tag.endswith("::footnote-call"):
        return bool(textbox.style["direction"] == "rtl")
    return last.rtl and "::" not in tag and text[0] in ATTACHED


def _cut(textbox: Any, text_overflow: str, block_ellipsis: Any) -> Any:
    """Return the line with its end cut off, so that an ellipsis fits; as WeasyPrint does it."""
    from weasyprint.text.ffi import TO_UNITS, ffi, pango
    from weasyprint.text.line_break import get_last_word_end

    layout, lang = textbox.pango_layout, textbox.style["lang"]
    if layout.max_width is not None:  # it is of none, where it was spaced out to fit
        pango.pango_layout_set_width(layout.layout, int(layout.max_width * TO_UNITS))
    if text_overflow == "ellipsis":
        pango.pango_layout_set_ellipsize(layout.layout, pango.PANGO_ELLIPSIZE_END)
        return layout.get_first_line()[0]
    ellipsis = "…" if block_ellipsis == "auto" else block_ellipsis[1]
    text, hyphen = layout.text, textbox.style["hyphenate_character"]
    if text.endswith(hyphen):
        end = get_last_word_end(text[: -len(hyphen)], lang)
        text = text[:end] if end else text
    while True:
        # Spaces are widened by their place: without this, what widened a space that is gone parts the ellipsis.
        pango.pango_layout_set_attributes(layout.layout, ffi.NULL)
        layout.set_text(text + ellipsis)
        line, rest = layout.get_first_line()
        end = get_last_word_end(text, lang) if rest else None
        if end is None:
            return line
        text = text[:end]


def _runs(stream: Any, textbox: Any, shaped: Iterable[Run]) -> list[_Run]:
    """Return the runs of a line from left to right."""
    from weasyprint.text.ffi import pango

    # As in WeasyPrint: https://gitlab.gnome.org/GNOME/pango/-/issues/530.
    sized = pango.pango_version() >= SIZED
    runs: list[_Run] = []
    address, font, size = None, None, 0.0
    for run in shaped:
        if run.address != address:
            address = run.address
            font, size = _font(stream, run.font)
            size = size if sized else textbox.style["font_size"]
        runs.append(_Run(stream, run, font, size))
    return runs


class _Run:
    """A run of one font and one direction."""

    __slots__ = ("font", "rtl", "run", "size", "stream")

    def __init__(self, stream: Any, run: Run, font: Any, size: float) -> None:
        self.stream, self.run, self.font, self.size = stream, run, font, size
        self.rtl = bool(run.kind[0] % 2)

    def word(self, utf8: bytes) -> Word:
        """Return what the run is written as."""
        run, words = self.run, self.font.codes.words
        key = self.size, self.rtl, utf8[run.offset : run.offset + run.length], run.glyphs
        found: Word | None = words.get(key)
        if found is None:
            found = words[key] = word(tuple(self.pieces(utf8)), rtl=self.rtl)
        return found

    def pieces(self, utf8: bytes) -> Iterator[Piece]:
        """Yield what the run's clusters are written as, from left to right."""
        known, size, rtl, run = self.font.codes.pieces, self.size, self.rtl, self.run
        if run.kind[0] >> 16 & IS_ELLIPSIS:
            yield self._piece("…".encode(), run.glyphs)
            return
        text = utf8[run.offset : run.offset + run.length]
        for part, shaped in _parts(text, run.glyphs, run.clusters, rtl):
            key = size, rtl, part, shaped
            yield known.get(key) or known.setdefault(key, self._piece(part, shaped))

    def _piece(self, utf8: bytes, shaped: bytes) -> Piece:
        codes: Codes = self.font.codes
        found, missing = _cluster(utf8, shaped, self.font.upem, self.size)
        codes.missing |= missing
        return codes.piece(found, self._advance, rtl=self.rtl)

    def _advance(self, glyph: int) -> int:
        from weasyprint.text.ffi import FROM_UNITS, pango

        ink, logical = self.stream.ink_rect, self.stream.logical_rect
        pango.pango_font_get_glyph_extents(self.run.font, glyph, ink, logical)
        width: float = logical.width * FROM_UNITS * self.font.upem / self.size
        return round(width)


@functools.lru_cache(maxsize=WORDS)
def _parts(text: bytes, glyphs: bytes, starts: tuple[int, ...], rtl: bool) -> tuple[tuple[bytes, bytes], ...]:  # noqa: FBT001 - a key
    """Return text and glyphs of each cluster of a run, from left to right; a mark goes with what it is drawn upon.

    ``starts`` are where the text of each glyph begins in that of the run, in bytes.

    >>> _parts(b"fit", bytes(40), (0, 2), False) == ((b"fi", bytes(20)), (b"t", bytes(20)))
    True
    """
    found: list[tuple[bytes, bytes]] = []
    count = len(starts)
    bounds = sorted(set(starts))
    ends = dict(zip(bounds, [*bounds[1:], len(text)], strict=True))
    first, end = 0, None
    for at in range(1, count + 1):
        if at < count and starts[at] == starts[at - 1]:
            continue
        start = starts[at - 1]
        end = end or ends[start]
        if rtl and at < count and is_mark(text[start:end]):
            continue
        found.append((text[start:end], glyphs[first * GLYPH.size : at * GLYPH.size]))
        first, end = at, None
    return tuple(found)


@functools.lru_cache(maxsize=CLUSTERS)
def _cluster(utf8: bytes, shaped: bytes, units: int, size: float) -> tuple[Cluster, dict[str, None]]:
    """Return a cluster, and the characters in it that its font lacks; ``units`` are the font's in its size."""
    glyphs: list[tuple[int, int, int, int]] = []
    missing: dict[str, None] = {}
    for number, width, x, y, _ in GLYPH.iter_unpack(shaped):
        known = number
        if number == EMPTY:
            known = NOTHING
        elif number & UNKNOWN_CHARACTER:
            missing[chr(number - UNKNOWN_CHARACTER)] = None
            known = UNKNOWN
        glyphs.append((known, width, x, y))
    return cluster(utf8.decode(), glyphs, units / UNITS / size, units), missing


def _font(stream: Any, pango_font: Any) -> tuple[Any, float]:
    """Return a font of the document, and its size.

    WeasyPrint may hold one file as several fonts, of which the last tells what all codes stand for: here they are one.
    """
    font, size = stream.add_font(pango_font)
    fonts = stream._fonts  # noqa: SLF001 - no other way to it
    if not font.settled:
        font.settled = True
        for twin in [other for other in fonts.values() if other is not font and other.hash == font.hash]:
            fonts.update({key: twin for key, known in fonts.items() if known is font})
            font = twin
    while font.codes.full:
        if font.volume not in fonts:
            fonts[font.volume] = _next_volume(font, pango_font)
        font = fonts[font.volume]
    return font, size


def _next_volume(font: Any, pango_font: Any) -> Any:
    """Return a font of the same file, for the composites that find no code in the one before."""
    from weasyprint.text.fonts import get_pango_font_key

    _, description, size = get_pango_font_key(pango_font)
    volume = type(font)(pango_font, description, size)
    digest = hashlib.sha256(font.hash.encode()).digest()
    volume.hash = "".join(chr(ord("A") + number % 26) for number in digest[:6])
    volume.name = b"/" + volume.hash.encode() + volume.name[7:]
    volume.settled = True
    return volume
