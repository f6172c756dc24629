"""Digests of a project's files, read again only where a file may have changed since the last look."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from kitabat.recording import NONE, digest_of
from kitabat.workspace import Disk

SETTLED = 2_000_000_000
"""Nanoseconds: a file that changed less than this before it was read may have changed again within one tick."""


class Look(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a file was when it was last read."""

    size: int
    modified: int
    """Nanoseconds since 1970, as are the others; 0 where the file had no time to settle."""
    changed: int
    number: int
    """The inode."""
    digest: str


class Inventory:
    """The digests of files by path; each file is looked at once."""

    def __init__(self, disk: Disk, known: Mapping[str, Look] = MappingProxyType({})) -> None:
        """``known`` are the looks of an earlier run; a wrong one costs a wrong result, so they are not for sharing."""
        self.disk = disk
        self.known = known
        self.looks: dict[str, Look] = {}
        self._digests: dict[str, str] = {}
        self._root = f"{disk.root}{os.sep}"

    def digest(self, path: str) -> str:
        """Return a file's digest; ``NONE`` where it is not in the project or cannot be read."""
        found = self._digests.get(path)
        if found is None:
            found = self._digests[path] = self._taken(path)
        return found

    def _taken(self, path: str) -> str:
        try:
            state = os.stat(self._root + path)  # noqa: PTH116 - a Path for each of thousands of files costs more than the look
        except (OSError, ValueError):
            return NONE
        look = self.known.get(path)
        if (
            look is not None
            and look.modified == state.st_mtime_ns
            and look.changed == state.st_ctime_ns
            and look.size == state.st_size
            and look.number == state.st_ino
        ):
            self.looks[path] = look
            return look.digest
        try:
            digest = digest_of(self.disk.read(path))
        except OSError:
            return NONE
        settled = time.time_ns() - max(state.st_mtime_ns, state.st_ctime_ns) > SETTLED
        modified = state.st_mtime_ns if settled else 0
        self.looks[path] = Look(state.st_size, modified, state.st_ctime_ns, state.st_ino, digest)
        return digest
