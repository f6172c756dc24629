"""Tasks done in this process or in warm worker processes, the longest first; a lost worker costs one task."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from kitabat.building.task import Report, Task, TaskResult, perform

if TYPE_CHECKING:
    from concurrent.futures import Future

    from kitabat.building.double import Doubles
    from kitabat.building.worker import Worker

Progress = Callable[[int, int, str], None]
"""Called after each task with how many are done, of how many, and the name of the one just done."""

TOGETHER = 1 << 19
"""Weight of tasks that a worker is given at once, about that of fifty pages."""
SHARES = 4
"""A worker is given this part of what is left for it, at most."""
GROWN = 1.5
DIED = "its process died; there may be too little memory"
LATE = "it took longer than {:g} seconds"


def unheard(_: Task) -> None:
    """Tell nobody."""


def idle() -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a task and a worker may take."""

    seconds: float = 600.0
    """For one task; then its worker is ended."""
    memory: int = 400 << 20
    """Bytes that a worker may hold; one that holds more after a task is replaced by a new one.

    Light tasks are no reason as long as it holds less than ``GROWN`` times what it held after its first ones: a new one
    would soon hold as much, and start for each load.
    """


class Workers(Protocol):
    """Whoever does tasks: a crew on this machine, or a fleet on others."""

    @property
    def jobs(self) -> int:
        """How many tasks are done at the same time."""

    def results(self, tasks: Iterable[Task]) -> Iterator[TaskResult]:
        """Yield the results of tasks as they come; the order is that of finishing."""


@dataclass(slots=True, eq=False)
class Seat:
    """A worker and what it is doing; the worker is started with the first tasks."""

    worker: Worker | None = None
    tasks: tuple[Task, ...] = ()
    deadline: float = 0.0
    expired: bool = False
    first: int = 0
    """Bytes that the worker held after its first tasks."""
    groups: set[str] = field(default_factory=set)


class Crew:
    """The workers of one build, kept warm from one batch of tasks to the next.

    >>> with Crew(1) as crew:
    ...     [result.value for result in crew.results([Task("a", abs, -1), Task("b", abs, -2)])]
    [1, 2]
    """

    def __init__(self, jobs: int, preload: Sequence[str] = (), limits: Limits | None = None, worth: int = 0) -> None:
        """Take ``jobs`` workers at most; ``preload`` are modules that they share, imported once for all of them.

        Tasks that weigh less than ``worth`` together are done before workers have started: unless one is fragile, or
        the workers are there, a double of this process does them.
        """
        self.jobs = jobs
        self.preload = tuple(preload)
        self.limits = limits or Limits()
        self.worth = worth
        self.seats = [Seat() for _ in range(jobs)]
        self.doubles: Doubles | None = None
        self.begun: Callable[[Task], None] = unheard
        """Told of each task when it is begun."""
        self.is_prepared = False
        self.meanwhile: Callable[[], None] = idle
        """Called while the first workers get ready, with what this process will need to have done in any case."""
        self.ahead: Callable[[], object] | None = None
        """A function of a module, which workers call while they wait for what follows the first batch."""

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.doubles:
            self.doubles.part()
        for seat in self.seats:
            if seat.worker:
                if kind is None:
                    seat.worker.retire()
                else:
                    seat.worker.kill()
                seat.worker = None
        if self.is_prepared and kind and issubclass(kind, KeyboardInterrupt):
            from kitabat.building.worker import end_all

            end_all()

    def results(self, tasks: Iterable[Task]) -> Iterator[TaskResult]:
        """Yield the results of tasks as they come; the order is that of finishing."""
        all_of_them = list(tasks)
        fragile = any(task.fragile for task in all_of_them)
        is_warm = any(seat.worker for seat in self.seats)
        is_light = not is_warm and sum(task.weight for task in all_of_them) < self.worth
        is_alone = not is_warm and len(all_of_them) <= 1
        if not fragile and (self.jobs <= 1 or is_alone or is_light):
            from kitabat.building.double import Doubles, can_be

            if can_be():
                self.doubles = self.doubles or Doubles(self.limits)
                yield from self.doubles.results(all_of_them, self.begun)
                return
        if not is_warm:
            self._prepare()
        yield from _Shift(self, all_of_them).results()
        if not is_warm:
            self._look_ahead()

    def _look_ahead(self) -> None:
        for seat in self.seats:
            if seat.worker and self.ahead:
                seat.worker.ahead(self.ahead)

    def _prepare(self) -> None:
        from kitabat.building.worker import UNWILLING, prepare

        self.is_prepared = True
        with suppress(*UNWILLING):  # whoever starts a worker is told, and does without
            prepare(self.preload)
        self.meanwhile()


