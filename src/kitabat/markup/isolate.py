"""Isolates around what runs the other way, across the markup of a message.

``language.direction`` says which stretches of the whole text run against the base direction. Here each becomes one
``RUN`` node. A run that begins in one element and ends in another takes the pieces of both inside it, so that no
renderer has to reorder across elements.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kitabat.language.direction import Run, runs
from kitabat.language.registry import LANGUAGES
from kitabat.markup.inline import OBJECT, Inline, InlineKind
from kitabat.model.language import Direction

ATOMS = {InlineKind.CODE, InlineKind.IMAGE, InlineKind.NOTE}
MAX_DEPTH = 6
"""Runs inside runs; deeper ones stay as their surroundings have them."""
SHORT = 16
BREAKABLE = re.compile(r"\A\S*[-+–/#.:%]\S*\Z")
"""A short run with signs, such as C++, which a line must not break at its signs."""
LETTER = re.compile(r"[^\W\d_]")


def isolated(nodes: Iterable[Inline], base: Direction, depth: int = 0) -> tuple[Inline, ...]:
    """Return the nodes of a message with its runs of the other direction made nodes, inside one another too.

    The text is the same before and after.
    """
    nodes = tuple(_own_languages(nodes, depth))
    if depth >= MAX_DEPTH:
        return nodes
    text = text_of(nodes)
    found: list[Run] = []
    start = 0
    # A hard break ends a paragraph for the bidirectional algorithm.
    for line in text.split("\n"):
        found += (replace(run, start=run.start + start, end=run.end + start) for run in runs(line, base))
        start += len(line) + 1
    return _placed(nodes, found, 0, depth) if found else nodes


def text_of(nodes: Iterable[Inline]) -> str:
    """Return the text that the bidirectional algorithm sees: an atom is one object, a hard break a line feed."""
    parts = []
    for node in nodes:
        if _is_atom(node):
            parts.append(OBJECT)
        elif node.kind is InlineKind.BREAK:
            parts.append("\n")
        elif node.kind is InlineKind.TEXT:
            parts.append(node.text)
        else:
            parts.append(text_of(node.children))
    return "".join(parts)


def _is_atom(node: Inline) -> bool:
    return node.kind in ATOMS or (node.kind is InlineKind.SPAN and "lang" in node.attributes)


def _own_languages(nodes: Iterable[Inline], depth: int) -> Iterable[Inline]:
    """Yield the nodes, with spans of a named language resolved in that language's own direction."""
    for node in nodes:
        if node.kind is InlineKind.SPAN and "lang" in node.attributes and "dir" not in node.attributes:
            direction = direction_of(node.attributes["lang"])
            children = isolated(node.children, direction, depth + 1)
            yield replace(node, children=children, attributes={**node.attributes, "dir": direction})
        elif node.children:
            yield replace(node, children=tuple(_own_languages(node.children, depth)))
        else:
            yield node


RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "skr", "syr", "ug", "ur", "yi"}
)
"""Languages that are written from right to left, by their first subtag; others are where their script says so."""
RIGHT_TO_LEFT_SCRIPTS = frozenset({"Arab", "Aran", "Hebr", "Nkoo", "Syrc", "Thaa"})


def direction_of(tag: str) -> Direction:
    """Return the direction of any language's tag.

    >>> direction_of("ar"), direction_of("fr-CA"), direction_of("pa-Arab"), direction_of("ur-Latn")
    ('rtl', 'ltr', 'rtl', 'ltr')
    """
    first, *others = tag.split("-")
    script = next((part for part in others if len(part) == len("Arab")), "")
    if script:
        return "rtl" if script in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if first in RIGHT_TO_LEFT else "ltr"


def _placed(nodes: Iterable[Inline], found: Sequence[Run], position: int, depth: int) -> tuple[Inline, ...]:
    """Return the nodes, the first of which begins at ``position``, with each run a node."""
    placed: list[Inline] = []
    queue = deque(nodes)
    while queue:
        node = queue.popleft()
        end = position + _length(node)
        run = next((run for run in found if run.end > position), None)
        if run is None or run.start >= end or end == position:
            placed.append(node)
        elif run.start == position and run.end >= end:
            queue.appendleft(node)
            placed.append(_run(_taken(queue, run.end - position), run, depth))
            end = run.end
        elif _is_element(node) and run.end <= end:
            # The next run may reach beyond the element: what belongs to that one is cut off first.
            stop = next((other.start for other in found if position <= other.start < end < other.end), end)
            node, rest = _cut(node, stop - position)
            queue.extendleft([rest] if stop < end else [])
            inside = [other for other in found if position <= other.start and other.end <= stop]
            placed.append(replace(node, children=_placed(node.children, inside, position, depth)))
            end = stop
        else:
            # A text that a run begins or ends in, or an element that a run begins in and leaves.
            at = run.start if run.start > position else run.end
            first, rest = _cut(node, at - position)
            queue.extendleft((rest, first))
            continue
        position = end
    return tuple(placed)


def _is_element(node: Inline) -> bool:
    return bool(node.children) and not _is_atom(node)


def _taken(queue: deque[Inline], length: int) -> list[Inline]:
    """Take nodes of a length from the queue, cutting the last one where it is longer."""
    taken = []
    while length > 0 and queue:
        node = queue.popleft()
        if _length(node) > length:
            node, rest = _cut(node, length)
            queue.appendleft(rest)
        taken.append(node)
        length -= _length(node)
    return taken


def _run(nodes: Sequence[Inline], run: Run, depth: int) -> Inline:
    attributes = {"dir": str(run.direction)}
    text = text_of(nodes)
    if LETTER.search(text):
        attributes["lang"] = next(row.tag for row in LANGUAGES.values() if row.direction == run.direction)
    if "lang" in attributes and len(text) <= SHORT and BREAKABLE.search(text):
        attributes["class"] = "whole"
    return Inline(InlineKind.RUN, children=isolated(nodes, run.direction, depth + 1), attributes=attributes)


def _length(node: Inline) -> int:
    if _is_atom(node) or node.kind is InlineKind.BREAK:
        return 1
    return len(node.text) if node.kind is InlineKind.TEXT else sum(map(_length, node.children))


def _cut(node: Inline, length: int) -> tuple[Inline, Inline]:
    """Return a text or an element as two; an id stays with the first."""
    if node.kind is InlineKind.TEXT:
        return replace(node, text=node.text[:length]), replace(node, text=node.text[length:])
    first: list[Inline] = []
    rest: list[Inline] = []
    for child in node.children:
        size = _length(child)
        if size <= length and not rest:
            first.append(child)
        elif length <= 0:
            rest.append(child)
        else:
            one, other = _cut(child, length)
            first.append(one)
            rest.append(other)
        length = max(0, length - size)
    attributes = {name: value for name, value in node.attributes.items() if name != "id"}
    return replace(node, children=tuple(first)), replace(node, children=tuple(rest), attributes=attributes)
