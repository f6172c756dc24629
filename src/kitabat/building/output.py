"""The output folder: filled beside the old one, then put in its place as a whole."""

from __future__ import annotations

import ctypes
import errno
import glob
import hashlib
import json
import os
import posixpath
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import filelock

from kitabat.model.diagnostic import Location, error
from kitabat.model.errors import PublishingError
from kitabat.model.site import OutputFile

MANIFEST = "manifest.json"
GENERATOR = "kitabat"
STATE = ".kitabat"
"""Name in a publication, and ending of the name elsewhere, of the folder for the lock and for what is being made."""
LOCK_SECONDS = 600
AT_FDCWD, RENAME_EXCHANGE = -100, 2


class OutputFolder:
    """A folder that is replaced as a whole; readers see the old content or the new, never a mixture."""

    def __init__(self, place: Path, state: Path | None = None) -> None:
        """``state`` is on the same disk as the output; None means a hidden folder beside it that is its alone."""
        self.place = place
        real = Path(os.path.realpath(place))
        self.state = state or real.with_name(f".{real.name}{STATE}")

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
    ) -> int:
        """Put the files into the folder's place, with a manifest; return how many there are.

        ``facts`` are more lines of the manifest for a file; ``carried`` are files of the last build that stay. Files
        that are not from a build stay too. On any fault the former content is as it was.
        """
        self.check()
        with _faults(self.place):
            self._clear()
            staging = Path(tempfile.mkdtemp(dir=self.state, prefix=f"{self.place.name}.new-"))
            try:
                staging.chmod(0o755)
                entries = _fill(staging, files, facts)
                entries |= self._carry(staging, [path for path in carried if path not in entries])
                _write_manifest(staging, entries)
                self._keep_foreign(staging)
                _exchange(staging, self.place)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
        return len(entries) + 1

    def _carry(self, staging: Path, paths: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Take files of the last build over, and return their entries of its manifest."""
        known = self.manifest().get("files", {})
        entries = {path: known[path] for path in paths if path in known and (self.place / path).is_file()}
        for path in entries:
            _copy(self.place / path, staging / path)
        return entries

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


def _fill(
    staging: Path, files: Iterable[OutputFile], facts: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Write the files and return their entries of the manifest."""
    entries: dict[str, dict[str, Any]] = {}
    for file in sorted(files, key=lambda file: file.path):
        target = staging / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
        entries[file.path] = {
            "sha256": hashlib.sha256(file.content).hexdigest(),
            **({"language": file.edition.language, "format": file.edition.format} if file.edition else {}),
            **({"article": file.edition.slug} if file.edition and file.edition.slug else {}),
            **facts.get(file.path, {}),
            "sources": sorted(set(file.sources)),
        }
    return entries


def _write_manifest(staging: Path, entries: Mapping[str, Any]) -> None:
    text = json.dumps({"generator": GENERATOR, "files": entries}, ensure_ascii=False, indent=1, sort_keys=True)
    (staging / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _exchange(staging: Path, place: Path) -> None:
    """Put a folder in another's place: in one step where the system can, else in two renames."""
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
    shutil.rmtree(aside, ignore_errors=True)


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
