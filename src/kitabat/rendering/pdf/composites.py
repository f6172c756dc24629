"""Glyphs made of other glyphs, added to a font file; knows no PDF and no renderer.

Only the tables that change are written anew, without taking the font apart: a font of thousands of glyphs gets
thousands of composites in milliseconds. The format is that of OpenType's tables glyf, loca, hmtx, hhea, maxp, head.
"""

from __future__ import annotations

import io
import itertools
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

KEPT = ("OS/2", "cmap", "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post", "prep")
"""Tables that an embedded font needs; what else a font has speaks of its own glyphs only, and of shaping."""
TRUETYPE, COMPACT_FONT_FORMAT = b"\x00\x01\x00\x00", b"OTTO"
ARGUMENTS_ARE_WORDS, ARGUMENTS_ARE_OFFSETS, MORE_COMPONENTS = 0x0001, 0x0002, 0x0020
WITHOUT_NAMES = struct.pack(">I", 0x00030000)
"""Version 3 of table post: glyphs have no names."""
CHECKSUM = 0xB1B0AFBA
"""What a whole font's words sum up to with its checksum adjustment."""
PRECISION = 0.5
"""Largest distance between a cubic outline and the quadratic one that stands for it, in font units."""


class Part(NamedTuple):
    """A glyph of the font, moved; in font units."""

    glyph: int
    x: int
    y: int


class Composite(NamedTuple):
    """A glyph to add: its advance width in font units, and its parts; without any it is empty."""

    advance: int
    parts: tuple[Part, ...] = ()


class Extent(NamedTuple):
    """The box around a glyph's ink, in font units."""

    left: int
    bottom: int
    right: int
    top: int


class Weight(NamedTuple):
    """What a glyph counts for in the font's limits."""

    points: int
    contours: int
    depth: int


class FontFormatError(ValueError):
    """The font has no outlines that composites can be made of."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """The outlines of a font: the glyf table, and where each glyph is in it."""

    glyf: bytes
    places: Sequence[int]
    """One more than there are glyphs."""
    weights: dict[int, Weight] = field(default_factory=dict)

    def data(self, glyph: int) -> bytes:
        """Return a glyph's description; empty for one without ink, and for one that is not in the font."""
        if glyph + 1 >= len(self.places):
            return b""
        return self.glyf[self.places[glyph] : self.places[glyph + 1]]

    def extent(self, glyph: int) -> Extent | None:
        """Return the box around a glyph's ink; None where it has none."""
        data = self.data(glyph)
        return Extent(*struct.unpack_from(">4h", data, 2)) if data else None

    def weight(self, glyph: int) -> Weight:
        """Return what a glyph counts for."""
        if glyph not in self.weights:
            self.weights[glyph] = self._weight(self.data(glyph))
        return self.weights[glyph]

    def _weight(self, data: bytes) -> Weight:
        if not data:
            return Weight(0, 0, 0)
        (contours,) = struct.unpack_from(">h", data)
        if contours >= 0:
            last = struct.unpack_from(">H", data, 8 + 2 * contours)[0] if contours else -1
            return Weight(last + 1, contours, 0)
        parts = [self.weight(glyph) for glyph in _components(data)]
        points, counts, depths = zip(*parts, strict=True)
        return Weight(sum(points), sum(counts), 1 + max(depths))


def _components(data: bytes) -> Iterator[int]:
    """Yield the glyphs that a composite glyph of the font itself is made of."""
    at, flags = 10, MORE_COMPONENTS
    while flags & MORE_COMPONENTS:
        flags, glyph = struct.unpack_from(">HH", data, at)
        at += 8 if flags & ARGUMENTS_ARE_WORDS else 6
        # A scale, two of them, or a matrix.
        at += 2 if flags & 0x0008 else 4 if flags & 0x0040 else 8 if flags & 0x0080 else 0
        yield glyph


