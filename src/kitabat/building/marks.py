"""What tells, without reading them, that the files of an output are still what a build has put there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from kitabat.replacing import replace


class Mark(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a file was when a build had put it there."""

    digest: str
    size: int
    modified: int
    """Nanoseconds since 1970."""

    @classmethod
    def of(cls, state: os.stat_result, digest: str) -> Mark:
        """Return the mark of a file with a content."""
        return cls(digest, state.st_size, state.st_mtime_ns)

    def fits(self, place: str) -> bool:
        """Tell whether a file is what it was."""
        try:
            state = os.stat(place)  # noqa: PTH116 - thousands of files: a Path costs more than the look
        except (OSError, ValueError):
            return False
        return state.st_size == self.size and state.st_mtime_ns == self.modified


class Held(msgspec.Struct, array_like=True):
    """What a folder held when a build had filled it, by path."""

    root: int = 0
    """The folder's inode."""
    files: dict[str, Mark] = {}
    """What the build has made."""
    folders: dict[str, int] = {}
    """When each was changed, in nanoseconds since 1970; 0 where a later change might not be told from that."""
    foreign: list[str] = []
    """What somebody else has put there."""


def read_held(file: Path) -> Held:
    """Return what a file tells; nothing where it cannot be read."""
    with suppress(OSError, msgspec.MsgspecError, ValueError):
        return msgspec.msgpack.decode(file.read_bytes(), type=Held)
    return Held()


def write_held(file: Path, held: Held) -> None:
    """Keep what a folder holds; where it cannot be kept, the next build looks at all of it."""
    with suppress(OSError):
        replace(file, msgspec.msgpack.encode(held), lasting=False)


class Marks:
    """What an output held when the last build had filled it, and which of that is as it was."""

    def __init__(self, place: Path, file: Path) -> None:
        self.place = place
        self.file = file
        self._held: Held | None = None
        self._sound: dict[str, str] = {}
        """Digests of the files that were looked at and are what they were."""

    @property
    def held(self) -> Held:
        """What was kept last."""
        if self._held is None:
            self._held = read_held(self.file)
        return self._held

    def digest(self, path: str) -> str:
        """Return the digest of a file that is as it was put there; empty for any other. Each is looked at once."""
        known = self._sound.get(path)
        if known is None:
            mark = self.held.files.get(path)
            is_sound = mark is not None and mark.fits(f"{self.place}{os.sep}{path}")
            known = self._sound[path] = mark.digest if mark and is_sound else ""
        return known

    def foreign(self, built: frozenset[str], beside: str) -> list[str]:
        """Return the paths of what is in the output and neither was kept nor is ``built``; links are paths themselves.

        ``beside`` is the name of a folder in it that is no part of it. Only folders that have changed are listed:
        whatever is put into one changes it.
        """
        held, found = self.held, list[str]()
        waiting = [""]
        for folder, modified in held.folders.items():
            with suppress(OSError):
                state = os.lstat(f"{self.place}{os.sep}{folder}")
                if state.st_mtime_ns != modified and stat.S_ISDIR(state.st_mode):
                    waiting.append(f"{folder}/")
        while waiting:
            for path, is_folder in _listed(self.place, waiting.pop()):
                if not is_folder:
                    found += [path] if path not in held.files and path not in built else []
                elif path not in held.folders and path != beside:
                    waiting.append(f"{path}/")
        return sorted(found)

    def again(self) -> None:
        """Look at the files once more when they are asked for."""
        self._held = None
        self._sound.clear()

    def keep(self, held: Held) -> None:
        """Keep what was put there."""
        write_held(self.file, held)
        self._held = held
        self._sound.clear()

    def drop(self) -> None:
        """Forget what was known."""
        with suppress(OSError):
            self.file.unlink()
        self.again()


def _listed(place: Path, start: str) -> Iterator[tuple[str, bool]]:
    """Yield what is in a folder, whose name ends with a stroke, and whether that is a folder."""
    with os.scandir(f"{place}{os.sep}{start}") as entries:
        for entry in entries:
            yield start + entry.name, entry.is_dir(follow_symlinks=False)
