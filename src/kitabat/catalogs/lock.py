"""One sync at a time: a lock in the project, which the system lets go with the process that holds it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from kitabat.model.diagnostic import Location, error
from kitabat.model.errors import PublishingError
from kitabat.workspace import cannot_write

STATE = ".kitabat"
NAME = "catalogs.lock"
SECONDS = 60


@contextmanager
def locked(root: Path, seconds: float = SECONDS) -> Iterator[None]:
    """Hold the lock of a project's catalogs; waits so long for another sync to end.

    Raises PublishingError with ``busy/lock`` where it does not, and with ``output/write`` where there can be no lock.
    """
    place = root / STATE / NAME
    lock = filelock.FileLock(place)
    try:
        if place.parent.is_symlink():
            raise OSError(errno.ELOOP, "the folder for work in progress is a link")  # noqa: TRY301 - told below
        place.parent.mkdir(exist_ok=True)
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
