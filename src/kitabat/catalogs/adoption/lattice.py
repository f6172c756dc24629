"""Two rows of things laid side by side in order: the likeliest way, and how likely each of its pairs is."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

MOVES: Mapping[tuple[int, int], float] = {
    (1, 1): math.log(0.92),
    (1, 0): math.log(0.02),
    (0, 1): math.log(0.02),
    (2, 1): math.log(0.01),
    (1, 2): math.log(0.01),
}
"""How many of each row a step takes, and how often translators do that; the first of equals is taken."""
LEEWAY = 60
"""How far a step may be off the straight line, beside what the rows differ in length."""
NEVER = -math.inf

Weigh = Callable[[int, int, int, int], float]
"""Start and end in the first row, start and end in the second: how much likelier the two are one another's than any
two things are, as a logarithm; ``NEVER`` for what cannot be a pair. It is asked only where both are not empty."""


class Step(NamedTuple):
    """What is taken from each row together; one of the two may be empty."""

    rows: range
    columns: range
    certainty: float
    """From 0 to 1: the share of this step in all ways to lay the two rows side by side, each by its likelihood."""


class _Lattice:
    """The steps that there are, each with its weight, by the place where it begins."""

    def __init__(self, rows: int, columns: int, weigh: Weigh) -> None:
        self.rows, self.columns = rows, columns
        self.reach = LEEWAY + abs(rows - columns)
        self.steps: dict[tuple[int, int], list[tuple[int, int, float]]] = {}
        for row in range(rows + 1):
            for column in self.near(row):
                self.steps[row, column] = list(self._from(row, column, weigh))

    def near(self, row: int) -> range:
        """Return the places in the second row that are looked at beside one in the first."""
        middle = row * self.columns // max(1, self.rows)
        return range(max(0, middle - self.reach), min(self.columns, middle + self.reach) + 1)

    def _from(self, row: int, column: int, weigh: Weigh) -> Sequence[tuple[int, int, float]]:
        found = []
        for (down, right), usual in MOVES.items():
            below, beside = row + down, column + right
            if below > self.rows or beside not in self.near(below):
                continue
            weight = usual + (weigh(row, below, column, beside) if down and right else 0.0)
            if weight > NEVER:
                found.append((below, beside, weight))
        return found


def laid(rows: int, columns: int, weigh: Weigh) -> list[Step]:
    """Return the likeliest way to take two rows to their ends, step by step.

    The steps hold every place of both rows once, in order.

    >>> alike = {(0, 0), (1, 2)}
    >>> for step in laid(2, 3, lambda a, b, c, d: 5.0 if b - a == d - c == 1 and (a, c) in alike else NEVER):
    ...     print(list(step.rows), list(step.columns), round(step.certainty, 2))
    [0] [0] 1.0
    [] [1] 1.0
    [1] [2] 1.0
    """
    lattice = _Lattice(rows, columns, weigh)
    end = (rows, columns)
    best, total = {end: (0.0, end)}, {end: 0.0}
    for place in sorted(lattice.steps, reverse=True):
        found = [(weight, (row, column)) for row, column, weight in lattice.steps[place] if (row, column) in best]
        if found:
            best[place] = max(((weight + best[to][0], to) for weight, to in found), key=lambda pair: pair[0])
            total[place] = _sum([weight + total[to] for weight, to in found])
    reached = _reached(lattice)
    steps, place = [], (0, 0)
    while place != end:
        to = best[place][1]
        weight = next(weight for row, column, weight in lattice.steps[place] if (row, column) == to)
        share = reached[place] + weight + total[to] - total[0, 0]
        steps.append(Step(range(place[0], to[0]), range(place[1], to[1]), math.exp(min(0.0, share))))
        place = to
    return steps


def _reached(lattice: _Lattice) -> dict[tuple[int, int], float]:
    """Return the likelihood of all ways from the beginning to each place, as logarithms."""
    ways: dict[tuple[int, int], list[float]] = {(0, 0): [0.0]}
    reached: dict[tuple[int, int], float] = {}
    for place in sorted(lattice.steps):
        if place not in ways:
            continue
        reached[place] = _sum(ways.pop(place))
        for row, column, weight in lattice.steps[place]:
            ways.setdefault((row, column), []).append(reached[place] + weight)
    return reached


def _sum(logarithms: Sequence[float]) -> float:
    """Return the logarithm of the sum of what has these logarithms."""
    most = max(logarithms)
    return most + math.log(sum(math.exp(each - most) for each in logarithms))
