"""One worker: a process that does a task at a time, can be ended at any moment, and ends with the build."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import forkserver, resource_tracker, util
from pathlib import Path
from typing import cast

from kitabat import scratch
from kitabat.building.garbage import THRESHOLD
from kitabat.building.shift import UNWILLING, Hand
from kitabat.building.task import NUMBER, SINCE, LostError, Report, Task, perform_all
from kitabat.building.unbroken import NUMBERS, unbroken

QUIET = "ignore:resource_tracker:UserWarning"
"""For the process that clears away what one that was killed has left: it need not tell the user of it."""

ROOM = 80
"""Bytes that the name of a socket's folder may have: some systems take no more than 104 for the whole."""


class Worker:
    """A process of its own. Starting one raises any of ``UNWILLING`` where the machine does not let it."""

    def __init__(self, preload: Sequence[str] = ()) -> None:
        """``preload`` are modules that all workers of this build share, imported once."""
        self._preload = list(preload)
        try:
            self._begin()
        except (EOFError, ConnectionError):
            # The server that forks workers has been killed, perhaps for another's memory. It may be still about to end.
            end_server()
            self._begin()

    def _begin(self) -> None:
        context = prepare(self._preload)
        shared = context.RawArray("d", 2)
        self._sheet = _as_sheet(shared)
        self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(shared,))
        with _lost():
            self._pool.submit(os.getpid)  # so that it gets ready at once

    def start(self, tasks: Sequence[Task]) -> None:
        """Begin tasks; raises LostError where the process has died while it was idle, or any of ``UNWILLING``."""
        self._sheet[SINCE], self._sheet[NUMBER] = time.monotonic(), 0
        with _lost():
            self.future: Future[tuple[Report, ...]] = self._pool.submit(_perform, tuple(tasks))

    def reports(self) -> tuple[Report, ...]:
        """Return what came of them; raises LostError where the process has died, or what forbids sending them back."""
        with _lost():
            return self.future.result()

    @classmethod
    def ready(cls, workers: Sequence[Hand], seconds: float) -> Sequence[Hand]:
        """Wait until some workers have done what they were given, or have died, and return them."""
        running = {one.future: one for one in cast("Sequence[Worker]", workers)}
        return [running[future] for future in wait(running, seconds, FIRST_COMPLETED).done]

    def at(self) -> tuple[int, float]:
        """Return the number of the task that the process is at, and since when; tasks of a trip are counted each."""
        return int(self._sheet[NUMBER]), self._sheet[SINCE]

    def ahead(self, prepare: Callable[[], object]) -> None:
        """Have the process do what any next task would begin with; what comes of it is nobody's business."""
        with suppress(*UNWILLING), _lost():  # whoever gives it a task is told
            self._pool.submit(prepare)

    def kill(self) -> None:
        """End the process at once, whatever it is doing."""
        # A pool has no word for it before Python 3.14; a worker that is not ready yet has a task waiting all the same.
        for process in list((self._pool._processes or {}).values()):  # noqa: SLF001
            with suppress(Exception):
                process.kill()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def retire(self) -> None:
        """Let the process end; it has nothing more to do."""
        self._pool.shutdown(wait=False)


@contextmanager
def _lost() -> Iterator[None]:
    """Say in the words of all workers that the process has died."""
    try:
        yield
    except BrokenProcessPool as fault:
        raise LostError from fault


def prepare(preload: Sequence[str] = ()) -> multiprocessing.context.BaseContext:
    """Begin to get ready what workers are made from, without waiting for it; return the way to start them.

    Raises any of ``UNWILLING``.
    """
    # Threads and forks do not mix, and progress bars run in threads: workers are forked from a clean server.
    methods = multiprocessing.get_all_start_methods()
    method = "forkserver" if "forkserver" in methods else "spawn"
    context = multiprocessing.get_context(method)
    context.set_forkserver_preload(list(preload))
    if method == "forkserver":
        with unbroken(), _deaf():  # whose number is not known could not be ended
            _house()
            forkserver.ensure_running()
    return context


def end_all() -> None:
    """End at once all workers, also those that nobody knows yet as they were being made, and what they are made from.

    A worker that came to life now would find nobody to work for.
    """
    end_server()
    for process in multiprocessing.active_children():
        with suppress(Exception):
            process.kill()


def end_server() -> None:
    """End what workers are made from; the next one is made from another."""
    server = getattr(forkserver, "_forkserver", None)
    with suppress(Exception):
        os.kill(server._forkserver_pid, signal.SIGKILL)  # type: ignore[union-attr]  # noqa: SLF001 - no other word for it
        server._stop()  # type: ignore[union-attr]  # noqa: SLF001


def _house() -> None:
    """Have the folder of `multiprocessing`, which has a server's socket, where it does not stay."""
    config = multiprocessing.current_process()._config  # type: ignore[attr-defined]  # noqa: SLF001 - no word for it
    if not os.path.isdir(config.get("tempdir") or ""):  # noqa: PTH112 - a path or nothing
        folder = scratch.made()
        if len(os.fsencode(folder)) > ROOM:
            scratch.remove(folder)
            folder = scratch.made(Path("/tmp"))  # noqa: S108 - as safe as any other folder of that name
        config["tempdir"] = str(folder)


@contextmanager
def _deaf() -> Iterator[None]:
    """Let what is started in here hear no signal that reaches all processes, such as Ctrl-C: this one ends the others.

    Signals are held back from this process, which hears them afterwards, and from what inherits that for good. To
    ignore them meanwhile would lose them.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, NUMBERS)
    try:
        # It is started with the first process otherwise, and lets through in the end what is held back in here.
        sys.warnoptions.append(QUIET)
        try:
            resource_tracker.ensure_running()
        finally:
            sys.warnoptions.remove(QUIET)
        signal.pthread_sigmask(signal.SIG_BLOCK, NUMBERS)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_sheet: memoryview[float]
"""Of a worker's process: where it notes which task it is at."""


def _as_sheet(shared: ctypes.Array[ctypes.c_double]) -> memoryview[float]:
    """Return memory that two processes share as both of them write and read it."""
    return memoryview(shared).cast("B").cast("d")


def _begin(shared: ctypes.Array[ctypes.c_double]) -> None:
    """Prepare a worker's process."""
    global _sheet  # noqa: PLW0603 - a process is one worker
    _sheet = _as_sheet(shared)
    signal.pthread_sigmask(signal.SIG_BLOCK, NUMBERS)
    gc.freeze()
    gc.set_threshold(*THRESHOLD)
    util.Finalize(None, scratch.clear, exitpriority=0)  # such a process ends without a word to ``atexit``
    _end_with_parent()


def _perform(tasks: tuple[Task, ...]) -> tuple[Report, ...]:
    """Do what a worker is given."""
    return perform_all(tasks, _sheet)


def _end_with_parent() -> None:
    """See to it that a worker ends when the build is killed: nobody would ever give it work again."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_after, args=(parent,), daemon=True).start()


def _leave_after(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    scratch.tidy()  # of what the build has left, too
    os._exit(1)
