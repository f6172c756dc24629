"""The output folder: filled beside the old one, then put in its place as a whole."""

from __future__ import annotations

import errno
import glob
import os
import posixpath
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from kitabat.building.exchange import ASIDE, Inside, exchange, is_mount, put_back
from kitabat.building.holder import Wait, held, silently
from kitabat.building.manifest import MANIFEST, entry, manifest_in, written
from kitabat.building.store import Store, link_or_copy
from kitabat.model.diagnostic import Location, error
from kitabat.model.errors import PublishingError
from kitabat.model.site import OutputFile
from kitabat.recording import digest_of
from kitabat.workspace import replace

STATE = ".kitabat"
"""Name in a publication, and ending of the name elsewhere, of the folder for the lock and for what is being made."""
NOTHING = frozenset({STATE, "lost+found"})
"""Names that may be in a folder without it being anybody's content."""
SWAP = ".swap-"
FILE_MODE, FOLDER_MODE = 0o644, 0o755
"""Whatever the umask: a web server reads what is published, and the same input gives the same output."""


class Mark(msgspec.Struct, frozen=True):
    """What tells that a file of the output is still what a build has put there."""

    digest: str
    size: int
    modified: int
    """Nanoseconds since 1970."""

    @classmethod
    def of(cls, place: Path, digest: str) -> Mark:
        """Return the mark of a file with a content; raises OSError where there is none."""
        state = place.stat()
        return cls(digest, state.st_size, state.st_mtime_ns)


