"""A double of this process, which does what builds have to do: what hangs or dies there costs one task.

It is forked, and so has at once all that this process has loaded: a worker made from nothing would cost a small build
more than its work. What workers need, `multiprocessing` and a server to fork them, is not even imported for it. Builds
that have much to do, and little to load for it, have several.
"""

from __future__ import annotations

import ctypes
import gc
import mmap
import os
import pickle
import select
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import BinaryIO, NoReturn, cast

from kitabat.building.garbage import THRESHOLD
from kitabat.building.shift import DIED, Hand, Limits, late
from kitabat.building.task import NUMBER, SINCE, LostError, Report, Task, TaskResult, memory, perform, perform_all

COMPANY = 3
"""Threads that a process may have which is to be forked: one that builds, one that watches signals, one that draws.

A fork has the first of them only. What the others may hold at that moment, a terminal's locks, a double never asks for.
"""
PR_SET_PDEATHSIG = 1
DEAF_TO = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGURG}
"""Signals that wait while a double is born: it must not meet them with what this process does about them."""


def can_be() -> bool:
    """Tell whether this process may have a double."""
    return sys.platform.startswith("linux") and threading.active_count() <= COMPANY


class LateError(Exception):
    """A task has taken longer than it may."""


class Double:
    """A process that does tasks one after the other, as this one would; raises OSError where none can be started."""

    def __init__(self, preload: Sequence[str] = ()) -> None:
        """Fork; ``preload`` are modules that it imports before it is given anything."""
        self._sheet = memoryview(mmap.mmap(-1, 16)).cast("d")
        theirs, ours = os.pipe(), os.pipe()
        with _undisturbed() as before:
            parent = os.getpid()
            try:
                self._number = _forked()
            except OSError:
                for end in (*theirs, *ours):
                    os.close(end)
                raise
            if not self._number:
                _serve(parent, before, theirs, ours, preload, self._sheet)
        os.close(theirs[0])
        os.close(ours[1])
        os.set_blocking(theirs[1], False)
        self.tasks, self.answers = os.fdopen(theirs[1], "wb", buffering=0), os.fdopen(ours[0], "rb")
        self.unsent = memoryview(b"")
        """What the process has not taken yet: where it hangs before it reads, this one must not hang with it."""

    def start(self, tasks: Sequence[Task]) -> None:
        """Begin tasks; raises LostError where the process has died while it was idle."""
        self._sheet[SINCE], self._sheet[NUMBER] = time.monotonic(), 0
        self._send(tuple(tasks))

    def at(self) -> tuple[int, float]:
        """Return the number of the task that the process is at, and since when; tasks of a trip are counted each."""
        return int(self._sheet[NUMBER]), self._sheet[SINCE]

    def ahead(self, prepare: Callable[[], object]) -> None:
        """Have the process do what any next task would begin with; what comes of it is nobody's business."""
        with suppress(LostError):  # whoever gives it a task is told
            self._send(prepare)

    def _send(self, asked: object) -> None:
        self.unsent = memoryview(bytes(self.unsent) + pickle.dumps(asked, pickle.HIGHEST_PROTOCOL))
        self.push()

    def push(self) -> None:
        """Write what is unsent, as much of it as the pipe takes; raises LostError where nobody will read it."""
        try:
            while self.unsent and (taken := self.tasks.write(self.unsent)):
                self.unsent = self.unsent[taken:]
        except BrokenPipeError:
            self.unsent = memoryview(b"")
            raise LostError from None

    def reports(self) -> tuple[Report, ...]:
        """Return what came of the tasks; their memory is what the process has grown by.

        Raises LostError where it has died over them.
        """
        try:
            found: tuple[Report, ...] = pickle.load(self.answers)  # noqa: S301 - from what was forked from this very process
        except (EOFError, pickle.UnpicklingError):
            raise LostError from None
        return found

    @classmethod
    def ready(cls, doubles: Sequence[Hand], seconds: float) -> Sequence[Hand]:
        """Wait until some have done what they were given, or have died, and return them."""
        end = time.monotonic() + seconds
        ends = {one.answers.fileno(): one for one in cast("Sequence[Double]", doubles)}
        takers = {one.tasks.fileno(): one for one in ends.values() if one.unsent}
        watch = select.poll()
        for answers in ends:
            watch.register(answers, select.POLLIN)
        for tasks in takers:
            watch.register(tasks, select.POLLOUT)
        while True:
            found = [place for place, _ in watch.poll(max(0.0, end - time.monotonic()) * 1000)]
            if not found or not takers.keys() >= set(found):
                return [ends[place] for place in found if place in ends]
            for taker in found:
                with suppress(LostError):  # its answers end, too
                    takers[taker].push()
                if not takers[taker].unsent:
                    watch.unregister(taker)

    def kill(self) -> None:
        """End the process at once, whatever it is doing."""
        with suppress(ProcessLookupError):
            os.kill(self._number, signal.SIGKILL)

    def retire(self) -> None:
        """Have the process no more: it keeps nothing that must be put in order."""
        self.kill()
        with suppress(ChildProcessError):
            os.waitpid(self._number, 0)
        self.tasks.close()
        self.answers.close()
        self._sheet.release()


