"""What a message and its translation both must hold, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest

from kitabat.checks.rule import Finding
from kitabat.checks.subject import CatalogSubject, Pair
from kitabat.markup.inline import Inline

Things = Callable[[Inline], Iterable[str]]
"""The things that a check counts in one node, as they are written in a message."""


def differences(subject: CatalogSubject, things: Things, what: str, hint: str) -> Iterator[Finding]:
    """Yield a finding for each thing that a translation lacks, or has and its source has not, or has in its place."""
    for pair in subject.pairs:
        wanted, found = counted(pair.source.nodes, things), counted(pair.target.nodes, things)
        for lost, added in zip_longest(wanted - found, found - wanted):
            if added is None:
                yield Finding(f"Missing {what} `{lost}` in the translation", subject.place(pair.key), hint)
                continue
            expected = f"`{lost}`" if lost else "only what the source has"
            message = f"Unexpected {what} `{added}`, expected {expected}"
            yield Finding(message, subject.place(pair.key, offset_of(pair, added)), hint)


def counted(nodes: Iterable[Inline], things: Things) -> Counter[str]:
    """Return how often each thing stands in a message."""
    return Counter(thing for node in nodes for inner in node.walk() for thing in things(inner))


def offset_of(pair: Pair, thing: str) -> int:
    """Return where a thing stands in a translation; its beginning, where it is written otherwise there."""
    return max(0, pair.text.rfind(thing))
