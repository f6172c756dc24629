"""Passing folders: whoever makes one holds its lock, and one whose lock nobody holds is removed by whoever comes by.

A process that is killed removes nothing, but its locks are let go at that moment, whatever becomes of its number; so
no build leaves anything that the next one, or another process of the same build, does not take away.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import NamedTuple

LOCK = "lock"


class _Hold(NamedTuple):
    process: int
    lock: int


_held: dict[Path, _Hold] = {}
"""The folders of this process, and those that the one had which it was forked from."""


def made(where: Path | None = None) -> Path:
    """Make a folder that only this process needs, in the system's place for such unless told ``where``.

    It is removed with `remove`, or at the end of the process. Folders there of processes that are gone are removed
    first. Raises OSError where there is no place for one.
    """
    sweep(where)
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_start(), dir=where)).absolute()
        try:
            lock = _locked(folder, wait=True)
        except FileNotFoundError:
            continue  # taken for one that was left
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _held[folder] = _Hold(os.getpid(), lock)
        return folder


def remove(folder: Path) -> None:
    """Remove a folder; one of another process, or that is gone, is nobody's concern."""
    hold = _held.get(folder)
    if hold and hold.process == os.getpid():
        shutil.rmtree(folder, ignore_errors=True)
        os.close(hold.lock)
        del _held[folder]


@contextmanager
def passing() -> Iterator[Path]:
    """Have a folder for a while."""
    folder = made()
    try:
        yield folder
    finally:
        remove(folder)


def clear() -> None:
    """Remove all folders of this process."""
    for folder in list(_held):
        remove(folder)


def sweep(where: Path | None = None) -> None:
    """Remove the folders of processes that are gone, of this user and this machine."""
    with suppress(OSError):
        place, start = where or Path(tempfile.gettempdir()), _start()
        for name in os.listdir(place):  # thousands of others may lie there
            if name.startswith(start) and (place / name).absolute() not in _held:
                _take_away(place / name)


def tidy() -> None:
    """Remove what this process has, and what processes have left that are gone.

    It is done at the end of a process, unless that ends by ``os._exit`` or is killed.
    """
    clear()
    sweep()


def _start() -> str:
    """Return how the names of folders begin that processes of this machine make: machines may share a place."""
    return f"kitabat-{hashlib.sha256(os.uname().nodename.encode()).hexdigest()[:8]}-"


def _take_away(folder: Path) -> None:
    """Remove a folder unless somebody needs it."""
    with suppress(OSError):
        lock = _locked(folder, wait=False)
        try:
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(lock)


def _locked(folder: Path, *, wait: bool) -> int:
    """Return the open lock of a folder of this user.

    Raises BlockingIOError where another holds it, FileNotFoundError where the folder is gone, or being removed, and
    PermissionError where it is another user's, or no folder: anybody may leave anything in the system's place.
    """
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.fstat(place).st_uid != os.geteuid():
            raise PermissionError(f"{folder} belongs to another")
        lock = os.open(LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600, dir_fd=place)
    finally:
        os.close(place)
    try:
        # Where the disk knows no locks, whoever makes a folder does without, and whoever finds one leaves it alone.
        with suppress(OSError) if wait else nullcontext():
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BaseException:
        os.close(lock)
        raise
    if not os.fstat(lock).st_nlink:
        os.close(lock)
        raise FileNotFoundError(f"{folder} has been removed")
    return lock


atexit.register(tidy)
