"""Two articles laid side by side: sections first, then the blocks in each, then what the blocks hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kitabat.catalogs.adoption.lattice import NEVER, Step, laid
from kitabat.catalogs.adoption.likelihood import JOINABLE, OUTLIER, Likelihood
from kitabat.catalogs.adoption.traits import conflict
from kitabat.catalogs.adoption.tree import FRONT_MATTER, HEADING, NOTE, NOTES, SECTION, Node, block, joined

CERTAIN = 0.98
"""Of all ways to lay the two texts side by side, each by its likelihood, the share that must have a pair in common."""
BESIDE_A_GAP = 1.0
"""Standard deviations of length that are too many beside a text that is left over: a pair may hold that one too."""
NEIGHBOURS = 2
"""Steps from a gap that are beside it."""


class Sureness(NamedTuple):
    """How certain the blocks around a pair are, and whether something beside it is left over, in either text."""

    certainty: float = 1.0
    ours_left: bool = False
    theirs_left: bool = False
    section_left: bool = False
    """A whole section beside it is left over, whose heading may have stayed behind."""


@dataclass(frozen=True, slots=True)
class Match:
    """What of one text stands for what of the other: texts, or whole blocks that the other has nothing for."""

    sources: tuple[Node, ...]
    targets: tuple[Node, ...]
    doubt: str = ""
    """Why the pair is not certain; empty where it is."""
    before: tuple[Node | None, Node | None] = (None, None)
    """What stands before it in either text, for a side that is empty."""

    @property
    def is_pair(self) -> bool:
        """True where both sides have something."""
        return bool(self.sources and self.targets)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two articles side by side."""

    matches: tuple[Match, ...]
    """In reading order."""
    named: tuple[tuple[Node, Node], ...]
    """The sections and footnotes that are pairs."""


def align(source: Node, target: Node) -> Alignment:
    """Return which text of an article is which of another; both are trees of whole articles.

    Invariants: each text of both is in one match, as itself or within a block that is in one; two texts of a pair
    are of one kind, in blocks of the same kinds; pairs of one block never cross.
    """
    first = _aligned(Likelihood(source, target), source, target)
    # What one of the two leaves out counts in the lengths of the wholes, not in those of the pairs.
    pairs = [match for match in first.matches if match.is_pair]
    ours = sum(node.traits.length for match in pairs for node in match.sources)
    theirs = sum(node.traits.length for match in pairs for node in match.targets)
    return _aligned(Likelihood(source, target, theirs / ours), source, target) if ours and theirs else first


def _aligned(likelihood: Likelihood, source: Node, target: Node) -> Alignment:
    aligner = _Aligner(likelihood)
    return Alignment(tuple(aligner.article(source, target)), tuple(aligner.named))


