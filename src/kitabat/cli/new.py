"""Makes a new publication that builds at once, with one short article in both languages."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import shlex
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kitabat import resources
from kitabat.cli.console import Console
from kitabat.model.diagnostic import error
from kitabat.model.errors import ExitCode, PublishingError
from kitabat.workspace import Disk, cannot_write

SUMMARY = "make a publication that builds at once"
EXAMPLE = """example:
  kitabat new aaina
"""

STARTER = "templates/starter"
RENAMED = {"gitignore": ".gitignore"}
"""Names that would have an effect in the toolkit's own repository."""

DAY = re.compile(rb"(?m)^(date: )[0-9-]+$")
MOMENT = re.compile(rb'(?m)^("(?:POT-Creation|PO-Revision)-Date: )[0-9-]+ [0-9:]+\+0000')
"""In catalogs that have one: nobody is behind with what was made just now."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("folder", metavar="DIR", help="a folder that does not exist yet, or is empty")


def run(options: argparse.Namespace, console: Console) -> ExitCode:
    """Copy the starter, dated today."""
    folder = Path(options.folder)
    if (folder.exists() or folder.is_symlink()) and not is_empty(folder):
        message = f"Unexpected files in `{options.folder}`, expected a new or empty folder"
        hint = "Give another name; `kitabat new` never changes what is there"
        raise PublishingError(error("usage/folder", message, hint=hint))
    now = Disk(folder).now().astimezone(dt.UTC)
    made: list[Path] = []
    try:
        for path, content in starter():
            write(folder / path, dated(content, now), made)
    except OSError as fault:
        take_back(made)
        raise PublishingError(cannot_write(options.folder, fault)) from fault
    console.result(f"Made {options.folder}")
    console.result(f"Next: kitabat build --project {shlex.quote(options.folder)}")
    return ExitCode.OK


def dated(content: bytes, now: dt.datetime) -> bytes:
    """Return an article or a catalog as of now; another file as it is."""
    content = DAY.sub(rb"\g<1>" + f"{now:%Y-%m-%d}".encode(), content)
    return MOMENT.sub(rb"\g<1>" + f"{now:%Y-%m-%d %H:%M%z}".encode(), content)


def is_empty(folder: Path) -> bool:
    """Tell whether there is a folder with nothing in it."""
    return folder.is_dir() and not any(folder.iterdir())


def starter() -> Iterator[tuple[str, bytes]]:
    """Yield the paths and contents of a new publication's files."""
    root = resources.root() / STARTER
    for place in sorted(root.rglob("*")):
        if place.is_file():
            path = place.relative_to(root).as_posix()
            yield RENAMED.get(path, path), place.read_bytes()


def write(place: Path, content: bytes, made: list[Path]) -> None:
    """Write one file, noting it and the folders that it needed."""
    missing = [folder for folder in place.parents if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir()
        made.append(folder)
    made.append(place)
    place.write_bytes(content)


def take_back(made: list[Path]) -> None:
    """Remove what was made, so that a second try finds the folder as the first one did."""
    for place in reversed(made):
        with suppress(OSError):
            place.rmdir() if place.is_dir() else place.unlink()
