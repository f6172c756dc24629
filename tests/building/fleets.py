"""Workers in this process in the place of a cluster's, which come, go and fail as a test says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kitabat.building import depot
from kitabat.building.depot import Depot, haul
from kitabat.building.freight import Delivery, Listing, Load, Move, Places, Presence, UnfitError
from kitabat.building.task import Task
from kitabat.model.diagnostic import Diagnostic
from kitabat.recording import NONE, digest_of
from kitabat.workspace import Disk


class Machine:
    """A machine of its own: a folder for contents, and a worker that does a load as soon as it is sent."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.depot = Depot(folder)
        self.loads: list[Load] = []
        self.memory = 0
        """Bytes that its worker holds: not those of this process, which has tests of its own to remember."""

    def haul(self, load: Load, monkeypatch: pytest.MonkeyPatch) -> Delivery:
        self.loads.append(load)
        with monkeypatch.context() as patch:
            patch.setattr(depot, "depot", lambda: self.depot)
            patch.setattr(depot, "memory", lambda: self.memory)
            return haul(load)

    @property
    def presence(self) -> Presence:
        return Presence("here", {}, self.depot.name, self.depot.marks())

    @property
    def bytes(self) -> int:
        return sum(len(content) for load in self.loads for content in load.contents.values())


class Crane:
    """Carries loads to machines; ``before`` may say what becomes of one in the place of its being done."""

    def __init__(self, machines: Mapping[str, Machine], monkeypatch: pytest.MonkeyPatch) -> None:
        self.machines = dict(machines)
        self.monkeypatch = monkeypatch
        self.diagnostics: list[Diagnostic] = []
        self.before: Callable[[str, Load], Future[Delivery] | None] = lambda *_: None

    def workers(self) -> Mapping[str, Presence]:
        return {address: machine.presence for address, machine in self.machines.items()}

    def send(self, address: str, load: Load) -> Future[Delivery]:
        future = self.before(address, load)
        if future is None:
            future = Future()
            future.set_result(self.machines[address].haul(load, self.monkeypatch))
        return future

    def dies(self, address: str) -> Future[Delivery]:
        """Let a worker die: nothing more is heard of what it was doing."""
        del self.machines[address]
        return Future()


class Folder:
    """A shipper of plain tasks: the argument is a folder and the paths to read there."""

    def __init__(self, root: Path, asked: Callable[[Task], tuple[str, ...]] = lambda _: ()) -> None:
        self.disk = Disk(root)
        self.places = Places(str(self.disk.root), "/nowhere", "/nowhere/objects")
        self.asked = asked
        self.unfit: set[str] = set()
        self.relocated = relocated

    def shared(self) -> Listing:
        return Listing({path: self.digest(path) for path in self.disk.list("shared")}, ("shared",))

    def prepared(self, task: Task, more: Collection[str]) -> Task:
        return task

    def named(self, task: Task) -> tuple[Path, ...]:
        return ()

    def beside(self, path: str) -> tuple[str, ...]:
        return tuple(
            one for one in self.disk.list(".") if "/" in path and one.startswith(path.rpartition("/")[0] + "/")
        )

    def digest(self, path: str) -> str:
        if path in self.unfit:
            raise UnfitError(path)
        return digest_of(self.disk.read(path)) if self.disk.exists(path) else NONE

    def content(self, path: str) -> bytes:
        return self.disk.read(path)


def relocated(argument: Any, move: Move) -> Any:
    return (move(argument[0]), *argument[1:]) if isinstance(argument, tuple) else argument


def read(argument: tuple[str, ...]) -> dict[str, bytes | None]:
    """Return what a task finds of each path: None where there is nothing."""
    root, *paths = argument
    disk = Disk(Path(root))
    return {path: disk.read(path) if disk.exists(path) else None for path in paths}


def reading(name: str, root: Path, *paths: str, **more: Any) -> Task:
    return replace(Task(name, read, (str(Disk(root).root), *paths)), **more)


@contextmanager
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("kitabat.building.fleet.TICK", 0.01)
    yield
