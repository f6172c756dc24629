"""What the tasks of a build need on another machine, and what their arguments are called there."""

from __future__ import annotations

import functools
import os
import posixpath
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from kitabat import resources
from kitabat.building.executor import Crew
from kitabat.building.fleet import Carrier, Fleet
from kitabat.building.freight import LackingError, Listing, Move, Places, UnfitError
from kitabat.building.output import STATE
from kitabat.building.store import Store
from kitabat.building.task import Task
from kitabat.catalogs.paths import TEMPLATE_DOMAIN, po_path
from kitabat.config import SiteConfig
from kitabat.model.site import BILINGUAL
from kitabat.publishing.addresses import CHOOSER, front_page, pdf_edition, web_edition
from kitabat.publishing.face import WebFace
from kitabat.publishing.inputs import Inputs
from kitabat.publishing.jobs import Around, EditionJob, ReadJob
from kitabat.publishing.order import Order
from kitabat.publishing.reading import Reading
from kitabat.recording import NONE
from kitabat.workspace import Disk

OWN = ("templates", "fonts")
"""Folders whose files go before the toolkit's: which there are is told to every worker."""
ORDERS = f"{STATE}/orders"
"""Where a worker puts orders, in the project that it has laid out."""


class Known(dict[str, Reading]):
    """Articles by path, of those that were asked about: to ask about another ends the task, and brings it along."""

    def __init__(self, articles: Mapping[str, Reading], asked: frozenset[str] = frozenset()) -> None:
        super().__init__(articles)
        self.asked = asked

    def __reduce__(self) -> tuple[Any, ...]:
        return Known, (dict(self), self.asked)

    def _ask(self, path: object) -> None:
        if path not in self.asked:
            raise LackingError(f"known {path}")

    def __contains__(self, path: object) -> bool:
        self._ask(path)
        return super().__contains__(path)

    def __getitem__(self, path: str) -> Reading:
        self._ask(path)
        return super().__getitem__(path)

    def get(self, path: str, other: Any = None) -> Any:
        """See ``dict.get``."""
        self._ask(path)
        return super().get(path, other)


class Shipping:
    """Knows a publication's files, and which of them a task asks for."""

    def __init__(self, inputs: Inputs, disk: Disk, config: SiteConfig, store: Store) -> None:
        """Take digests from ``inputs``; ``store`` has the finished contents, orders among them."""
        self.inputs = inputs
        self.disk = disk
        self.config = config
        self.places = Places(str(disk.root), str(Disk(resources.root()).root), str(store.folder))
        self.store = store
        self._orders: dict[Path, Path] = {}
        self.relocated = functools.partial(relocated, str(disk.root))

    def shared(self) -> Listing:
        """Return a publication's own templates, fonts and words."""
        own = [path for folder in OWN for path in self.disk.list(folder)]
        words = [po_path(TEMPLATE_DOMAIN, tag) for tag in self.config.languages]
        return Listing({path: self.digest(path) for path in (*own, *words)}, OWN)

    def asked(self, task: Task) -> tuple[str, ...]:
        """Return an article's file and its catalogs."""
        path = task.argument.path if isinstance(task.argument, ReadJob | EditionJob) else ""
        if not path:
            return ()
        slug = self.inputs.readings[path].slug if path in self.inputs.readings else Path(path).stem
        return path, *(po_path(slug, tag) for tag in self.config.languages)

    def prepared(self, task: Task, more: Collection[str]) -> Task:
        """Return a task that knows of the articles its own leads to, and of no others.

        Lists of articles show all of them: they are made here.
        """
        job = task.argument
        if not isinstance(job, EditionJob):
            return task
        if not job.path:
            raise UnfitError(job.edition.language)
        readings = self.inputs.readings
        paths = {job.path, *(path for path, _ in readings[job.path].leads), *more}
        articles = Known(
            {
                path: msgspec.structs.replace(readings[path], diagnostics=(), leads=(), characters="")
                for path in sorted(paths)
                if path in readings
            },
            frozenset(paths),
        )
        tags = (*self.config.languages, BILINGUAL)
        pages = {front_page(tag) for tag in self.config.languages} | {CHOOSER}
        pages |= {
            place(tag, one.slug) for one in articles.values() for tag in tags for place in (web_edition, pdf_edition)
        }
        around = Around(articles, frozenset(pages.intersection(self.inputs.available)))
        return replace(task, argument=replace(job, order=self._headed(job.order), around=around))

    def _headed(self, order: Path) -> Path:
        """Return the file of an order without what jobs bring along, so that it is the same for all of them."""
        if order not in self._orders:
            whole = msgspec.json.decode(order.read_bytes(), type=Order)
            content = msgspec.json.encode(replace(whole, readings=(), available=frozenset()))
            self._orders[order] = self.store.place(self.store.put(content))
        return self._orders[order]

    def named(self, task: Task) -> tuple[Path, ...]:
        """Return the file of an edition's order."""
        return (task.argument.order,) if isinstance(task.argument, EditionJob) else ()

    def beside(self, path: str) -> tuple[str, ...]:
        """Return the files of a folder that is an article's own, or the templates', or a language's fonts."""
        folder = posixpath.dirname(path)
        if folder.count("/") == 0 or folder.startswith("locales/"):
            return ()
        return tuple(one for one in self.disk.list(folder) if posixpath.dirname(one) == folder)

    def digest(self, path: str) -> str:
        """See ``Shipper``."""
        found = self.inputs.project.digest(path)
        if found == NONE and os.path.lexists(self.disk.root / path):
            raise UnfitError(path)
        return found

    def content(self, path: str) -> bytes:
        """See ``Shipper``."""
        try:
            return self.disk.read(path)
        except OSError as fault:
            raise UnfitError(path) from fault


def fleet_of(carrier: Carrier, shipping: Shipping, home: Crew, run: str) -> Fleet:
    """Return the workers of a cluster for one build; ``home`` is for what cannot be sent to them."""
    return Fleet(carrier, shipping, home, run, home.limits)


def relocated(root: str, argument: Any, move: Move) -> Any:
    """Return a task's argument with another machine's places in it; ``root`` is the project's on the build's own."""
    if isinstance(argument, ReadJob):
        return replace(argument, root=move(argument.root))
    if isinstance(argument, WebFace):
        return msgspec.structs.replace(argument, source=move(argument.source))
    if isinstance(argument, EditionJob):
        return replace(argument, order=_order(Path(move(str(argument.order))), Path(move(root)), move))
    return argument


def _order(given: Path, root: Path, move: Move) -> Path:
    """Return the file of an order as it is for this machine, written once for all tasks that name it."""
    place = root / ORDERS / (given.parent.name + given.name)
    if not place.exists():
        order = msgspec.json.decode(given.read_bytes(), type=Order)
        fonts = tuple((address, move(file)) for address, file in order.print_fonts)
        content = msgspec.json.encode(replace(order, root=str(root), print_fonts=fonts))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return place
