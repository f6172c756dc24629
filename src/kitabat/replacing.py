"""A file replaced as a whole: after a crash there is the old one or the new one."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

UNFINISHED = ".kitabat-"
"""How the name of a file begins that is being written; hidden, so that no folder lists it."""


def put_back(place: Path, before: bytes | None) -> None:
    """Give a file the content that it had, as well as can be; remove it where it had none."""
    with suppress(OSError):
        if before is None:
            place.unlink()
        else:
            replace(place, before)


def replace(place: Path, content: bytes | bytearray, *, lasting: bool = True) -> None:
    """Write a file beside the old one, then rename it over; keeps the old one's mode and, where it may, its owner.

    What is not ``lasting`` may be neither the old nor the new after the machine has lost its power: what is of a cache,
    and looked at before it is believed, need not wait for the disk.
    """
    name = beside(place, content, lasting=lasting)
    try:
        os.replace(name, place)
    except FileNotFoundError:  # another process, which writes the same file, took this one for what was left over
        os.replace(beside(place, content, lasting=lasting), place)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def beside(place: Path, content: bytes | bytearray, *, lasting: bool = True) -> str:
    """Write a file beside the one whose place it is to take, with that one's mode and owner; return its path.

    What a process that was killed has left there is removed.
    """
    # Not the file's own name: one of 255 bytes, as long Urdu slugs have, bears no letter more.
    start = f"{UNFINISHED}{hashlib.sha256(place.name.encode()).hexdigest()[:12]}."
    for left in place.parent.glob(f"{start}*"):
        left.unlink(missing_ok=True)
    import tempfile

    handle, name = tempfile.mkstemp(dir=place.parent, prefix=start)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            if lasting:
                os.fsync(stream.fileno())
        _like_former(place, name)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    return name


def _like_former(place: Path, name: str) -> None:
    """Give a new file the mode and the owner of the one that it replaces; else a new file's mode."""
    if not place.exists():
        os.umask(umask := os.umask(0))
        os.chmod(name, 0o666 & ~umask)
        return
    former = place.stat()
    if (former.st_uid, former.st_gid) != (os.geteuid(), os.getegid()):
        with suppress(PermissionError):  # only the superuser gives files away
            os.chown(name, former.st_uid, former.st_gid)
    os.chmod(name, former.st_mode & 0o7777)
