"""Contents of finished tasks, kept by their digest; what is damaged is as good as not there."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from kitabat.recording import digest_of

NAMED = 1
"""Letters of a digest that name a content's folder: sixteen folders are soon made, and take thousands of files each."""
UNFINISHED = ".new-"
"""How the name of a file begins that is being written."""
MODE = 0o644
"""Of files, whatever the umask takes away."""
OBSTRUCTED = (FileExistsError, IsADirectoryError, NotADirectoryError)
"""What the system says where a folder stands in a file's place, or a file in a folder's."""


class Store:
    """A folder of contents, each under its digest; several builds may use one at the same time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.added = 0
        """Bytes that were put in here."""
        self.fresh: set[str] = set()
        """Digests of what was put in just now, in here or by a worker: it is not read to be given out."""
        self._lent: dict[Path, int] = {}
        """Files that are for one build, with their bytes."""

    def place(self, digest: str) -> Path:
        """Return the file of a content, whether it is there or not."""
        return self.folder / digest[:NAMED] / digest[NAMED:]

    def put(self, content: bytes) -> str:
        """Keep a content and return its digest; raises OSError where the disk does not take it."""
        digest = digest_of(content)
        place = self.place(digest)
        if self._holds(place, content):
            return digest
        try:
            self._put(place, content)
        except (FileNotFoundError, *OBSTRUCTED):
            make_room(place, self.folder.parent)
            self._put(place, content)
        self.added += len(content)
        return digest

    def _put(self, place: Path, content: bytes) -> None:
        name = self._new(place.parent, content)
        try:
            os.replace(name, place)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise

    def _new(self, folder: Path, content: bytes) -> str:
        """Write a content to a file of its own beside its place, and return the path."""
        # Not by `tempfile`, which is long to import and to find a name.
        name = f"{folder}{os.sep}{UNFINISHED}{os.urandom(8).hex()}"
        handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
        try:
            try:
                rest = memoryview(content)
                while rest:
                    rest = rest[os.write(handle, rest) :]
                os.fchmod(handle, MODE)
            finally:
                os.close(handle)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
        return name

    def lend(self, content: bytes) -> Path:
        """Keep a content until ``reclaim`` is called, and return its file; raises OSError as ``put`` does."""
        before = self.added
        place = self.place(self.put(content))
        self._lent.setdefault(place, self.added - before)
        return place

    def reclaim(self) -> None:
        """Remove what was lent, unless it was there before."""
        for place, size in self._lent.items():
            if size:
                with suppress(OSError):
                    place.unlink()
                    self.added -= size
        self._lent.clear()

    def get(self, digest: str) -> bytes | None:
        """Return a content; None where it is not there, or is not what it was."""
        try:
            content = self.place(digest).read_bytes()
        except OSError:
            return None
        return content if digest_of(content) == digest else None

    def give(self, digest: str, target: Path) -> None:
        """Put a content into a place; raises OSError where it is not there, or not sound."""
        if digest not in self.fresh and self.get(digest) is None:
            raise FileNotFoundError(errno.ENOENT, "a finished file is no longer in the cache", str(self.place(digest)))
        link_or_copy(self.place(digest), target)

    def _holds(self, place: Path, content: bytes) -> bool:
        try:
            return place.stat().st_size == len(content) and place.read_bytes() == content
        except OSError:
            return False

    def state(self) -> str:
        """Return what tells whether anybody has added or removed a content since."""
        try:
            with os.scandir(self.folder) as folders:
                return digest_of(repr(sorted((one.name, one.stat().st_mtime_ns) for one in folders)).encode())
        except OSError:
            return ""

    def trim(self, limit: int, needed: Collection[str] = ()) -> int:
        """Remove contents, those that are not needed and the oldest first, until at most ``limit`` bytes are left.

        Returns how many bytes are left. What another build removes or adds meanwhile does no harm.
        """
        found = [(digest in needed, age, size, place) for digest, age, size, place in self._contents()]
        total = sum(size for _, _, size, _ in found)
        for _, _, size, place in sorted(found) if total > limit else ():
            if total <= limit:
                break
            with suppress(OSError):
                os.unlink(place)
            total -= size
        return total

    def _contents(self) -> Iterator[tuple[str, int, int, str]]:
        """Yield the digest, the time of the last change, the size and the path of each content."""
        with suppress(OSError), os.scandir(self.folder) as folders:
            for folder in folders:
                with suppress(OSError), os.scandir(folder.path) as files:
                    for file in files:
                        with suppress(OSError):
                            state = file.stat(follow_symlinks=False)
                            yield folder.name + file.name, state.st_mtime_ns, state.st_size, file.path


def make_room(place: Path, cache: Path) -> None:
    """Remove what stands where a file of a cache is to be, and where the folders to it are to be."""
    import shutil

    for folder in reversed([place.parent, *place.parent.parents]):
        if folder.is_relative_to(cache) and os.path.lexists(folder) and not folder.is_dir():
            folder.unlink()
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    elif place.exists() and not os.access(place, os.R_OK):
        place.unlink()


def link_or_copy(file: Path, target: Path) -> None:
    """Give a file a second name, or a copy where the disks differ or know no second names."""
    try:
        os.link(file, target, follow_symlinks=False)
    except OSError:
        import shutil

        shutil.copy2(file, target, follow_symlinks=False)
