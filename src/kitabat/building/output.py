"""The output folder: filled beside the old one, then put in its place as a whole."""

from __future__ import annotations

import ctypes
import errno
import glob
import json
import os
import posixpath
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

import filelock
import msgspec

from kitabat.building.store import Store, link_or_copy
from kitabat.model.diagnostic import Location, error
from kitabat.model.errors import PublishingError
from kitabat.model.site import OutputFile
from kitabat.recording import digest_of
from kitabat.workspace import replace

MANIFEST = "manifest.json"
GENERATOR = "kitabat"
STATE = ".kitabat"
"""Name in a publication, and ending of the name elsewhere, of the folder for the lock and for what is being made."""
LOCK_SECONDS = 600
AT_FDCWD, RENAME_EXCHANGE = -100, 2


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
        """``state`` is on the same disk as the output; None means a hidden folder beside it that is its alone."""
        self.place = place
        real = Path(os.path.realpath(place))
        self.state = state or real.with_name(f".{real.name}{STATE}")
        self._marks: Mapping[str, Mark] | None = None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder's lock; waits for another build to end."""
        with _faults(self.place):
            if self.state.is_symlink():
                raise OSError(errno.ELOOP, "the folder for work in progress is a link", str(self.state))
            self.state.mkdir(parents=True, exist_ok=True)
            lock = filelock.FileLock(self.state / f"{self.place.name}.lock")
        try:
            with lock.acquire(timeout=LOCK_SECONDS):
                yield
        except filelock.Timeout:
            message = f"Another build has held the lock for {LOCK_SECONDS} seconds"
            hint = "Wait for it to end, or stop it"
            raise PublishingError(error("busy/lock", message, Location(str(self.place)), hint)) from None

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
            if self.place.is_dir() and not self.manifest() and any(self.place.iterdir()):
                raise PublishingError(
                    error(
                        "output/foreign",
                        f"Unexpected content without a {MANIFEST}, expected an empty folder or an earlier build",
                        Location(str(self.place)),
                        "Empty the folder, or choose another one with --out",
                    )
                )

    def manifest(self) -> Mapping[str, Any]:
        """Return the manifest of the last build; empty where there is none."""
        try:
            found = json.loads((self.place / MANIFEST).read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return found if _is_manifest(found) else {}

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
        self.check()
        with _faults(self.place):
            self._clear()
            every = sorted(files, key=lambda file: file.path)
            entries = {file.path: _entry(file, facts.get(file.path, {})) for file in every}
            known = self.manifest().get("files", {})
            entries |= {
                path: known[path]
                for path in carried
                if path not in entries and path in known and (self.place / path).is_file()
            }
            manifest = _manifest(entries)
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
            staging.chmod(0o755)
            for path, entry in entries.items():
                target = staging / path
                target.parent.mkdir(parents=True, exist_ok=True)
                if path not in files or self.has(path, entry["sha256"]):
                    link_or_copy(self.place / path, target)
                elif files[path].digest and store:
                    store.give(files[path].digest, target)
                else:
                    target.write_bytes(files[path].content)
            (staging / MANIFEST).write_bytes(manifest)
            self._keep_foreign(staging)
            marks = {path: Mark.of(staging / path, entry["sha256"]) for path, entry in entries.items()}
            marks[MANIFEST] = Mark.of(staging / MANIFEST, digest_of(manifest))
            had = self.place.is_dir()
            _exchange(staging, self.place)
            self._remember(marks)
            if had and staging.is_dir():
                os.rename(staging, self.state / f"{self.place.name}.former-{self._next():06}")
        finally:
            shutil.rmtree(staging, ignore_errors=True)

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
        self.check()
        with _faults(self.place):
            former = self.former()
            if len(former) < steps:
                return False
            _exchange(former[steps - 1], self.place)
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
        """Remove what a build that was killed has left."""
        for left in self.state.glob(f"{glob.escape(self.place.name)}.new-*"):
            shutil.rmtree(left, ignore_errors=True)

    def _keep_foreign(self, staging: Path) -> None:
        """Take over what somebody put into the folder beside the built files; links stay links."""
        built = self.manifest().get("files", {})
        for base, folders, names in os.walk(self.place):
            links = [name for name in folders if Path(base, name).is_symlink()]
            for path in (Path(base, name) for name in (*names, *links)):
                name = path.relative_to(self.place).as_posix()
                is_kept = path.is_symlink() or path.is_file()
                if is_kept and name not in built and name != MANIFEST and not os.path.lexists(staging / name):
                    _copy(path, staging / name)


def _is_manifest(found: object) -> bool:
    """Tell whether this is what a build has written: anybody may have changed the file since."""
    if not isinstance(found, dict) or found.get("generator") != GENERATOR:
        return False
    files = found.get("files", {})
    return isinstance(files, dict) and all(_is_entry(path, entry) for path, entry in files.items())


def _is_entry(path: str, entry: object) -> bool:
    is_inside = posixpath.normpath(path) == path and not path.startswith(("/", "../")) and path not in {".", ".."}
    sources = entry.get("sources", []) if isinstance(entry, dict) else None
    return is_inside and isinstance(sources, list) and all(isinstance(source, str) for source in sources)


def _copy(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(file, target, follow_symlinks=False)


def _entry(file: OutputFile, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the manifest says of a file."""
    edition = file.edition
    return {
        "sha256": file.digest or digest_of(file.content),
        **({"language": edition.language, "format": edition.format} if edition else {}),
        **({"article": edition.slug} if edition and edition.slug else {}),
        **facts,
        "sources": sorted(set(file.sources)),
    }


def _manifest(entries: Mapping[str, Any]) -> bytes:
    text = msgspec.json.encode({"generator": GENERATOR, "files": entries}, order="sorted")
    return msgspec.json.format(text, indent=1) + b"\n"


def _exchange(staging: Path, place: Path) -> None:
    """Let a folder and what is in a place change places: in one step where the system can, else in three renames."""
    target = place.resolve() if place.is_symlink() else place
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(staging, target)
        return
    if _renamed_in_one_step(staging, target):
        return
    aside = staging.with_name(staging.name + "-old")
    os.rename(target, aside)
    try:
        os.rename(staging, target)
    except OSError:
        os.rename(aside, target)
        raise
    os.rename(aside, staging)


def _renamed_in_one_step(staging: Path, target: Path) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done = renameat2(AT_FDCWD, os.fsencode(staging), AT_FDCWD, os.fsencode(target), RENAME_EXCHANGE)
    if done == 0:
        return True
    if ctypes.get_errno() in (errno.EINVAL, errno.ENOSYS):
        return False
    number = ctypes.get_errno()
    raise OSError(number, os.strerror(number), str(target))


@contextmanager
def _faults(place: Path) -> Iterator[None]:
    """Turn what the system says into a diagnostic."""
    try:
        yield
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise PublishingError(
            error(
                "output/write",
                f"Cannot write the output: {reason}",
                Location(fault.filename if isinstance(fault.filename, str) else str(place)),
                "Free some space or mend the permissions; the former output is as it was",
            )
        ) from fault
