"""How often Python looks for circles of garbage while it builds."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLD = (200_000, 20, 50)
"""Of the garbage collector: a twentieth of its work at Python's own thresholds, for a seventh more memory."""


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Look for circles of garbage less often: the thousands of values that tasks keep are gone through each time."""
    before = gc.get_threshold()
    gc.set_threshold(*THRESHOLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)
