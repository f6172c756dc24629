"""Where two texts part, in words: file and line of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kitabat.catalogs.adoption.align import Match
from kitabat.catalogs.adoption.tree import Node

LONGEST = 50
"""Characters that are shown of a text that the other has nothing for."""


def parting(matches: Iterable[Match], source: str, target: str) -> Iterator[str]:
    """Yield a line for each place where a text has nothing for the other's, or where a pair is not certain.

    >>> from kitabat.catalogs.adoption.traits import Traits
    >>> from kitabat.model.diagnostic import Location
    >>> from kitabat.model.message import MessageKey
    >>> one = Node("list item", Traits(), Location("content/a.md", 7, 1), key=MessageKey("", "One more"))
    >>> list(parting([Match((one,), ())], "content/a.md", "a.ur.md"))
    ['content/a.md:7 | a.ur.md, at its beginning: list item without a translation: One more']
    """
    for match in matches:
        if match.is_pair and not match.doubt:
            continue
        ours = _place(match.sources, match.before[0], source)
        theirs = _place(match.targets, match.before[1], target)
        if match.is_pair:
            what = f"not certain: {match.doubt}"
        else:
            node = (*match.sources, *match.targets)[0]
            missing = "translation" if match.sources else "source, left out"
            what = f"{node.kind} without a {missing}{_excerpt(node)}"
        yield f"{ours} | {theirs}: {what}"


def _place(nodes: tuple[Node, ...], before: Node | None, path: str) -> str:
    if nodes:
        numbers = sorted({node.location.line for node in (nodes[0], nodes[-1])})
        return f"{path}:{'-'.join(map(str, numbers))}"
    return f"{path}, after line {before.location.line}" if before else f"{path}, at its beginning"


def _excerpt(node: Node) -> str:
    """Return the beginning of a block's text."""
    first = next((text.key.source for text in node.texts if text.key), "")
    shown = " ".join(first.split())
    return f": {shown}" if len(shown) <= LONGEST else f": {shown[: LONGEST - 1].rstrip()}…"
