"""Packs tasks for workers: each machine is sent a content once, and not at all where it holds it already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial

import msgspec

from kitabat.building.freight import MARK, Load, Presence, Shipper, UnfitError, squeezed
from kitabat.building.shift import Limits
from kitabat.building.task import Task
from kitabat.recording import digest_of

NEIGHBOURS = 8 << 20
"""Bytes of files beside one that a worker lacks that are sent with it, lest it ask for each of them."""


class Packing:
    """What there is to send, and what each machine has been sent."""

    def __init__(self, shipper: Shipper, run: str, limits: Limits) -> None:
        """``run`` tells one build from another."""
        self.shipper = shipper
        self.run = run
        self.limits = limits
        self.sent = 0
        """Bytes of contents, as they travelled."""
        self._held: dict[str, set[str]] = {}
        """Beginnings of the digests of what each depot is thought to hold; it says so where it does not."""
        self._extra: dict[str, set[str]] = {}
        """What tasks have asked for beside what they were known to ask for, by the tasks' names."""
        self._known: dict[str, set[str]] = {}
        self._listing = b""

    def knows(self, presence: Presence) -> None:
        """Take over what a machine says that it holds."""
        self._held.setdefault(presence.depot, set()).update(presence.marks)

    def check(self, task: Task) -> None:
        """See that a task can be sent. Raises UnfitError where it cannot."""
        self.files(task)
        self.shipper.prepared(task, self._known.get(task.name, ()))

    def files(self, task: Task) -> dict[str, str]:
        """Return the digests of a task's files by path. Raises UnfitError where one cannot be sent."""
        paths = (*self.shipper.asked(task), *self._extra.get(task.name, ()))
        return {path: self.shipper.digest(path) for path in paths}

    def load(self, depot: str, tasks: Sequence[Task]) -> Load:
        """Return a load for a machine. Raises UnfitError where a file cannot be sent after all."""
        held = self._held.setdefault(depot, set())
        self._listing = self._listing or msgspec.json.encode(self.shipper.shared())
        listing = digest_of(self._listing)
        files = {path: digest for task in tasks for path, digest in self.files(task).items()}
        sent = tuple(self.shipper.prepared(task, self._known.get(task.name, ())) for task in tasks)
        contents: dict[str, bytes] = {}
        _add(contents, held, listing, lambda: self._listing)
        for path in [path for path, digest in files.items() if digest]:
            # What lies there now goes, even if it has changed since the build has looked at it.
            files[path] = _add(contents, held, files[path], partial(self.shipper.content, path))
        for file in {file for task in sent for file in self.shipper.named(task)}:
            _add(contents, held, file.parent.name + file.name, file.read_bytes)
        self.sent += sum(map(len, contents.values()))
        places, relocated, limits = self.shipper.places, self.shipper.relocated, self.limits
        return Load(self.run, sent, files, listing, contents, places, relocated, limits.seconds, limits.memory)

    def lost(self, depot: str, load: Load) -> None:
        """Take note that a load may not have arrived."""
        self._held[depot].difference_update(digest[:MARK] for digest in load.contents)

    def missed(self, depot: str, task: Task, what: str) -> None:
        """Take note of what a task was found to lack on a machine: it goes with the next load, whatever was thought.

        Raises UnfitError where it cannot be sent.
        """
        held = self._held.setdefault(depot, set())
        kind, _, name = what.partition(" ")
        if kind == "object":
            held.discard(name[:MARK])
            return
        if kind == "known":
            self._known.setdefault(task.name, set()).add(name)
            return
        if kind == "content":
            held.discard(self.shipper.digest(name)[:MARK])
        self._extra.setdefault(task.name, set()).update([name, *self._neighbours(held, name)])

    def _neighbours(self, held: set[str], path: str) -> Iterator[str]:
        """Yield files that will be asked for next, as many as may be sent unasked."""
        room = NEIGHBOURS
        for other in self.shipper.beside(path):
            with suppress(UnfitError):
                if self.shipper.digest(other)[:MARK] not in held:
                    room -= len(self.shipper.content(other))
                if room < 0:
                    return
                yield other


def _add(contents: dict[str, bytes], held: set[str], digest: str, read: Callable[[], bytes]) -> str:
    """Add a content to a load where the machine does not hold it; return the digest of what was read."""
    if digest[:MARK] in held:
        return digest
    content = read()
    found = digest_of(content)
    if found[:MARK] not in held:
        contents[found] = squeezed(content)
        held.add(found[:MARK])
    return found
