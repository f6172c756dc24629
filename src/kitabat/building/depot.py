"""The worker's side of a cluster: contents that this machine holds, a project laid out from them, tasks done in it."""

from __future__ import annotations

import faulthandler
import os
import platform
import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

import msgspec

from kitabat import resources, scratch
from kitabat.building.freight import (
    MARK,
    NO_FOLDER,
    Delivery,
    LackingError,
    Listing,
    Load,
    Parcel,
    Places,
    Presence,
    packed,
    unsqueezed,
)
from kitabat.building.store import Store
from kitabat.building.task import Task, memory, perform
from kitabat.recording import NONE, digest_of
from kitabat.workspace import KEEPERS, OutsideProjectError

FOLDER = "KITABAT_DEPOT"
"""The variable of the environment that says where contents are kept."""
LIMIT = 2 << 30
"""Bytes of contents that a machine keeps from one build to the next."""
KEPT = 2
"""Builds whose projects a process has laid out at the same time."""
STDERR = 2


class Depot:
    """A folder of contents by digest, which all workers of a machine share, and the projects of this process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store(folder / "objects")
        self.store.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.own = scratch.made(folder)
        self.sites: OrderedDict[str, Site] = OrderedDict()

    @property
    def name(self) -> str:
        """Tells this machine's depot from others': by the folder itself, which machines may share over a network."""
        file, new = self.folder / "name", self.own / "name"
        new.write_text(digest_of(os.urandom(32)), encoding="ascii")
        with suppress(FileExistsError):
            os.link(new, file)
        new.unlink()
        return file.read_text("ascii")

    def marks(self) -> frozenset[str]:
        """Return the beginnings of the digests of all contents that are held."""
        return frozenset((file.parent.name + file.name)[:MARK] for file in self.store.folder.glob("?/*"))

    def site(self, load: Load) -> Site:
        """Return the project that a load is about; a build's first load makes it, and clears what is too old."""
        site = self.sites.pop(load.run, None)
        if site is None:
            self.store.trim(LIMIT, set(load.contents))
            site = Site(Path(tempfile.mkdtemp(dir=self.own)), self.store, load.places)
        self.sites[load.run] = site
        while len(self.sites) > KEPT:
            self.sites.popitem(last=False)[1].clear()
        return site


class Site:
    """A project's folder on this machine: each file is laid there when it is asked for.

    Every build has a folder of its own, so that what a process remembers of a path cannot be another build's.
    """

    def __init__(self, root: Path, store: Store, places: Places) -> None:
        self.root = Path(os.path.realpath(root))
        self.store = store
        self.places = places
        self.shared = Listing({})
        self.listing = ""
        self.files: dict[str, str] = {}
        self.laid: dict[str, str] = {}
        KEEPERS[str(self.root)] = self.fetch

    def expect(self, load: Load) -> None:
        """Take over what a load says of files."""
        if load.shared != self.listing:
            content = self.store.get(load.shared)
            if content is None:
                raise LackingError(f"object {load.shared}")
            self.shared, self.listing = msgspec.json.decode(content, type=Listing), load.shared
        self.files.update(load.files)

    def fetch(self, path: str) -> None:
        """See that a file of the project lies in its place, and nothing where there is none."""
        digest = self.files.get(path)
        if digest is None:
            digest = self.shared.digest(path)
        if digest is None:
            raise LackingError(f"file {path}")
        if self.laid.get(path, NONE) == digest:
            return
        place = self.root / path
        place.unlink(missing_ok=True)
        self.laid.pop(path, None)
        if digest:
            self._own(path, digest)
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                self.store.give(digest, place)
            except FileNotFoundError:
                raise LackingError(f"content {path}") from None
            self.laid[path] = digest

    def _own(self, path: str, digest: str) -> None:
        """Keep a file of the installed toolkit where a publication has the same one: it need not be sent."""
        with suppress(OSError):
            if not self.store.place(digest).exists():
                content = (resources.root() / path).read_bytes()
                if digest_of(content) == digest:
                    self.store.put(content)

    def move(self, place: str) -> str:
        """Return where this machine has what lies in a place of the build's."""
        for folder, here in (
            (self.places.objects, self._object),
            (self.places.project, self._file),
            (self.places.toolkit, lambda path: str(resources.root() / path)),
        ):
            if place == folder or place.startswith(f"{folder}{os.sep}"):
                return here(place[len(folder) + 1 :])
        raise OutsideProjectError(place)

    def _object(self, path: str) -> str:
        digest = path.replace(os.sep, "")
        if self.store.get(digest) is None:
            raise LackingError(f"object {digest}")
        return str(self.store.place(digest))

    def _file(self, path: str) -> str:
        if path:
            self.fetch(path.replace(os.sep, "/"))
        return str(self.root / path)

    def clear(self) -> None:
        """Take the project away; contents stay in the store."""
        KEEPERS.pop(str(self.root), None)
        shutil.rmtree(self.root, ignore_errors=True)


_bench = threading.Lock()
"""One task at a time: a worker with several threads shares what it has read among them."""


def haul(load: Load) -> Delivery:
    """Do the tasks of a load."""
    with _bench:
        here = _whole_depot()
        for digest, content in load.contents.items():
            plain = unsqueezed(content)
            if digest_of(plain) == digest:
                here.store.put(plain)
        site = here.site(load)
        parcels = tuple(_done(site, load, task) for task in load.tasks)
        return Delivery(packed(parcels), leaves=memory() > load.memory)


def _done(site: Site, load: Load, task: Task) -> Parcel:
    try:
        site.expect(load)
        argument = load.relocated(task.argument, site.move)
        with _ended_after(load.seconds):
            result = perform(replace(task, argument=argument))
    except LackingError as lacking:
        return Parcel(task.name, lacks=str(lacking))
    except Exception as fault:  # noqa: BLE001 - of this machine's disk, for one: the task is lost, not the build
        return Parcel(task.name, fault=f"{type(fault).__name__}: {fault}".rstrip(": "))
    return Parcel(task.name, result.value, result.fault, result.memory, result.seconds)


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """End this process, with a trace in its log, where a task takes longer: it may never end, and take no signal."""
    faulthandler.dump_traceback_later(seconds, exit=True, file=STDERR)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def presence(outfit: Callable[[], Mapping[str, str]]) -> Presence:
    """Return what this process has to say of itself before it is given work."""
    host = platform.node()
    try:
        here = _whole_depot()
        return Presence(host, outfit(), here.name, here.marks())
    except OSError as fault:
        return Presence(host, {}, fault=f"{NO_FOLDER}: {fault}")


def _whole_depot() -> Depot:
    """Return the depot of this process, made again where somebody has deleted it meanwhile."""
    if not depot().own.is_dir():
        depot.cache_clear()
    return depot()


@cache
def depot() -> Depot:
    """Return the depot of this process: in `KITABAT_DEPOT`, else in the user's caches, else in a passing folder."""
    scratch.sweep()  # of workers that a nanny has ended
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - Path.home() raises where there is none
    for folder in filter(None, (os.environ.get(FOLDER), f"{caches}/kitabat/depot")):
        with suppress(OSError):
            return Depot(Path(folder).absolute())
    return Depot(scratch.made())
