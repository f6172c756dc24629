"""Does the tasks whose former results no longer hold, and keeps what comes of them for the next build."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from kitabat.building.events import Cached, Failed, Fault, Finished, Queued, Started, Tell, nobody
from kitabat.building.executor import Crew, Workers
from kitabat.building.forecast import Forecast, Line, read_paces, write_paces
from kitabat.building.ledger import FORCED, Ledger, Present, Room, Stale, read_ledger, write_ledger
from kitabat.building.made import Made, depositing
from kitabat.building.store import Store
from kitabat.building.task import Task, TaskResult, trips
from kitabat.model.errors import PublishingError

UNCOUNTED = 16
"""That part of the store's limit may be put in before it is counted again: another build may put things in as well."""
SAVING = 5.0
"""Seconds of work that a build which is killed may lose."""
MOMENT = 0.1
"""Seconds for which it stands how long all will take."""
SHARE = 20
"""In large builds it may lose more: keeping the ledger takes this part of the time, as the ledger grows with it."""


Sound = Callable[[str, str], bool]
"""Tells whether what a task has made is at hand elsewhere than in the store: by its name and the content's digest."""


Doubt = Callable[[str], Stale | None]
"""Returns a reason to do a task although its former result holds."""


def certain(_: str) -> None:
    """Know of no such reason."""


def nowhere(_: str, __: str) -> bool:
    """Know of no place but the store."""
    return False


