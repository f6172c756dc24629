"""Several connections to a target at once, each in a thread of its own; what fails is tried again, but not for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, TypeVar

from kitabat.delivery.causes import is_final
from kitabat.delivery.target import Target

PAUSES = (0.5, 2.0, 5.0)
"""Seconds before each further try, over a new connection."""
ANSWER = 8.0
"""Seconds in which a target must have answered once; drivers that try again by themselves would take minutes."""
GRACE = 0.5
"""Seconds that an interrupted publish waits for its threads to see that it is over."""
T = TypeVar("T")


class BrokenOffError(Exception):
    """Work at the target failed for good; the cause is what its driver raised last."""

    def __init__(self, path: str, fault: Exception) -> None:
        super().__init__(path)
        self.path = path
        self.fault = fault


class NotBegunError(Exception):
    """Work was not begun, as other work has failed."""


@dataclass(slots=True)
class Batch:
    """Pieces of work that were handed out together."""

    results: SimpleQueue[tuple[int, Any, Exception | None]] = field(default_factory=SimpleQueue)
    is_over: bool = False
    """Set when one has failed: the others need not begin."""


Task = tuple[Batch, int, Callable[[Target], Any]]


class Crew:
    """Threads that work at a target. They end with the process, so that Ctrl-C need not wait for an upload."""

    def __init__(self, reach: Callable[[], Target], size: int) -> None:
        self.reach = reach
        self.size = size
        self.tasks: SimpleQueue[Task | None] = SimpleQueue()
        self.threads: list[threading.Thread] = []
        self.stop = threading.Event()
        self.reached = False
        """Whether anything has succeeded: a target that never answered is not waited for as long."""
        self.is_deaf = False

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> None:
        """Send the threads home; after an interrupt, without waiting for what they are in the middle of."""
        if fault is not None:
            self.stop.set()
        for _thread in self.threads:
            self.tasks.put(None)
        for thread in self.threads:
            is_waiting = not fault or (isinstance(fault, Exception) and not self.is_deaf)
            thread.join(None if is_waiting else GRACE / len(self.threads))

    def one(self, path: str, work: Callable[[Target], T]) -> T:
        """Do one piece of work; see ``each``."""
        (result,) = self.each([(path, work)])
        return result

    def greet(self) -> None:
        """See that the target answers at all; raises BrokenOffError where it does not, or not in time."""
        self._grow(1)
        batch = Batch()
        self.tasks.put((batch, 0, Target.greet))
        try:
            _, _, fault = batch.results.get(timeout=ANSWER)
        except Empty:
            self.is_deaf = True
            fault = TimeoutError(f"it has not answered within {ANSWER:g} seconds")
        if fault:
            raise BrokenOffError("", fault) from fault

    def each(
        self, works: Sequence[tuple[str, Callable[[Target], T]]], done: Callable[[str], None] = lambda _: None
    ) -> list[T]:
        """Do pieces of work, each named by its path, and return their results in the same order.

        ``done`` is told of each. Raises BrokenOffError where one fails for good, when those that had begun have ended.
        """
        self._grow(len(works))
        batch = Batch()
        for number, (_, work) in enumerate(works):
            self.tasks.put((batch, number, work))
        results: dict[int, T] = {}
        broken: BrokenOffError | None = None
        for _count in works:
            number, result, fault = batch.results.get()
            if fault is None:
                results[number] = result
                done(works[number][0])
            elif not isinstance(fault, NotBegunError):
                broken = broken or BrokenOffError(works[number][0], fault)
        if broken:
            raise broken from broken.fault
        return [results[number] for number in range(len(works))]

    def _grow(self, needed: int) -> None:
        while len(self.threads) < min(self.size, needed):
            thread = threading.Thread(target=self._labour, daemon=True)
            try:
                thread.start()
            except RuntimeError:
                # The system lets this process have no more of them: those that there are do the work.
                if not self.threads:
                    raise
                self.size = len(self.threads)
            else:
                self.threads.append(thread)

    def _labour(self) -> None:
        hand = Hand(self)
        while task := self.tasks.get():
            batch, number, work = task
            try:
                if batch.is_over or self.stop.is_set():
                    raise NotBegunError  # noqa: TRY301 - one way out for all
                result = hand.do(work)
            except BaseException as fault:  # noqa: BLE001 - a driver may raise anything; it is told in the main thread
                batch.is_over = True
                batch.results.put((number, None, fault if isinstance(fault, Exception) else _told(fault)))
            else:
                batch.results.put((number, result, None))
        hand.let_go()


def _told(fault: BaseException) -> Exception:
    """Return what is no exception by its ancestry, such as a cancelled task, as one."""
    return RuntimeError(f"{type(fault).__name__}: {fault}".rstrip(": "))


class Hand:
    """One thread's connection, opened when it is needed, and anew after a fault."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew
        self.target: Target | None = None

    def do(self, work: Callable[[Target], T]) -> T:
        """Do a piece of work, again after a pause where it failed and may succeed yet.

        Where the target has never answered, it is tried twice and no more: an address may be wrong.
        """
        for number, pause in enumerate(PAUSES):
            try:
                return self._tried(work)
            except Exception as fault:
                if is_final(fault) or (number and not self.crew.reached):
                    raise
            self.let_go()
            if self.crew.stop.wait(pause):
                raise NotBegunError
        return self._tried(work)

    def _tried(self, work: Callable[[Target], T]) -> T:
        self.target = self.target or self.crew.reach()
        result = work(self.target)
        self.crew.reached = True
        return result

    def let_go(self) -> None:
        """Close the connection, if there is one."""
        if self.target:
            with suppress(Exception):
                self.target.close()
        self.target = None
