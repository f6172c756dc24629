"""How often Python looks for what only refers to itself, while a PDF is made.

It does so whenever a few hundred objects more were made than freed, and a document on its pages is hundreds of
thousands that all stay. One tenth of the time went into looking at them again and again.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

SELDOM = 60_000
"""Objects; Python's own figure is 700. What waits to be found is some thirty megabytes at most.

A document of ten pages is done before Python looks for the first time, and goes as a whole; with a third of the figure
it was looked through three times, and what stayed of it waited for the next.
"""


@contextlib.contextmanager
def seldom_collected() -> Iterator[None]:
    """Let Python look less often, and as before once all is done."""
    before = gc.get_threshold()
    if before[0]:
        gc.set_threshold(max(SELDOM, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
