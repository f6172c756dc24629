"""From levels to the order on a line."""

from __future__ import annotations

import itertools
from collections.abc import Sequence


def visual_order(depths: Sequence[int]) -> list[int]:
    """Return the places of characters from left to right (UAX #9, L2).

    >>> visual_order((0, 1, 1, 2, 2, 0))
    [0, 3, 4, 2, 1, 5]
    """
    places = list(range(len(depths)))
    for depth in range(max(depths, default=0), 0, -1):
        start = 0
        for is_deep, run in itertools.groupby(places, lambda place: depths[place] >= depth):  # noqa: B023 - used at once
            size = len(list(run))
            if is_deep:
                places[start : start + size] = places[start : start + size][::-1]
            start += size
    return places
