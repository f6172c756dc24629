"""One batch of tasks: who does which of them, and what becomes of those whose worker was lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from kitabat.building.task import LostError, Report, Task, TaskResult, perform

TOGETHER = 1 << 19
"""Weight of tasks that a worker is given at once, about that of fifty pages."""
SHARES = 4
"""A worker is given this part of what is left for it, at most."""
GROWN = 1.5
DIED = "its process died; there may be too little memory"
LATE = "it took longer than"
UNWILLING = (OSError, NotImplementedError, EOFError, LostError)
"""What a machine raises that has no semaphores, or lets no process be started."""


def late(seconds: float) -> str:
    """Return what is said of a task that has taken longer than it may.

    >>> late(600), late(1)
    ('it took longer than 600 seconds', 'it took longer than 1 second')
    """
    return f"{LATE} {seconds:g} second{'' if seconds == 1 else 's'}"


class Limits(msgspec.Struct, frozen=True):
    """What a task and a worker may take."""

    seconds: float = 600.0
    """For one task; then its worker is ended."""
    memory: int = 400 << 20
    """Bytes that a worker may hold; one that holds more after a task is replaced by a new one.

    Light tasks are no reason as long as it holds less than ``GROWN`` times what it held after its first ones: a new one
    would soon hold as much, and start for each load.
    """


class Hand(Protocol):
    """A process that does what it is given, one load of tasks after the other."""

    def start(self, tasks: Sequence[Task], /) -> None:
        """Begin tasks; raises LostError where the process has died while it was idle, or any of ``UNWILLING``."""

    def reports(self) -> tuple[Report, ...]:
        """Return what came of them; raises LostError where the process has died, or what forbids sending them back."""

    def at(self) -> tuple[int, float]:
        """Return the number of the task that the process is at, and since when (`time.monotonic`).

        The tasks of a trip are counted each. It can be asked until the process is retired.
        """

    def ahead(self, prepare: Callable[[], object], /) -> None:
        """Have the process do what any next task would begin with; what comes of it is nobody's business."""

    def kill(self) -> None:
        """End the process at once, whatever it is doing."""

    def retire(self) -> None:
        """Let the process end; it has nothing more to do."""


@dataclass(slots=True, eq=False)
class Seat:
    """A worker and what it is doing; the worker is started with the first tasks, if not before."""

    worker: Hand | None = None
    tasks: tuple[Task, ...] = ()
    expired: bool = False
    first: int = 0
    """Bytes that the worker held after its first tasks."""
    groups: set[str] = field(default_factory=set)


class Team(Protocol):
    """What a batch is done by."""

    limits: Limits
    seats: list[Seat]
    begun: Callable[[Task], None]

    def hire(self) -> Hand:
        """Start a worker; raises any of ``UNWILLING``."""

    def seated(self) -> None:
        """Hear that all workers have something to do."""

    def ready(self, workers: Sequence[Hand], seconds: float, /) -> Sequence[Hand]:
        """Wait until some workers have done what they were given, or have died, and return them."""


