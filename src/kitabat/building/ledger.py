"""What finished tasks were made from and what came of them, from one build to the next."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from kitabat.building.inventory import Look
from kitabat.building.store import make_room
from kitabat.replacing import replace

FORMAT = 2
"""Raised when records are written in another way: an older ledger is then left alone."""
NAME = f"ledger-{FORMAT}.msgpack"
CHECK_BYTES = 4
"""At the file's beginning: the CRC-32 of the rest."""
WASTE = 3
"""Inputs that no record has any more are dropped when they are a third of all."""


class Stale(msgspec.Struct, frozen=True):
    """Why a task must be done."""

    because: str
    """``new``, ``changed``, ``lost`` or ``forced``."""
    changed: tuple[str, ...] = ()
    """Names of the inputs that are not what they were."""


NEW, LOST, FORCED = (Stale(because) for because in ("new", "lost", "forced"))

Present = Callable[[str], str]
"""Returns the present digest of an input by its name."""


class Record(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A finished task."""

    inputs: tuple[int, ...]
    """What the task has used: places in the ledger's list of inputs."""
    output: str = ""
    """Digest of what was made, in the store; empty for a task whose result is ``facts``."""
    facts: bytes = b"null"
    """A small result, or what is to be known of a large one; JSON."""


class Room(msgspec.Struct, frozen=True, array_like=True):
    """How much may be put into the store before it has to be counted again."""

    limit: int
    state: str
    """Of the store when this was found."""
    left: int


class Pages(msgspec.Struct, array_like=True):
    """A ledger as it is written: thousands of tasks have few inputs that differ, so each stands there once."""

    names: list[str]
    digests: list[str]
    tasks: dict[str, Record]
    looks: dict[str, dict[str, Look]]
    room: Room | None = None


class Ledger:
    """The records of one publication's tasks, by name, and the looks that were taken at its files."""

    def __init__(self, pages: Pages | None = None) -> None:
        pages = pages or Pages([], [], {}, {})
        self.names = pages.names
        """Of the inputs; told apart by people too, in `--explain`."""
        self.digests = pages.digests
        """What each was when it was used; an input that was used before and after a change is there twice."""
        self.tasks = pages.tasks
        self.looks: Mapping[str, Mapping[str, Look]] = pages.looks
        """By the name of a folder, then by path."""
        self.room = pages.room
        """None where the store was never counted."""
        self.is_new = True
        """Not what is on disk."""
        self._places: dict[tuple[str, str], int] | None = None

    def wrong(self, names: Iterable[str], present: Present) -> frozenset[int]:
        """Return the inputs of some tasks that are not what they were, by their places; each is looked at once."""
        asked: set[int] = set()
        asked.update(*[record.inputs for name in names if (record := self.tasks.get(name))])
        return frozenset([place for place in asked if present(self.names[place]) != self.digests[place]])

    def stale(self, name: str, wrong: Collection[int], has: Callable[[str], bool]) -> Stale | None:
        """Return why a task must be done; None where its former result still holds.

        ``wrong`` are the inputs that are not what they were, of this and any other task; ``has`` tells whether a
        content is in the store.
        """
        record = self.tasks.get(name)
        if record is None:
            return NEW
        changed = tuple(dict.fromkeys(self.names[place] for place in record.inputs if place in wrong)) if wrong else ()
        if changed:
            return Stale("changed", changed)
        return LOST if record.output and not has(record.output) else None

    def note(self, name: str, inputs: Mapping[str, str], output: str, facts: bytes) -> None:
        """Keep what a task was made from, each input by name with its digest, and what came of it."""
        if self._places is None:
            self._places = {pair: place for place, pair in enumerate(zip(self.names, self.digests, strict=True))}
        places = []
        for pair in inputs.items():
            place = self._places.setdefault(pair, len(self.names))
            if place == len(self.names):
                self.names.append(pair[0])
                self.digests.append(pair[1])
            places.append(place)
        self.tasks[name] = Record(tuple(places), output, facts)
        self.is_new = True

    def drop(self, names: Iterable[str]) -> None:
        """Drop records."""
        for name in names:
            del self.tasks[name]
            self.is_new = True

    def look(self, looks: Mapping[str, Mapping[str, Look]]) -> None:
        """Keep the looks that were taken."""
        if looks != self.looks:
            self.looks = looks
            self.is_new = True

    def pages(self) -> Pages:
        """Return the ledger to be written, without most of the inputs that no record has any more."""
        used: set[int] = set()
        used.update(*[record.inputs for record in self.tasks.values()])
        if len(used) * WASTE < len(self.names) * (WASTE - 1):
            kept = sorted(used)
            places = {place: number for number, place in enumerate(kept)}
            self.names, self.digests = [self.names[place] for place in kept], [self.digests[place] for place in kept]
            self.tasks = {
                name: Record(tuple(places[place] for place in record.inputs), record.output, record.facts)
                for name, record in self.tasks.items()
            }
            self._places = None
        looks = {folder: dict(found) for folder, found in self.looks.items()}
        return Pages(self.names, self.digests, self.tasks, looks, self.room)


def read_ledger(folder: Path) -> Ledger:
    """Return the ledger in a cache's folder; an empty one where there is none, or none that can be understood."""
    with suppress(OSError, msgspec.MsgspecError, ValueError, RecursionError):
        content = memoryview((folder / NAME).read_bytes())
        check, body = content[:CHECK_BYTES], content[CHECK_BYTES:]
        if zlib.crc32(body) == int.from_bytes(check, "big"):
            ledger = Ledger(msgspec.msgpack.decode(body, type=Pages))
            ledger.is_new = False
            return ledger
    return Ledger()


def write_ledger(folder: Path, ledger: Ledger) -> None:
    """Replace the ledger as a whole, where anything is new in it; raises OSError where the disk does not take it."""
    if ledger.is_new:
        make_room(folder / NAME, folder)
        # In one piece of memory: of thousands of articles a second one would be the most that a build ever holds.
        content = bytearray(CHECK_BYTES)
        msgspec.msgpack.Encoder().encode_into(ledger.pages(), content, CHECK_BYTES)
        content[:CHECK_BYTES] = zlib.crc32(memoryview(content)[CHECK_BYTES:]).to_bytes(CHECK_BYTES, "big")
        replace(folder / NAME, content, lasting=False)
        ledger.is_new = False
