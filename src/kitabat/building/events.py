"""What happens to the tasks of a build, told as it happens."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from kitabat.building.ledger import Stale
from kitabat.model.diagnostic import Diagnostic

Fault = tuple[Diagnostic, ...] | str
"""What a task says of its input; or, where the task itself failed, the words of its failure."""


class Cached(msgspec.Struct, frozen=True):
    """The former result of a task holds."""

    name: str
    output: str
    """Digest of what it has made; empty for a task that makes no file."""


class Queued(msgspec.Struct, frozen=True):
    """A task must be done."""

    name: str
    stale: Stale


class Started(msgspec.Struct, frozen=True):
    """A task is begun; once more where its first process has died."""

    name: str
    left: float | None
    """Seconds until all is done, as far as can be foreseen; None where it cannot."""


class Finished(msgspec.Struct, frozen=True):
    """A task is done, and what came of it kept."""

    name: str
    output: str
    """As in ``Cached``."""
    seconds: float
    left: float | None


class Failed(msgspec.Struct, frozen=True):
    """A task has made nothing."""

    name: str
    fault: Fault
    seconds: float
    left: float | None


Event = Cached | Queued | Started | Finished | Failed
Tell = Callable[[Event], None]


def nobody(_: object) -> None:
    """Listen to nothing."""
