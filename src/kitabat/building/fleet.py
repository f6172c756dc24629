"""Tasks done on other machines: given out, followed, and given out anew where a worker is lost."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field
from typing import Protocol

from kitabat.building.executor import Crew
from kitabat.building.freight import Delivery, Load, Parcel, Presence, Shipper, UnfitError
from kitabat.building.packing import Packing
from kitabat.building.shift import DIED, Limits
from kitabat.building.task import Task, TaskResult, bundles
from kitabat.model.diagnostic import Diagnostic, warning

TICK = 0.5
"""Seconds after which it is looked who is still there."""
PATIENCE = 30.0
"""Seconds that a cluster may be without workers: those that died are started again by their nannies."""
TOGETHER = 1 << 17
"""Weight of tasks that are sent as one, a third of a second or so: sending takes a hundredth."""
ASKED_AGAIN = 20
"""How often a task may say that it lacks something more."""


class LostError(Exception):
    """The cluster is gone."""


class Carrier(Protocol):
    """The way to the workers."""

    diagnostics: list[Diagnostic]
    """What there is to say of it at the end."""

    def workers(self) -> Mapping[str, Presence]:
        """Return the workers that are there at present and can be used, by address; raises LostError."""

    def send(self, address: str, load: Load) -> Future[Delivery]:
        """Give one worker a load; raises LostError. The future need not end when the worker does."""


@dataclass(slots=True, eq=False)
class Seat:
    """A worker and what it is doing."""

    address: str
    depot: str
    waiting: list[tuple[Task, ...]] = field(default_factory=list)
    """What only this worker has read the articles of; the heaviest last."""
    load: Load | None = None
    future: Future[Delivery] | None = None
    since: float = 0.0


class Fleet:
    """The workers of a cluster, as a crew is those of one machine."""

    def __init__(self, carrier: Carrier, shipper: Shipper, home: Crew, run: str, limits: Limits | None = None) -> None:
        """``home`` does what cannot be sent, and everything once the cluster is lost; it is told what is begun."""
        self.carrier = carrier
        self.home = home
        self.limits = limits or Limits()
        self.packing = Packing(shipper, run, self.limits)
        self.owners: dict[str, str] = {}
        """The worker that has read a group's article, by its address."""
        self.patience = PATIENCE
        self.lost = False

    @property
    def jobs(self) -> int:
        """How many tasks are done at the same time."""
        return self.home.jobs if self.lost else max(1, len(self.carrier.workers()))

    def results(self, tasks: Iterable[Task]) -> Iterator[TaskResult]:
        """Yield the results of tasks as they come; see ``Crew.results``."""
        left = list(tasks)
        if left and not self.lost:
            voyage = _Voyage(self, left)
            try:
                yield from voyage.results()
            except LostError as fault:
                self.lost = True
                self.carrier.diagnostics.append(_told(fault, voyage.left()))
            left = voyage.left()
        if left:
            yield from self.home.results(left)


def _told(fault: LostError, left: Sequence[Task]) -> Diagnostic:
    message = f"The cluster was lost: {fault}; this machine has done the rest, {len(left)} of the tasks"
    return warning(
        "cluster/lost", message, hint="What was finished is kept; see to the scheduler before the next build"
    )


