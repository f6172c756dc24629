"""What somebody has put into an output himself: it stays, and nothing is built over it."""

from __future__ import annotations

import posixpath
import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from kitabat.building.formers import remove
from kitabat.model.diagnostic import Location, error
from kitabat.model.errors import PublishingError

SHOWN = 5


def refuse_in_the_way(place: Path, foreign: Iterable[str], wanted: Collection[str]) -> None:
    """Raise PublishingError where what somebody has put into an output stands where ``wanted`` files are to be."""
    paths = in_the_way(foreign, wanted)
    if paths:
        named = ", ".join(f"`{path}`" for path in paths[:SHOWN])
        more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
        message = f"Unexpected {named}{more} that no build has made, expected room for what is built there"
        hint = "Move them out of the output, then run the command again"
        raise PublishingError(error("output/foreign", message, Location(str(place)), hint))


def in_the_way(foreign: Iterable[str], wanted: Collection[str]) -> list[str]:
    """Return the paths that are those of ``wanted`` files, or of folders of theirs, or below them.

    >>> in_the_way(["CNAME", "ur", "en/a.html/mine", "en/mine"], ["ur/a.html", "en/a.html"])
    ['ur', 'en/a.html/mine']
    """
    theirs = list(foreign)
    folders = {folder for path in wanted for folder in _above(path)} if theirs else ()
    return [path for path in theirs if path in folders or not {path, *_above(path)}.isdisjoint(wanted)]


def take_over(paths: Iterable[str], place: Path, other: Path) -> None:
    """Copy files and links into another output, over what somebody had put there; pipes stay where they are."""
    for path in paths:
        file, target = place / path, other / path
        if file.is_symlink() or file.is_file():
            for folder in [*_above(path)][::-1]:
                if (other / folder).is_symlink() or not (other / folder).is_dir():
                    remove(other / folder)
                    (other / folder).mkdir()
            remove(target)
            shutil.copy2(file, target, follow_symlinks=False)


def _above(path: str) -> Iterator[str]:
    while path := posixpath.dirname(path):
        yield path
