"""A folder filled beside the output, to take its place: what it has already is left as it is."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path

from kitabat.building.marks import Held, Mark
from kitabat.building.store import link_or_copy

MODE = 0o755
MANY = 64
"""Folders from which on several are made at a time."""
HANDS = 2


class Staging:
    """A folder in work, which may hold a former output: each of its files that is wanted again is kept."""

    def __init__(self, root: Path, output: Path, had: Held) -> None:
        """``had`` is what the folder holds; it is to replace ``output``."""
        self.root = root
        self.output = output
        self.had = had
        self._marks: dict[str, Mark] = {}
        self._folders = {"": 0, **had.folders}
        """When each was changed; 0 where it was changed in here."""
        self._foreign: list[str] = []

    def open(self, paths: Iterable[str]) -> None:
        """Make the folders that files with these paths will need."""
        lacking = set[str]()
        for folder in {posixpath.dirname(path) for path in paths}:
            while folder not in self._folders and folder not in lacking:
                lacking.add(folder)
                folder = posixpath.dirname(folder)  # noqa: PLW2901 - upwards
        make_folders(self.root, lacking)
        self._folders |= dict.fromkeys(lacking, 0)
        for folder in {posixpath.dirname(folder) for folder in lacking}:
            self._changed(folder)

    def clear(self, kept: Collection[str]) -> None:
        """Remove the files that are not to be kept, and folders that have nothing else."""
        for path in (*(path for path in self.had.files if path not in kept), *self.had.foreign):
            with suppress(FileNotFoundError):
                os.unlink(self._at(path))
            folder = posixpath.dirname(path)
            while folder:
                self._folders[folder] = 0
                try:
                    (self.root / folder).rmdir()
                except OSError:
                    break
                del self._folders[folder]
                folder = posixpath.dirname(folder)

    def keep(self, path: str, digest: str) -> bool:
        """Let a file stay that is there with this content; tell whether it was."""
        mark = self.had.files.get(path)
        if mark is None:
            return False
        place = self._at(path)
        if mark.digest == digest and mark.fits(place):
            self._marks[path] = mark
            return True
        # Another content must not be written through this name: the file has others.
        with suppress(FileNotFoundError):
            os.unlink(place)
        return False

    def take_over(self, path: str, digest: str) -> None:
        """Let a file of the output stand here too."""
        self.put(path, digest, lambda target: link_or_copy(self.output / path, target))

    def put(self, path: str, digest: str, fill: Callable[[Path], object]) -> None:
        """Let ``fill`` make a file with this content in its place."""
        target = self._room(path)
        fill(target)
        self._marks[path] = Mark.of(os.stat(target), digest)  # noqa: PTH116 - as with marks

    def copy(self, paths: Iterable[str]) -> None:
        """Copy files of the output that no build has made; links stay links, and pipes stay where they are."""
        import shutil

        for path in paths:
            kind = (self.output / path).lstat().st_mode
            is_free = not os.path.lexists(self._at(path))
            if is_free and (stat.S_ISREG(kind) or stat.S_ISLNK(kind)):
                shutil.copy2(self.output / path, self._room(path), follow_symlinks=False)
                self._foreign.append(path)

    def held(self, last: str) -> Held:
        """Return what the folder holds now; ``last`` is the file that was made last.

        A folder that was changed before that is told from one that somebody changes later: the disk's clock has gone
        on. So is none where somebody has a folder of his own.
        """
        end = self._marks[last].modified
        ours = {posixpath.dirname(path) for path in self._marks}
        theirs = set[str]()
        for path in self._foreign:
            while path := posixpath.dirname(path):
                theirs.add(path)
        folders = {}
        for folder, known in self._folders.items():
            if folder and (folder in ours or folder not in theirs):
                time = known or self._settled(folder)
                folders[folder] = 0 if folder in theirs or time >= end else time
        return Held(self.root.stat().st_ino, self._marks, folders, self._foreign)

    def _settled(self, folder: str) -> int:
        """Give a folder that was changed its mode, whatever the umask, and return when that was."""
        os.chmod(self._at(folder), MODE)
        return os.lstat(self._at(folder)).st_mtime_ns

    def _room(self, path: str) -> Path:
        folder = posixpath.dirname(path)
        if folder not in self._folders:
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        self._changed(folder)
        return self.root / path

    def _changed(self, folder: str) -> None:
        while folder and self._folders.get(folder) != 0:
            self._folders[folder] = 0
            folder = posixpath.dirname(folder)

    def _at(self, path: str) -> str:
        return f"{self.root}{os.sep}{path}"


def twin(output: Path, held: Held, root: Path) -> Held:
    """Fill a folder with second names of an output's files, and return what it holds; raises OSError."""
    here, there = f"{output}{os.sep}", f"{root}{os.sep}"
    make_folders(root, held.folders)
    for path in held.files:
        os.link(here + path, there + path)
    folders = {folder: os.lstat(there + folder).st_mtime_ns for folder in held.folders}
    return Held(root.stat().st_ino, held.files, folders)


def make_folders(root: Path, folders: Collection[str]) -> None:
    """Make folders below one that is there; ``folders`` has those above each too.

    To make one takes the system longer than anything else that is done with an output's files, so two are made at a
    time.
    """
    above = {posixpath.dirname(folder) for folder in folders}
    for folder in sorted(above.intersection(folders)):
        _make(f"{root}{os.sep}{folder}")
    rest = [f"{root}{os.sep}{folder}" for folder in folders if folder not in above]
    if len(rest) < MANY:
        _make_all(rest)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(HANDS) as hands:
        for _ in hands.map(_make_all, (rest[hand::HANDS] for hand in range(HANDS))):
            pass


def _make_all(folders: Iterable[str]) -> None:
    for folder in folders:
        _make(folder)


def _make(folder: str) -> None:
    try:
        os.mkdir(folder)  # noqa: PTH102 - thousands of folders: a Path costs as much as the folder
    except FileExistsError:
        if not os.path.isdir(folder):  # noqa: PTH112 - as above
            raise
