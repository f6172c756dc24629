"""How much work a call does, counted, not timed: the same number on every machine, however busy it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

TIMES = 8
SQUARE = TIMES * TIMES
ENOUGH = 2 * TIMES


def steps(call: Callable[[], object]) -> int:
    """Return how many lines of Python a call runs, its callees' among them."""
    count = 0

    def line(_frame: FrameType, _event: str, _argument: Any) -> Any:
        nonlocal count
        count += 1
        return line

    before = sys.gettrace()
    sys.settrace(lambda _frame, _event, _argument: line)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def assert_linear(few: Callable[[], object], many: Callable[[], object]) -> None:
    """Fail where eight times the input is not about eight times the work; a square would be 64 times."""
    base, grown = steps(few), steps(many)
    assert base > 0
    assert grown < ENOUGH * base < SQUARE * base