class OutputFolder:
    """A folder that is replaced as a whole; readers see the old content or the new, never a mixture."""

    def __init__(self, place: Path, state: Path | None = None) -> None:
        """``state`` is on the same disk as the output; None means a hidden folder beside it that is its alone.

        A folder that cannot be renamed, being a mount point or in a folder that may only be read, has it inside.
        """
        self.place = place
        real = Path(os.path.realpath(place))
        self.is_whole = not is_mount(real) and (os.access(real.parent, os.W_OK) or not real.is_dir())
        self.state = (state or real.with_name(f".{real.name}{STATE}")) if self.is_whole else real / STATE
        self._marks: Mapping[str, Mark] | None = None

    @contextmanager
    def locked(self, wait: Wait = silently) -> Iterator[None]:
        """Hold the folder's lock; waits for another build to end, and tells ``wait`` which it is."""
        with _faults(self.place):
            if self.state.is_symlink():
                raise OSError(errno.ELOOP, "the folder for work in progress is a link", str(self.state))
            self.state.mkdir(parents=True, exist_ok=True)
        with held(self.state / f"{self.place.name}.lock", self.place, wait):
            with _faults(self.place):
                self._clear()
            yield

    def check(self) -> None:
        """Refuse a place that is no folder (a file, a device), or a folder with content of somebody else's making."""
        if os.path.lexists(self.place) and not self.place.is_dir():
            raise PublishingError(
                error(
                    "output/not-a-folder",
                    "Unexpected file, expected a folder or nothing",
                    Location(str(self.place)),
                    "Move the file away, or choose another folder with --out",
                )
            )
        with _faults(self.place):
            if self.place.is_dir() and not self.manifest() and not self._inside.journal.exists():
                if all(place.name in NOTHING for place in self.place.iterdir()):
                    return
                raise PublishingError(
                    error(
                        "output/foreign",
                        f"Unexpected content without a {MANIFEST}, expected an empty folder or an earlier build",
                        Location(str(self.place)),
                        "Empty the folder, or choose another one with --out",
                    )
                )

    @property
    def _inside(self) -> Inside:
        return Inside(self.place, self.state)

    def manifest(self) -> Mapping[str, Any]:
        """Return the manifest of the last build; empty where there is none."""
        return manifest_in(self.place)

    def replace(
        self,
        files: Iterable[OutputFile],
        facts: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
        carried: Collection[str] = (),
        store: Store | None = None,
        keep: int = 0,
    ) -> int:
        """Put the files into the folder's place, with a manifest; return how many there are.

        ``facts`` are more lines of the manifest for a file; ``carried`` are files of the last build that stay;
        ``store`` holds the contents of files that have a digest only. Files that are not from a build stay too. On any
        fault the former content is as it was; where nothing differs, the folder is left alone. ``keep`` former outputs
        are kept for `roll_back`.
        """
        with _faults(self.place):
            self._clear()
        self.check()
        with _faults(self.place):
            every = sorted(files, key=lambda file: file.path)
            entries = {file.path: entry(file, facts.get(file.path, {})) for file in every}
            known = self.manifest().get("files", {})
            entries |= {
                path: known[path]
                for path in carried
                if path not in entries and path in known and (self.place / path).is_file()
            }
            manifest = written(entries)
            if not self._is_so(entries, manifest):
                self._put({file.path: file for file in every}, entries, manifest, store)
            self._trim(keep)
        return len(entries) + 1

    def _put(
        self,
        files: Mapping[str, OutputFile],
        entries: Mapping[str, Mapping[str, Any]],
        manifest: bytes,
        store: Store | None,
    ) -> None:
        staging = Path(tempfile.mkdtemp(dir=self.state, prefix=f"{self.place.name}.new-"))
        try:
            for path, entry in entries.items():
                target = staging / path
                target.parent.mkdir(parents=True, exist_ok=True)
                if path not in files or self.has(path, entry["sha256"]):
                    link_or_copy(self.place / path, target)
                elif files[path].digest and store:
                    store.give(files[path].digest, target)
                else:
                    target.write_bytes(files[path].content)
                    target.chmod(FILE_MODE)
            (staging / MANIFEST).write_bytes(manifest)
            (staging / MANIFEST).chmod(FILE_MODE)
            for folder in {"", *(folder for path in entries for folder in _above(path))}:
                (staging / folder).chmod(FOLDER_MODE)
            self._keep_foreign(staging)
            marks = {path: Mark.of(staging / path, entry["sha256"]) for path, entry in entries.items()}
            marks[MANIFEST] = Mark.of(staging / MANIFEST, digest_of(manifest))
            # By its name the next build sees, after a kill, whether it is what was to come or what was there before.
            named = staging.with_name(f"{self.place.name}{SWAP}{staging.stat().st_ino}")
            os.rename(staging, named)
            staging = named
            before = _read(self.place / MANIFEST)
            self._exchange(staging)
            self._remember(marks)
            if before != manifest:
                # What is new is in its place; that the former cannot be kept is no reason to call that a failure.
                with suppress(OSError):
                    self._retire(staging)
            self._inside.end()
        finally:
            shutil.rmtree(staging, ignore_errors=True)

    def _exchange(self, folder: Path) -> None:
        """Let the output and a folder beside it, or in it, change places."""
        if self.is_whole:
            exchange(folder, self.place)
        else:
            built = self.manifest().get("files", {})
            ours = {MANIFEST, *(path.partition("/")[0] for path in built)}
            self._inside.begin(folder, ours.union(os.listdir(folder)))

    def _retire(self, folder: Path) -> None:
        """Keep a folder as the latest former output, if it is one."""
        if (folder / MANIFEST).is_file():
            os.rename(folder, self.state / f"{self.place.name}.former-{self._next():06}")

    def former(self) -> list[Path]:
        """Return the folders of the former outputs that are kept, the latest first."""
        pattern = f"{glob.escape(self.place.name)}.former-" + "[0-9]" * 6
        return sorted(self.state.glob(pattern), reverse=True)

    def _next(self) -> int:
        found = self.former()
        return int(found[0].name[-6:]) + 1 if found else 1

    def _trim(self, keep: int) -> None:
        for left in self.former()[keep:]:
            shutil.rmtree(left, ignore_errors=True)

    def roll_back(self, steps: int = 1) -> bool:
        """Exchange the output with a former one, the last but ``steps``; False where none so old is kept.

        What was the output is then the former one in its place: the same call again brings it back.
        """
        with _faults(self.place):
            self._clear()
        self.check()
        with _faults(self.place):
            former = self.former()
            if len(former) < steps:
                return False
            self._keep_foreign(former[steps - 1], over=True)
            self._exchange(former[steps - 1])
            self._inside.end()
            with suppress(OSError):
                self._marks_file.unlink()
            self._marks = None
        return True

    def has(self, path: str, digest: str) -> bool:
        """Tell whether the folder has a file as a build has put it there, and its content is this."""
        mark = self.marks.get(path)
        if mark is None or mark.digest != digest:
            return False
        try:
            return Mark.of(self.place / path, digest) == mark
        except OSError:
            return False

    def _is_so(self, entries: Mapping[str, Mapping[str, Any]], manifest: bytes) -> bool:
        """Tell whether the folder holds just this already."""
        if not self.has(MANIFEST, digest_of(manifest)):
            return False
        return all(self.has(path, entry["sha256"]) for path, entry in entries.items())

    @property
    def marks(self) -> Mapping[str, Mark]:
        """What the last build knew of the files that it put there; empty where nothing is known for certain."""
        if self._marks is None:
            try:
                self._marks = msgspec.json.decode(self._marks_file.read_bytes(), type=dict[str, Mark])
            except (OSError, msgspec.MsgspecError, ValueError):
                self._marks = {}
        return self._marks

    @property
    def _marks_file(self) -> Path:
        return self.state / f"{self.place.name}.marks.json"

    def _remember(self, marks: dict[str, Mark]) -> None:
        self._marks = marks
        with suppress(OSError):
            replace(self._marks_file, msgspec.json.encode(marks))

    def _clear(self) -> None:
        """Put right and remove what a build that was killed has left."""
        before = self._inside.finish()
        if before is not None and ".former-" not in before.name:
            self._retire(before)
        self._inside.end()
        name = glob.escape(self.place.name)
        for aside in self.state.glob(f"{name}.*{ASIDE}"):
            if not put_back(aside, self.place):
                self._retire(aside)
        for left in self.state.glob(f"{name}{SWAP}*"):
            if f"{left.stat().st_ino}" != left.name.rpartition("-")[2]:
                self._retire(left)
        for left in (*self.state.glob(f"{name}.new-*"), *self.state.glob(f"{name}{SWAP}*")):
            shutil.rmtree(left, ignore_errors=True)

    def _keep_foreign(self, staging: Path, *, over: bool = False) -> None:
        """Take over what somebody put into the folder beside the built files; links stay links.

        ``over`` lets it take the place of what he had put into a former output under the same name.
        """
        built = self.manifest().get("files", {})
        theirs = {MANIFEST, *manifest_in(staging).get("files", {})} if over else ()
        # What cannot be renamed as a whole keeps the folders in which nothing is built.
        ours = None if self.is_whole else {path.partition("/")[0] for path in (*built, *os.listdir(staging))}
        for base, folders, names in os.walk(self.place):
            if Path(base) == self.place:
                folders[:] = [name for name in folders if name != STATE and (ours is None or name in ours)]
                names = [name for name in names if ours is None or name in ours]  # noqa: PLW2901 - as with the folders
            links = [name for name in folders if Path(base, name).is_symlink()]
            for path in (Path(base, name) for name in (*names, *links)):
                name = path.relative_to(self.place).as_posix()
                is_kept = path.is_symlink() or path.is_file()
                is_free = not os.path.lexists(staging / name) or (over and name not in theirs)
                if is_kept and is_free and name not in built and name != MANIFEST:
                    _copy(path, staging / name)


def _read(place: Path) -> bytes:
    """Return a file's bytes; none where there is none."""
    try:
        return place.read_bytes()
    except OSError:
        return b""


def _above(path: str) -> Iterator[str]:
    """Yield the folders that a file is in.

    >>> list(_above("ur/news/index.html"))
    ['ur/news', 'ur']
    """
    while path := posixpath.dirname(path):
        yield path


def _copy(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_symlink() or target.is_file():
        target.unlink()
    shutil.copy2(file, target, follow_symlinks=False)


@contextmanager
def _faults(place: Path) -> Iterator[None]:
    """Turn what the system says into a diagnostic."""
    try:
        yield
    except OSError as fault:
        reason = fault.strerror or str(fault)
        # Of two files the second is the one that was to be written.
        name = fault.filename2 or fault.filename
        raise PublishingError(
            error(
                "output/write",
                f"Cannot write the output: {reason}",
                Location(str(name) if isinstance(name, str | os.PathLike) else str(place)),
                "Free some space or mend the permissions; the former output is as it was",
            )
        ) from fault
