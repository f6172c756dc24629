"""Two folders that change places: in one step where the system can, else in steps that can be gone on with."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import msgspec

from kitabat.replacing import replace

AT_FDCWD, RENAME_EXCHANGE = -100, 2
ASIDE = "-old"
"""Ending of the name of what is being exchanged, where that takes more than one step."""
MOUNTS = Path("/proc/self/mountinfo")
LAST = ("index.html", "manifest.json")
"""Names that are exchanged after all others, the manifest last: it tells that all is there."""


def is_mount(place: Path) -> bool:
    """Tell whether a folder is a mount point, which cannot be renamed; also where it shows a part of its own disk."""
    real = os.path.realpath(place)
    if os.path.ismount(real):
        return True
    try:
        listed = MOUNTS.read_bytes()
    except OSError:
        return False
    return any(_unescaped(line.split(b" ")[4]) == os.fsencode(real) for line in listed.splitlines())


def _unescaped(name: bytes) -> bytes:
    r"""Return a path of the kernel's list.

    >>> _unescaped(rb"/srv/my\040site")
    b'/srv/my site'
    """
    return re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8)]), name)


def exchange(staging: Path, place: Path) -> None:
    """Let a folder and what is in a place change places: in one step where the system can, else in three renames.

    Where a kill comes between the renames, `put_back` puts things right.
    """
    target = place.resolve() if place.is_symlink() else place
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(staging, target)
        return
    _swap(staging, target)


def put_back(aside: Path, place: Path) -> bool:
    """Put what a killed build has taken out of its place back, if nothing else is there."""
    target = place.resolve() if place.is_symlink() else place
    if target.exists():
        return False
    os.rename(aside, target)
    return True


def in_one_step(one: Path, other: Path) -> bool:
    """Exchange two files or folders; False where the system or the disk cannot do it in one step."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done = renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    if done == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS):
        return False
    raise OSError(number, os.strerror(number), str(other))


class Inside:
    """The exchange of what is in two folders, where the outer one cannot be renamed: name by name, each in one step.

    A journal in ``state`` says what is under way: whoever finds it can finish. An interrupted one is finished and not
    undone, as what comes in was whole when it began.
    """

    def __init__(self, place: Path, state: Path) -> None:
        self.place = place
        self.state = state
        self.journal = state / f"{place.name}.exchange.json"

    def begin(self, other: Path, names: Collection[str]) -> None:
        """Exchange ``names`` between the place and a folder in ``state``; on a fault all are as they were.

        The journal stays until ``end`` is called: until then a kill leaves the folder's content to ``finish``.
        """
        wanted = {name: _number(other / name) for name in sorted(names, key=_late)}
        replace(self.journal, msgspec.json.encode((other.name, wanted)))
        done: list[str] = []
        try:
            for name in wanted:
                _swap(other / name, self.place / name)
                done.append(name)
        except BaseException:
            for name in reversed(done):
                _swap(other / name, self.place / name)
            self.end()
            raise

    def finish(self) -> Path | None:
        """Finish what a killed build has begun; return the folder that now holds what was there before."""
        try:
            other, wanted = msgspec.json.decode(self.journal.read_bytes(), type=tuple[str, dict[str, int]])
        except (OSError, msgspec.MsgspecError, ValueError):
            return None
        folder = self.state / Path(other).name
        if folder.is_dir():
            for name, number in wanted.items():
                if "/" not in name:
                    _finish(folder / name, self.place / name, number)
        return folder if folder.is_dir() else None

    def end(self) -> None:
        """Note that what came out of the place is where it belongs."""
        with suppress(OSError):
            self.journal.unlink()


def _late(name: str) -> tuple[int, str]:
    return (LAST.index(name) + 1 if name in LAST else 0), name


def _number(place: Path) -> int:
    """Return what tells a file or folder from any other of the disk; 0 where there is none."""
    try:
        return place.lstat().st_ino
    except OSError:
        return 0


def _swap(one: Path, other: Path) -> None:
    """Let two places change what is in them; either may be empty."""
    if not os.path.lexists(other):
        if os.path.lexists(one):
            os.rename(one, other)
    elif not os.path.lexists(one):
        os.rename(other, one)
    elif not in_one_step(one, other):
        aside = one.with_name(one.name + ASIDE)
        os.rename(other, aside)
        try:
            os.rename(one, other)
            os.rename(aside, one)
        except OSError:
            if not os.path.lexists(one):
                os.rename(other, one)
            os.rename(aside, other)
            raise


def _finish(one: Path, other: Path, number: int) -> None:
    """Finish a swap that a kill has interrupted, or not let begin; ``number`` is of what comes to the second place."""
    if _number(other) != number:
        _swap(one, other)
    aside = one.with_name(one.name + ASIDE)
    if os.path.lexists(aside):
        os.rename(aside, one)