class Shift:
    """One batch of tasks with a team of workers."""

    def __init__(self, team: Team, tasks: Sequence[Task]) -> None:
        self.team = team
        self.waiting = sorted(tasks, key=lambda task: task.weight)
        self.second_try: set[str] = set()
        self.alone: set[str] = set()
        """Names of tasks that are done without others."""
        self.owners = {group: seat for seat in team.seats for group in seat.groups}

    @property
    def running(self) -> list[Seat]:
        """Seats at which something is being done."""
        return [seat for seat in self.team.seats if seat.tasks]

    def results(self) -> Iterator[TaskResult]:
        """Yield results as they come. Where the machine lets no process be started, this one does the tasks."""
        found: list[TaskResult] = []
        try:
            while self.waiting or self.running:
                try:
                    self._seat_all()
                except UNWILLING:
                    found += [] if self.running else [self._by_itself()]
                self.team.seated()
                # Workers have something to do before whoever takes the results does something with them.
                yield from found
                found = list(self._finished())
            yield from found
        except BaseException:
            for seat in self.running:
                if seat.worker:
                    seat.worker.kill()
                    seat.worker.retire()
                seat.worker, seat.tasks = None, ()
            raise

    def _by_itself(self) -> TaskResult:
        """Do the longest task in this process; the next may find workers again."""
        task = self.waiting.pop()
        self.team.begun(task)
        return perform(task)

    def _seat_all(self) -> None:
        """Give each idle worker something to do."""
        for seat in self.team.seats:
            if not seat.tasks and self.waiting:
                tasks = self._load_for(seat)
                try:
                    self._begin(seat, tasks)
                except UNWILLING:
                    self.waiting += reversed(tasks)
                    raise
                seat.tasks, seat.expired = tasks, False
                for task in tasks:
                    if task.group:
                        seat.groups.add(task.group)
                        self.owners.setdefault(task.group, seat)
                    self.team.begun(task)

    def _begin(self, seat: Seat, tasks: tuple[Task, ...]) -> None:
        """Give a worker tasks; one that has died while it was idle is replaced."""
        if seat.worker:
            try:
                seat.worker.start(tasks)
            except LostError:
                self._renew(seat)
            else:
                return
        seat.worker = self.team.hire()
        try:
            seat.worker.start(tasks)
        except UNWILLING:
            self._renew(seat)
            raise

    def _load_for(self, seat: Seat) -> tuple[Task, ...]:
        """Return the next task for a worker, and with a light one others: sending them one by one takes longer.

        Towards the end loads grow small, so that all workers finish together.
        """
        most = min(TOGETHER, sum(task.weight for task in self.waiting) // (SHARES * len(self.team.seats)))
        load = [self.waiting.pop(self._place_for(seat))]
        weight = load[0].weight
        while self.waiting and not self._is_alone(load[-1]):
            place = self._place_for(seat)
            weight += self.waiting[place].weight
            if weight > most or self._is_alone(self.waiting[place]):
                break
            load.append(self.waiting.pop(place))
        return tuple(load)

    def _is_alone(self, task: Task) -> bool:
        return task.fragile or task.name in self.alone

    def _place_for(self, seat: Seat) -> int:
        """Return where the longest task is whose group is this worker's or nobody's; if there is none, of another's."""
        last = len(self.waiting) - 1
        for place in range(last, -1, -1):
            group = self.waiting[place].group
            if group in seat.groups or self.owners.get(group, seat) is seat:
                return place
        return last

    def _finished(self) -> Iterator[TaskResult]:
        """Wait until a task is over or has taken too long, and yield what there is."""
        running = self.running
        if not running:
            return
        now = time.monotonic()
        workers = [seat.worker for seat in running if seat.worker]
        done = self.team.ready(workers, max(0.0, min(map(self._due, running)) - now))
        for seat in running:
            if any(seat.worker is worker for worker in done):
                yield from self._settled(seat)
        now = time.monotonic()
        for seat in self.running:
            if now >= self._due(seat) and not seat.expired and seat.worker:
                seat.expired = True
                seat.worker.kill()

    def _due(self, seat: Seat) -> float:
        """Return until when a worker may take for the task that it is at."""
        return (seat.worker.at()[1] if seat.worker else 0.0) + self.team.limits.seconds

    def _settled(self, seat: Seat) -> Iterator[TaskResult]:
        """Yield the results of what a worker has done, and see that it is fit for more."""
        tasks, seat.tasks = seat.tasks, ()
        number, since = seat.worker.at() if seat.worker else (0, 0.0)
        took = time.monotonic() - since
        try:
            reports = seat.worker.reports() if seat.worker else ()
        except LostError:
            self._renew(seat)
            yield from self._lost(tasks, number, took, is_late=seat.expired and took >= self.team.limits.seconds)
            return
        except Exception as fault:  # noqa: BLE001 - what cannot be sent back, for one
            if len(tasks) > 1:
                # Nobody knows whose fault it is: each is done once more.
                self._leave_alone(tasks)
            else:
                yield TaskResult(tasks[0], None, f"{type(fault).__name__}: {fault}".rstrip(": "), seconds=took)
            return
        seat.first = seat.first or reports[-1].memory
        most = self.team.limits.memory
        if reports[-1].memory > (most if tasks[-1].fragile else max(most, GROWN * seat.first)):
            self._renew(seat)
        for task, report in zip(tasks, reports, strict=True):
            yield report.on(task)

    def _lost(self, tasks: tuple[Task, ...], number: int, took: float, *, is_late: bool) -> Iterator[TaskResult]:
        """Yield the result of the task that a worker was lost with, where it is lost for good; the others go on."""
        task, others = told_apart(tasks, number)
        self.waiting += reversed(others)
        if is_late:
            yield TaskResult(task, None, late(self.team.limits.seconds), seconds=took)
        elif task.name in self.second_try:
            yield TaskResult(task, None, DIED, seconds=took)
        else:
            # The system may have ended the process for the sake of another's memory: once more, alone in a new one.
            self.second_try.add(task.name)
            self._leave_alone((task,))

    def _leave_alone(self, tasks: tuple[Task, ...]) -> None:
        """Have tasks done later, each without others."""
        self.alone.update(task.name for task in tasks)
        self.waiting[:0] = tasks

    def _renew(self, seat: Seat) -> None:
        if seat.worker:
            seat.worker.retire()
        seat.worker, seat.first = None, 0
        seat.groups.clear()
        self.owners = {group: seat for seat in self.team.seats for group in seat.groups}


def told_apart(tasks: Sequence[Task], number: int) -> tuple[Task, list[Task]]:
    """Return the task with a number, and the others; a trip that it is one of is broken off.

    >>> trip = Task("c and on", abs, 1, parts=(Task("c", abs, 1), Task("d", abs, 1)))
    >>> one, others = told_apart([Task("a", abs, 1), trip, Task("e", abs, 1)], 2)
    >>> one.name, [task.name for task in others]
    ('d', ['a', 'c', 'e'])
    """
    others: list[Task] = []
    for task in tasks:
        parts = task.parts or (task,)
        if 0 <= number < len(parts):
            one = parts[number]
            others += (part for part in parts if part is not one)
        else:
            others.append(task)
        number -= len(parts)
    return one, others
