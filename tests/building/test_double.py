"""What a small build has done by a double of its own process: whatever happens there costs one task."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.building.test_executor import all_over, hungry, waited_for, whose

from kitabat.building import double
from kitabat.building.executor import Crew
from kitabat.building.shift import Limits
from kitabat.building.task import Task, TaskResult, trips

MUCH = bytes(1 << 20)
"""More than a pipe takes at once."""
SIZE = 64 << 20


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process have a double whatever threads other tests have left."""
    monkeypatch.setattr(double, "COMPANY", 1000)


def crash(_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)  # as the system does for the sake of another's memory


def leave(_: object) -> None:
    raise SystemExit(0)


def hang_in_c(_: object) -> None:
    import re

    re.match("(a|aa)+b", "a" * 200)


def hang_deaf(_: object) -> None:
    ctypes.PyDLL(None).sleep(900)  # with the interpreter's lock held: no thread and no signal handler runs


def swallow(_: object) -> None:
    while True:
        try:
            time.sleep(900)
        except BaseException:  # noqa: BLE001 - as a template's own code may
            continue


def unsendable(_: object) -> object:
    return lambda: None


def count_up(_: object) -> int:
    kept.append(1)
    return len(kept)


kept: list[int] = []


def done_by_one(*tasks: Task, limits: Limits | None = None) -> list[TaskResult]:
    with Crew(1, limits=limits) as crew:
        return list(crew.results(tasks))


@pytest.mark.parametrize("work", [crash, leave])
def test_a_task_that_ends_its_process_costs_only_itself(work: object) -> None:
    bad, good = done_by_one(Task("a", work, 1), Task("b", whose, 1))  # type: ignore[arg-type] # any of them
    assert "process died" in bad.fault
    assert good.value not in {None, os.getpid()}


@pytest.mark.parametrize("work", [hang_in_c, hang_deaf, swallow])
def test_a_task_that_hangs_costs_only_itself(work: object) -> None:
    tasks = (Task("a", work, 1), Task("b", whose, 1))  # type: ignore[arg-type] # any of them
    bad, good = done_by_one(*tasks, limits=Limits(seconds=1))
    assert bad.fault == "it took longer than 1 second"
    assert good.value not in {None, os.getpid()}


def test_one_that_hangs_before_it_reads_is_ended_however_much_it_is_to_read() -> None:
    with Crew(1, limits=Limits(seconds=1)) as crew:
        (first,) = crew.results([Task("c", whose, 1)])
        assert crew.doubles
        assert crew.doubles.present
        crew.doubles.present.ahead(hang)
        bad, good = crew.results([Task("a", len, MUCH), Task("b", whose, 1)])
    assert bad.fault == "it took longer than 1 second"
    assert good.value not in {None, os.getpid(), first.value}


def hang() -> None:
    time.sleep(900)


def test_it_keeps_what_it_has_for_the_next_batch_and_gives_none_of_it_to_this_process() -> None:
    with Crew(1) as crew:
        assert [result.value for _ in range(2) for result in crew.results([Task("a", count_up, 1)] * 2)] == [1, 2, 3, 4]
    assert kept == []


def test_one_that_holds_too_much_is_replaced() -> None:
    tasks = [Task("a", hungry, SIZE), Task("b", count_up, 1), Task("c", hungry, SIZE), Task("d", count_up, 1)]
    lean, renewed = (done_by_one(*tasks, limits=Limits(memory=limit)) for limit in (1 << 40, SIZE // 2))
    assert [one.value for one in lean[1::2]] == [1, 2]
    assert [one.value for one in renewed[1::2]] == [1, 1]


def test_tasks_of_a_trip_have_their_results_and_their_time_each() -> None:
    parts = trips([Task(name, work, 1, group="g") for name, work in (("a", whose), ("b", swallow), ("c", whose))])
    results = done_by_one(*parts, limits=Limits(seconds=1))
    assert [(result.task.name, bool(result.fault)) for result in results] == [("a", False), ("b", True), ("c", False)]


def test_what_cannot_be_sent_back_is_a_fault_of_the_task() -> None:
    bad, good = done_by_one(Task("a", unsendable, 1), Task("b", whose, 1))
    assert "unsendable" in bad.fault
    assert good.value


def test_where_none_can_be_started_this_process_does_the_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    ends: list[int] = []

    def pipe() -> tuple[int, int]:
        ends.extend(made := opened())
        return made

    opened = os.pipe
    monkeypatch.setattr(os, "pipe", pipe)
    monkeypatch.setattr(double, "_forked", refuse)
    assert done_by_one(Task("a", whose, 1))[0].value == os.getpid()
    for end in ends:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(end)


def test_a_process_with_threads_of_others_has_workers_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(double, "COMPANY", threading.active_count() - 1)
    with Crew(1) as crew:
        (result,) = crew.results([Task("a", whose, 1)])
        assert crew.doubles is None
        assert result.value not in {None, os.getpid()}


def hang_up(number: int) -> None:
    os.kill(os.getpid(), number)
    time.sleep(900)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_what_this_process_does_about_a_signal_its_double_does_not(number: signal.Signals) -> None:
    before = signal.signal(number, lambda *_: None)
    try:
        (result,) = done_by_one(Task("a", hang_up, number), limits=Limits(seconds=60))
    finally:
        signal.signal(number, before)
    assert "process died" in result.fault


def test_nothing_is_left_of_it() -> None:
    with Crew(1) as crew:
        (result,) = crew.results([Task("a", whose, 1)])
        assert crew.doubles
        assert (found := crew.doubles.present)
    assert not Path(f"/proc/{result.value}").exists()
    assert found.tasks.closed
    assert found.answers.closed


BUILD = """
import sys
from kitabat.building.executor import Crew
from kitabat.building.task import Task
from tests.building.test_double import announce
with Crew(1) as crew:
    list(crew.results([Task("a", announce, sys.argv[1])]))
"""


def announce(folder: str) -> None:
    Path(folder, "part").write_text(str(os.getpid()))
    Path(folder, "part").rename(Path(folder, "pid"))
    hang_deaf(None)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_a_build_that_is_ended_whatever_it_is_doing(tmp_path: Path, number: signal.Signals) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", BUILD, str(tmp_path)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, start_new_session=True) as process:
        try:
            pid = int(waited_for(tmp_path / "pid").read_text())
            if number is signal.SIGINT:
                os.killpg(process.pid, number)  # as the keyboard does
            else:
                process.send_signal(number)
            said = process.communicate(timeout=300)[1].decode()
            assert all_over([pid])
            assert said.count("Traceback") == (number is signal.SIGINT)
        finally:
            process.kill()


def test_what_is_more_than_a_pipe_takes_arrives_whole() -> None:
    assert [result.value for result in done_by_one(Task("a", len, MUCH), Task("b", len, MUCH[1:]))] == [
        len(MUCH),
        len(MUCH) - 1,
    ]


def test_whoever_looks_at_which_task_it_is_at_never_sees_half_of_an_answer() -> None:
    many = trips([Task(str(number), abs, number, group="all") for number in range(5000)])
    start, seen = time.monotonic(), set[tuple[int, float]]()
    one = double.Double()
    try:
        for _ in range(20):
            one.start(many)
            while not one.ready((one,), 0):
                seen |= {one.at() for _ in range(100)}
            one.reports()
    finally:
        one.retire()
    assert len(seen) > 20
    assert all(start <= since <= time.monotonic() for _, since in seen)
