"""The publication that a command is about: its folder, its settings, the articles that were asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kitabat.config import PATH, SiteConfig, load
from kitabat.model.diagnostic import Diagnostic, Outcome, error
from kitabat.model.errors import PublishingError
from kitabat.workspace import Disk


@dataclass(frozen=True, slots=True)
class Project:
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


def sources(given: str | None) -> Disk | None:
    """Return where excerpts can be read from; None where there is no such folder."""
    try:
        return Disk(find_root(given))
    except (OSError, PublishingError):
        return None


def unknown_slugs(asked: Sequence[str], known: Collection[str]) -> tuple[Diagnostic, ...]:
    """Return a fault for each article that was asked for and is not there, the nearest ones named.

    >>> unknown_slugs(["korea"], ["russia-korea"])[0].hint
    'Write one of: russia-korea'
    """
    faults = []
    for slug in dict.fromkeys(asked):
        if slug in known:
            continue
        near = get_close_matches(slug, known, n=3, cutoff=0.4) or sorted(known)[:5]
        hint = f"Write one of: {', '.join(near)}" if near else "Write an article into content/ first"
        faults.append(error("usage/article", f"Unexpected `{slug}`, expected the slug of an article", hint=hint))
    return tuple(faults)
