"""A remedy for how WeasyPrint 70 sets text inside SVG pictures; `render.REMEDIES` alone knows of it.

WeasyPrint sets such text letter by letter from left to right, so that a letter can have a place or a turn of its own.
Urdu comes out backwards, and no letter joins another. Text that runs from right to left is set as a whole here, unless
its letters have places of their own. Delete this module when WeasyPrint shapes the text of pictures.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from kitabat.rendering.pdf.guard import fits

PLACES = ("x", "y", "dx", "dy", "rotate")
"""Attributes that may place each letter."""

Draw = Callable[[Any, Any, float], None]


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
    """Return the drawing of text with what runs from right to left set as one."""

    def text(svg: Any, node: Any, font_size: float) -> None:
        words = node.text
        if not words or not _runs_from_right(words) or any(_are_several(node.get(name)) for name in PLACES):
            plain(svg, node, font_size)
            return
        element = node._etree_node  # noqa: SLF001 - the text of a node is its element's
        element.text = _OneLetter(words)
        try:
            plain(svg, node, font_size)
        finally:
            element.text = words

    text.remedied = plain  # type: ignore[attr-defined]
    return text


class _OneLetter(str):
    """A text that is taken apart into itself alone."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def _runs_from_right(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def _are_several(lengths: str | None) -> bool:
    """Tell whether a list of lengths has more than one.

    >>> _are_several("12"), _are_several("1, 2"), _are_several(None)
    (False, True, False)
    """
    return len((lengths or "").replace(",", " ").split()) > 1
