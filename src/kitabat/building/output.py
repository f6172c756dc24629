"""The output folder: filled beside the old one, then put in its place as a whole."""

from __future__ import annotations

import errno
import glob
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from kitabat.building.exchange import ASIDE, Inside, exchange, is_mount, put_back
from kitabat.building.foreign import refuse_in_the_way, take_over
from kitabat.building.formers import Formers, remove, whole
from kitabat.building.holder import Wait, held, silently
from kitabat.building.manifest import MANIFEST, entry, manifest_in, written
from kitabat.building.marks import Held, Marks, read_held, write_held
from kitabat.building.staging import Staging
from kitabat.building.store import Store
from kitabat.building.unbroken import unbroken
from kitabat.model.diagnostic import Location, error
from kitabat.model.errors import PublishingError
from kitabat.model.site import OutputFile
from kitabat.recording import digest_of

STATE = ".kitabat"
"""Name in a publication, and ending of the name elsewhere, of the folder for the lock and for what is being made."""
NOTHING = frozenset({STATE, "lost+found"})
"""Names that may be in a folder without it being anybody's content."""
MEND = "Free some space or mend the permissions"
HINTS = {
    errno.EXDEV: "What comes from a container's image cannot be renamed: delete it, or build elsewhere with --out",
    **dict.fromkeys((errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ELOOP), "Take away what is in this place"),
}
"""By the system's number of a fault."""
SWAP = ".swap-"
FILE_MODE, FOLDER_MODE = 0o644, 0o755
"""Whatever the umask: a web server reads what is published, and the same input gives the same output."""


