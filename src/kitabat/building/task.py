"""Work that can be done in any order and in any process."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What a task gave; ``value`` is None where ``fault`` says what went wrong."""

    task: Task
    value: Any
    fault: str = ""
