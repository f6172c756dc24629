"""A double of this process, which does what small builds have to do: what hangs or dies there costs one task.

It is forked, and so has at once all that this process has loaded: a worker made from nothing would cost a small build
more than its work. What workers need, `multiprocessing` and a server to fork them, is not even imported for it.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import select
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

from kitabat.building.executor import DIED, LATE, Limits
from kitabat.building.garbage import THRESHOLD
from kitabat.building.task import Report, Task, TaskResult, memory, perform, performed

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
    """A process that does one task at a time, as this one would; raises OSError where none can be started."""

    def __init__(self) -> None:
        """Fork."""
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
                _serve(parent, before, theirs, ours)
        os.close(theirs[0])
        os.close(ours[1])
        self._tasks, self._results = os.fdopen(theirs[1], "wb"), os.fdopen(ours[0], "rb")

    def do(self, task: Task, seconds: float) -> TaskResult:
        """Have a task done, and wait for it; the memory of the result is what the process has grown by.

        Raises LateError, and EOFError where the process has died over it.
        """
        asked = pickle.dumps(task, pickle.HIGHEST_PROTOCOL)
        try:
            self._tasks.write(asked)
            self._tasks.flush()
            if not select.select([self._results], [], [], seconds)[0]:
                raise LateError
            report: Report = pickle.load(self._results)  # noqa: S301 - from what was forked from this very process
        except (BrokenPipeError, pickle.UnpicklingError):
            raise EOFError from None
        return report.on(task)

    def end(self) -> None:
        """End the process at once, whatever it is doing: it keeps nothing that must be put in order."""
        with suppress(ProcessLookupError):
            os.kill(self._number, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self._number, 0)
        with suppress(BrokenPipeError):
            self._tasks.close()
        self._results.close()


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
            result = self.present.do(task, self.limits.seconds)
        except (LateError, EOFError) as end:
            self.part()
            if isinstance(end, EOFError) and not is_last:
                return self.outlived(task, is_last=True)
            words = DIED if isinstance(end, EOFError) else LATE.format(self.limits.seconds)
            return TaskResult(task, None, words, seconds=time.monotonic() - start)
        if result.memory > self.limits.memory:
            self.part()
        return result

    def part(self) -> None:
        """Have none any more."""
        if self.present:
            self.present.end()
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


def _serve(parent: int, before: set[int], tasks: tuple[int, int], results: tuple[int, int]) -> NoReturn:
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
        with os.fdopen(tasks[0], "rb") as asked, os.fdopen(results[1], "wb") as given:
            while True:
                report = performed(pickle.load(asked))  # noqa: S301 - from the process that was forked
                given.write(_packed(report._replace(memory=max(0, report.memory - before_all))))
                given.flush()
    except EOFError:
        pass
    finally:
        os._exit(0)


def _packed(report: Report) -> bytes:
    """Return a report to be sent back; what cannot be sent is the task's fault."""
    try:
        return pickle.dumps(report, pickle.HIGHEST_PROTOCOL)
    except Exception as fault:  # noqa: BLE001 - whatever a value says to being sent
        words = f"{type(fault).__name__}: {fault}".rstrip(": ")
        return pickle.dumps(report._replace(value=None, fault=words), pickle.HIGHEST_PROTOCOL)
