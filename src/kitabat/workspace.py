"""The one door to files and the clock.

Every read of a publication goes through a ``Workspace``, with paths relative to the project; nothing outside the
project is ever read, links included. ``Disk`` is the real one, ``Memory`` serves tests.
"""

from __future__ import annotations

import datetime
import errno
import os
import posixpath
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from kitabat.model.diagnostic import Diagnostic, Location, error
from kitabat.model.errors import PublishingError
from kitabat.replacing import beside, put_back

WRITABLE = 0o222
"""The bits of a mode that let somebody write."""
KEEPERS: dict[str, Callable[[str], None]] = {}
"""By a project's folder: who is told of each path before it is looked at, where files come when they are asked for."""


class OutsideProjectError(OSError):
    """The path, or the file that it links to, is not in the project."""


class Workspace(Protocol):
    """Files of one project, and the time."""

    def read(self, path: str) -> bytes:
        """Return a file's bytes; raises OSError (OutsideProjectError where the path leaves the project)."""

    def exists(self, path: str) -> bool:
        """Tell whether there is such a file inside the project."""

    def list(self, folder: str, suffix: str = "") -> tuple[str, ...]:
        """Return the paths of all files below a folder whose name ends so, sorted; empty where there is no folder.

        Hidden ones are left out: editors keep locks and copies under such names. Raises OSError where a folder cannot
        be listed.
        """

    def now(self) -> datetime.datetime:
        """Return the present time, in UTC; SOURCE_DATE_EPOCH wins, and raises PublishingError where it is no time."""


def normal(path: str) -> str:
    """Return the path in its plain form, refusing one that leaves the project.

    >>> normal("content/./a/../b.md")
    'content/b.md'
    >>> normal("content/../../secret")
    Traceback (most recent call last):
    kitabat.workspace.OutsideProjectError: content/../../secret
    """
    plain = posixpath.normpath(path)
    if plain.startswith(("../", "/")) or plain == ".." or "\0" in path:
        raise OutsideProjectError(path)
    return plain


class Disk:
    """The project's folder on disk."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self.keeper = KEEPERS.get(str(self.root))

    def real(self, path: str) -> Path:
        """Return the file's place on disk, links followed; refuses one outside the project."""
        return Path(self._real(path))

    def _real(self, path: str) -> str:
        """Return the same as text: to make a path takes longer than to look at the file."""
        plain = normal(path)
        if self.keeper:
            self.keeper(plain)
        place = str(self.root).rstrip(os.sep)
        for part in plain.split("/"):
            place = f"{place}{os.sep}{part}"
            if os.path.islink(place):  # noqa: PTH114 - a path would be made for each folder
                break
        else:
            return place
        # Path.resolve() raises RuntimeError for links in a ring; here the reader gets the system's own OSError.
        place = os.path.realpath(self.root / plain)
        if not Path(place).is_relative_to(self.root):
            raise OutsideProjectError(errno.EXDEV, "it leads out of the project", path)
        return place

    def read(self, path: str) -> bytes:
        """See ``Workspace.read``; a pipe or a device is refused, as it may never end."""
        place = self._real(path)
        kind = os.stat(place).st_mode  # noqa: PTH116 - as `_real`
        if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
            raise OSError(errno.EINVAL, "it is not a file but a pipe or a device", path)
        with open(place, "rb", buffering=0) as file:
            return file.readall()

    def exists(self, path: str) -> bool:
        """See ``Workspace.exists``."""
        try:
            return self.real(path).is_file()
        except OSError:
            return False

    def list(self, folder: str, suffix: str = "") -> tuple[str, ...]:
        """See ``Workspace.list``."""
        self.real(folder)  # refuses a folder that is a link out of the project
        found: list[str] = []
        start = str(self.root / normal(folder))
        for base, folders, names in os.walk(start, onerror=self._raised):
            folders[:] = [name for name in folders if not name.startswith(".")]
            below = Path(base).relative_to(self.root).as_posix() if names else ""
            head = "" if below == "." else f"{below}/"
            found += [head + name for name in names if name.endswith(suffix) and not name.startswith(".")]
        return tuple(sorted(found))

    def _raised(self, fault: OSError) -> None:
        """Raise what keeps a folder from being listed, but not that there is none."""
        if not isinstance(fault, FileNotFoundError | NotADirectoryError):
            raise OSError(fault.errno, fault.strerror, Path(fault.filename).relative_to(self.root).as_posix())

    def now(self) -> datetime.datetime:
        """See ``Workspace.now``."""
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        return moment(epoch) if epoch else datetime.datetime.now(datetime.UTC)

    def write(self, path: str, content: bytes) -> None:
        """Replace a file as a whole, keeping its mode and owner: after a crash there is the old file or the new one.

        A link stays, and what it leads to is replaced. Raises PublishingError where it cannot be done, and where
        somebody has made the file read-only, even if the superuser asks.
        """
        self.write_all([(path, content)])

    def write_all(self, files: Sequence[tuple[str, bytes]]) -> None:
        """Replace some files as ``write`` does one, all of them or none.

        Each lies complete beside the old one before the first takes its place, and where one cannot, those that did
        are put back. A crash in between leaves the first ones new and the others old, each of them whole.

        Raises PublishingError for the file that cannot be replaced.
        """
        ready: list[tuple[str, Path, str]] = []
        replaced: list[tuple[Path, bytes | None]] = []
        try:
            for path, content in files:
                with told(path):
                    ready.append((path, *self._prepared(path, content)))
            for path, place, name in ready:
                with told(path):
                    before = place.read_bytes() if place.exists() else None
                    os.replace(name, place)
                replaced.append((place, before))
        except BaseException:
            for place, before in replaced:
                put_back(place, before)
            for _, _, name in ready:
                Path(name).unlink(missing_ok=True)
            raise

    def _prepared(self, path: str, content: bytes) -> tuple[Path, str]:
        """Return a file's place, and the new one that lies beside it."""
        place = self.real(path)
        if place.exists() and not (place.stat().st_mode & WRITABLE and os.access(place, os.W_OK)):
            raise PermissionError(errno.EACCES, "the file may only be read")
        place.parent.mkdir(parents=True, exist_ok=True)
        return place, beside(place, content)


