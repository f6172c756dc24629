"""Isolates around what runs the other way, across the markup of a message.

``language.direction`` says which stretches of the whole text run against the base direction. Here each becomes one
``RUN`` node. A run that begins in one element and ends in another takes the pieces of both inside it, so that no
renderer has to reorder across elements.
"""

from __future__ import annotations

import functools
import operator
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from msgspec.structs import replace

from kitabat.language.direction import ATOM, Run, base_direction, may_have_runs, runs
from kitabat.language.registry import LANGUAGES
from kitabat.markup.inline import Inline, InlineKind, alternative
from kitabat.model.language import Direction

ATOMS = {InlineKind.CODE, InlineKind.IMAGE, InlineKind.NOTE}
MAX_DEPTH = 6
"""Runs inside runs; deeper ones stay as their surroundings have them."""
SHORT = 16
BREAKABLE = re.compile(r"\A\S*[-+–/#.:%]\S*\Z")
"""A short run with signs, such as C++, which a line must not break at its signs."""
START = operator.attrgetter("start")
LETTER = re.compile(r"[^\W\d_]")
FORMULA = re.compile("[\ufdf0-\ufdfb]+")
"""Arabic words of blessing that are one character, such as ﷺ: in Nastaliq it is three lines high."""
ARABIC = "ar"


def isolated(nodes: Iterable[Inline], base: Direction, depth: int = 0) -> tuple[Inline, ...]:
    """Return the nodes of a message with its runs of the other direction made nodes, inside one another too.

    The text is the same before and after.
    """
    nodes = tuple(nodes)
    if len(nodes) != 1 or nodes[0].kind is not InlineKind.TEXT:
        nodes = tuple(_own_directions(nodes, base, depth))
    if depth >= MAX_DEPTH:
        return nodes
    text = text_of(nodes)
    if "\n" not in text:
        alone = runs(text, base)
        return _placed(nodes, alone, 0, depth) if alone else nodes
    found: list[Run] = []
    start = 0
    # A hard break ends a paragraph for the bidirectional algorithm.
    for line in text.split("\n"):
        found += (replace(run, start=run.start + start, end=run.end + start) for run in runs(line, base))
        start += len(line) + 1
    return _placed(nodes, found, 0, depth) if found else nodes


def goes_one_way(written: str, base: Direction) -> bool:
    """Tell whether ``isolated`` would leave a message as it is, by its Markdown, which has no entities.

    Where this says no, that is not certain.

    >>> goes_one_way("the *word* [here](a.md)", "ltr"), goes_one_way("the *word* کتاب", "ltr")
    (True, False)
    """
    return "{" not in written and "![" not in written and not may_have_runs(written, base)


def text_of(nodes: Iterable[Inline]) -> str:
    """Return the text that the bidirectional algorithm sees: an atom is one object, a hard break a line feed."""
    parts = []
    for node in nodes:
        if node.kind is InlineKind.TEXT:
            parts.append(node.text)
        elif _is_atom(node):
            parts.append(ATOM)
        elif node.kind is InlineKind.BREAK:
            parts.append("\n")
        else:
            parts.append(text_of(node.children))
    return "".join(parts)


def _is_atom(node: Inline) -> bool:
    if node.kind is InlineKind.TEXT:
        return False
    return node.kind in ATOMS or (node.kind is InlineKind.SPAN and "lang" in node.attributes)


def _own_directions(nodes: Iterable[Inline], base: Direction, depth: int) -> Iterator[Inline]:
    """Yield the nodes, with atoms that hold text resolved: spans of a named language, and what pictures show."""
    for node in nodes:
        if node.kind is InlineKind.TEXT:
            yield node
        elif node.kind is InlineKind.SPAN and "lang" in node.attributes:
            if "dir" in node.attributes:
                yield node
                continue
            direction = direction_of(node.attributes["lang"])
            children = isolated(node.children, direction, depth + 1)
            yield replace(node, children=children, attributes={**node.attributes, "dir": direction})
        elif node.kind is InlineKind.IMAGE:
            # Inside a run it is resolved anew: what goes against the paragraph may go with the run.
            yield replace(node, children=_alternative(alternative(node), base, depth))
        elif node.children:
            children = tuple(_own_directions(node.children, base, depth))
            is_same = all(map(operator.is_, children, node.children)) and len(children) == len(node.children)
            yield node if is_same else replace(node, children=children)
        else:
            yield node