class _Wanted(msgspec.Struct, frozen=True):
    """What an output is to hold, but for its manifest."""

    files: Mapping[str, OutputFile]
    """Those of this build, by path."""
    entries: Mapping[str, Mapping[str, Any]]
    """What the manifest is to say of these and of those that stay."""
    store: Store | None
    """Holds the contents of files that have a digest only."""
    foreign: Collection[str]
    """Paths of what somebody has put into the output."""


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
        self._marks = Marks(place, self.state / f"{place.name}.marks")
        self.formers = Formers(place, self.state, self._marks, is_whole=self.is_whole)
        self.is_new = False
        """Whether the folder holds what this build has made, whatever has come after that."""
        self._manifest: tuple[tuple[int, ...], Mapping[str, Any]] = (), {}
        """What tells the manifest's file from another, and what it holds."""

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
                self._marks.again()
            yield

    def check(self) -> None:
        """Refuse a place that is no folder (a file, a device), or a folder with content of somebody else's making."""
        if os.path.lexists(self.place) and not self.place.is_dir():
            found = "link to nothing" if self.place.is_symlink() else "file"
            raise PublishingError(
                error(
                    "output/not-a-folder",
                    f"Unexpected {found}, expected a folder or nothing",
                    Location(str(self.place)),
                    "Move it away, or choose another folder with --out",
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
        try:
            state = (self.place / MANIFEST).stat()
        except OSError:
            return {}
        seen = (state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
        if seen != self._manifest[0]:
            self._manifest = seen, manifest_in(self.place, is_ours=bool(self._marks.digest(MANIFEST)))
        return self._manifest[1]

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
            if not self._is_so(entries, known):
                by_path = {file.path: file for file in every}
                foreign = self._foreign(known, entries)
                refuse_in_the_way(self.place, foreign, entries)
                self._put(_Wanted(by_path, entries, store, foreign), written(entries))
            self.formers.trim(keep)
        return len(entries) + 1

    def _put(self, wanted: _Wanted, manifest: bytes) -> None:
        place = Path(tempfile.mkdtemp(dir=self.state, prefix=f"{self.place.name}.new-"))
        try:
            staging = self._from_spare(place, wanted)
            if staging is None:
                staging = self._filled(Staging(place, self.place, Held()), wanted)
            staging.put(MANIFEST, digest_of(manifest), partial(_write, manifest))
            place.chmod(FOLDER_MODE)
            here, there = staging.held(MANIFEST), self._marks.held
            # By its name the next build sees, after a kill, whether it is what was to come or what was there before.
            named = place.with_name(f"{self.place.name}{SWAP}{place.stat().st_ino}")
            os.rename(place, named)
            place = named
            before = _read(self.place / MANIFEST)
            with unbroken():
                self._exchange(place)
                self.is_new = True
                self._marks.keep(here)
                if before != manifest:
                    # What is new is in its place; that the former cannot be kept is no reason to call that a failure.
                    with suppress(OSError):
                        # What was put there by hand is not in its marks, and must not come back.
                        marks = Held(place.stat().st_ino, there.files, there.folders, [*wanted.foreign])
                        write_held(self.formers.file("former.marks"), marks)
                        self.formers.retire(place)
                self._inside.end()
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def _foreign(self, built: Collection[str], wanted: Collection[str]) -> list[str]:
        """Return the paths of what somebody has put into the part of the output that is exchanged.

        ``built`` are the paths of the last build, ``wanted`` those of this one. What cannot be renamed as a whole keeps
        the folders in which nothing is built.
        """
        if not self.place.is_dir():
            return []
        theirs = self._marks.foreign(frozenset((*built, MANIFEST)), beside=STATE)
        if self.is_whole:
            return theirs
        tops = {path.partition("/")[0] for path in (*built, *wanted)}
        return [path for path in theirs if path.partition("/")[0] in tops]

    def _from_spare(self, place: Path, wanted: _Wanted) -> Staging | None:
        """Fill a folder that begins as a former output; None where that does not lie ready, or is of no use."""
        held, spare = read_held(self.formers.file("spare.marks")), self.formers.file("spare")
        try:
            if not self.is_whole or spare.is_symlink() or spare.stat().st_ino != held.root:
                return None
            os.rename(spare, place)
            return self._filled(Staging(place, self.place, held), wanted)
        except OSError:
            # It is not there, or somebody has changed it or forbidden to write in it: an empty folder needs none of it.
            remove(place)
            place.mkdir()
            return None

    def _filled(self, staging: Staging, wanted: _Wanted) -> Staging:
        """Fill a folder with what the output is to be, without the manifest."""
        staging.clear(wanted.entries)
        staging.open(wanted.entries)
        for path, described in wanted.entries.items():
            digest, file = described["sha256"], wanted.files.get(path)
            if staging.keep(path, digest):
                continue
            if file is None or self.has(path, digest):
                staging.take_over(path, digest)
            elif file.digest and wanted.store:
                staging.put(path, digest, partial(wanted.store.give, digest))
            else:
                staging.put(path, digest, partial(_write, file.content))
        staging.copy(wanted.foreign)
        return staging

    def _exchange(self, folder: Path) -> None:
        """Let the output and a folder beside it, or in it, change places."""
        if self.is_whole:
            exchange(folder, self.place)
        else:
            built = self.manifest().get("files", {})
            ours = {MANIFEST, *(path.partition("/")[0] for path in built)}
            self._inside.begin(folder, ours.union(os.listdir(folder)))

    def roll_back(self, steps: int = 1) -> bool:
        """Exchange the output with a former one, the last but ``steps``; False where none so old is kept.

        What was the output is then the former one in its place: the same call again brings it back. Raises
        PublishingError where the former one is no more whole.
        """
        with _faults(self.place):
            self._clear()
        self.check()
        with _faults(self.place):
            former = self.formers.all()
            if len(former) < steps:
                return False
            self._bring_back(former[steps - 1])
        return True

    def _bring_back(self, former: Path) -> None:
        files = whole(former)
        foreign = self._foreign(self.manifest().get("files", {}), [*files, *os.listdir(former)])
        refuse_in_the_way(self.place, foreign, files)
        take_over(foreign, self.place, former)
        with unbroken():
            self._exchange(former)
            self._inside.end()
            self._marks.drop()

    def has(self, path: str, digest: str) -> bool:
        """Tell whether the folder has a file as a build has put it there, and its content is this."""
        return self._marks.digest(path) == digest

    def _is_so(self, entries: Mapping[str, Mapping[str, Any]], known: Mapping[str, Any]) -> bool:
        """Tell whether the folder holds just this already; ``known`` is what its manifest says."""
        if entries != known or not self._marks.digest(MANIFEST):
            return False
        return all(self.has(path, entry["sha256"]) for path, entry in entries.items())

    def _clear(self) -> None:
        """Put right and remove what a build that was killed has left."""
        with unbroken():
            before = self._inside.finish()
            if before is not None and ".former-" not in before.name:
                self.formers.retire(before)
            self._inside.end()
        name = glob.escape(self.place.name)
        for aside in self.state.glob(f"{name}.*{ASIDE}"):
            if not put_back(aside, self.place):
                self.formers.retire(aside)
        for left in self.state.glob(f"{name}{SWAP}*"):
            if f"{left.stat().st_ino}" != left.name.rpartition("-")[2]:
                self.formers.retire(left)
        for left in (*self.state.glob(f"{name}.new-*"), *self.state.glob(f"{name}{SWAP}*")):
            shutil.rmtree(left, ignore_errors=True)


def _write(content: bytes, place: Path) -> None:
    place.write_bytes(content)
    place.chmod(FILE_MODE)


def _read(place: Path) -> bytes:
    """Return a file's bytes; none where there is none."""
    try:
        return place.read_bytes()
    except OSError:
        return b""


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
                f"{HINTS.get(fault.errno or 0, MEND)}; the former output is as it was",
            )
        ) from fault
