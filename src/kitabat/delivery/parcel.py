"""What is to be published: the files of an output as its manifest lists them, each as it was built."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kitabat.delivery.manifest import MANIFEST, WORK, entries, is_inside
from kitabat.delivery.order import Rank, rank
from kitabat.model.diagnostic import Diagnostic, Location, error
from kitabat.model.errors import PublishingError

NEVER = frozenset({".git", ".hg", ".svn", ".DS_Store", "Thumbs.db", ".kitabat", WORK})
"""Names of what lies in folders and is nobody's site; a build's own folder for work may lie in its output."""
RENAME = "Rename it, or publish without --all"
HELD = 4 << 20
"""Bytes: larger files are sent from the disk, and read back, in pieces of this size."""
LOOKS, PAUSE = 5, 0.05
"""How often, and after how many seconds, the manifest is looked at again: a build that exchanges an output name by
name puts it there last."""
AGAIN = "Run `kitabat build`, then publish again"
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Item:
    """A file to be published."""

    path: str
    """Below the output, and below the target."""
    digest: str
    """SHA-256 in hexadecimal digits."""
    size: int
    """In bytes."""
    rank: Rank
    is_built: bool = True
    """False where somebody has put the file into the output himself."""


class ChangedError(Exception):
    """A file of the output is no more what it was when publishing began."""


@dataclass(frozen=True, slots=True)
class Freight:
    """What is sent: bytes, or a file that is too large to be held."""

    size: int
    digest: str
    """SHA-256 in hexadecimal digits."""
    md5: bytes
    content: bytes = b""
    place: Path | None = None
    """The file, where its content is not in ``content``."""

    @classmethod
    def of(cls, content: bytes) -> Freight:
        """Return what sends bytes."""
        md5 = hashlib.md5(content, usedforsecurity=False).digest()
        return cls(len(content), hashlib.sha256(content).hexdigest(), md5, content)


@dataclass(frozen=True, slots=True)
class Parcel:
    """An output, looked through."""

    folder: Path
    items: tuple[Item, ...]
    """In the order of their paths; the manifest is one of them."""
    manifest: bytes

    def freight(self, item: Item) -> Freight:
        """Return what is to be sent of a file; raises ChangedError where it is not what its digest says."""
        if item.rank is Rank.MANIFEST:
            return Freight.of(self.manifest)
        try:
            found = _freight(self.folder / item.path, item.size)
        except OSError as fault:
            raise ChangedError(item.path) from fault
        if found.digest != item.digest:
            raise ChangedError(item.path)
        return found

    def is_replaced(self) -> bool:
        """Tell whether a build has put another output into the place of this one; waits for one that is at it."""
        for _ in range(LOOKS):
            if _manifest(self.folder) not in {self.manifest, None}:
                return True
            time.sleep(PAUSE)
        return False


def _freight(place: Path, size: int) -> Freight:
    if size <= HELD:
        return Freight.of(place.read_bytes())
    sha256, md5, size = hashlib.sha256(), hashlib.md5(usedforsecurity=False), 0
    with place.open("rb") as stream:
        while block := stream.read(HELD):
            sha256.update(block)
            md5.update(block)
            size += len(block)
    return Freight(size, sha256.hexdigest(), md5.digest(), place=place)


def packed(folder: Path, shown: str, *, everything: bool = False) -> Parcel:
    """Look an output through; with ``everything``, also for files that no build has made.

    ``shown`` is the folder's name in diagnostics. Raises PublishingError where there is no output, or where a file of
    it is missing or is not as it was built. Where a build replaces it meanwhile, it is the new one.
    """
    while True:
        content = _manifest(folder)
        if content is None:
            message = f"Missing `{MANIFEST}`, expected the output of a build"
            raise PublishingError(error("output/unbuilt", message, Location(shown), AGAIN))
        try:
            return _packed(folder, shown, content, everything=everything)
        except PublishingError:
            if not Parcel(folder, (), content).is_replaced():
                raise


def _packed(folder: Path, shown: str, content: bytes, *, everything: bool) -> Parcel:
    listed = entries(content)
    if listed is None:
        message = f"Unexpected content of `{MANIFEST}`, expected what a build writes"
        raise PublishingError(error("output/unbuilt", message, Location(f"{shown}/{MANIFEST}"), AGAIN))
    items, faults = [], []
    for path, entry in sorted(listed.items()):
        digest, size = _digest(folder / path)
        items.append(Item(path, entry["sha256"], size, rank(path, entry)))
        if digest != entry["sha256"]:
            faults.append(_differs(f"{shown}/{path}", is_missing=digest is None))
    if faults:
        raise PublishingError(*faults[:SHOWN], *_more(len(faults), shown))
    if everything:
        items += [item for item in _others(folder, shown) if item.path not in listed]
    items.append(Item(MANIFEST, hashlib.sha256(content).hexdigest(), len(content), Rank.MANIFEST))
    return Parcel(folder, tuple(items), content)


def _manifest(folder: Path) -> bytes | None:
    try:
        return (folder / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _digest(place: Path) -> tuple[str | None, int]:
    """Return a file's digest and size; no digest where it cannot be read."""
    try:
        with place.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest(), os.fstat(stream.fileno()).st_size
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None, 0


def _differs(place: str, *, is_missing: bool) -> Diagnostic:
    what = "Missing file, expected" if is_missing else "Unexpected content, expected"
    return error("output/changed", f"{what} what the last build made", Location(place), AGAIN)


def _more(count: int, shown: str) -> Iterator[Diagnostic]:
    if count > SHOWN:
        yield error("output/changed", f"{count - SHOWN} more files are not as they were built", Location(shown), AGAIN)


def _others(folder: Path, shown: str) -> Iterator[Item]:
    """Yield the files of an output that lie there beside those of its manifest; links are not followed.

    Raises PublishingError where one has a name that not every target could have.
    """
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in NEVER)
        for place in (Path(base, name) for name in sorted(names) if name not in NEVER):
            path = place.relative_to(folder).as_posix()
            if place.is_file() and not place.is_symlink() and path != MANIFEST:
                if not is_inside(path):
                    message = "Unexpected name of a file, expected one in UTF-8 without control characters and `\\`"
                    raise PublishingError(error("output/name", message, Location(f"{shown}/{path}"), RENAME))
                digest, size = _digest(place)
                if digest:
                    yield Item(path, digest, size, rank(path), is_built=False)
