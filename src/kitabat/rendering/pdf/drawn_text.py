"""Remedies for how WeasyPrint 70 sets text inside SVG pictures; `render.REMEDIES` alone knows of them.

WeasyPrint sets such text letter by letter from left to right, so that a letter can have a place or a turn of its own.
Urdu comes out backwards, and no letter joins another. Text that runs from right to left is set as a whole here, unless
its letters have places of their own. And WeasyPrint sets the parts of a text from left to right, whatever they say:
here a part of Urdu before another stands right of it. Delete this module when WeasyPrint shapes the text of pictures.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from kitabat.language.bidi.levels import levels
from kitabat.language.bidi.order import visual_order
from kitabat.model.language import Direction
from kitabat.rendering.pdf.guard import fits

PLACES = ("x", "y", "dx", "dy", "rotate")
"""Attributes that may place each letter."""
STRETCHED = ("textLength", "letter-spacing", "rotate", "dx", "dy")
"""Attributes of parts whose width is not that of their words alone."""
WEIGHTS = {"normal": 400, "bold": 700}

Draw = Callable[[Any, Any, float], None]


@dataclass(slots=True)
class Stretch:
    """The parts of a text that stand on one line from one place on, and how far each is from its left end."""

    offsets: dict[int, float]
    """By the identity of a part's node."""
    width: float
    left: float | None = None
    """Known when the first part is drawn; in the picture's units."""


def install(version: str) -> bool:
    """Wrap WeasyPrint's drawing of text in pictures once a process; False where it is another version."""
    if not fits(version):
        return False
    from weasyprint import svg

    plain = svg.text
    if not hasattr(plain, "remedied"):
        svg.text = whole(plain)
        svg.TAGS.update({tag: svg.text for tag, draw in svg.TAGS.items() if draw is plain})
    return True


def whole(plain: Draw) -> Draw:
    """Return the drawing of text with what runs from right to left set as one, and its parts in their order."""

    def text(svg: Any, node: Any, font_size: float) -> None:
        if node.tag == "text":
            svg.stretches = dict(_stretches(svg, node, font_size))
        stretch: Stretch | None = getattr(svg, "stretches", {}).get(id(node))
        if stretch:
            _put(svg, node, font_size, stretch)
        _draw(plain, svg, node, font_size)
        if stretch:
            svg.cursor_position = ((stretch.left or 0) + stretch.width, svg.cursor_position[1])

    text.remedied = plain  # type: ignore[attr-defined]
    return text


def _draw(plain: Draw, svg: Any, node: Any, font_size: float) -> None:
    words = node.text
    if not words or not _runs_from_right(words) or any(_are_several(node.get(name)) for name in PLACES):
        plain(svg, node, font_size)
        return
    _set_text(node, _OneLetter(words))
    try:
        plain(svg, node, font_size)
    finally:
        _set_text(node, words)