class Doubles:
    """The double that this process has at present, if any: one that was lost has a successor."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.present: Double | None = None

    def results(self, tasks: Iterable[Task], begun: Callable[[Task], None]) -> Iterator[TaskResult]:
        """Have tasks done one after the other, those of a trip each by itself; ``begun`` is told of each before."""
        for task in tasks:
            for one in task.parts or (task,):
                begun(one)
                yield self.outlived(one)

    def outlived(self, task: Task, *, is_last: bool = False) -> TaskResult:
        """Have a double do a task; where none can be forked, do it here."""
        start = time.monotonic()
        try:
            self.present = self.present or Double()
        except OSError:
            return perform(task)
        try:
            result = self._done(self.present, task)
        except (LateError, LostError) as end:
            self.part()
            if isinstance(end, LostError) and not is_last:
                return self.outlived(task, is_last=True)
            words = DIED if isinstance(end, LostError) else late(self.limits.seconds)
            return TaskResult(task, None, words, seconds=time.monotonic() - start)
        if result.memory > self.limits.memory:
            self.part()
        return result

    def _done(self, double: Double, task: Task) -> TaskResult:
        double.start((task,))
        if not double.ready((double,), self.limits.seconds):
            raise LateError
        (report,) = double.reports()
        return report.on(task)

    def part(self) -> None:
        """Have none any more."""
        if self.present:
            self.present.retire()
            self.present = None


@contextmanager
def _undisturbed() -> Iterator[set[int]]:
    """Let signals wait; yield those that did before."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, DEAF_TO)
    try:
        yield before
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _forked() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads; see COMPANY
        return os.fork()


def _serve(
    parent: int,
    before: set[int],
    tasks: tuple[int, int],
    results: tuple[int, int],
    preload: Sequence[str],
    sheet: memoryview[float],
) -> NoReturn:
    """Be the double, to the end of this process."""
    try:
        # The keyboard reaches all processes: whoever was forked ends this one.
        signal.set_wakeup_fd(-1)
        for number in DEAF_TO:
            signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        # Where the build is killed, its lock must not live on in here: no thread could see to that during a long match.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)
        os.close(tasks[1])
        os.close(results[0])
        gc.freeze()
        gc.set_threshold(*THRESHOLD)
        before_all = memory()
        for name in preload:
            with suppress(Exception):  # whatever needs it tells
                import_module(name)
        with os.fdopen(tasks[0], "rb") as asked, os.fdopen(results[1], "wb") as given:
            while True:
                _answer(pickle.load(asked), given, before_all, sheet)  # noqa: S301 - from the process that was forked
    except EOFError:
        pass
    finally:
        os._exit(0)


def _answer(
    asked: tuple[Task, ...] | Callable[[], object], given: BinaryIO, before: int, sheet: memoryview[float]
) -> None:
    """Do tasks and send what came of them, or do what is to be done ahead."""
    if not isinstance(asked, tuple):
        with suppress(Exception):
            asked()
        return
    *others, last = perform_all(asked, sheet)
    given.write(_packed((*others, last._replace(memory=max(0, last.memory - before)))))
    given.flush()


def _packed(reports: tuple[Report, ...]) -> bytes:
    """Return reports to be sent back; what cannot be sent is the fault of its task."""
    try:
        return pickle.dumps(reports, pickle.HIGHEST_PROTOCOL)
    except Exception:  # noqa: BLE001 - whatever a value says to being sent
        return pickle.dumps(tuple(map(_sendable, reports)), pickle.HIGHEST_PROTOCOL)


def _sendable(report: Report) -> Report:
    try:
        pickle.dumps(report, pickle.HIGHEST_PROTOCOL)
    except Exception as fault:  # noqa: BLE001 - as above
        return report._replace(value=None, fault=f"{type(fault).__name__}: {fault}".rstrip(": "))
    return report
