"""How alike two texts are, and which of two rows of texts belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

LONGEST_TABLE = 40_000
"""Pairs that are weighed in order; beyond, only the likeliest are taken."""


class Profile(NamedTuple):
    """What comparison needs of a text: its runs of three characters, counted."""

    runs: Counter[str]
    total: int


def profile(text: str) -> Profile:
    """Return the profile of a text; case and white space do not count."""
    plain = f" {' '.join(text.lower().split())} "
    runs = Counter(plain[place : place + 3] for place in range(max(1, len(plain) - 2)))
    return Profile(runs, runs.total())


def similarity(one: Profile, other: Profile) -> float:
    """Return the share of runs that both have: 1.0 for the same text, 0.0 for nothing in common.

    >>> round(similarity(profile("A summit in 2019."), profile("The summit in 2019.")), 2)
    0.83
    """
    small, large = sorted((one, other), key=len_of)
    shared = sum(min(count, large.runs[run]) for run, count in small.runs.items() if run in large.runs)
    return 2 * shared / (one.total + other.total)


def contained(piece: Profile, whole: Profile) -> float:
    """Return the share of a piece's runs that a whole has.

    >>> contained(profile("day"), profile("One day they met"))
    1.0
    """
    return sum(min(count, whole.runs[run]) for run, count in piece.runs.items() if run in whole.runs) / piece.total


def len_of(text: Profile) -> int:
    """Return how many different runs a text has."""
    return len(text.runs)


def aligned(weights: Sequence[Mapping[int, float]], columns: int) -> list[tuple[int, int]]:
    """Pair rows with columns so that the weights add up to most; what has no weight is no pair.

    First in order (no two pairs cross), then the likeliest of what is left. Each row and column is in one pair at most.

    >>> aligned([{0: 0.9}, {0: 0.8, 1: 0.7}], 2)
    [(0, 0), (1, 1)]
    >>> aligned([{1: 0.9}, {0: 0.6}], 2)
    [(0, 1), (1, 0)]
    """
    pairs = _in_order(weights, columns) if len(weights) * columns <= LONGEST_TABLE else []
    used_rows, used_columns = {row for row, _ in pairs}, {column for _, column in pairs}
    rest = sorted((-weight, row, column) for row, line in enumerate(weights) for column, weight in line.items())
    for _, row, column in rest:
        if row not in used_rows and column not in used_columns:
            used_rows.add(row)
            used_columns.add(column)
            pairs.append((row, column))
    return sorted(pairs)


def _in_order(weights: Sequence[Mapping[int, float]], columns: int) -> list[tuple[int, int]]:
    """Return the pairs of greatest weight that do not cross, by dynamic programming from the end."""
    rows = len(weights)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            skip = max(best[row + 1][column], best[row][column + 1])
            weight = weights[row].get(column)
            best[row][column] = skip if weight is None else max(skip, weight + best[row + 1][column + 1])
    pairs = []
    row = column = 0
    while row < rows and column < columns:
        weight = weights[row].get(column)
        if weight is not None and best[row][column] == weight + best[row + 1][column + 1]:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs
