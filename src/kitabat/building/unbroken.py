"""Steps that Ctrl-C does not come between: it is held back until they are done, a few thousandths of a second."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Handler = Callable[[int, FrameType | None], object]


@contextmanager
def unbroken() -> Iterator[None]:
    """Hold back what signals raise in this process; the first that came is raised at the end.

    A process that is killed is killed all the same: what is done in here must be such that somebody can go on with it.
    Signals are raised in the main thread alone, and in any other there is nothing to hold back.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[tuple[int, FrameType | None]] = []
    before: dict[int, Handler] = {}
    try:
        for number in map(int, NUMBERS):
            handler = signal.getsignal(number)
            if callable(handler):
                before[number] = handler
                signal.signal(number, lambda *what: came.append(what))
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if came:
            before[came[0][0]](*came[0])