class _Shift:
    """One batch of tasks with a crew; what starts processes is imported with the first of them, and not for none."""

    def __init__(self, crew: Crew, tasks: Sequence[Task]) -> None:
        self.crew = crew
        self.waiting = sorted(tasks, key=lambda task: task.weight)
        self.running: dict[Future[tuple[Report, ...]], Seat] = {}
        self.second_try: set[str] = set()
        self.alone: set[str] = set()
        """Names of tasks that were lost together with others."""
        self.owners = {group: seat for seat in crew.seats for group in seat.groups}

    def results(self) -> Iterator[TaskResult]:
        """Yield results as they come. Where the machine lets no process be started, this one does the tasks."""
        from kitabat.building.worker import UNWILLING

        try:
            while self.waiting or self.running:
                try:
                    self._seat_all()
                except UNWILLING:
                    yield from self._by_itself()
                    continue
                yield from self._finished()
        except BaseException:
            for seat in self.running.values():
                if seat.worker:
                    seat.worker.kill()
                    seat.worker = None
            raise

    def _by_itself(self) -> Iterator[TaskResult]:
        """Wait for what workers are doing, or do the longest task in this process; the next may find workers again."""
        if self.running:
            yield from self._finished()
        else:
            task = self.waiting.pop()
            self.crew.begun(task)
            yield perform(task)

    def _seat_all(self) -> None:
        """Give each idle worker something to do."""
        from kitabat.building.worker import UNWILLING

        for seat in self.crew.seats:
            if not seat.tasks and self.waiting:
                tasks = self._load_for(seat)
                try:
                    future = self._begun(seat, tasks)
                except UNWILLING:
                    self.waiting += reversed(tasks)
                    raise
                seat.tasks, seat.deadline, seat.expired = tasks, time.monotonic() + self.crew.limits.seconds, False
                self.running[future] = seat
                for task in tasks:
                    if task.group:
                        seat.groups.add(task.group)
                        self.owners.setdefault(task.group, seat)
                    self.crew.begun(task)

    def _begun(self, seat: Seat, tasks: tuple[Task, ...]) -> Future[tuple[Report, ...]]:
        """Give a worker tasks; one that has died while it was idle is replaced."""
        from concurrent.futures.process import BrokenProcessPool

        from kitabat.building.worker import UNWILLING, Worker

        if seat.worker:
            try:
                return seat.worker.start(tasks)
            except BrokenProcessPool:
                self._renew(seat)
        seat.worker = Worker(self.crew.preload)
        try:
            return seat.worker.start(tasks)
        except UNWILLING:
            self._renew(seat)
            raise

    def _load_for(self, seat: Seat) -> tuple[Task, ...]:
        """Return the next task for a worker, and with a light one others: sending them one by one takes longer.

        Towards the end loads grow small, so that all workers finish together.
        """
        most = min(TOGETHER, sum(task.weight for task in self.waiting) // (SHARES * self.crew.jobs))
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
        from concurrent.futures import FIRST_COMPLETED, wait

        now = time.monotonic()
        soonest = min((seat.deadline for seat in self.running.values()), default=now)
        done, _ = wait(self.running, timeout=max(0.0, soonest - now), return_when=FIRST_COMPLETED)
        for future in done:
            yield from self._settled(self.running.pop(future), future)
        now = time.monotonic()
        for seat in self.running.values():
            if now >= seat.deadline and not seat.expired and seat.worker:
                seat.expired = True
                seat.worker.kill()

    def _settled(self, seat: Seat, future: Future[tuple[Report, ...]]) -> Iterator[TaskResult]:
        """Yield the results of what a worker has done, and see that it is fit for more."""
        from concurrent.futures.process import BrokenProcessPool

        tasks, seat.tasks = seat.tasks, ()
        took = time.monotonic() - (seat.deadline - self.crew.limits.seconds)
        try:
            reports = future.result()
        except BrokenProcessPool:
            self._renew(seat)
            yield from self._lost(tasks, took, is_late=seat.expired)
            return
        except Exception as fault:  # noqa: BLE001 - what cannot be sent back, for one
            if len(tasks) > 1:
                yield from self._lost(tasks, took)
            else:
                yield TaskResult(tasks[0], None, f"{type(fault).__name__}: {fault}".rstrip(": "), seconds=took)
            return
        seat.first = seat.first or reports[-1].memory
        most = self.crew.limits.memory
        if reports[-1].memory > (most if tasks[-1].fragile else max(most, GROWN * seat.first)):
            self._renew(seat)
        for task, report in zip(tasks, reports, strict=True):
            yield report.on(task)

    def _lost(self, tasks: tuple[Task, ...], took: float, *, is_late: bool = False) -> Iterator[TaskResult]:
        """Yield the result of a task that was lost for good; others are done once more, each alone in a new process."""
        if len(tasks) > 1:
            self.alone.update(task.name for task in tasks)
            self.waiting[:0] = tasks
            return
        (task,) = tasks
        if is_late:
            yield TaskResult(task, None, LATE.format(self.crew.limits.seconds), seconds=took)
        elif task.name in self.second_try:
            yield TaskResult(task, None, DIED, seconds=took)
        else:
            # The system may have ended the process for the sake of another's memory: once more, alone in a new one.
            self.second_try.add(task.name)
            self.waiting.insert(0, task)

    def _renew(self, seat: Seat) -> None:
        if seat.worker:
            seat.worker.retire()
        seat.worker, seat.first = None, 0
        seat.groups.clear()
        self.owners = {group: seat for seat in self.crew.seats for group in seat.groups}


def execute(
    tasks: Sequence[Task], jobs: int, progress: Progress, preload: Sequence[str] = (), limits: Limits | None = None
) -> tuple[TaskResult, ...]:
    """Do all tasks and return their results in the tasks' order.

    A task that fails, hangs, or whose process dies, costs its own result and nothing else.
    """
    results: dict[str, TaskResult] = {}
    with Crew(min(jobs, max(1, len(tasks))), preload, limits) as crew:
        for result in crew.results(tasks):
            results[result.task.name] = result
            progress(len(results), len(tasks), result.task.name)
    return tuple(results[task.name] for task in tasks)