class _Aligner:
    """The walk down two trees."""

    def __init__(self, likelihood: Likelihood) -> None:
        self.likelihood = likelihood
        self.last: tuple[Node | None, Node | None] = (None, None)
        self.named: list[tuple[Node, Node]] = []

    def article(self, source: Node, target: Node) -> Iterator[Match]:
        for kind in (FRONT_MATTER, SECTION, NOTES):
            rows = [node for node in source.children if node.kind == kind]
            columns = [node for node in target.children if node.kind == kind]
            yield from self.rows(rows, columns, Sureness())

    def rows(self, rows: Sequence[Node], columns: Sequence[Node], sure: Sureness) -> Iterator[Match]:
        """Yield the matches of two rows of siblings and of all below them."""
        steps = self.laid(rows, columns)
        for number, step in enumerate(steps):
            ours = tuple(rows[place] for place in step.rows)
            theirs = tuple(columns[place] for place in step.columns)
            yield from self.pair(ours, theirs, _beside(steps, number, sure, (rows, columns)))

    def laid(self, rows: Sequence[Node], columns: Sequence[Node]) -> list[Step]:
        """Return the likeliest way to take two rows side by side."""
        whole: dict[tuple[int, int, bool], Node] = {}

        def one(nodes: Sequence[Node], start: int, end: int, *, theirs: bool) -> Node:
            if end - start == 1:
                return nodes[start]
            if (start, end, theirs) not in whole:
                whole[start, end, theirs] = joined(nodes[start:end])
            return whole[start, end, theirs]

        def weigh(start: int, end: int, first: int, last: int) -> float:
            kinds = {node.kind for node in (*rows[start:end], *columns[first:last])}
            if len(kinds) > 1 or (end - start + last - first > 2 and kinds.isdisjoint(JOINABLE)):
                return NEVER
            return self.likelihood.of(one(rows, start, end, theirs=False), one(columns, first, last, theirs=True))

        return laid(len(rows), len(columns), weigh)

    def pair(self, ours: tuple[Node, ...], theirs: tuple[Node, ...], sure: Sureness) -> Iterator[Match]:
        """Yield the matches of what is taken together, and of all below."""
        if not ours or not theirs:
            if any(True for node in (*ours, *theirs) for _ in node.texts):
                yield self.told(ours, theirs, "")
            return
        if not any(node.children for node in (*ours, *theirs)):
            yield from self.texts(ours, theirs, sure)
            return
        source, target = joined(ours), joined(theirs)
        if source.kind in (SECTION, NOTE) and len(ours) == len(theirs) == 1:
            self.named.append((source, target))
        if source.kind == "table":
            yield from self.table(source, target, sure)
        else:
            yield from self.rows(source.children, target.children, sure)

    def texts(self, ours: tuple[Node, ...], theirs: tuple[Node, ...], sure: Sureness) -> Iterator[Match]:
        """Yield the match of texts; code and empty cells are none, and stand for no text."""
        ours, theirs = (tuple(node for node in side if node.key) for side in (ours, theirs))
        if ours or theirs:
            yield self.told(ours, theirs, self.doubt(ours, theirs, sure) if ours and theirs else "")

    def told(self, ours: tuple[Node, ...], theirs: tuple[Node, ...], doubt: str) -> Match:
        """Return a match, and keep in mind where it ends."""
        match = Match(ours, theirs, doubt, self.last)
        self.last = (ours[-1] if ours else self.last[0], theirs[-1] if theirs else self.last[1])
        return match

    def doubt(self, ours: tuple[Node, ...], theirs: tuple[Node, ...], sure: Sureness) -> str:
        """Return why a pair of texts is not certain."""
        if len(ours) > 1 or len(theirs) > 1:
            return f"{_counted(ours)} became {_counted(theirs)}"
        source, target = ours[0], theirs[0]
        if found := conflict(source.traits, target.traits):
            return found
        if source.detail != target.detail:
            return f"the {source.kind} is of another level"
        longer = self.likelihood.deviations(source.traits, target.traits)
        if abs(longer) > OUTLIER:
            return "the lengths differ far"
        if (sure.ours_left and longer > BESIDE_A_GAP) or (sure.theirs_left and longer < -BESIDE_A_GAP):
            return "it may hold the text of a neighbour too"
        if source.kind == HEADING and sure.section_left and not self.likelihood.kept(source) & target.traits.found:
            return "it may be the heading of a section beside it"
        if sure.certainty < CERTAIN:
            return "it may be the translation of a neighbour"
        return ""

    def table(self, source: Node, target: Node, sure: Sureness) -> Iterator[Match]:
        """Yield the matches of two tables: rows by what is in them, cells by their columns."""
        columns = {theirs: (ours, share) for ours, theirs, share in self.columns(source, target)}
        steps = self.laid(source.children, target.children)
        for number, step in enumerate(steps):
            ours = tuple(source.children[place] for place in step.rows)
            theirs = tuple(target.children[place] for place in step.columns)
            around = _beside(steps, number, sure, (source.children, target.children))
            if len(ours) == len(theirs) == 1:
                yield from self.cells(ours[0], theirs[0], columns, around)
            else:
                yield from self.pair(ours, theirs, around)

    def cells(
        self, row: Node, other: Node, columns: Mapping[int, tuple[int, float]], sure: Sureness
    ) -> Iterator[Match]:
        """Yield the matches of two rows of tables."""
        used: set[int] = set()
        for number, cell in enumerate(other.children):
            place, share = columns.get(number, (len(row.children), 1.0))
            used.add(place)
            ours = row.children[place : place + 1]
            yield from self.pair(ours, (cell,), sure._replace(certainty=min(sure.certainty, share)))
        for number, cell in enumerate(row.children):
            if number not in used:
                yield from self.pair((cell,), (), sure)

    def columns(self, source: Node, target: Node) -> Iterator[tuple[int, int, float]]:
        """Yield which column of a table is which of the other: in order, where there are as many."""
        ours, theirs = _columns(source), _columns(target)
        if len(ours) == len(theirs):
            yield from ((number, number, 1.0) for number in range(len(ours)))
            return
        for step in self.laid(ours, theirs):
            if step.rows and step.columns:
                yield step.rows[0], step.columns[0], step.certainty


def _beside(
    steps: Sequence[Step], number: int, around: Sureness, texts: tuple[Sequence[Node], Sequence[Node]]
) -> Sureness:
    """Return how certain a step is, and what beside it is left over that it could hold too."""
    near = [*steps[max(0, number - NEIGHBOURS) : number], *steps[number + 1 : number + 1 + NEIGHBOURS]]
    rows, columns = texts
    ours = any(not step.columns and rows[step.rows[0]].kind in JOINABLE for step in near)
    theirs = any(not step.rows and columns[step.columns[0]].kind in JOINABLE for step in near)
    certainty = min(around.certainty, steps[number].certainty)
    section = any(side and side[0].kind == SECTION for side in texts) and any(
        not step.rows or not step.columns for step in near
    )
    return Sureness(certainty, around.ours_left or ours, around.theirs_left or theirs, around.section_left or section)


def _columns(table: Node) -> list[Node]:
    """Return the columns of a table as nodes."""
    width = max((len(row.children) for row in table.children), default=0)
    columns = [
        [row.children[number] for row in table.children if number < len(row.children)] for number in range(width)
    ]
    return [block("column", cells, cells[0].location) for cells in columns]


def _counted(nodes: tuple[Node, ...]) -> str:
    """Return how many there are.

    >>> from kitabat.model.diagnostic import Location
    >>> from kitabat.catalogs.adoption.traits import Traits
    >>> _counted((Node("list item", Traits(), Location("a.md")),) * 2)
    'two list items'
    """
    kind = nodes[0].kind
    return f"one {kind}" if len(nodes) == 1 else f"two {kind}s"
