"""Text for places without markup, such as titles of documents, bookmarks and running heads, in the order of its markup.

What shows such text orders it by itself. So a run that a page isolates needs characters in its stead: marks (LRM, RLM),
which every reader of the last thirty years follows, wherever they give the page's order; else isolates, which readers
follow since Unicode 6.3. Text that is in order without either gets neither.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from kitabat.language.bidi.classes import EXPLICIT, bidi_classes, paired_brackets
from kitabat.language.bidi.levels import levels
from kitabat.language.bidi.order import visual_order
from kitabat.language.direction import base_direction
from kitabat.model.language import Direction

MARK: dict[Direction, str] = {"ltr": "\u200e", "rtl": "\u200f"}
ISOLATE: dict[Direction, str] = {"ltr": "\u2066", "rtl": "\u2067"}
END = "\u2069"
STRONG: Mapping[Direction, frozenset[str]] = {"ltr": frozenset({"L"}), "rtl": frozenset({"R", "AL"})}
LETTERS = STRONG["ltr"] | STRONG["rtl"]
WEAK = frozenset({"EN", "ES", "ET", "CS", "NSM", "BN", "WS", "ON"})
"""Classes that go with the letters before and after them, where these are of one direction."""
UNTOLD = EXPLICIT | {"AN", "B", "S"}
"""Classes with which a text is not told by its last letter."""
ADDED = frozenset({*MARK.values(), *ISOLATE.values(), END})


class Isolated(msgspec.Struct, frozen=True):
    """A part of a text with a direction of its own, as an element with ``dir`` is."""

    direction: Direction
    parts: tuple[Part, ...]


Part = str | Isolated


def in_order(parts: Sequence[Part], base: Direction) -> str:
    r"""Return a text in whose order readers see what pages show, whether they ask for its direction or guess it.

    >>> in_order(["اردو ", Isolated("ltr", ("C",)), " میں"], "rtl")
    'اردو C میں'
    >>> in_order(["زبان ", Isolated("ltr", ("C++",)), " میں"], "rtl") == "زبان \u200eC++\u200e میں"
    True
    >>> in_order([Isolated("ltr", ("C",)), " زبان"], "rtl") == "\u200fC زبان"
    True
    """
    bare = "".join(_bare(parts))
    if _is_as_it_is(parts, base) and base_direction(bare, _other(base)) == base:
        # The first candidate: without isolates it is what pages show.
        return bare
    isolated = "".join(_with_isolates(parts))
    wanted = _seen(isolated, base)
    for text in _candidates(parts, base):
        if _seen(text, base) == wanted and base_direction(text, _other(base)) == base:
            return text
    return MARK[base] + isolated


def _is_as_it_is(parts: Sequence[Part], base: Direction) -> bool:
    """Tell whether a text is sure to need no marks where readers know its direction.

    Nearly all texts are plain, or two titles of which the second goes the other way from its first letter to its last.
    """
    before, last = parts[:-1], parts[-1] if parts else ""
    if isinstance(last, str):
        return all(isinstance(part, str) for part in before)
    if last.direction == base or not all(isinstance(part, str) for part in (*before, *last.parts)):
        return False
    return _ends_with(base, "".join(_bare(before))) and _goes_one_way(last.direction, "".join(_bare(last.parts)))


def _ends_with(base: Direction, text: str) -> bool:
    """Tell whether the last letter of a text goes the base's way, and what comes after the text does not join it."""
    classes = bidi_classes(text)
    last = next((name for name in reversed(classes) if name in LETTERS), "")
    return last in STRONG[base] and classes[-1] == "WS" and UNTOLD.isdisjoint(classes)


def _goes_one_way(direction: Direction, text: str) -> bool:
    """Tell whether all of a text goes one way, from a letter to a letter or a number, and has no brackets."""
    classes, own = bidi_classes(text), STRONG[direction]
    if not classes or classes[0] not in own or classes[-1] not in own | {"EN"}:
        return False
    return (own | WEAK).issuperset(classes) and paired_brackets().keys().isdisjoint(text)


def _candidates(parts: Sequence[Part], base: Direction) -> Iterator[str]:
    """Yield texts from the plainest on."""
    bare = "".join(_bare(parts))
    marked = "".join(_with_marks(parts, outside=""))
    fenced = "".join(_with_marks(parts, outside=MARK[base]))
    for text in (bare, marked, fenced):
        yield text
        yield MARK[base] + text
        yield text + MARK[base]
        yield MARK[base] + text + MARK[base]


def _bare(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        else:
            yield from _bare(part.parts)


def _with_marks(parts: Sequence[Part], outside: str) -> Iterator[str]:
    """Yield the text with marks at both ends of each isolated part, and others outside of them."""
    for part in parts:
        if isinstance(part, str):
            yield part
            continue
        inside = "".join(_with_marks(part.parts, MARK[part.direction] if outside else ""))
        yield f"{outside}{MARK[part.direction]}{inside}{MARK[part.direction]}{outside}"


def _with_isolates(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        else:
            yield f"{ISOLATE[part.direction]}{''.join(_with_isolates(part.parts))}{END}"


def _other(base: Direction) -> Direction:
    return "ltr" if base == "rtl" else "rtl"


def _seen(text: str, base: Direction) -> list[tuple[int, int]]:
    """Return the characters from left to right, each as its place among those that are not added, and its parity."""
    depths = levels(text, base)
    places = list(itertools.accumulate((sign not in ADDED for sign in text), initial=0))
    return [(places[at], depths[at] % 2) for at in visual_order(depths) if text[at] not in ADDED]
