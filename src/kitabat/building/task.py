"""Work that can be done in any order and in any process."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


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


def perform(task: Task) -> TaskResult:
    """Do one task; whatever it raises becomes its result's fault."""
    start = time.perf_counter()
    value, words = None, ""
    try:
        value = task.work(task.argument)
    except Exception as fault:  # noqa: BLE001 - a renderer may raise anything; the edition is named, the others go on
        words = f"{type(fault).__name__}: {fault}".rstrip(": ")
    return TaskResult(task, value, words, memory(), time.perf_counter() - start)


def memory() -> int:
    """Return the bytes of memory that this process holds; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            pages = int(file.read().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    import resource

    return pages * resource.getpagesize()
