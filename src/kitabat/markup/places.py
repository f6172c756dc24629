"""Where the characters of a message stand in the source that it was read from."""

from __future__ import annotations

import re

_PART = re.compile(r"[^\s\\]+|\\")
_BETWEEN = re.compile(r"[\s>]*")
"""Wrapped lines may begin with the marks of quotations around."""


def places(message: str, source: str) -> tuple[int, ...] | None:
    r"""Return, for each character of a message, its offset in the source; -1 where it has none of its own.

    Spaces have a place where the source has the very same ones. None where the message is not found in the source:
    a cell of a table, in which a vertical bar is written with a backslash.

    >>> places("one two", "one\n> two"), places("a b", "a b")
    ((0, 1, 2, -1, 6, 7, 8), (0, 1, 2))
    >>> places("a|b", "a\\|b")
    """
    found = [-1] * len(message)
    at, before = 0, 0
    for part in _PART.finditer(message):
        gap = _BETWEEN.match(source, at)
        start = at if gap is None or part.start() == before == 0 else gap.end()
        if not source.startswith(part[0], start):
            start = at
        if not source.startswith(part[0], start):
            if part[0] == "\\":
                # A hard break, which the source may have written as two spaces.
                continue
            return None
        if source[at:start] == message[before : part.start()]:
            found[before : part.start()] = range(at, start)
        found[part.start() : part.end()] = range(start, start + len(part[0]))
        at, before = start + len(part[0]), part.end()
    return tuple(found)
