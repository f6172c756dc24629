"""Composite glyphs in a font file, read back by fontTools."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rendering.pdf.test_render import FONTS

from kitabat.rendering.pdf.composites import CHECKSUM, Composite, FontFormatError, Part, with_composites

CONTENT = Path(FONTS[2][1]).read_bytes()
OWN = TTFont(io.BytesIO(CONTENT))
COUNT = len(OWN.getGlyphOrder())
OFFSETS = st.integers(-2000, 2000)
PARTS = st.builds(Part, st.integers(0, COUNT - 1), OFFSETS, OFFSETS)
COMPOSITES = st.lists(st.builds(Composite, st.integers(0, 4000), st.lists(PARTS, max_size=4).map(tuple)), min_size=1)


def read(content: bytes) -> TTFont:
    return TTFont(io.BytesIO(content), checkChecksums=2, lazy=False)


@settings(max_examples=25, deadline=None)
@given(composites=COMPOSITES, gap=st.integers(0, 40))
def test_what_was_added_is_read_back(composites: list[Composite], gap: int) -> None:
    font = read(with_composites(CONTENT, COUNT + gap, composites))
    glyf, names = font["glyf"], font.getGlyphOrder()
    assert len(names) == COUNT + gap + len(composites)
    for number, composite in enumerate(composites, COUNT + gap):
        glyph, (advance, bearing) = glyf[names[number]], font["hmtx"][names[number]]
        inked = [part for part in composite.parts if OWN["glyf"][OWN.getGlyphName(part.glyph)].numberOfContours]
        assert advance == composite.advance
        assert bool(glyph.isComposite()) == bool(inked)
        if inked:
            found = [(font.getGlyphID(part.glyphName), part.x, part.y) for part in glyph.components]
            assert found == [tuple(part) for part in inked]
            sides = glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax
            glyph.recalcBounds(glyf)
            assert sides == (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
            assert bearing == glyph.xMin


def test_the_fonts_own_glyphs_stay_as_they_were() -> None:
    font = read(with_composites(CONTENT, COUNT, [Composite(5, (Part(40, 3, -200),))]))
    for before, after in zip(OWN.getGlyphOrder(), font.getGlyphOrder(), strict=False):
        assert font["hmtx"][after] == OWN["hmtx"][before]
        assert font["glyf"][after].getCoordinates(font["glyf"])[0] == OWN["glyf"][before].getCoordinates(OWN["glyf"])[0]


def test_limits_and_checksums_hold() -> None:
    composites = [Composite(500, tuple(Part(glyph, 0, 900) for glyph in range(40, 46)))]
    content = with_composites(CONTENT, COUNT, composites)
    font = read(content)
    names = font.getGlyphOrder()
    points = [len(font["glyf"][name].getCoordinates(font["glyf"])[0]) for name in names]
    assert font["maxp"].maxCompositePoints >= points[-1]
    assert font["maxp"].maxComponentElements >= 6
    assert font["maxp"].maxComponentDepth >= 1
    assert font["hhea"].advanceWidthMax >= 500
    assert font["head"].yMax >= font["glyf"][names[-1]].yMax
    padded = content + bytes(-len(content) % 4)
    assert sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF == CHECKSUM


def test_places_beyond_the_short_table_are_kept() -> None:
    composites = [Composite(number, (Part(40, number, 300), Part(41, 0, number))) for number in range(8000)]
    font = read(with_composites(CONTENT, COUNT, composites))
    assert font["head"].indexToLocFormat == 1
    assert font["glyf"][font.getGlyphOrder()[-1]].components[0].x == 7999


@pytest.mark.parametrize("first", [COUNT - 1, (1 << 16) - 1])
def test_numbers_that_do_not_fit_are_refused(first: int) -> None:
    with pytest.raises(FontFormatError):
        with_composites(CONTENT, first, [Composite(1), Composite(2)])


def test_a_font_without_outlines_is_refused() -> None:
    font = TTFont(io.BytesIO(CONTENT))
    del font["glyf"], font["loca"]
    output = io.BytesIO()
    font.save(output)
    with pytest.raises(FontFormatError):
        with_composites(output.getvalue(), COUNT, [Composite(1)])
