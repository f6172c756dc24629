"""A lock, and who holds it: written beside it for those who wait."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import filelock

from kitabat.model.diagnostic import Location, error
from kitabat.model.errors import PublishingError
from kitabat.workspace import cannot_write

LOCK_SECONDS = 600
Wait = Callable[[str], None]
"""Told who holds a lock that is waited for, in words that begin a sentence; empty where that is not known."""


def silently(_: str) -> None:
    """Tell nobody."""


class Holder:
    """A file that names the process which holds a lock. What it says counts only while the lock is held."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def write(self) -> None:
        """Name this process; a disk that does not take it is no reason to stop."""
        with suppress(OSError):
            self.place.write_text(f"{os.getpid()} {platform.node()}", encoding="utf-8")

    def clear(self) -> None:
        """Name nobody."""
        with suppress(OSError):
            self.place.unlink()

    def read(self) -> str:
        """Return who holds the lock: ``Process 4321`` or, on another machine that shares the disk, with its name."""
        with suppress(OSError, ValueError):
            number, _, machine = self.place.read_text(encoding="utf-8").partition(" ")
            there = "" if machine == platform.node() else f" on {machine}"
            return f"Process {int(number)}{there}"
        return ""


@contextmanager
def held(place: Path, shown: Path, wait: Wait = silently) -> Iterator[None]:
    """Hold the lock of this file; ``wait`` is told of another who holds it.

    Raises PublishingError, which names ``shown``, where he does not let go in time.
    """
    lock, holder = filelock.FileLock(place), Holder(place.with_suffix(".holder"))
    try:
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            wait(holder.read())
            lock.acquire(timeout=LOCK_SECONDS)
    except filelock.Timeout:
        message = f"{holder.read() or 'Another build'} has held the lock for {LOCK_SECONDS} seconds"
        hint = "Wait for it to end, or stop it"
        raise PublishingError(error("busy/lock", message, Location(str(shown)), hint)) from None
    except OSError as fault:
        raise PublishingError(cannot_write(str(place), fault)) from fault
    try:
        holder.write()
        yield
    finally:
        holder.clear()
        lock.release()
