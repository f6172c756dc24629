"""Where the characters of a message stand in the source that it was read from."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PART = re.compile(r"[^\s\\]+|\\")
_BETWEEN = re.compile(r"[\s>]*")
"""Wrapped lines may begin with the marks of quotations around."""


def places(message: str, source: str) -> tuple[int, ...] | None:
    r"""Return, for each character of a message, its offset in the source; -1 where it has none of its own.

    Spaces have a place where the source has the very same ones. In a cell of a table a vertical bar is written with a
    backslash, and so is a quotation mark in front matter, or twice. None where the message is not found in the source.

    >>> places("one two", "one\n> two"), places("a b", "a b")
    ((0, 1, 2, -1, 6, 7, 8), (0, 1, 2))
    >>> places("a|b it's", "a\\|b it''s"), places("a", "b")
    ((0, 2, 3, 4, 5, 6, 8, 9), None)
    """
    if source.startswith(message) and not message[-1:].isspace():
        return tuple(range(len(message)))
    found = [-1] * len(message)
    at, before = 0, 0
    for part in _PART.finditer(message):
        gap = _BETWEEN.match(source, at)
        start = at if gap is None or part.start() == before == 0 else gap.end()
        inside = _inside(part[0], source, start)
        if inside is None:
            start = at
            inside = _inside(part[0], source, start)
        if inside is None:
            if part[0] == "\\":
                # A hard break, which the source may have written as two spaces.
                continue
            return None
        if source[at:start] == message[before : part.start()]:
            found[before : part.start()] = range(at, start)
        found[part.start() : part.end()] = inside
        at, before = inside[-1] + 1, part.end()
    return tuple(found)


def _inside(part: str, source: str, start: int) -> Sequence[int] | None:
    """Return where the characters of a part without spaces stand from ``start`` on; None where they do not."""
    if source.startswith(part, start):
        return range(start, start + len(part))
    found = []
    at = start
    for sign in part:
        written = source[at : at + 2]
        if written in (f"\\{sign}", "''") and written[1:] == sign:
            at += 1
        elif written[:1] != sign:
            return None
        found.append(at)
        at += 1
    return found
