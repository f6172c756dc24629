"""The progress of a build in a log: whole lines, one an edition where there are few, else one now and then."""

from __future__ import annotations

import time
from collections.abc import Callable

from kitabat.building.events import Failed, Finished
from kitabat.cli.console import Console, plural
from kitabat.cli.tally import Tally, rough, took
from kitabat.publishing.events import Event, Held

FEW = 40
"""Editions of which each has its line."""
SHARE = 0.05
"""Of many editions, how much goes on from one line to the next."""
SILENCE = 60.0
"""Seconds after which there is a line in any case: services end what says nothing for long."""


class Steps:
    """Prints lines to standard error; nothing where nothing has to be made."""

    def __init__(self, console: Console, tally: Tally, clock: Callable[[], float] = time.monotonic) -> None:
        self.console = console
        self.tally = tally
        self.clock = clock
        self._next = 0.0
        """How many editions must be settled before the next line."""
        self._said = clock()

    def __call__(self, event: Event) -> None:
        """Say what there is to say of an event that the tally has taken in."""
        if isinstance(event, Held):
            self._say(self.tally.waiting)
        if not isinstance(event, Finished | Failed):
            return
        piece, tally = self.tally.pieces[event.name], self.tally
        if not tally.editions:
            self._now_and_then(f"Read {tally.read} of {plural(tally.articles, 'article')}", tally.read, tally.articles)
        elif not piece.is_edition:
            return
        elif tally.editions <= FEW:
            verb = "made" if isinstance(event, Finished) else "failed"
            self._say(f"[{tally.done}/{tally.editions}] {verb} {event.name} ({took(event.seconds)})")
        else:
            left = f", {rough(tally.left)} left" if tally.left and tally.running else ""
            self._now_and_then(f"[{tally.done}/{tally.editions}] editions{left}", tally.done, tally.editions)

    def _now_and_then(self, text: str, done: int, whole: int) -> None:
        if whole > FEW and (done >= self._next or done == whole or self.clock() - self._said > SILENCE):
            self._say(text)
            self._next = done + whole * SHARE if done < whole else 0.0

    def _say(self, text: str) -> None:
        self._said = self.clock()
        self.console.remark(text)
