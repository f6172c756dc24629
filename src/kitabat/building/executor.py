"""Tasks done by warm worker processes or doubles of this one, the longest first; a lost worker costs one task."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from kitabat.building.shift import UNWILLING, Hand, Limits, Seat, Shift
from kitabat.building.task import Task, TaskResult

if TYPE_CHECKING:
    from kitabat.building.double import Double, Doubles
    from kitabat.building.worker import Worker

Progress = Callable[[int, int, str], None]
"""Called after each task with how many are done, of how many, and the name of the one just done."""


def unheard(_: Task) -> None:
    """Tell nobody."""


def idle() -> None:
    """Do nothing."""


class Workers(Protocol):
    """Whoever does tasks: a crew on this machine, or a fleet on others."""

    @property
    def jobs(self) -> int:
        """How many tasks are done at the same time."""

    def results(self, tasks: Iterable[Task]) -> Iterator[TaskResult]:
        """Yield the results of tasks as they come; the order is that of finishing."""


class Crew:
    """The workers of one build, kept warm from one batch of tasks to the next.

    >>> with Crew(1) as crew:
    ...     [result.value for result in crew.results([Task("a", abs, -1), Task("b", abs, -2)])]
    [1, 2]
    """

    def __init__(
        self,
        jobs: int,
        preload: Sequence[str] = (),
        limits: Limits | None = None,
        worth: int = 0,
        *,
        lean: bool = False,
    ) -> None:
        """Take ``jobs`` workers at most; ``preload`` are modules that they need.

        Tasks that weigh less than ``worth`` together are done before workers have started: unless one is fragile, or
        the workers are there, a double of this process does them. Where the modules are ``lean``, workers are doubles
        too, which import them each by itself; otherwise they are imported once, by what workers are forked from.
        """
        self.jobs = jobs
        self.preload = tuple(preload)
        self.limits = limits or Limits()
        self.worth = worth
        self.lean = lean
        self.seats = [Seat() for _ in range(jobs)]
        self.doubles: Doubles | None = None
        self.begun: Callable[[Task], None] = unheard
        """Told of each task when it is begun."""
        self.kind: type[Double | Worker] | None = None
        """Of the workers, once there are any."""
        self.is_served = False
        """Whether workers are forked from a server, which may have forked one that nobody knows yet."""
        self.meanwhile: Callable[[], None] = idle
        """Called once, while the first workers get ready, with what this process will need to have done in any case."""
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
                if kind is not None:
                    seat.worker.kill()
                seat.worker.retire()
                seat.worker = None
        if self.is_served and kind and issubclass(kind, KeyboardInterrupt):
            from kitabat.building.worker import end_all

            end_all()
        if self.doubles or self.kind:
            from kitabat import scratch

            scratch.sweep()  # those who were ended have left what they had

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
            self._prepare(len(all_of_them))
        yield from Shift(self, all_of_them).results()
        if not is_warm:
            self._look_ahead()

    def _look_ahead(self) -> None:
        for seat in self.seats:
            if seat.worker and self.ahead:
                seat.worker.ahead(self.ahead)

    def _prepare(self, wanted: int) -> None:
        """Let as many workers get ready as are wanted, or what they are forked from."""
        self.kind = self.kind or self._fitting()
        with suppress(*UNWILLING):  # whoever starts a worker is told, and does without
            if self.is_served:
                from kitabat.building.worker import prepare

                prepare(self.preload)
                self.seated()  # to give a worker something to do takes until there is one
            else:
                for seat in self.seats[:wanted]:
                    seat.worker = self.hire()

    def seated(self) -> None:
        """Do what is to be done meanwhile, now that nobody waits for it."""
        meanwhile, self.meanwhile = self.meanwhile, idle
        meanwhile()

    def _fitting(self) -> type[Double | Worker]:
        if self.lean:
            from kitabat.building.double import Double, can_be

            if can_be():
                return Double
        from kitabat.building.worker import Worker

        self.is_served = True
        return Worker

    def hire(self) -> Hand:
        """Start a worker; raises any of ``UNWILLING``."""
        self.kind = self.kind or self._fitting()
        return self.kind(self.preload)

    def ready(self, workers: Sequence[Hand], seconds: float) -> Sequence[Hand]:
        """Wait until some workers have done what they were given, or have died, and return them."""
        return self.kind.ready(workers, seconds) if self.kind else ()


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
