"""One sync at a time: a lock in the project, which the system lets go with the process that holds it."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from kitabat.model.diagnostic import Location, error
from kitabat.model.errors import PublishingError
from kitabat.workspace import cannot_write

STATE = ".kitabat"
NAME = "catalogs.lock"
SECONDS = 60
WAITING = "Another sync of this project is at work; waiting for it to end"


def silently(_: str) -> None:
    """Tell nobody."""


@contextmanager
def locked(root: Path, seconds: float = SECONDS, *, wait: Callable[[str], object] = silently) -> Iterator[None]:
    """Hold the lock of a project's catalogs; waits so long for another sync to end, and tells ``wait`` so before.

    Raises PublishingError with ``busy/lock`` where it does not, and with ``output/write`` where there can be no lock.
    """
    place = root / STATE / NAME
    lock = filelock.FileLock(place)
    try:
        if place.parent.is_symlink():
            raise OSError(errno.ELOOP, "the folder for work in progress is a link")  # noqa: TRY301 - told below
        place.parent.mkdir(exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            wait(WAITING)
            lock.acquire(timeout=seconds)
    except filelock.Timeout:
        message = f"Another sync of this project has not ended within {seconds:g} seconds"
        hint = "Wait for it to end, or stop it, then run `kitabat sync` again; nothing was changed"
        raise PublishingError(error("busy/lock", message, Location(f"{STATE}/{NAME}"), hint)) from None
    except OSError as fault:
        raise PublishingError(cannot_write(f"{STATE}/{NAME}", fault)) from fault
    try:
        yield
    finally:
        lock.release()
