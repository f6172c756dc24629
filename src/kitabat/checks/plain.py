"""A message as one run of plain text, with the place of each character: for what reaches across markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

import msgspec

from kitabat.checks.words import pieces
from kitabat.markup.inline import Inline, InlineKind

OBJECT = "\ufffc"
"""Stands for a piece of code, whose signs are its own."""
SIGNS = {InlineKind.CODE: OBJECT, InlineKind.BREAK: " "}


class Plain(msgspec.Struct, frozen=True):
    """The text, and where in the message each of its characters stands."""

    text: str
    offsets: tuple[int, ...]

    def place(self, index: int) -> int:
        """Return the offset in the message of a character; of the last one, for what is after it."""
        return self.offsets[min(index, len(self.offsets) - 1)] if self.offsets else 0


def plain(nodes: Iterable[Inline], text: str) -> Plain:
    r"""Return a parsed message without its markup; ``text`` is what was parsed.

    A line break is a space, and code an object replacement character.

    >>> from kitabat.markup.inline import parse
    >>> text = "a *b* `c` [d](e)"
    >>> plain(parse(text).nodes, text)
    Plain(text='a b \ufffc d', offsets=(0, 1, 3, 5, 6, 9, 11))
    """
    nodes = tuple(nodes)
    words = iter(pieces(nodes, text, ""))
    letters: list[str] = []
    offsets: list[int] = []
    for kind in kinds(nodes):
        if kind in SIGNS:
            letters.append(SIGNS[kind])
            offsets.append(offsets[-1] + 1 if offsets else 0)
            continue
        piece = next(words)
        letters += piece.text
        offsets += range(piece.offset, piece.offset + len(piece.text))
    last = max(0, len(text) - 1)
    in_order = accumulate(offsets, max)  # A piece that the message writes otherwise has no place of its own.
    return Plain("".join(letters), tuple(min(offset, last) for offset in in_order))


def kinds(nodes: Iterable[Inline]) -> Iterator[InlineKind]:
    """Yield the kinds of the nodes that have text of their own, and of what stands for a sign, in reading order."""
    for node in nodes:
        is_text = node.kind in (InlineKind.TEXT, InlineKind.IMAGE) and node.text
        if is_text or node.kind in SIGNS:
            yield node.kind
        yield from kinds(node.children)
