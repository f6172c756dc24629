"""How long a build has yet to go: by what tasks of each kind have taken, in this build and in those before."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import msgspec

from kitabat.building.store import make_room
from kitabat.replacing import replace

PACE = "pace.json"
"""In a cache's folder."""
FADING = 0.5
"""What a build counts for when the next one is over."""
DOUBT = 2.0
"""Seconds of work that are to be done before this build's own speed counts as much as that of those before."""


Line = tuple[float, float]
"""Seconds of any task of a kind, and those of each unit of its weight."""


class Pace(msgspec.Struct):
    """What tasks of one kind have taken: sums for a line through weights and seconds, newer builds counting more."""

    count: float = 0.0
    weight: float = 0.0
    seconds: float = 0.0
    squares: float = 0.0
    """Of weights."""
    products: float = 0.0
    """Of weights and seconds."""

    def learn(self, weight: float, seconds: float) -> None:
        """Take one task in."""
        self.count += 1
        self.weight += weight
        self.seconds += seconds
        self.squares += weight * weight
        self.products += weight * seconds

    def faded(self, newer: Pace) -> Pace:
        """Return what is known after a build has learned something; what has faded away counts no more."""
        share = FADING if newer.count else 1.0
        names = self.__struct_fields__
        return Pace(*(share * getattr(self, name) + getattr(newer, name) for name in names))

    def line(self) -> Line:
        """Return the seconds of any task, and those of each unit of its weight; neither is below nought.

        >>> pace = Pace()
        >>> for weight, seconds in ((10, 2.0), (30, 3.0), (50, 4.0)):
        ...     pace.learn(weight, seconds)
        >>> pace.line()
        (1.5, 0.05)
        """
        spread = self.count * self.squares - self.weight**2
        if spread <= 1e-9 * self.count * self.squares:
            # All of one weight, or one alone: a line through nought.
            return (0.0, self.seconds / self.weight) if self.weight else (self.seconds / self.count, 0.0)
        slope = (self.count * self.products - self.weight * self.seconds) / spread
        fixed = (self.seconds - slope * self.weight) / self.count
        if slope < 0:
            return self.seconds / self.count, 0.0
        return (fixed, slope) if fixed >= 0 else (0.0, self.products / self.squares)


@dataclass(slots=True)
class Work:
    """A task that is yet to be done, or being done."""

    kind: str
    weight: float
    since: float = 0.0
    """When it was begun."""


class Forecast:
    """Knows what is yet to be done, and says how long that may take."""

    def __init__(
        self,
        known: Mapping[str, Pace],
        lanes: int,
        usual: Mapping[str, Line] = MappingProxyType({}),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``known`` is the pace of former builds by kinds of tasks, ``lanes`` how many tasks are done at once.

        ``usual`` is what tasks take where there was no build yet, on some machine.
        """
        self.known = known
        self.lanes = lanes
        self.lines = {**usual, **{kind: pace.line() for kind, pace in known.items() if pace.count}}
        self.clock = clock
        self.fresh: dict[str, Pace] = {}
        self.open: dict[str, Work] = {}
        self._waiting: dict[str, tuple[int, float]] = {}
        """How many of each kind are not begun, and their weight together: time is told without asking each."""
        self._running: dict[str, Work] = {}
        self._taken = self._foreseen = 0.0

    def expect(self, name: str, kind: str, weight: float) -> None:
        """Count a task among those that are to be done."""
        if name not in self.open:
            self.open[name] = Work(kind, weight)
            self._count(self.open[name], 1)

    def drop(self, name: str) -> Work | None:
        """Count a task no more: it is done, or need not be."""
        work = self.open.pop(name, None)
        if work and not self._running.pop(name, None):
            self._count(work, -1)
        return work

    def begin(self, name: str) -> None:
        """Note that a task is being done; also once more, where it is begun again."""
        work = self.open.get(name)
        if work:
            if name not in self._running:
                self._count(work, -1)
            work.since = self.clock()
            self._running[name] = work

    def end(self, name: str, seconds: float, *, failed: bool = False) -> None:
        """Learn from a task that is over; one that has failed may have taken any time."""
        work = self.drop(name)
        if work is None or failed:
            return
        if work.kind in self.lines:
            self._taken += seconds
            self._foreseen += _time(self.lines[work.kind], 1, work.weight)
        self.fresh.setdefault(work.kind, Pace()).learn(work.weight, seconds)

    def left(self) -> float | None:
        """Return the seconds until all that is expected is done; None where there is nothing to judge by."""
        now = self.clock()
        speed = self._speed(now)
        lines = {
            kind: self._line(kind, speed) for kind in (*self._waiting, *(one.kind for one in self._running.values()))
        }
        if None in lines.values():
            return None
        known = {kind: line for kind, line in lines.items() if line}
        needs = []
        for work in self._running.values():
            whole, passed = _time(known[work.kind], 1, work.weight), now - work.since
            # What takes longer than was foreseen may take as long again as it is late by.
            needs.append(abs(whole - passed))
        rest = sum(_time(known[kind], count, weight) for kind, (count, weight) in self._waiting.items())
        return max((rest + sum(needs)) / self.lanes, *needs, 0.0)

    def _speed(self, now: float) -> float:
        """Return how many times longer tasks take in this build than is known; those that are late count too."""
        taken, foreseen = self._taken + DOUBT, self._foreseen + DOUBT
        for work in self._running.values():
            whole = _time(self.lines.get(work.kind, (0.0, 0.0)), 1, work.weight)
            if 0 < whole < now - work.since:
                taken, foreseen = taken + now - work.since, foreseen + whole
        return taken / foreseen

    def paces(self) -> dict[str, Pace]:
        """Return what the next build is to know."""
        kinds = {*self.known, *self.fresh}
        return {kind: self.known.get(kind, Pace()).faded(self.fresh.get(kind, Pace())) for kind in sorted(kinds)}

    def _count(self, work: Work, step: int) -> None:
        count, weight = self._waiting.get(work.kind, (0, 0.0))
        self._waiting[work.kind] = (count + step, weight + step * work.weight)
        if not count + step:
            del self._waiting[work.kind]

    def _line(self, kind: str, speed: float) -> Line | None:
        """Return a kind's line: as it is known, at this build's speed; or by this build alone."""
        if kind in self.lines:
            fixed, slope = self.lines[kind]
            return fixed * speed, slope * speed
        if kind in self.fresh:
            return self.fresh[kind].line()
        # Nothing is known of this kind; weights compare the kinds with one another.
        weight = sum(pace.weight for pace in self.fresh.values())
        return (0.0, sum(pace.seconds for pace in self.fresh.values()) / weight) if weight else None


def _time(line: Line, count: int, weight: float) -> float:
    """Return the seconds of so many tasks that weigh so much together."""
    return count * line[0] + weight * line[1]


def read_paces(folder: Path) -> dict[str, Pace]:
    """Return the paces in a cache's folder; none where there are none, or none that can be understood."""
    with suppress(OSError, msgspec.MsgspecError, ValueError, RecursionError):
        return msgspec.json.decode((folder / PACE).read_bytes(), type=dict[str, Pace])
    return {}


def write_paces(folder: Path, paces: Mapping[str, Pace]) -> None:
    """Keep paces for the next build; raises OSError where the disk does not take it."""
    make_room(folder / PACE, folder)
    replace(folder / PACE, msgspec.json.encode(paces), lasting=False)
