"""Whether words of a PDF have changed places, in whatever order a reader takes them from their lines.

PDFium turns some lines round, and lines end where there is room: that two words of the document are no neighbours in
the PDF says little. That their neighbours stand beside others instead says that one of them was moved.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import NamedTuple

from kitabat.rendering.pdf.extract import Extract, Place, is_urdu

Pair = frozenset[str]
"""Two neighbours, whichever comes first."""
LEAST_ALONE = 0.5
"""Share of neighbours that stand beside each other once in the document, as most do in prose."""
ENOUGH = 5
"""Neighbours that must be known of a page, to tell where it belongs."""


class Move(NamedTuple):
    """Words that do not stand where the document has them."""

    place: Place
    first: int
    """Of the document's words."""
    last: int


def moved(wanted: Sequence[str], around: Sequence[str], found: Extract, *, two_ways: bool) -> Iterator[Move]:
    """Yield the words that have changed places, and the pages that have; ``wanted`` as of `proof.steady`.

    ``around`` are those of its margins, ``two_ways`` tells that a language may be filed from its last page.
    """
    neighbours = Neighbours.of(wanted, around, found)
    end = 0
    for number in () if neighbours.poor else range(len(wanted)):
        move = neighbours.exchanged(number) or neighbours.replaced(number)
        if move and move.first >= end:
            end = move.last
            yield move
    yield from neighbours.pages(two_ways=two_ways)


def _pair(one: str, other: str) -> Pair | None:
    """Return two words as neighbours, where they keep their places whatever a reader turns round."""
    return Pair((one, other)) if one and other and one != other and is_urdu(one) == is_urdu(other) else None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Which words stand beside which, in the document and in the PDF."""

    wanted: Sequence[str]
    there: Counter[Pair]
    """In the document."""
    beside: Counter[Pair]
    """In lines of the PDF."""
    across: Counter[Pair]
    """At ends of lines that follow one another."""
    places: dict[Pair, Place]
    known: dict[str, set[str]]
    """The neighbours of each word in the PDF."""
    around: frozenset[Pair]
    """In what stands in the margins of some pages."""

    @classmethod
    def of(cls, wanted: Sequence[str], around: Sequence[str], found: Extract) -> Neighbours:
        """Return the neighbours of a document and of its PDF."""
        beside: Counter[Pair] = Counter()
        across: Counter[Pair] = Counter()
        places: dict[Pair, Place] = {}
        known: dict[str, set[str]] = defaultdict(set)
        there = Counter(pair for pair in (_pair(*two) for two in pairwise(wanted)) if pair)
        lines = [(place, said) for place, said in found.lines if said]
        for place, said in lines:
            for two in pairwise(said):
                if pair := _pair(*two):
                    beside[pair] += 1
                    places.setdefault(pair, place)
                    known[two[0]].add(two[1])
                    known[two[1]].add(two[0])
        for (_, one), (_, other) in pairwise(lines):
            ends = product({one[0], one[-1]}, {other[0], other[-1]})
            across.update({pair for pair in (_pair(*two) for two in ends) if pair})
        margins = frozenset(pair for pair in (_pair(*two) for two in pairwise(around)) if pair)
        return cls(wanted, there, beside, across, places, known, margins)

    @property
    def poor(self) -> bool:
        """Tell whether the document has so few words that its neighbours come again and again, and tell no place."""
        alone = sum(number == 1 for number in self.there.values())
        return alone < LEAST_ALONE * self.there.total()

    def exchanged(self, number: int) -> Move | None:
        """Return the move where a word and the next have changed places, or None.

        Each of them stands beside the other's neighbour, at both sides unless a block or a number ends there.
        """
        before, one, other, after = (self._word(number + step) for step in (-1, 0, 1, 2))
        if not _pair(one, other):
            return None
        sides = []
        for outer, lost, gained in ((before, one, other), (after, other, one)):
            wanted, odd = _pair(outer, lost), _pair(outer, gained)
            if not wanted or not odd:
                continue
            if not self._lacks(wanted) or not self._is_odd(odd):
                return None
            sides.append(self.places[odd])
        return Move(min(sides), number - bool(before), number + 1 + bool(after)) if sides else None

    def replaced(self, number: int) -> Move | None:
        """Return the move where another word stands between a word's neighbours, or none at all; or None."""
        before, word, after = (self._word(number + step) for step in (-1, 0, 1))
        left, right = _pair(before, word), _pair(word, after)
        if not left or not right or left == right or not self._lacks(left) or not self._lacks(right):
            return None
        bare = _pair(before, after)
        if bare and self._is_odd(bare):
            return Move(self.places[bare], number - 1, number + 1)
        for other in sorted(self.known.get(before, set()) & self.known.get(after, set())):
            pairs = _pair(before, other), _pair(other, after)
            if all(pair and self._is_odd(pair) for pair in pairs):
                return Move(min(self.places[pair] for pair in pairs if pair), number - 1, number + 1)
        return None

    def pages(self, *, two_ways: bool) -> Iterator[Move]:
        """Yield what stands on a page whose words all come before those of the page before it."""
        numbers: dict[bool, dict[int, list[int]]] = {True: defaultdict(list), False: defaultdict(list)}
        for number, two in enumerate(pairwise(self.wanted)):
            pair = _pair(*two)
            if pair and self.there[pair] == 1 == self.beside[pair]:
                numbers[is_urdu(two[0])][self.places[pair].page].append(number)
        for pages in numbers.values():
            spans = [(page, min(own), max(own)) for page, own in sorted(pages.items()) if len(own) >= ENOUGH]
            onward = [other for one, other in pairwise(spans) if one[2] < other[1]]
            back = [other for one, other in pairwise(spans) if other[2] < one[1]]
            for page, first, last in min(onward, back, key=len) if two_ways else back:
                yield Move(Place(page, 1), first, last)

    def _word(self, number: int) -> str:
        return self.wanted[number] if 0 <= number < len(self.wanted) else ""

    def _lacks(self, pair: Pair) -> bool:
        """Tell whether the document has two words beside each other more often than the PDF."""
        return self.beside[pair] + self.across[pair] < self.there[pair]

    def _is_odd(self, pair: Pair) -> bool:
        """Tell whether two words stand beside each other in the PDF, and nowhere in the document or its margins."""
        return self.beside[pair] > 0 and pair not in self.there and pair not in self.around