class Workshop:
    """A cache's folder, and workers for what is not in it."""

    def __init__(
        self,
        folder: Path,
        crew: Crew,
        tell: Tell = nobody,
        usual: Mapping[str, Line] = MappingProxyType({}),
        *,
        force: bool = False,
        dry: bool = False,
    ) -> None:
        """Tell ``tell`` of each task; ``force`` takes no former result, ``dry`` keeps none.

        ``usual`` is what tasks of each kind take where no build has measured it.
        """
        self.folder = folder
        self.crew: Workers = crew
        self.force = force
        self.dry = dry
        self.tell = tell
        self.ledger: Ledger = read_ledger(folder)
        self.store = Store(folder / "objects")
        self.forecast = Forecast(read_paces(folder), crew.jobs, usual)
        self._found = self.store.state()
        self.reasons: dict[str, Stale] = {}
        """Why each task had to be done, or must be, by its name."""
        self.failed: set[str] = set()
        """Names of the tasks that have made nothing."""
        self.used: set[str] = set()
        self._next = time.monotonic() + SAVING
        self._looked = -MOMENT
        self._seconds: float | None = None
        crew.begun = self._begun

    def sends(self, fleet: Workers) -> None:
        """Have the work done by others than the crew that was given."""
        self.crew = fleet
        self.forecast.lanes = fleet.jobs

    def stale(
        self, names: Iterable[str], present: Present, sound: Sound = nowhere, doubt: Doubt = certain
    ) -> list[str]:
        """Return the tasks that must be done, each with its reason in ``reasons``."""
        found = []
        asked = list(names)
        self.used.update(asked)
        wrong = self._wrong(asked, present)
        for name in asked:
            reason = self._reason(name, wrong, sound) or doubt(name)
            if reason:
                self.reasons[name] = reason
                found.append(name)
                self.tell(Queued(name, reason))
            else:
                self.forecast.drop(name)
                self.tell(Cached(name, self.output(name)))
        return found

    def ahead(self, names: Iterable[str], present: Present, sound: Sound = nowhere) -> list[str]:
        """Return the tasks that would have to be done if they were asked for now; nothing is decided by it."""
        asked = list(names)
        wrong = self._wrong(asked, present)
        return [name for name in asked if self._reason(name, wrong, sound)]

    def _wrong(self, names: Collection[str], present: Present) -> frozenset[int]:
        return frozenset() if self.force else self.ledger.wrong(names, present)

    def _reason(self, name: str, wrong: Collection[int], sound: Sound) -> Stale | None:
        return FORCED if self.force else self.ledger.stale(name, wrong, partial(self._has, sound, name))

    def _has(self, sound: Sound, name: str, digest: str) -> bool:
        return sound(name, digest) or self.store.get(digest) is not None

    def do(self, tasks: Sequence[Task], present: Present) -> dict[str, Fault]:
        """Do tasks and keep what comes of them; return what went wrong, by the tasks' names.

        A fault is what a task says of its input, or, where the task itself failed, the words of its failure. Raises
        OSError where the cache cannot be written.
        """
        for task in tasks:
            self.forecast.expect(task.name, task.kind, task.weight)
        if isinstance(self.crew, Crew):
            tasks = trips(depositing(task, self.store.folder) for task in tasks)
        return self._done(tasks, present)

    def _done(self, tasks: Sequence[Task], present: Present) -> dict[str, Fault]:
        faults: dict[str, Fault] = {}
        alone: list[Task] = []
        for result in self.crew.results(tasks):
            if result.task.parts and result.value is None:
                # What a trip was lost by costs no more than one of its tasks: each goes alone, and not in this process.
                alone += (replace(part, fragile=True) for part in result.task.parts)
                continue
            for one in result.value if result.task.parts else (result,):
                if fault := self._settled(one, present):
                    faults[one.task.name] = fault
            if time.monotonic() > self._next:
                self.save()
        return faults | self._done(alone, present) if alone else faults

    def _left(self) -> float | None:
        """Return the seconds until all is done, as they were a moment ago: to find out takes as long as most events."""
        now = time.monotonic()
        if now >= self._looked + MOMENT:
            self._looked, self._seconds = now, self.forecast.left()
        return self._seconds

    def _begun(self, task: Task) -> None:
        for one in task.parts or (task,):
            self.forecast.begin(one.name)
            self.tell(Started(one.name, self._left()))

    def _settled(self, result: TaskResult, present: Present) -> Fault:
        """Keep what a task has made, and tell of it; return what went wrong."""
        name = result.task.name
        fault = self._keep(result, present)
        self.forecast.end(name, result.seconds, failed=bool(fault))
        if fault:
            self.failed.add(name)
            self.tell(Failed(name, fault, result.seconds, self._left()))
        else:
            self.tell(Finished(name, self.output(name), result.seconds, self._left()))
        return fault

    def _keep(self, result: TaskResult, present: Present) -> Fault:
        made = result.value
        if not isinstance(made, Made):
            return result.fault
        if made.faults:
            return made.faults
        self.note(result.task.name, made, present)
        return ()

    @contextmanager
    def doing(self, name: str) -> Iterator[None]:
        """Tell of a task that is done in here, and not by the crew."""
        self.tell(Started(name, self._left()))
        start = time.monotonic()
        try:
            yield
        except PublishingError as fault:
            self.tell(Failed(name, fault.diagnostics, time.monotonic() - start, self._left()))
            raise
        self.tell(Finished(name, self.output(name), time.monotonic() - start, self._left()))

    def note(self, name: str, made: Made, present: Present) -> None:
        """Keep what was made under a task's name."""
        inputs = {**{one: present(one) for one in made.names}, **made.read}
        output = made.kept if made.content is None else self.store.put(made.content)
        self.store.added += made.added
        if output:
            self.store.fresh.add(output)
        self.ledger.note(name, inputs, output, made.facts)

    def output(self, name: str) -> str:
        """Return the digest of what a task has made."""
        return self.ledger.tasks[name].output

    def facts(self, name: str) -> bytes:
        """Return what a task has found, as JSON."""
        return self.ledger.tasks[name].facts

    def forget(self, is_over: Callable[[str], bool]) -> None:
        """Drop the records of tasks that no build will ask for again."""
        self.ledger.drop([name for name in self.ledger.tasks if name not in self.used and is_over(name)])

    def save(self) -> None:
        """Write the ledger; raises OSError where the disk does not take it."""
        start = time.monotonic()
        if not self.dry:
            write_ledger(self.folder, self.ledger)
        end = time.monotonic()
        self._next = end + max(SAVING, SHARE * (end - start))

    def close(self, limit: int) -> None:
        """Keep the ledger and hold the cache to its size; neither is worth a failure."""
        self.store.reclaim()
        with suppress(OSError):
            if not self.dry:
                if self.forecast.fresh:
                    write_paces(self.folder, self.forecast.paces())
                self._trim(limit)
            self.save()

    def _trim(self, limit: int) -> None:
        """Hold the store to its size; it is counted where it may have outgrown that, or others have put things in."""
        room, state = self.ledger.room, self.store.state()
        is_known = room and room.limit == limit and room.state == self._found
        left = room.left - self.store.added if room and is_known else -1
        if left < 0:
            size = self.store.trim(limit, {record.output for record in self.ledger.tasks.values()})
            left, state = min(limit - size, limit // UNCOUNTED), self.store.state()
        if room != Room(limit, state, left):
            self.ledger.room, self.ledger.is_new = Room(limit, state, left), True