class _Voyage:
    """One batch of tasks with a fleet."""

    def __init__(self, fleet: Fleet, tasks: Sequence[Task]) -> None:
        self.fleet = fleet
        self.open = {task.name: task for task in tasks}
        self.unfit: set[str] = set()
        self.seats: dict[str, Seat] = {}
        self.common: list[tuple[Task, ...]] = sorted(bundles(tasks), key=weight)
        self.suspects: list[tuple[Task, ...]] = []
        """Whose worker has died: each is done once more, alone."""
        self.tried: set[str] = set()
        self.asked: dict[str, int] = {}
        self.looked = self.seen = time.monotonic()

    def left(self) -> list[Task]:
        """Return the tasks that have no result."""
        return list(self.open.values())

    def results(self) -> Iterator[TaskResult]:
        """Yield results as they come; raises LostError where nobody is left who could do the rest."""
        try:
            self._look()
            self._share_out()
            while len(self.open) > len(self.unfit):
                self._send_all()
                running = {seat.future: seat for seat in self.seats.values() if seat.future}
                done = wait(running, timeout=TICK, return_when=FIRST_COMPLETED).done if running else ()
                if not running:
                    time.sleep(TICK / 10)
                for future in done:
                    yield from self._settled(running[future])
                if time.monotonic() - self.looked > TICK or not running:
                    yield from self._look()
        finally:
            for seat in self.seats.values():
                if seat.future:
                    seat.future.cancel()

    # Who is there.

    def _look(self) -> list[TaskResult]:
        """See who has come and who has gone; return the results of those who have gone once too often."""
        present = self.fleet.carrier.workers()
        now = self.looked = time.monotonic()
        gone = [self.seats.pop(address) for address in [*self.seats] if address not in present]
        for address, one in present.items():
            if address not in self.seats:
                self.seats[address] = Seat(address, one.depot)
                self.fleet.packing.knows(one)
        if self.seats:
            self.seen = now
        elif now - self.seen > self.fleet.patience:
            raise LostError("it has no workers any more")
        return [result for seat in gone for result in self._ended(seat)]

    def _ended(self, seat: Seat) -> Iterator[TaskResult]:
        """Give the work of a lost worker to others; yield the results of tasks that are given up."""
        self.common = sorted([*self.common, *seat.waiting], key=weight)
        if seat.future is None or seat.load is None:
            return
        seat.future.cancel()
        self.fleet.packing.lost(seat.depot, seat.load)
        tasks, seat.future = seat.load.tasks, None
        seconds = self.fleet.limits.seconds
        took_long = time.monotonic() - seat.since >= seconds and len(tasks) == 1
        words = f"it took longer than {seconds:g} seconds" if took_long else DIED
        for task in map(self.open.__getitem__, (task.name for task in tasks)):
            yield from self._failed(task, words, final=took_long)

    def _failed(self, task: Task, words: str, *, final: bool) -> Iterator[TaskResult]:
        if final or task.name in self.tried:
            del self.open[task.name]
            yield TaskResult(task, None, words)
        else:
            # Somebody may have ended the worker, or the system for the sake of another's memory: once more, alone.
            self.tried.add(task.name)
            self.suspects.append((task,))

    # What is to be done.

    def _share_out(self) -> None:
        """Give each worker the work on the articles that it has read already."""
        rest: list[tuple[Task, ...]] = []
        for bundle in self.common:
            owner = self.seats.get(self.fleet.owners.get(bundle[0].group, ""))
            (owner.waiting if owner else rest).append(bundle)
        self.common = rest

    def _send_all(self) -> None:
        """Give each idle worker something to do."""
        for seat in self.seats.values():
            while seat.future is None and (tasks := self._next_for(seat)):
                self._send(seat, tasks)

    def _next_for(self, seat: Seat) -> tuple[Task, ...]:
        if self.suspects:
            return self.suspects.pop()
        source = seat.waiting or self.common or max((one.waiting for one in self.seats.values()), key=len)
        found: list[Task] = []
        # Towards the end shares grow small, so that all workers finish together.
        most = min(TOGETHER, sum(map(weight, source)) // (2 * len(self.seats))) if len(source) < 1000 else TOGETHER
        while source and (not found or (not source[-1][0].fragile and weight(found) < most)):
            found += source.pop()
            if found[0].fragile:
                break
        return tuple(found)

    def _send(self, seat: Seat, tasks: tuple[Task, ...]) -> None:
        fit = []
        for task in tasks:
            try:
                self.fleet.packing.check(task)
                fit.append(task)
            except UnfitError:
                self.unfit.add(task.name)
        if not fit:
            return
        try:
            load = self.fleet.packing.load(seat.depot, fit)
        except UnfitError:
            self.unfit.update(task.name for task in fit)
            return
        for task in fit:
            if task.name not in self.asked:
                self.asked[task.name] = 0
                self.fleet.home.begun(task)
            if task.group:
                self.fleet.owners[task.group] = seat.address
        seat.load, seat.since = load, time.monotonic()
        seat.future = self.fleet.carrier.send(seat.address, load)

    # What has been done.

    def _settled(self, seat: Seat) -> Iterator[TaskResult]:
        future, load, seat.future = seat.future, seat.load, None
        if future is None or load is None:
            raise RuntimeError("a worker without a load has finished one")
        tasks = [self.open[task.name] for task in load.tasks]
        try:
            delivery = future.result()
        except CancelledError:
            # Not by us: the scheduler has gone, or has been restarted. Whoever looks next is told.
            self.suspects += [(task,) for task in tasks]
            self.looked = 0.0
            return
        except Exception as fault:  # noqa: BLE001 - what cannot be read there, or a cluster that gives a task up
            words = DIED if type(fault).__name__ == "KilledWorker" else f"{type(fault).__name__}: {fault}".rstrip(": ")
            for task in tasks:
                yield from self._failed(task, words, final=False)
            return
        if delivery.leaves:
            self.seats.pop(seat.address, None)
            self.common = sorted([*self.common, *seat.waiting], key=weight)
        yield from self._arrived(seat, tasks, delivery.parcels, leaves=delivery.leaves)

    def _arrived(
        self, seat: Seat, tasks: Sequence[Task], parcels: Sequence[Parcel], *, leaves: bool
    ) -> Iterator[TaskResult]:
        again: list[Task] = []
        for task, parcel in zip(tasks, parcels, strict=True):
            if not parcel.lacks:
                del self.open[task.name]
                yield TaskResult(task, parcel.value, parcel.fault, parcel.memory, parcel.seconds)
            elif self._may_ask(seat, task, parcel.lacks):
                again.append(task)
        if again and leaves:
            self.common.append(tuple(again))
        elif again:
            self._send(seat, tuple(again))

    def _may_ask(self, seat: Seat, task: Task, what: str) -> bool:
        """Take note of what a task lacks; tell whether it is to be sent again with it."""
        self.asked[task.name] += 1
        try:
            self.fleet.packing.missed(seat.depot, task, what)
        except UnfitError:
            self.unfit.add(task.name)
        if self.asked[task.name] > ASKED_AGAIN:
            self.unfit.add(task.name)
        return task.name not in self.unfit


def weight(bundle: Sequence[Task]) -> int:
    """Return how long some tasks take in comparison."""
    return sum(task.weight for task in bundle)
