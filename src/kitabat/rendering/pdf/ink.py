"""Where ink of a line meets ink of another, or leaves the box that its line stands in.

It reads WeasyPrint's insides: boxes after layout, and Pango's glyphs in them, so that what is looked at is what will be
drawn. For another WeasyPrint nothing is looked at.
"""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kitabat.rendering.pdf.guard import fits
from kitabat.rendering.pdf.shaping import runs_to_draw
from kitabat.rendering.pdf.shaping.runs import GLYPH, UNITS

PIXELS = 12
"""For one CSS pixel, where outlines are laid over one another."""
STEPS = 6
"""Straight pieces that a curve is drawn in."""
CELL = 16.0
"""CSS pixels; glyphs are looked for in the squares of a page that they lie in."""

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A place where ink is where it should not be."""

    page: int
    """From 1."""
    line: int
    """From 1, counted down the page."""
    words: str
    """What runs out of its line."""
    against: str
    """The words of the line above that it meets; empty where it leaves its box or the sheet."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph on a page."""

    box: Rectangle
    number: int
    font: Any
    """Of uharfbuzz."""
    size: float
    """CSS pixels in an em."""
    origin: tuple[float, float]
    start: int
    """Where its letters begin in the text of its line, in bytes."""


@dataclass(eq=False, slots=True)
class Line:
    """A line of a page with its glyphs."""

    top: float
    glyphs: list[tuple[Glyph, bytes]]
    """Each with the text that it is of."""
    room: tuple[float, float]
    """Top and bottom of the nearest box around it whose edge can be seen, or of the sheet."""
    number: int = 0


Cells = defaultdict[tuple[int, int], list[tuple[Glyph, bytes]]]


def clashes(document: Any, version: str) -> tuple[Clash, ...]:
    """Return what is wrong with the ink of a laid-out document, in reading order; each line is told of once."""
    if not fits(version):
        return ()
    found: list[Clash] = []
    for number, page in enumerate(document.pages, start=1):
        lines = sorted(_lines(page._page_box, (0.0, page.height)), key=lambda line: line.top)  # noqa: SLF001
        for place, line in enumerate(lines, start=1):
            line.number = place
        found += _of_page(lines, number)
    return tuple(found)


def _of_page(lines: list[Line], page: int) -> Iterator[Clash]:
    cells: Cells = defaultdict(list)
    for line in lines:
        told = False
        placed = [(glyph, text, _cells(glyph.box)) for glyph, text in line.glyphs]
        for glyph, text, where in placed:
            if not told and (glyph.box[1] < line.room[0] - 0.1 or glyph.box[3] > line.room[1] + 0.1):
                told = True
                yield Clash(page, line.number, _word(glyph, text), "")
            met = None if told else next(_meeting(glyph, where, cells), None)
            if met:
                told = True
                yield Clash(page, line.number, _word(glyph, text), _word(*met))
        for glyph, text, where in placed:
            for cell in where:
                cells[cell].append((glyph, text))