class _OneLetter(str):
    """A text that is taken apart into itself alone."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def _stretches(svg: Any, root: Any, font_size: float) -> Iterator[tuple[int, Stretch]]:
    """Yield where the parts of a text stand, for those that are to be put elsewhere than WeasyPrint puts them."""
    lines: list[list[tuple[Any, float]]] = [[]]
    for node, size in _parts(root, font_size):
        if node is not root and ("x" in node.attrib or "y" in node.attrib):
            lines.append([])
        if node.text and node.visible:
            lines[-1].append((node, size))
    for parts in lines:
        words = "".join(node.text for node, _ in parts)
        if len(parts) > 1 and _runs_from_right(words) and not any(map(_is_placed, parts)):
            stretch = _stretch(svg, parts, words)
            yield from ((identity, stretch) for identity in stretch.offsets)


def _parts(node: Any, font_size: float) -> Iterator[tuple[Any, float]]:
    """Yield a text and the parts of it in their order, each with the size of its type; none along a path."""
    from weasyprint.svg.utils import size

    yield node, font_size
    for child in node if node.display else ():
        if child.tag in ("tspan", "a", "tref"):
            yield from _parts(child, size(child.get("font-size", "1em"), font_size, font_size))


def _set_text(node: Any, words: str) -> None:
    node._etree_node.text = words  # noqa: SLF001 - the text of a node is its element's


def _is_placed(part: tuple[Any, float]) -> bool:
    node, _ = part
    return any(_are_several(node.get(name)) for name in PLACES) or any(node.get(name) for name in STRETCHED)


def _stretch(svg: Any, parts: list[tuple[Any, float]], words: str) -> Stretch:
    """Return where parts stand; a part is as deep in the text as its shallowest letter, and turned round as a whole."""
    base: Direction = "rtl" if parts[0][0].get("direction") == "rtl" else "ltr"
    whole, at = levels(words, base), 0
    kept: list[tuple[Any, float, int]] = []
    spaces: list[int] = []
    for node, size in parts:
        inner = node.text.strip(" ")
        start = at + len(node.text) - len(node.text.lstrip(" "))
        spaces += whole[at:start]
        at += len(node.text)
        _set_text(node, inner)
        if inner:
            depth = min(depth for depth, letter in zip(whole[start:], inner, strict=False) if letter != " ")
            _give_spaces(spaces, kept, node, depth)
            kept.append((node, size, depth))
            spaces = list(whole[start + len(inner) : at])
    for node, _, depth in kept:
        _turn(node, depth)
    stretch = Stretch({}, 0.0)
    for index in visual_order([depth for *_, depth in kept]):
        node, size, _ = kept[index]
        stretch.offsets[id(node)] = stretch.width
        stretch.width += _width(svg, node, size)
    return stretch


def _give_spaces(spaces: list[int], before: list[tuple[Any, float, int]], node: Any, depth: int) -> None:
    """Put the spaces between two parts, given their levels, to the one on whose side they stand in the line."""
    if before and spaces:
        last, _, depth_before = before[-1]
        if spaces[0] == depth_before or spaces[0] != depth:
            _set_text(last, last.text + " " * len(spaces))
        else:
            _set_text(node, " " * len(spaces) + node.text)


def _turn(node: Any, depth: int) -> None:
    """Have a part set in its own direction; without an anchor that would make WeasyPrint draw it apart."""
    if node.tag == "text" or not ("x" in node.attrib or "y" in node.attrib):
        node.attrib["direction"] = "rtl" if depth % 2 else "ltr"
    if node.tag != "text" and not ("x" in node.attrib or "y" in node.attrib):
        node.attrib["text-anchor"] = "end" if depth % 2 else "start"


def _width(svg: Any, node: Any, font_size: float) -> float:
    """Return how wide WeasyPrint sets the words of a part, in the picture's units."""
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.svg.text import Style
    from weasyprint.text.line_break import split_first_line

    style = Style(INITIAL_VALUES)
    style.font_config = svg.font_config
    weight = node.get("font-weight", 400)
    weight = WEIGHTS.get(weight, weight)
    style["font_family"] = [font.strip("\"'") for font in node.get("font-family", "sans-serif").split(",")]
    style["font_style"] = node.get("font-style", "normal")
    style["font_weight"] = int(weight) if str(weight).isdecimal() else WEIGHTS["normal"]
    style["font_size"] = font_size
    if node.get("direction") in ("ltr", "rtl"):
        style["direction"] = node.get("direction")
    if _runs_from_right(node.text):
        return float(split_first_line(node.text, style, svg.context, float("inf"), 0)[3])
    # Letter by letter, as they are drawn.
    return sum(float(split_first_line(one, style, svg.context, float("inf"), 0)[3]) for one in node.text)


def _put(svg: Any, node: Any, font_size: float, stretch: Stretch) -> None:
    """Have a part drawn at its place: WeasyPrint takes it from the node, or from where the last part ended."""
    from weasyprint.svg.utils import size

    own = node.get("x")
    if stretch.left is None:
        stretch.left = size(own, font_size, svg.inner_width) if own else svg.cursor_position[0]
    place = stretch.left + stretch.offsets[id(node)]
    if own:
        node.attrib["x"] = str(place)
    svg.cursor_position = (place, svg.cursor_position[1])


def _runs_from_right(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def _are_several(lengths: str | None) -> bool:
    """Tell whether a list of lengths has more than one.

    >>> _are_several("12"), _are_several("1, 2"), _are_several(None)
    (False, True, False)
    """
    return len((lengths or "").replace(",", " ").split()) > 1