def _alternative(text: str, base: Direction, depth: int) -> tuple[Inline, ...]:
    """Return what stands for a picture that is not to be had: an atom too, so isolated in its own direction."""
    nodes = (Inline(InlineKind.TEXT, text),)
    direction = base_direction(text, base)
    return isolated(nodes, base, depth) if direction == base else (_run(nodes, Run(0, len(text), direction), depth),)


RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "skr", "syr", "ug", "ur", "yi"}
)
"""Languages that are written from right to left, by their first subtag; others are where their script says so."""
RIGHT_TO_LEFT_SCRIPTS = frozenset({"Arab", "Aran", "Hebr", "Nkoo", "Syrc", "Thaa"})


@functools.lru_cache(maxsize=256)
def direction_of(tag: str) -> Direction:
    """Return the direction of any language's tag.

    >>> direction_of("ar"), direction_of("fr-CA"), direction_of("pa-arab"), direction_of("UR-Latn")
    ('rtl', 'ltr', 'rtl', 'ltr')
    """
    first, *others = tag.lower().split("-")
    script = next((part.title() for part in others if len(part) == len("Arab") and part.isalpha()), "")
    if script:
        return "rtl" if script in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if first in RIGHT_TO_LEFT else "ltr"


def _placed(nodes: Iterable[Inline], found: Sequence[Run], position: int, depth: int) -> tuple[Inline, ...]:
    """Return the nodes, the first of which begins at ``position``, with each run a node."""
    placed: list[Inline] = []
    queue, waiting = deque(nodes), 0
    while queue:
        node = queue.popleft()
        end = position + _length(node)
        while waiting < len(found) and found[waiting].end <= position:
            waiting += 1
        if waiting == len(found) or found[waiting].start >= end or end == position:
            placed.append(node)
            position = end
            continue
        run = found[waiting]
        if run.start == position and run.end >= end:
            queue.appendleft(node)
            placed.append(_run(_taken(queue, run.end - position), run, depth))
            position = run.end
        elif _is_element(node) and run.end <= end:
            inside = list(found[waiting : bisect_left(found, end, waiting, key=START)])
            if inside[-1].end > end:
                # The last run reaches beyond the element: what belongs to that one is cut off first.
                node, rest = _cut(node, inside.pop().start - position)
                queue.appendleft(rest)
            placed.append(replace(node, children=_placed(node.children, inside, position, depth)))
            position += _length(node)
        elif node.kind is InlineKind.TEXT:
            queue.extendleft(reversed(list(_pieces(node, position, islice(found, waiting, None)))))
        else:
            # An element that a run begins in and leaves, or that it ends in.
            at = run.start if run.start > position else run.end
            queue.extendleft(reversed(_cut(node, at - position)))
    return tuple(placed)


def _pieces(node: Inline, position: int, found: Iterable[Run]) -> Iterator[Inline]:
    """Yield a text, which begins at ``position``, in the pieces that runs cut it into."""
    start, length = 0, len(node.text)
    for place in (edge - position for run in found for edge in (run.start, run.end)):
        if place >= length:
            break
        if place > start:
            yield replace(node, text=node.text[start:place])
            start = place
    yield replace(node, text=node.text[start:])


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
        own = next(row.tag for row in LANGUAGES.values() if row.direction == run.direction)
        attributes["lang"] = ARABIC if FORMULA.fullmatch(text) else own
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
