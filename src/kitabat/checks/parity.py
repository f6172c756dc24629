"""What a message and its translation both must hold, counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from urllib.parse import unquote

from kitabat.checks.rule import Finding
from kitabat.checks.subject import CatalogSubject, Pair
from kitabat.markup.inline import Inline

Things = Callable[[Inline], Iterable[str]]
"""The things that a check counts in one node, as they are written in a message."""
LETTERS = re.compile(r"(?:%[89A-F][0-9A-F])+", re.IGNORECASE)
"""Letters beyond ASCII in an address."""


def readable(address: str) -> str:
    """Return an address with its letters, which the parser has as numbers; all else stays as it is.

    >>> readable("%D8%A7/a%20b%FF.md")
    'ا/a%20b%FF.md'
    """
    return LETTERS.sub(_letters, address)


def _letters(found: re.Match[str]) -> str:
    try:
        return unquote(found[0], errors="strict")
    except UnicodeDecodeError:
        return found[0]


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
    """Return where a thing stands in a translation; its beginning, where it is written otherwise there.

    Code and addresses may be words of the text too: those in backticks and brackets are meant.
    """
    marked = max(pair.text.rfind(f"`{thing}`"), pair.text.rfind(f"]({thing}"))
    if marked < 0:
        return max(0, pair.text.rfind(thing))
    return marked + (1 if pair.text[marked] == "`" else 2)