@contextmanager
def told(path: str) -> Iterator[None]:
    """Raise PublishingError, which names the file, for what the system says of it."""
    try:
        yield
    except OSError as fault:
        raise PublishingError(cannot_write(path, fault)) from fault


def moment(epoch: str) -> datetime.datetime:
    """Return the time of a SOURCE_DATE_EPOCH; raises PublishingError where it is none.

    >>> moment("1").isoformat()
    '1970-01-01T00:00:01+00:00'
    """
    try:
        found = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
        if not datetime.MINYEAR < found.year < datetime.MAXYEAR:
            raise ValueError(epoch)  # noqa: TRY301 - at the ends of the calendar there is no such day in some zones
        return found  # noqa: TRY300 - what may fail stands here
    except (ValueError, OverflowError, OSError):
        message = f"Unexpected SOURCE_DATE_EPOCH `{epoch[:40]}`, expected seconds since 1970"
        hint = "Set it to a number such as that of `date +%s`, or unset it"
        raise PublishingError(error("usage/environment", message, hint=hint)) from None


def cannot_write(path: str, fault: OSError) -> Diagnostic:
    """Return the diagnostic for a file that could not be written."""
    reason = fault.strerror or str(fault)
    return error(
        "output/write",
        f"Cannot write: {reason}",
        Location(path),
        "Free some space or mend the permissions, then run the command again; the former file is as it was",
    )


class Draft:
    """A project as it would be: what is written is kept here until it is saved, the rest is read from the disk.

    >>> draft = Draft(Disk(Path("/")))
    >>> draft.write("no/such.md", b"# A")
    >>> draft.read("no/such.md"), draft.written
    (b'# A', ('no/such.md',))
    """

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.files: dict[str, bytes] = {}

    @property
    def written(self) -> tuple[str, ...]:
        """Paths of the files that differ from those on disk, in the order in which they were written first."""
        return tuple(self.files)

    def read(self, path: str) -> bytes:
        """See ``Workspace.read``."""
        content = self.files.get(normal(path))
        return self.disk.read(path) if content is None else content

    def exists(self, path: str) -> bool:
        """See ``Workspace.exists``."""
        return self.disk.exists(path) or posixpath.normpath(path) in self.files

    def list(self, folder: str, suffix: str = "") -> tuple[str, ...]:
        """See ``Workspace.list``."""
        start = f"{normal(folder)}/"
        own = {path for path in self.files if path.startswith(start) and path.endswith(suffix)}
        return tuple(sorted(own.union(self.disk.list(folder, suffix))))

    def now(self) -> datetime.datetime:
        """See ``Workspace.now``."""
        return self.disk.now()

    def write(self, path: str, content: bytes) -> None:
        """Keep a file's new content; a path that leads out of the project is refused with PublishingError."""
        with told(path):
            self.disk.real(path)
        self.files[normal(path)] = content

    def save(self) -> None:
        """Write all files to disk, each as a whole, in the order in which they were written first."""
        for path, content in self.files.items():
            self.disk.write(path, content)


class Memory:
    """Files in a dictionary, for tests and examples.

    >>> Memory({"content/a.md": "# A"}).read("content/a.md")
    b'# A'
    """

    def __init__(
        self,
        files: Mapping[str, str | bytes],
        time: datetime.datetime = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
    ) -> None:
        self.files = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
        self.time = time

    def read(self, path: str) -> bytes:
        """See ``Workspace.read``."""
        try:
            return self.files[normal(path)]
        except KeyError:
            raise FileNotFoundError(2, "No such file", path) from None

    def exists(self, path: str) -> bool:
        """See ``Workspace.exists``."""
        with suppress(OSError):
            return normal(path) in self.files
        return False

    def list(self, folder: str, suffix: str = "") -> tuple[str, ...]:
        """See ``Workspace.list``."""
        start = f"{normal(folder)}/"
        return tuple(sorted(path for path in self.files if path.startswith(start) and path.endswith(suffix)))

    def now(self) -> datetime.datetime:
        """See ``Workspace.now``."""
        return self.time

    def write(self, path: str, content: bytes) -> None:
        """Keep a file's new content."""
        self.files[normal(path)] = content
