"""What a task has made, and how a worker keeps it by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from kitabat.building.store import Store
from kitabat.building.task import Task
from kitabat.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Made:
    """What a task has made, and what it was made from; what the ``work`` of a task returns."""

    content: bytes | None = None
    facts: bytes = b"null"
    """JSON."""
    read: Mapping[str, str] = field(default_factory=dict)
    """Inputs by name, with their digests as the task has seen them."""
    names: tuple[str, ...] = ()
    """Inputs by name, whose digests whoever gave the task knows."""
    faults: tuple[Diagnostic, ...] = ()
    """Why nothing was made."""
    kept: str = ""
    """Digest of the content, where that is in the store already and need not be sent."""
    added: int = 0
    """Bytes by which the store has grown."""


class Deposit(msgspec.Struct, frozen=True):
    """Work whose result goes into a store from where it is done."""

    folder: Path
    """Of the store."""
    work: Callable[[Any], Any]
    argument: Any


def depositing(task: Task, folder: Path) -> Task:
    """Return a task that puts into a store what it makes."""
    return replace(task, work=deposited, argument=Deposit(folder, task.work, task.argument))


def deposited(deposit: Deposit) -> Any:
    """Do the work, and put what it has made into the store."""
    made = deposit.work(deposit.argument)
    if isinstance(made, Made) and made.content is not None:
        store = Store(deposit.folder)
        with suppress(OSError):  # whoever gave the task will try for itself, and tell what is wrong
            return replace(made, content=None, kept=store.put(made.content), added=store.added)
    return made
