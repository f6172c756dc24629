"""The former outputs that are kept, and the one that the next build begins with."""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kitabat.building.manifest import MANIFEST, manifest_in
from kitabat.building.marks import Held, Marks, read_held, write_held
from kitabat.building.staging import twin
from kitabat.model.diagnostic import Location, error
from kitabat.model.errors import PublishingError


class Formers:
    """The folders of an output's state that hold what it was before."""

    def __init__(self, place: Path, state: Path, marks: Marks, *, is_whole: bool) -> None:
        """Take the output's own ``marks``; ``is_whole`` tells that it is exchanged as a whole."""
        self.place, self.state = place, state
        self._marks = marks
        self._is_whole = is_whole

    def file(self, name: str) -> Path:
        """Return the place of a file or folder of the state that is this output's."""
        return self.state / f"{self.place.name}.{name}"

    def all(self) -> list[Path]:
        """Return the folders of the former outputs that are kept, the latest first."""
        pattern = f"{glob.escape(self.place.name)}.former-" + "[0-9]" * 6
        return sorted(self.state.glob(pattern), reverse=True)

    def retire(self, folder: Path) -> None:
        """Keep a folder as the latest former output, if it is one."""
        if (folder / MANIFEST).is_file():
            found = self.all()
            number = int(found[0].name[-6:]) + 1 if found else 1
            os.rename(folder, self.file(f"former-{number:06}"))

    def trim(self, keep: int) -> None:
        """Remove the former outputs that are not to be kept, and lay ready what the next build begins with.

        That is the last of them, or a twin of the output. Where the disk knows no second names there is none: it would
        take as much room as an output.
        """
        left, spare = self.all()[keep:], self.file("spare")
        with suppress(OSError):
            marks = read_held(self.file("former.marks")) if left else Held()
            if left and self._is_whole and left[0].stat().st_ino == marks.root and _has_names(left[0], marks):
                self._lay_ready(left[0], marks)
                del left[0]
        for folder in left:
            # A name that the next build clears: what a kill leaves half removed must not be brought back.
            with suppress(OSError):
                folder = folder.rename(self.file(f"new-{folder.name}"))  # noqa: PLW2901
            shutil.rmtree(folder, ignore_errors=True)
        if self._is_whole and not spare.is_dir():
            self._make_twin()

    def _lay_ready(self, folder: Path, held: Held) -> None:
        remove(self.file("spare"))
        write_held(self.file("spare.marks"), held)
        os.rename(folder, self.file("spare"))

    def _make_twin(self) -> None:
        place = Path(tempfile.mkdtemp(dir=self.state, prefix=f"{self.place.name}.new-"))
        try:
            self._lay_ready(place, twin(self.place, self._marks.held, place))
        except OSError:
            remove(place)


def whole(folder: Path) -> Mapping[str, Any]:
    """Return what a former output's manifest lists; raises PublishingError where not all of it is there."""
    files: Mapping[str, Any] = manifest_in(folder).get("files", {})
    missing = [path for path in (MANIFEST, *files) if not (folder / path).is_file()]
    if missing or not files:
        message = f"Missing `{missing[0] if missing else MANIFEST}` in a former output, expected it whole"
        hint = "Remove this folder, or choose an older one: kitabat rollback --steps N"
        raise PublishingError(error("output/former", message, Location(str(folder)), hint))
    return files


def _has_names(folder: Path, held: Held) -> bool:
    """Tell whether a file of a folder has a second name."""
    return any((folder / path).stat().st_nlink > 1 for path in held.files if path != MANIFEST)


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, or whatever stands in its place; what stays of it is in nobody's way."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    else:
        shutil.rmtree(folder, ignore_errors=True)
