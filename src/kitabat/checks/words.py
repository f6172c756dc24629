"""The words of a message that readers see as they are written, each piece with its place and its language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kitabat.markup.inline import Inline, InlineKind


class Piece(NamedTuple):
    """Plain text inside a message, without code."""

    text: str
    offset: int
    """In the message; where it cannot be found there (a character was written as ``&amp;``), that of what is before."""
    language: str
    """Tag of the language that the piece is marked with, or the message's own."""


def pieces(nodes: Iterable[Inline], text: str, language: str) -> Iterator[Piece]:
    """Yield the pieces of a parsed message, in reading order; ``text`` is what was parsed.

    >>> from kitabat.markup.inline import parse
    >>> text = "a *b* [c]{lang=ar} `d`"
    >>> [tuple(piece) for piece in pieces(parse(text).nodes, text, "en")]
    [('a ', 0, 'en'), ('b', 3, 'en'), (' ', 5, 'en'), ('c', 7, 'ar'), (' ', 18, 'en')]
    """
    at = 0
    for found, tag in texts(nodes, language):
        start = text.find(found, at)
        yield Piece(found, at if start < 0 else start, tag)
        at = at if start < 0 else start + len(found)


def texts(nodes: Iterable[Inline], language: str) -> Iterator[tuple[str, str]]:
    """Yield plain texts with the language that each is in."""
    for node in nodes:
        own = node.attributes.get("lang", language)
        if node.kind in (InlineKind.TEXT, InlineKind.IMAGE) and node.text:
            yield node.text, own
        yield from texts(node.children, own)
