"""How far apart lines of Urdu must stand: measured from the ink of the text to be set, in the font that sets it.

Nastaliq climbs from each word's end to its beginning: how high depends on the word. So no line height is right for all
texts; ``line_height = "auto"`` takes it from the tallest and the deepest word of an edition.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from kitabat.rendering.long_words import in_parts

WORD = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc\u200c\u200d]+")
"""What a shaper sees as one: letters of Arabic script with their marks."""
LEAST = {"nastaliq": 1.9, "naskh": 1.6}
"""Below it lines look crowded, whatever their ink leaves free."""
SHARES = (0.8, 0.9, 1.0)
"""Of the height that keeps the tallest word off the deepest, wherever lines break: words that tall seldom stand under
words that deep, so that a smaller one may do; the last is safe."""
PROPERTIES = ("line-height", "line-head", "line-small", "above", "below")
"""What style sheets read, each with the kind before it: that of the text, or the one that is measured for it."""
MEASURED = "measured"
AIR = 0.04
"""Between ink and ink, and between ink and a rule, in em."""


@dataclass(frozen=True, slots=True)
class Extents:
    """How far ink reaches from the baseline, in em."""

    above: float
    below: float

    def beside(self, other: Extents) -> Extents:
        """Return what holds both."""
        return Extents(max(self.above, other.above), max(self.below, other.below))


@dataclass(frozen=True, slots=True)
class Font:
    """A font file, measured."""

    content: bytes

    def extents(self, words: Iterable[str]) -> Extents:
        """Return how far the ink of any of the words reaches."""
        found = Extents(0.0, 0.0)
        for word in words:
            found = found.beside(_extents(self.content, word))
        return found

    @property
    def line(self) -> Extents:
        """What the font itself claims for a line; a renderer puts the baseline by it."""
        return _line(self.content)


@dataclass(frozen=True, slots=True)
class Leading:
    """Line heights for an edition, as multiples of the size, and what rules above and below small text stay off it."""

    text: float
    head: float
    small: float
    above: float
    below: float

    def properties(self, kind: str = "urdu") -> dict[str, str]:
        """Return the custom properties that style sheets read; ``kind`` is what their names begin with."""
        heights = (f"{height:.3f}" for height in (self.text, self.head, self.small))
        values = (*heights, f"{self.above:.3f}em", f"{self.below:.3f}em")
        return {f"--{kind}-{name}": value.replace(".000", "") for name, value in zip(PROPERTIES, values, strict=True)}


def leadings(texts: Iterable[str], heads: Iterable[str], fonts: Iterable[Font], kind: str) -> tuple[Leading, ...]:
    """Return line heights to try for an edition, the closest first; at the last one no ink can meet.

    ``heads`` are titles and headings; they are set small too, in the list of contents. ``kind`` is a key of ``LEAST``.
    """
    fonts = tuple(fonts)
    return leadings_of(reach(texts, fonts), reach(heads, fonts), fonts, kind)


def reach(texts: Iterable[str], fonts: Iterable[Font]) -> Extents:
    """Return how far the ink of any word of some texts reaches, in any of the fonts."""
    words = _words(texts)
    return functools.reduce(Extents.beside, (font.extents(words) for font in fonts), Extents(0.0, 0.0))


def leadings_of(text: Extents, heads: Extents, fonts: Iterable[Font], kind: str) -> tuple[Leading, ...]:
    """Return the same as ``leadings`` for texts and titles that have been measured."""
    both = text.beside(heads)
    line = functools.reduce(Extents.beside, (font.line for font in fonts))
    return tuple(dict.fromkeys(_leading(text, heads, both, line, share, LEAST[kind]) for share in SHARES))


def _leading(text: Extents, heads: Extents, both: Extents, line: Extents, share: float, least: float) -> Leading:
    heights = [max(least, (one.above + one.below + AIR) * share) for one in (both, heads, both)]
    if not heads.above:
        heights[1] = heights[0]
    spare = (heights[2] - line.above - line.below) / 2
    above = max(0.1, both.above + AIR - line.above - spare)
    below = max(0.1, both.below + AIR - line.below - spare)
    return Leading(heights[0] if text.above else least, heights[1], heights[2], above, below)


def css(leading: Leading, kind: str = "urdu") -> str:
    """Return a style sheet of the properties; ``kind`` is what their names begin with."""
    return ":root{" + "".join(f"{name}:{value};" for name, value in leading.properties(kind).items()) + "}"


def measured() -> str:
    """Return a style sheet that takes the properties from another, where their kind is ``MEASURED``."""
    return ":root{" + "".join(f"--urdu-{name}:var(--{MEASURED}-{name});" for name in PROPERTIES) + "}"


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in WORD.findall(in_parts(text)))


@functools.lru_cache(maxsize=8)
def _font(content: bytes) -> object:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(content))


@functools.lru_cache(maxsize=100_000)
def _extents(content: bytes, word: str) -> Extents:
    """Return how far the ink of one word reaches, shaped as Urdu."""
    import uharfbuzz

    font = _font(content)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.direction, buffer.script, buffer.language = "rtl", "Arab", "ur"
    uharfbuzz.shape(font, buffer)
    above = below = rise = 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        extents = font.get_glyph_extents(info.codepoint)  # type: ignore[attr-defined] # uharfbuzz has no types
        if extents and extents.height:
            top = rise + position.y_offset + extents.y_bearing
            above, below = max(above, top), max(below, -(top + extents.height))
        rise += position.y_advance
    em = font.face.upem  # type: ignore[attr-defined]
    return Extents(above / em, below / em)


@functools.lru_cache(maxsize=8)
def _line(content: bytes) -> Extents:
    font = _font(content)
    extents, em = font.get_font_extents("ltr"), font.face.upem  # type: ignore[attr-defined]
    return Extents(extents.ascender / em, -extents.descender / em)
