"""Every article known: those that have changed are read, of the others what the last build has read still holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from kitabat.articles.found import article_paths
from kitabat.building.task import Task
from kitabat.building.workshop import Workshop
from kitabat.catalogs.paths import TEMPLATE_DOMAIN, po_path
from kitabat.config import SiteConfig
from kitabat.model.diagnostic import Diagnostic, Outcome
from kitabat.publishing.inputs import Inputs
from kitabat.publishing.jobs import ReadJob, read_article
from kitabat.publishing.overview import Overview, gathered
from kitabat.publishing.reading import Read, Reading
from kitabat.workspace import Disk

READING_WEIGHT = 3
"""Reading an article and its catalogs takes as long as making its page in Urdu."""

READ = msgspec.json.Decoder(Read)


def survey(
    workshop: Workshop, inputs: Inputs, disk: Disk, settings: Outcome[SiteConfig], run: str
) -> Overview[Reading]:
    """Return the publication, its articles read where their files or settings have changed.

    Raises OSError where the cache cannot be written.
    """
    paths = article_paths(disk)
    names = {f"read {path}": path for path in paths.value}
    stale = workshop.stale(names, inputs)
    failed = _read(workshop, inputs, disk, settings.value, {name: names[name] for name in stale}, run) if stale else {}
    outcomes = {path: failed.get(name) or _outcome(workshop, name) for name, path in names.items()}
    workshop.forget(lambda name: name.startswith("read "))
    faults = (*paths.diagnostics, *_of_words(disk, settings.value))
    found = gathered(disk, Outcome(settings.value, (*settings.diagnostics, *faults)), outcomes)
    inputs.readings = {reading.path: reading for reading in found.manuscripts}
    return found


def _read(
    workshop: Workshop, inputs: Inputs, disk: Disk, config: SiteConfig, paths: Mapping[str, str], run: str
) -> dict[str, Outcome[Reading | None]]:
    from kitabat.rendering.fonts import FACES

    inputs.look(("code", *(f"font {face.path}" for face in FACES)))
    root = str(disk.root)
    tasks = [
        Task(
            name, read_article, ReadJob(root, config, path, run), READING_WEIGHT * _size(disk, path), path, kind="read"
        )
        for name, path in paths.items()
    ]
    faults = workshop.do(tasks, inputs)
    return {name: Outcome(None, _told(paths[name], fault)) for name, fault in faults.items()}


def _told(path: str, fault: tuple[Diagnostic, ...] | str) -> tuple[Diagnostic, ...]:
    if not isinstance(fault, str):
        return fault
    from kitabat.publishing.failures import unread

    return (unread(path, fault),)


def _size(disk: Disk, path: str) -> int:
    try:
        return disk.real(path).stat().st_size
    except OSError:
        return 0


def _outcome(workshop: Workshop, name: str) -> Outcome[Reading | None]:
    found = READ.decode(workshop.facts(name))
    return Outcome(found.reading, found.diagnostics)


def _of_words(disk: Disk, config: SiteConfig) -> Iterable[Diagnostic]:
    """Return the faults of a publication's own catalogs of the templates' words."""
    if not any(disk.exists(po_path(TEMPLATE_DOMAIN, tag)) for tag in config.languages):
        return ()
    from kitabat.publishing.publication import of_words

    return of_words(disk, config)
