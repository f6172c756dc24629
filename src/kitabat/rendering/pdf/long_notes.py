"""Footnotes that may be longer than a page: divided into several that follow one another, so that none is cut off.

WeasyPrint sends a footnote that does not fit overleaf, but as a whole: what is longer than a page runs off its edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

NOTE, PAIR, CONTINUED = "footnote", "pair", "footnote continued"
ENDS = (re.compile(r"[.!?۔؟][”“\")\]]*\s+"), re.compile(r"\s+"))
"""Where a text may be divided, the better places first."""
NEAR = 0.3
"""How far from its middle, in parts of a piece, a text is divided for a better place."""


def divide(root: Any, longest: int) -> None:
    """Divide the footnotes of a document that have more characters than ``longest``.

    ``root`` is its element tree; a note with both languages beside one another is divided in both.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    for note in [one for one in root.iter("span") if one.get("class") == NOTE]:
        pair = note.find(f".//span[@class='{PAIR}']")
        columns = [note] if pair is None else list(pair)
        limit = longest if pair is None else longest // len(columns)
        count = max(-(-len(_text(column)) // limit) for column in columns)
        if count > 1:
            _put(parents[note], note, _pieces(note, pair, columns, count))


def _pieces(note: Any, pair: Any, columns: list[Any], count: int) -> list[Any]:
    """Return a note as several."""
    bounds = [list(_bounds(_text(column), count)) for column in columns]
    pieces = []
    for number in range(count):
        parts = [_part(column, *bound[number : number + 2]) for column, bound in zip(columns, bounds, strict=True)]
        piece = parts[0]
        if pair is not None:
            piece, inner = _shell(note), _shell(pair)
            inner.extend(parts)
            body = piece
            if pair not in list(note):
                body = _shell(note[0])
                piece.append(body)
            body.append(inner)
        if number:
            piece.set("class", CONTINUED)
            for one in piece.iter():
                one.attrib.pop("id", None)
                one.attrib.pop("data-mark", None)
        pieces.append(piece)
    return pieces


def _bounds(text: str, count: int) -> Iterator[int]:
    """Yield where each piece of a text begins, and where the last one ends."""
    size = len(text) / count
    yield 0
    for number in range(1, count):
        middle, reach = round(number * size), round(NEAR * size)
        places = ([place.end() for place in end.finditer(text, max(0, middle - reach), middle + reach)] for end in ENDS)
        best = next((found for found in places if found), [middle])
        yield min(best, key=lambda place, middle=middle: abs(place - middle))  # type: ignore[misc]
    yield len(text) + 1  # a picture at the very end is part of the last piece


def _part(element: Any, start: int, end: int) -> Any:
    """Return a copy of an element with the characters from one place to another, and the elements around them."""
    part, _ = _cut(element, start, end, 0)
    part.tail = None
    return part


def _cut(element: Any, start: int, end: int, at: int) -> tuple[Any, int]:
    """Return an element's part, and the place after it; ``at`` is the place of its first character."""
    part = _shell(element)

    def kept(text: str | None) -> str:
        nonlocal at
        own = text or ""
        found = own[max(0, start - at) : max(0, end - at)]
        at += len(own)
        return found

    part.text = kept(element.text)
    for child in element:
        begins = at
        made, at = _cut(child, start, end, at)
        empty = at == begins and start <= begins < end
        if empty or (begins < end and at > start):
            made.tail = kept(child.tail)
            part.append(made)
            continue
        tail = kept(child.tail)
        if len(part):
            part[-1].tail = (part[-1].tail or "") + tail
        else:
            part.text += tail
    return part, at


def _shell(element: Any) -> Any:
    """Return an element without what is in it."""
    return element.makeelement(element.tag, dict(element.attrib))


def _put(parent: Any, note: Any, pieces: list[Any]) -> None:
    place = list(parent).index(note)
    pieces[-1].tail = note.tail
    parent[place : place + 1] = pieces


def _text(element: Any) -> str:
    return "".join(element.itertext())
