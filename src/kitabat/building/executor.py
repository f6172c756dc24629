"""Tasks done one after the other, or in as many processes as asked for."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import forkserver

from kitabat.building.task import Task, TaskResult

UNWILLING = (OSError, NotImplementedError, BrokenProcessPool)
"""What a machine raises that has no semaphores, or lets no process be started."""
Progress = Callable[[int, int, str], None]
"""Called after each task with how many are done, of how many, and the name of the one just done."""


def execute(
    tasks: Sequence[Task], jobs: int, progress: Progress, preload: Sequence[str] = ()
) -> tuple[TaskResult, ...]:
    """Do all tasks and return their results in the tasks' order.

    A task that fails, or whose process dies, costs its own result and nothing else. ``preload`` are modules that
    worker processes share, imported once for all of them.
    """
    workers = min(jobs, len(tasks))
    finished = _one_by_one(tasks) if workers <= 1 else _in_processes(tasks, workers, list(preload))
    results: dict[str, TaskResult] = {}
    for result in finished:
        results[result.task.name] = result
        progress(len(results), len(tasks), result.task.name)
    return tuple(results[task.name] for task in tasks)


def _one_by_one(tasks: Sequence[Task]) -> Iterator[TaskResult]:
    for task in tasks:
        yield perform(task)


def perform(task: Task) -> TaskResult:
    """Do one task; whatever it raises becomes its result's fault."""
    try:
        return TaskResult(task, task.work(task.argument))
    except Exception as fault:  # noqa: BLE001 - a renderer may raise anything; the edition is named, the others go on
        return TaskResult(task, None, f"{type(fault).__name__}: {fault}".rstrip(": "))


def _in_processes(tasks: Sequence[Task], workers: int, preload: list[str]) -> Iterator[TaskResult]:
    """Yield results as they come; tasks that were lost with a dead process are done again, each in its own.

    Where the machine lets no process be started, this one does the tasks.
    """
    lost: list[Task] = []
    try:
        pool = _pool(workers, preload)
    except UNWILLING:
        yield from _one_by_one(tasks)
        return
    with pool:
        futures, refused = _submitted(pool, sorted(tasks, key=lambda task: -task.weight))
        try:
            for future in as_completed(futures):
                try:
                    yield future.result()
                except BrokenProcessPool:
                    lost.append(futures[future])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.terminate()
            raise
    yield from _one_by_one(refused)
    for task in lost:
        with _pool(1, preload) as pool:
            try:
                yield pool.submit(perform, task).result()
            except BrokenProcessPool:
                yield TaskResult(task, None, "its process died; there may be too little memory")


def _submitted(pool: Executor, tasks: Sequence[Task]) -> tuple[dict[Future[TaskResult], Task], Sequence[Task]]:
    """Return what the processes have taken on, and the tasks for which no process could be started."""
    futures: dict[Future[TaskResult], Task] = {}
    for number, task in enumerate(tasks):
        try:
            futures[pool.submit(perform, task)] = task
        except UNWILLING:
            return futures, tasks[number:]
    return futures, ()


def _pool(workers: int, preload: list[str]) -> ProcessPoolExecutor:
    # Threads and forks do not mix, and progress bars run in threads: workers are forked from a clean server.
    methods = multiprocessing.get_all_start_methods()
    method = "forkserver" if "forkserver" in methods else "spawn"
    context = multiprocessing.get_context(method)
    context.set_forkserver_preload(preload)
    if method == "forkserver":
        with _deaf_to_the_keyboard():
            forkserver.ensure_running()
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent)


@contextmanager
def _deaf_to_the_keyboard() -> Iterator[None]:
    """Let what is started in here ignore Ctrl-C, which reaches all processes: this one ends the others."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end_with_parent() -> None:
    """See to it that a worker ends when the build is killed: nobody would ever give it work again."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_after, args=(parent,), daemon=True).start()


def _leave_after(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
