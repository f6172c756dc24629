"""The publication that a command is about: its folder, its settings, the articles that were asked for."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kitabat.config import PATH, SiteConfig, load
from kitabat.model.diagnostic import Outcome, error
from kitabat.model.errors import PublishingError
from kitabat.workspace import Disk


class Project(msgspec.Struct, frozen=True):
    """A publication on disk, its settings read."""

    disk: Disk
    settings: SiteConfig


def find_root(given: str | None) -> Path:
    """Return the publication's folder: the one given, or the nearest above with a kitabat.toml, or the present one."""
    if given is not None:
        folder = Path(given)
        if not folder.is_dir():
            message = f"Unexpected `{given}`, expected a folder"
            raise PublishingError(error("usage/project", message, hint=f"Give the folder that holds {PATH}"))
        return folder
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / PATH).is_file()), here)


def open_project(given: str | None) -> Project:
    """Return the publication; raises PublishingError with every fault of its settings."""
    disk = Disk(find_root(given))
    outcome: Outcome[SiteConfig | None] = load(disk)
    if outcome.value is None:
        raise PublishingError(*outcome.diagnostics)
    return Project(disk, outcome.value)


def of_files(fault: OSError) -> PublishingError:
    """Return what ends a command that cannot read or write a file of the machine."""
    name = f" `{fault.filename}`" if isinstance(fault.filename, str) else ""
    message = f"Cannot read or write{name}: {fault.strerror or fault}"
    return PublishingError(error("output/files", message, hint="Mend it, then run the command again"))


def sources(given: str | None) -> Disk | None:
    """Return where excerpts can be read from; None where there is no such folder."""
    try:
        return Disk(find_root(given))
    except (OSError, PublishingError):
        return None
