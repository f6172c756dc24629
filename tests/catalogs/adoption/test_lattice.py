"""Two rows laid side by side."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kitabat.catalogs.adoption.lattice import LEEWAY, NEVER, laid


@settings(deadline=None)
@given(st.integers(0, 12), st.integers(0, 12), st.randoms(use_true_random=False))
def test_every_place_is_taken_once_in_order(rows: int, columns: int, chance: Random) -> None:
    weights = {(row, column): chance.uniform(-9, 9) for row in range(rows) for column in range(columns)}
    steps = laid(rows, columns, lambda row, _, column, __: weights[row, column])
    assert [place for step in steps for place in step.rows] == list(range(rows))
    assert [place for step in steps for place in step.columns] == list(range(columns))
    assert all(0 <= step.certainty <= 1 for step in steps)


def test_equals_share_the_certainty() -> None:
    steps = laid(3, 2, lambda a, b, c, d: 2.0 if b - a == d - c == 1 else NEVER)
    assert sum(bool(step.rows and step.columns) for step in steps) == 2
    assert max(step.certainty for step in steps) < 0.7


def test_what_cannot_be_a_pair_is_none() -> None:
    steps = laid(2, 2, lambda *_: NEVER)
    assert [(len(step.rows), len(step.columns)) for step in steps].count((1, 1)) == 0


@pytest.mark.parametrize(("rows", "columns"), [(400, 400), (1, 300), (300, 1), (0, 5), (5, 0), (0, 0)])
def test_long_rows_are_looked_at_near_the_straight_line(rows: int, columns: int) -> None:
    asked = []

    def weigh(row: int, below: int, column: int, beside: int) -> float:
        asked.append((row, column))
        return 1.0 if row == column and below - row == beside - column == 1 else NEVER

    steps = laid(rows, columns, weigh)
    assert sum(bool(step.rows and step.columns) for step in steps) == min(rows, columns)
    assert len(asked) <= 3 * rows * (2 * (LEEWAY + abs(rows - columns)) + 1)