def with_composites(content: bytes, first: int, composites: Sequence[Composite]) -> bytes:
    """Return the font file with glyphs added, numbered from ``first`` on, which is at least its number of glyphs.

    Outlines of the compact font format (CFF) are turned into TrueType's. Raises FontFormatError where there are none.
    """
    if content[:4] == COMPACT_FONT_FORMAT:
        content = with_truetype_outlines(content)
    tables = _tables(content)
    if "glyf" not in tables or "loca" not in tables:
        raise FontFormatError("the font has no outlines")
    head, maxp, hhea = bytearray(tables["head"]), bytearray(tables["maxp"]), bytearray(tables["hhea"])
    (count,) = struct.unpack_from(">H", maxp, 4)
    if first < count or first + len(composites) > 1 << 16:
        raise FontFormatError(f"{len(composites)} glyphs do not fit behind glyph {first} of {count}")
    outlines = Outlines(tables["glyf"], _places(tables["loca"], head, count))
    glyphs, extents = zip(*(_glyph(outlines, composite) for composite in composites), strict=True)
    metrics = _metrics(tables["hmtx"], hhea, count) + [(0, 0)] * (first - count)
    metrics += [
        (composite.advance, extent.left if extent else 0) for composite, extent in zip(composites, extents, strict=True)
    ]
    lengths = itertools.chain([outlines.places[-1]], [0] * (first - count), map(len, glyphs))
    glyf = b"".join((outlines.glyf[: outlines.places[-1]], *glyphs))
    struct.pack_into(">H", maxp, 4, len(metrics))
    _limits(maxp, outlines, composites)
    _bounds(head, hhea, extents, metrics)
    return _file(
        tables
        | {
            "glyf": glyf,
            "loca": _loca(head, outlines.places[:-1], lengths),
            "hmtx": b"".join(itertools.starmap(struct.Struct(">Hh").pack, metrics)),
            "head": bytes(head),
            "maxp": bytes(maxp),
            "hhea": bytes(hhea),
            "post": WITHOUT_NAMES + tables["post"][4:32],
        }
    )


def _tables(content: bytes) -> dict[str, bytes]:
    """Return the tables of a font file that are kept."""
    (count,) = struct.unpack_from(">H", content, 4)
    found = {}
    for number in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", content, 12 + 16 * number)
        if tag.decode("latin-1") in KEPT:
            found[tag.decode("latin-1")] = content[offset : offset + length]
    return found


def _places(loca: bytes, head: bytearray, count: int) -> Sequence[int]:
    (long,) = struct.unpack_from(">h", head, 50)
    if long:
        return struct.unpack_from(f">{count + 1}I", loca)
    return [2 * place for place in struct.unpack_from(f">{count + 1}H", loca)]


def _glyph(outlines: Outlines, composite: Composite) -> tuple[bytes, Extent | None]:
    """Return a composite's description, its length a multiple of four, and the box around its ink."""
    inked = [(part, box) for part in composite.parts if (box := outlines.extent(part.glyph)) is not None]
    if not inked:
        return b"", None
    extent = Extent(
        min(box.left + part.x for part, box in inked),
        min(box.bottom + part.y for part, box in inked),
        max(box.right + part.x for part, box in inked),
        max(box.top + part.y for part, box in inked),
    )
    data = bytearray(struct.pack(">5h", -1, *(max(-(1 << 15), min(side, (1 << 15) - 1)) for side in extent)))
    for number, (part, _) in enumerate(inked, 1):
        small = -128 <= part.x < 128 and -128 <= part.y < 128
        flags = ARGUMENTS_ARE_OFFSETS | (0 if small else ARGUMENTS_ARE_WORDS)
        flags |= MORE_COMPONENTS if number < len(inked) else 0
        data += struct.pack(">HHbb" if small else ">HHhh", flags, *part)
    data += bytes(-len(data) % 4)
    return bytes(data), extent


