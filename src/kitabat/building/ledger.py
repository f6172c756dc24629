"""What finished tasks were made from and what came of them, from one build to the next."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kitabat.building.inventory import Look
from kitabat.workspace import replace

FORMAT = 1
"""Raised when records are written in another way: an older ledger is then left alone."""


@dataclass(frozen=True, slots=True)
class Stale:
    """Why a task must be done."""

    because: str
    """``new``, ``changed``, ``lost`` or ``forced``."""
    changed: tuple[str, ...] = ()
    """Names of the inputs that are not what they were."""


NEW, LOST, FORCED = (Stale(because) for because in ("new", "lost", "forced"))

Present = Callable[[str], str]
"""Returns the present digest of an input by its name."""


class Record(msgspec.Struct, frozen=True):
    """A finished task; a struct, as a dataclass has no place for JSON that is kept as it stands."""

    inputs: dict[str, str]
    """Digest of each input that the task has used, by name; told apart by people too, in `--explain`."""
    output: str = ""
    """Digest of what was made, in the store; empty for a task whose result is ``facts``."""
    facts: msgspec.Raw = msgspec.Raw(b"null")
    """A small result, or what is to be known of a large one; JSON."""

    def changed(self, present: Present) -> tuple[str, ...]:
        """Return the names of the inputs that are not what they were."""
        return tuple(name for name, digest in self.inputs.items() if present(name) != digest)


@dataclass(slots=True)
class Ledger:
    """The records of one publication's tasks, by name, and the looks that were taken at its files."""

    tasks: dict[str, Record] = field(default_factory=dict)
    looks: dict[str, dict[str, Look]] = field(default_factory=dict)
    """By the name of a folder, then by path."""

    def stale(self, name: str, present: Present, has: Callable[[str], bool]) -> Stale | None:
        """Return why a task must be done; None where its former result still holds.

        ``has`` tells whether a content is in the store.
        """
        record = self.tasks.get(name)
        if record is None:
            return NEW
        changed = record.changed(present)
        if changed:
            return Stale("changed", changed)
        return LOST if record.output and not has(record.output) else None


def read_ledger(folder: Path) -> Ledger:
    """Return the ledger in a cache's folder; an empty one where there is none, or none that can be understood."""
    with suppress(OSError, msgspec.MsgspecError, ValueError, RecursionError):
        return msgspec.json.decode((folder / _name()).read_bytes(), type=Ledger)
    return Ledger()


def write_ledger(folder: Path, ledger: Ledger) -> None:
    """Replace the ledger as a whole; raises OSError where the disk does not take it."""
    folder.mkdir(parents=True, exist_ok=True)
    replace(folder / _name(), msgspec.json.encode(ledger))


def _name() -> str:
    return f"ledger-{FORMAT}.json"
