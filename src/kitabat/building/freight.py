"""What goes to a worker on another machine and comes back: names with digests, and only such contents as it lacks."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from kitabat.building.task import Task
from kitabat.recording import NONE

FASTEST = 1
"""Of zlib's levels: texts shrink to a quarter, and a worker has better things to do."""
MARK = 16
"""Hexadecimal digits of a digest by which a depot tells what it holds; one told wrongly is asked for later."""

NO_FOLDER = "no folder for contents"
"""How a worker begins to say that it has nowhere to keep what it is sent."""

Move = Callable[[str], str]
"""Returns where a worker has what lies in a place of the build's own machine."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a project as far as a worker has been told of them, before it has any.

    >>> listing = Listing({"content/a.md": "0c"}, ("templates",))
    >>> listing.digest("content/a.md"), listing.digest("templates/web/x.html"), listing.digest("content/b.md")
    ('0c', '', None)
    """

    files: Mapping[str, str]
    """Digest by path; ``NONE`` where there is no such file."""
    whole: tuple[str, ...] = ()
    """Folders that have no other files than those."""

    def digest(self, path: str) -> str | None:
        """Return a file's digest, ``NONE`` where there is no such file; None where nothing is known of it."""
        found = self.files.get(path)
        if found is None and any(f"{path}/".startswith(f"{folder}/") for folder in self.whole):
            return NONE
        return found


@dataclass(frozen=True, slots=True)
class Places:
    """Where the build's own machine has what the arguments of tasks name."""

    project: str
    toolkit: str
    objects: str
    """The folder of the store."""


@dataclass(frozen=True, slots=True)
class Load:
    """Some tasks for one worker, with what it needs beside the installed package."""

    run: str
    """Tells one build from another."""
    tasks: tuple[Task, ...]
    files: Mapping[str, str]
    """Digests of the project's files that these tasks are known to ask for."""
    shared: str
    """Digest of the listing, in JSON, of the files that all tasks of the build may ask for."""
    contents: Mapping[str, bytes]
    """By digest, packed: what the worker was not known to hold."""
    places: Places
    relocated: Callable[[Any, Move], Any]
    """Returns a task's argument as it is for another machine."""
    seconds: float
    """That each of the tasks may take."""
    memory: int
    """Bytes that a worker may hold; one that holds more takes leave."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What came of one task; see ``TaskResult``. A worker that lacked something has not done it."""

    name: str
    value: Any = None
    fault: str = ""
    memory: int = 0
    seconds: float = 0.0
    lacks: str = ""
    """``file`` and a path that it knows nothing of, ``content`` and the path of a file that it has not, ``object`` and
    a digest, or ``known`` and a name that means something to whoever gave the task."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What comes back of a load."""

    packed: bytes
    """The parcels, in the order of the tasks."""
    leaves: bool = False
    """The worker has grown too large; a new one takes its place."""

    @property
    def parcels(self) -> tuple[Parcel, ...]:
        """One for each task."""
        found: tuple[Parcel, ...] = pickle.loads(zlib.decompress(self.packed))  # noqa: S301 - packed by our own code, as all that a cluster sends
        return found


@dataclass(frozen=True, slots=True)
class Presence:
    """What a worker says of itself."""

    host: str
    outfit: Mapping[str, str]
    """Versions by name."""
    depot: str = ""
    """Tells one machine's contents from another's."""
    marks: frozenset[str] = field(default=frozenset(), repr=False)
    """The first ``MARK`` digits of the digests of what the depot holds."""
    fault: str = ""
    """Why it cannot say the rest."""


class LackingError(BaseException):
    """A task has asked for what it was not sent; says what, as ``Parcel.lacks`` does.

    No ``Exception``, as renderers catch those: the task is to stop here, and to be begun again.
    """


class UnfitError(Exception):
    """A file cannot be had elsewhere as it is here: a task that needs it is done by the build's own machine."""


class Shipper(Protocol):
    """Knows what tasks need, on the build's own machine."""

    @property
    def places(self) -> Places:
        """Where things are here."""

    def shared(self) -> Listing:
        """Return the files that any task may ask for."""

    def asked(self, task: Task) -> tuple[str, ...]:
        """Return the paths of the project that a task is known to ask for."""

    def named(self, task: Task) -> tuple[Path, ...]:
        """Return the files of the store that a task's argument names."""

    def prepared(self, task: Task, more: Collection[str]) -> Task:
        """Return a task as it is sent; ``more`` are the names that it has asked for as ``known`` (see ``Parcel``).

        Raises UnfitError where it cannot be sent.
        """

    def beside(self, path: str) -> tuple[str, ...]:
        """Return a file's path and those of its neighbours, which may well be asked for next."""

    def digest(self, path: str) -> str:
        """Return a file's digest; ``NONE`` where there is none. Raises UnfitError where it cannot be read."""

    def content(self, path: str) -> bytes:
        """Return a file's content. Raises UnfitError where it cannot be read."""

    def relocated(self, argument: Any, move: Move) -> Any:
        """See ``Load``; a function that a worker can be sent."""


def packed(parcels: tuple[Parcel, ...]) -> bytes:
    """Return parcels as they travel.

    >>> Delivery(packed((Parcel("a", 1),))).parcels
    (Parcel(name='a', value=1, fault='', memory=0, seconds=0.0, lacks=''),)
    """
    return zlib.compress(pickle.dumps(parcels, protocol=5), FASTEST)


def squeezed(content: bytes) -> bytes:
    """Return a content as it travels."""
    return zlib.compress(content, FASTEST)


def unsqueezed(content: bytes) -> bytes:
    """Return a content that has travelled.

    >>> unsqueezed(squeezed(b"kitabat"))
    b'kitabat'
    """
    return zlib.decompress(content)