def _metrics(hmtx: bytes, hhea: bytearray, count: int) -> list[tuple[int, int]]:
    """Return the advance width and left side bearing of each glyph."""
    (whole,) = struct.unpack_from(">H", hhea, 34)
    metrics = [struct.unpack_from(">Hh", hmtx, 4 * number) for number in range(min(whole, count))]
    bearings = struct.unpack_from(f">{count - len(metrics)}h", hmtx, 4 * len(metrics))
    metrics += [(metrics[-1][0], bearing) for bearing in bearings]
    return metrics


def _loca(head: bytearray, places: Sequence[int], lengths: Iterable[int]) -> bytes:
    """Return the table of places, and note in ``head`` how wide its numbers are."""
    end, *rest = itertools.accumulate(lengths)
    every = [*places, end, *rest]
    short = every[-1] < 1 << 17 and not any(place % 2 for place in every)
    struct.pack_into(">h", head, 50, 0 if short else 1)
    if short:
        return struct.pack(f">{len(every)}H", *(place // 2 for place in every))
    return struct.pack(f">{len(every)}I", *every)


def _limits(maxp: bytearray, outlines: Outlines, composites: Sequence[Composite]) -> None:
    """Raise the limits in table maxp to what the composites need."""
    points, contours, elements, depth = struct.unpack_from(">HH", maxp, 10) + struct.unpack_from(">HH", maxp, 28)
    for composite in composites:
        weights = [outlines.weight(part.glyph) for part in composite.parts]
        points = max(points, sum(weight.points for weight in weights))
        contours = max(contours, sum(weight.contours for weight in weights))
        elements = max(elements, len(weights))
        depth = max(depth, 1 + max((weight.depth for weight in weights), default=0))
    struct.pack_into(">HH", maxp, 10, points, contours)
    struct.pack_into(">HH", maxp, 28, elements, depth)


def _bounds(
    head: bytearray, hhea: bytearray, extents: Iterable[Extent | None], metrics: Sequence[tuple[int, int]]
) -> None:
    """Note the largest box, the widest advance and the number of metrics."""
    boxes = [Extent(*struct.unpack_from(">4h", head, 36)), *(extent for extent in extents if extent)]
    left, bottom, right, top = zip(*boxes, strict=True)
    struct.pack_into(">4h", head, 36, min(left), min(bottom), max(right), max(top))
    struct.pack_into(">H", hhea, 10, max(advance for advance, _ in metrics))
    struct.pack_into(">H", hhea, 34, len(metrics))


def _file(tables: Mapping[str, bytes]) -> bytes:
    """Return a font file of the tables, with its checksums."""
    count = len(tables)
    power = count.bit_length() - 1
    directory = bytearray(TRUETYPE + struct.pack(">4H", count, 16 << power, power, 16 * count - (16 << power)))
    body, offset = [], 12 + 16 * count
    for tag in sorted(tables):
        data = tables[tag]
        if tag == "head":
            data = data[:8] + bytes(4) + data[12:]
            at = offset + 8
        directory += struct.pack(">4sIII", tag.encode("latin-1"), _checksum(data), offset, len(data))
        body.append(data + bytes(-len(data) % 4))
        offset += len(body[-1])
    content = bytearray(b"".join((directory, *body)))
    struct.pack_into(">I", content, at, (CHECKSUM - _checksum(content)) & 0xFFFFFFFF)
    return bytes(content)


def _checksum(data: bytes | bytearray) -> int:
    padded = bytes(data) + bytes(-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF


def with_truetype_outlines(content: bytes) -> bytes:
    """Return a font with TrueType's quadratic outlines in the place of its cubic ones."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont, newTable

    font = TTFont(io.BytesIO(content), recalcTimestamp=False)
    order, source = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        source[name].draw(Cu2QuPen(pen, PRECISION, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for limit in (
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
    ):
        setattr(maxp, limit, 0)
    maxp.maxZones = 1
    font["post"].formatType = 3.0
    for tag in ("CFF ", "CFF2", "VORG"):
        if tag in font:
            del font[tag]
    font.sfntVersion = TRUETYPE.decode("latin-1")
    output = io.BytesIO()
    font.save(output)
    return output.getvalue()
