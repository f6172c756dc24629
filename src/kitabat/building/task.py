"""Work that can be done in any order and in any process."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

NUMBER, SINCE = range(2)
"""What a process that does tasks and the one that gives them have in common, a sheet of two floats: the number of the
task that it is at, those of a trip counted each, and since when (`time.monotonic`).

Each is written at one stroke, so that nobody reads half of one; `struct` fills a place with noughts first.
"""


@dataclass(frozen=True, slots=True)
class Task:
    """A function of a module and its one argument; both can be sent to another process."""

    name: str
    """The path of the output."""
    work: Callable[[Any], Any]
    argument: Any
    weight: int = 1
    """How long it takes in comparison; the longest are begun first."""
    group: str = ""
    """Tasks of a group are done by one worker where that costs no waiting: what it has read for one serves the next."""
    fragile: bool = False
    """May hang, crash or take all memory: never done in the build's own process, not even with one job."""
    kind: str = ""
    """Tasks of one kind take a time that goes by their weight; from it the time left is told."""
    parts: tuple[Task, ...] = ()
    """Of a trip: the tasks that are done on it. It has no result of its own, and nobody is told of it."""


class LostError(Exception):
    """The process that was to do a task has died."""


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What a task gave; ``value`` is None where ``fault`` says what went wrong."""

    task: Task
    value: Any
    fault: str = ""
    memory: int = 0
    """Bytes that its process held afterwards; 0 where the system does not say."""
    seconds: float = 0.0
    """What it took, where it was done."""


class Report(NamedTuple):
    """A result without its task, which whoever gave it out knows: a worker need not send that back."""

    value: Any
    """Of a trip: the reports of its tasks."""
    fault: str
    memory: int
    seconds: float

    def on(self, task: Task) -> TaskResult:
        """Return this as the result of a task."""
        value = self.value
        if task.parts and value is not None:
            value = tuple(report.on(part) for report, part in zip(value, task.parts, strict=True))
        return TaskResult(task, value, self.fault, self.memory, self.seconds)


def perform(task: Task) -> TaskResult:
    """Do one task; whatever it raises becomes its result's fault."""
    return performed(task).on(task)


def performed(task: Task) -> Report:
    """Do one task, as ``perform`` does."""
    return report_of(task)._replace(memory=memory())


def perform_all(tasks: Iterable[Task], sheet: memoryview[float]) -> tuple[Report, ...]:
    """Do several tasks, one after the other, and note on a sheet which is begun.

    What the process holds in the end is told with the last.
    """
    *before, last = _noted(tasks, sheet)
    return (*before, last._replace(memory=memory()))


def _noted(tasks: Iterable[Task], sheet: memoryview[float]) -> Iterator[Report]:
    numbers = itertools.count()
    for task in tasks:
        reports = []
        for part in task.parts or (task,):
            sheet[SINCE], sheet[NUMBER] = time.monotonic(), next(numbers)
            reports.append(report_of(part))
        yield Report(tuple(reports), "", 0, sum(one.seconds for one in reports)) if task.parts else reports[0]


def report_of(task: Task) -> Report:
    """Do one task, and leave open what the process holds: to ask takes as long as some tasks."""
    start = time.perf_counter()
    value, words = None, ""
    try:
        value = task.work(task.argument)
    except Exception as fault:  # noqa: BLE001 - a renderer may raise anything; the edition is named, the others go on
        words = f"{type(fault).__name__}: {fault}".rstrip(": ")
    return Report(value, words, 0, time.perf_counter() - start)


def bundles(tasks: Iterable[Task]) -> list[tuple[Task, ...]]:
    """Return tasks as they are to be given out: those of one group together, but each alone that may not come back.

    >>> tasks = [Task("a", abs, 1, group="x"), Task("b", abs, 2, group="x"), Task("c", abs, 3, group="x", fragile=True)]
    >>> [[task.name for task in bundle] for bundle in bundles(tasks)]
    [['a', 'b'], ['c']]
    """
    found: dict[tuple[str, str], list[Task]] = {}
    for task in tasks:
        found.setdefault(("", task.name) if task.fragile or not task.group else ("group", task.group), []).append(task)
    return list(map(tuple, found.values()))


def trips(tasks: Iterable[Task]) -> list[Task]:
    """Return the tasks with each of their bundles made one trip: a trip costs as much as work.

    >>> [task.name for task in trips([Task("a", abs, 1), Task("b", abs, 2, group="g"), Task("c", abs, 3, group="g")])]
    ['a', 'b and on']
    """
    return [bundle[0] if len(bundle) == 1 else _trip(bundle) for bundle in bundles(tasks)]


def _trip(tasks: tuple[Task, ...]) -> Task:
    weight = sum(task.weight for task in tasks)
    return Task(f"{tasks[0].name} and on", perform_each, tasks, weight, tasks[0].group, parts=tasks)


def perform_each(tasks: tuple[Task, ...]) -> tuple[Report, ...]:
    """Do the tasks of a trip, one after the other."""
    return tuple(map(report_of, tasks))


def memory() -> int:
    """Return the bytes of memory that this process holds; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            pages = int(file.read().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    import resource

    return pages * resource.getpagesize()