def _cells(box: Rectangle) -> list[tuple[int, int]]:
    """Return the squares that a rectangle lies in."""
    across = range(int(box[0] // CELL), int(box[2] // CELL) + 1)
    return [(x, y) for y in range(int(box[1] // CELL), int(box[3] // CELL) + 1) for x in across]


def _meeting(glyph: Glyph, where: list[tuple[int, int]], cells: Cells) -> Iterator[tuple[Glyph, bytes]]:
    """Yield the glyphs of lines above that a glyph lies over."""
    for cell in where:
        if cell in cells:
            for other, text in cells[cell]:
                if _overlap(glyph.box, other.box) and _touch(glyph, other):
                    yield other, text


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _touch(one: Glyph, other: Glyph) -> bool:
    """Tell whether the outlines of two glyphs have ink in common: their boxes may, where they do not."""
    from PIL import Image, ImageChops, ImageDraw

    left, top = max(one.box[0], other.box[0]), max(one.box[1], other.box[1])
    right, bottom = min(one.box[2], other.box[2]), min(one.box[3], other.box[3])
    size = (int((right - left) * PIXELS) + 1, int((bottom - top) * PIXELS) + 1)
    masks = []
    for glyph in (one, other):
        mask = Image.new("1", size)
        draw = ImageDraw.Draw(mask)
        scale = glyph.size / glyph.font.face.upem
        x, y = glyph.origin
        for contour in _contours(glyph.font, glyph.number):
            points = [((x + a * scale - left) * PIXELS, (y - b * scale - top) * PIXELS) for a, b in contour]
            if len(points) > 2:
                draw.polygon(points, fill=1)
        masks.append(mask)
    return ImageChops.logical_and(*masks).getbbox() is not None


@functools.lru_cache(maxsize=4096)
def _contours(font: Any, number: int) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return a glyph's contours as polygons, in font units."""
    pen = _Polygons()
    font.draw_glyph_with_pen(number, pen)
    return tuple(tuple(contour) for contour in pen.contours)


class _Polygons:
    """A pen in the manner of fontTools that draws curves as straight pieces."""

    def __init__(self) -> None:
        self.contours: list[list[tuple[float, float]]] = []

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - the pen protocol's names
        self.contours.append([point])

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.contours[-1].append(point)

    def qCurveTo(self, control: tuple[float, float], end: tuple[float, float]) -> None:  # noqa: N802
        self._curve((control, end))

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._curve(points)

    def closePath(self) -> None:  # noqa: N802
        """Nothing to do: polygons are closed."""

    def endPath(self) -> None:  # noqa: N802
        """Nothing to do: polygons are closed."""

    def _curve(self, points: tuple[tuple[float, float], ...]) -> None:
        start = self.contours[-1][-1]
        for step in range(1, STEPS + 1):
            self.contours[-1].append(_between((start, *points), step / STEPS))


def _between(points: tuple[tuple[float, float], ...], share: float) -> tuple[float, float]:
    """Return a point of a Bézier curve (de Casteljau)."""
    while len(points) > 1:
        points = tuple(
            (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in itertools.pairwise(points)
        )
    return points[0]


def _word(glyph: Glyph, text: bytes) -> str:
    """Return the word that a glyph is of."""
    before = text[: glyph.start].decode("utf-8", "ignore")
    after = text[glyph.start :].decode("utf-8", "ignore")
    start = before.split(" ")[-1] if before else ""
    return (start + after.split(" ")[0]).strip()


def _lines(box: Any, room: tuple[float, float], line: Line | None = None) -> Iterator[Line]:
    """Yield the lines of a box and of all in it."""
    box = getattr(box, "_box", box)
    kind = type(box).__name__
    if kind == "TextBox":
        if line is not None:
            line.glyphs += _glyphs(box)
        return
    room = _room(box, room)
    own = line
    if kind == "LineBox" and line is None:
        own = Line(box.position_y, [], room)
    elif kind != "LineBox" and kind not in {"InlineBox"}:
        own = None
    for child in box.children:
        yield from _lines(child, room, own)
    if kind == "LineBox" and line is None and own is not None and own.glyphs:
        yield own


def _room(box: Any, room: tuple[float, float]) -> tuple[float, float]:
    """Return the room inside a box with edges that can be seen; that around it for any other."""
    if not hasattr(box, "border_height") or type(box).__name__ in {"InlineBox", "LineBox", "PageBox"}:
        return room
    top, bottom = box.position_y + box.margin_top, box.position_y + box.margin_top + box.border_height()
    filled = box.background is not None and box.background.color is not None and box.background.color.alpha > 0
    if box.border_top_width or filled:
        room = (max(room[0], top + box.border_top_width), room[1])
    if box.border_bottom_width or filled:
        room = (room[0], min(room[1], bottom - box.border_bottom_width))
    return room


def _glyphs(box: Any) -> Iterable[tuple[Glyph, bytes]]:
    """Yield the glyphs of a piece of text where Pango has them."""
    if not box.text.strip() or box.style["visibility"] != "visible" or box.style["font_size"] < 1e-6:
        return
    layout = box.pango_layout
    layout.reactivate(box.style)
    runs = runs_to_draw(layout)
    layout.deactivate()
    text = layout.text.encode()
    x, y = box.position_x, box.position_y + box.baseline
    size = float(box.style["font_size"])
    for run in runs:
        font, count = _font(run.font, box.style.font_config)
        scale = size / font.face.upem
        for (number, width, x_offset, y_offset, _), cluster in zip(
            GLYPH.iter_unpack(run.glyphs), run.clusters, strict=True
        ):
            ink = _ink(font, number) if number < count else None
            if ink:
                left, top, right, bottom = ink
                origin = x + x_offset / UNITS, y + y_offset / UNITS
                area = (
                    *(origin[0] + left * scale, origin[1] - top * scale),
                    *(origin[0] + right * scale, origin[1] - bottom * scale),
                )
                yield Glyph(area, number, font, size, origin, run.offset + cluster), text
            x += width / UNITS


@functools.lru_cache(maxsize=1 << 14)
def _ink(font: Any, number: int) -> Rectangle | None:
    """Return left, top, right and bottom of a glyph's ink in font units, upwards; None where it has none."""
    extents = font.get_glyph_extents(number)
    if not extents or not extents.height:
        return None
    left, top = extents.x_bearing, extents.y_bearing
    return left, top, left + extents.width, top + extents.height


def _font(pango_font: Any, fonts: Any) -> tuple[Any, int]:
    """Return the font of uharfbuzz for one of Pango's, and how many glyphs it has; both read the same file.

    ``fonts`` are those of the style sheet: when they go, others may come to lie where they were.
    """
    import uharfbuzz
    from weasyprint.text.ffi import ffi
    from weasyprint.text.fonts import get_hb_object_data, get_pango_font_hb_face

    face = get_pango_font_hb_face(pango_font)
    key = int(ffi.cast("uintptr_t", face))
    known: dict[int, tuple[Any, int]] = vars(fonts).setdefault("for_ink", {})
    if key not in known:
        font = uharfbuzz.Font(uharfbuzz.Face(get_hb_object_data(face)))
        known[key] = font, font.face.glyph_count
    return known[key]
