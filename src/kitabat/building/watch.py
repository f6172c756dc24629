"""Workers of a cluster that are at a load: who says nothing for long is given up, having been stopped or cut off."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

PING, SILENCE = 15, 60
"""Seconds after which a worker at one load is asked whether it is there, and after which it is given up if it has not
said so: a scheduler takes minutes to drop it."""
T = TypeVar("T")


@dataclass(slots=True)
class _Seen:
    """What is known of a worker."""

    load: Future[Any]
    since: float
    """When it was last known to be there."""
    ping: Future[bool] | None = None


class Watch:
    """Asks workers that take long, and never waits for what they say."""

    def __init__(self, ask: Callable[[str], bool]) -> None:
        """``ask`` tells whether a worker is there; it may raise anything, and may never end."""
        self._ask = ask
        self._seen: dict[str, _Seen] = {}

    def begin(self, address: str, load: Future[Any]) -> None:
        """Watch a worker until its load is done."""
        self._seen[address] = _Seen(load, time.monotonic())

    def end(self, address: str) -> None:
        """Watch it no more."""
        self._seen.pop(address, None)

    def silent(self) -> set[str]:
        """Return the workers that have not said for long that they are there; ask those that have not for a while."""
        now, silent = time.monotonic(), set[str]()
        for address, seen in self._seen.items():
            if seen.load.done():
                continue
            if seen.ping and seen.ping.done():
                seen.since = now if not seen.ping.exception() and seen.ping.result() else seen.since
                seen.ping = None
            if now - seen.since > SILENCE:
                silent.add(address)
            elif now - seen.since > PING and not seen.ping:
                seen.ping = background(partial(self._ask, address))
        return silent


def background(call: Callable[[], T]) -> Future[T]:
    """Return the future of a call in a thread of its own, which keeps nobody from ending.

    The library waits for ever for whoever listens and speaks another language, or has been stopped.

    >>> background(lambda: 1).result(9)
    1
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as fault:  # noqa: BLE001 - raised where the result is asked for
            future.set_exception(fault)

    threading.Thread(target=run, daemon=True).start()
    return future
