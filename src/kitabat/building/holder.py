"""Who holds a lock: written beside it for those who wait."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

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
            self.place.write_text(f"{os.getpid()} {socket.gethostname()}", encoding="utf-8")

    def clear(self) -> None:
        """Name nobody."""
        with suppress(OSError):
            self.place.unlink()

    def read(self) -> str:
        """Return who holds the lock: ``Process 4321`` or, on another machine that shares the disk, with its name."""
        with suppress(OSError, ValueError):
            number, _, machine = self.place.read_text(encoding="utf-8").partition(" ")
            there = "" if machine == socket.gethostname() else f" on {machine}"
            return f"Process {int(number)}{there}"
        return ""
