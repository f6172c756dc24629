"""Tasks in this process and in others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing import forkserver
from pathlib import Path

import pytest

from kitabat.building import double as double_of_it
from kitabat.building import worker
from kitabat.building.executor import Crew, execute
from kitabat.building.shift import Limits, Shift
from kitabat.building.task import Task, trips


def double(number: int) -> int:
    if number == 13:
        raise ValueError("thirteen")
    return 2 * number


def die(number: int) -> int:
    if number == 2:
        os._exit(1)
    time.sleep(0.05)
    return number


def no_progress(_done: int, _total: int, _name: str) -> None:
    return


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    tasks = [Task(str(number), double, number, weight=number) for number in range(5)]
    seen: list[tuple[int, int, str]] = []
    results = execute(tasks, jobs, lambda done, total, name: seen.append((done, total, name)))
    assert [result.value for result in results] == [0, 2, 4, 6, 8]
    assert [done for done, _, _ in seen] == [1, 2, 3, 4, 5]
    assert {name for _, _, name in seen} == {"0", "1", "2", "3", "4"}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_task_that_fails_costs_only_itself(jobs: int) -> None:
    results = execute([Task("a", double, 13), Task("b", double, 4)], jobs, no_progress)
    assert results[0].fault == "ValueError: thirteen"
    assert results[1].value == 8


def test_a_process_that_dies_costs_only_its_task() -> None:
    results = execute([Task(str(number), die, number) for number in range(4)], 2, no_progress)
    assert [result.value for result in results] == [0, 1, None, 3]
    assert "process died" in results[2].fault


def test_no_tasks_are_no_trouble() -> None:
    assert execute([], 4, no_progress) == ()


@pytest.mark.parametrize("fault", [BrokenPipeError(32, "Broken pipe"), NotImplementedError("no semaphores")])
def test_a_machine_that_starts_no_processes_does_the_tasks_itself(
    monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(ProcessPoolExecutor, "_spawn_process" if isinstance(fault, OSError) else "__init__", refuse)
    results = execute([Task("a", double, 13), Task("b", double, 4), Task("c", double, 5)], 2, no_progress)
    assert [result.value for result in results] == [None, 8, 10]


BUILD = """
import sys, time
from kitabat.building import worker
from kitabat.building.executor import execute
from kitabat.building.task import Task
from tests.building.test_executor import announce
if __name__ == "__main__":
    execute([Task(str(number), announce, (sys.argv[1], number)) for number in range(2)], 2, lambda *_: None)
"""


def announce(argument: tuple[str, int]) -> None:
    folder, number = argument
    Path(folder, f"{number}.part").write_text(str(os.getpid()))
    Path(folder, f"{number}.part").rename(Path(folder, f"{number}.pid"))
    time.sleep(900)


@pytest.fixture
def at_work(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    """Return a process with two workers that are at work, and the workers' numbers."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", BUILD, str(tmp_path)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, start_new_session=True)
    try:
        yield process, [int(waited_for(tmp_path / f"{number}.pid").read_text()) for number in range(2)]
    finally:
        process.kill()
        process.communicate()


def waited_for(place: Path) -> Path:
    end = time.monotonic() + 300
    while not place.exists():
        assert time.monotonic() < end
        time.sleep(0.02)
    return place


def is_over(pid: int) -> bool:
    try:
        return " Z " in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True


def all_over(pids: list[int]) -> bool:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if all(is_over(pid) for pid in pids):
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_a_build_that_is_killed(
    at_work: tuple[subprocess.Popen[bytes], list[int]], number: signal.Signals
) -> None:
    process, workers = at_work
    process.send_signal(number)
    assert all_over(workers)


@pytest.mark.parametrize("to_all", [True, False])
def test_an_interrupted_build_ends_its_workers_at_once(
    at_work: tuple[subprocess.Popen[bytes], list[int]], to_all: bool
) -> None:
    process, workers = at_work
    if to_all:
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=300)[1].decode()
    assert all_over(workers)
    assert said.count("Traceback") == 1
    assert "KeyboardInterrupt" in said


def test_ctrl_c_that_comes_while_workers_are_made_ready_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forkserver, "ensure_running", lambda: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        worker.prepare()


def test_a_worker_that_is_not_ready_yet_is_ended_with_its_task(tmp_path: Path) -> None:
    one = worker.Worker()
    (number,) = one._pool._processes
    one.start([Task("a", announce, (str(tmp_path), 0))])
    one.kill()
    assert all_over([number])


def test_after_ctrl_c_no_worker_comes_to_life() -> None:
    def interrupted(crew: Crew) -> None:
        with crew:
            assert next(crew.results([Task("a", double, 2, fragile=True)])).value == 4
            servers.append(forkserver._forkserver._forkserver_pid)  # type: ignore[attr-defined]  # typeshed hides it
            raise KeyboardInterrupt

    servers: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        interrupted(Crew(2))
    assert all_over(servers)
    assert [result.value for result in execute([Task(name, double, 2) for name in "ab"], 2, no_progress)] == [4, 4]


def whose(number: int) -> int:
    if number == 9:
        time.sleep(900)
    return os.getpid()


def hungry(size: int) -> int:
    held.append(b"x" * size)
    return os.getpid()


held: list[bytes] = []


@pytest.fixture(params=["served", "lean"])
def crew_of(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Crew]:
    """Return what makes crews whose workers are forked by a server, and crews whose workers are doubles of this process."""
    monkeypatch.setattr(double_of_it, "COMPANY", 1000)  # whatever threads other tests have left
    return partial(Crew, lean=request.param == "lean")


def test_a_task_that_hangs_is_ended_and_costs_only_itself(
    crew_of: Callable[..., Crew], monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = [Task(str(number), whose, number, weight=number) for number in (9, 1, 2, 3)]
    with crew_of(2) as crew:
        results = crew.results(tasks)
        assert all(next(results).value for _ in range(3))
        monkeypatch.setattr(type(crew.seats[0].worker), "at", lambda _: (0, time.monotonic() - 601))
        (hung,) = results
    assert (hung.task.name, hung.fault) == ("9", "it took longer than 600 seconds")


def test_whoever_listens_is_told_of_each_beginning() -> None:
    for jobs in (1, 2):
        begun: list[str] = []
        with Crew(jobs) as crew:
            crew.begun = lambda task, begun=begun: begun.append(task.name)  # type: ignore[misc]  # the list of this round
            for result in crew.results([Task(str(number), double, number) for number in range(4)]):
                assert result.task.name in begun
                assert result.seconds > 0
        assert sorted(begun) == ["0", "1", "2", "3"]


def test_a_fragile_task_is_never_done_in_the_process_of_the_build() -> None:
    results = execute([Task("a", die, 2, fragile=True), Task("b", whose, 1, fragile=True)], 1, no_progress)
    assert "process died" in results[0].fault
    assert results[1].value not in {None, os.getpid()}


def test_a_worker_that_holds_too_much_is_replaced() -> None:
    size = 64 << 20
    tasks = [Task(str(number), hungry, size, fragile=True) for number in range(3)]
    lean = execute(tasks, 1, no_progress, limits=Limits(memory=1 << 40))
    assert len({result.value for result in lean}) == 1
    renewed = execute(tasks, 1, no_progress, limits=Limits(memory=size))
    assert len({result.value for result in renewed}) == 3


def test_a_worker_is_not_replaced_for_what_light_tasks_need_from_the_first(crew_of: Callable[..., Crew]) -> None:
    light = [Task(str(number), whose, number) for number in range(6)]
    with crew_of(2, limits=Limits(memory=1)) as crew:
        assert len({result.value for result in crew.results(light)}) <= 2
    growing = [Task(str(number), hungry, 64 << 20) for number in range(12)]
    with crew_of(2, limits=Limits(memory=1)) as crew:
        assert len({result.value for result in crew.results(growing)}) > 2


def test_tasks_of_a_group_are_done_by_one_worker_from_batch_to_batch(crew_of: Callable[..., Crew]) -> None:
    tasks = [Task(f"{group}{number}", whose, number, group=group) for group in "ab" for number in range(4)]
    with crew_of(2) as crew:
        first = {result.task.name: result.value for result in crew.results([*tasks[::4]])}
        assert first["a0"] != first["b0"]
        for result in crew.results(tasks):
            # At the end of a batch an idle worker takes what is left, whosever it is.
            assert result.value in first.values()


def test_a_worker_that_died_while_it_was_idle_is_replaced(crew_of: Callable[..., Crew]) -> None:
    with crew_of(1) as crew:
        (first,) = crew.results([Task("a", whose, 1, fragile=True)])
        os.kill(first.value, signal.SIGKILL)
        assert all_over([first.value])
        time.sleep(0.2)
        (second,) = crew.results([Task("b", whose, 1, fragile=True)])
        assert second.value not in {first.value, os.getpid()}


def test_where_the_server_that_forks_workers_is_killed_another_is_started() -> None:
    execute([Task("a", whose, 1, fragile=True)], 1, no_progress)
    stopped = server()
    os.kill(stopped, signal.SIGSTOP)
    threading.Timer(0.5, lambda: os.kill(stopped, signal.SIGKILL)).start()  # while a worker is asked of it
    (result,) = execute([Task("b", whose, 1, fragile=True)], 1, no_progress)
    assert result.value not in {None, os.getpid()}
    assert server() != stopped


def server() -> int:
    pid: int = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    return pid


def test_while_workers_get_ready_the_build_does_what_it_has_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(double_of_it, "COMPANY", 1000)  # whatever threads other tests have left
    done: list[str] = []
    with Crew(2, worth=10) as crew:
        crew.meanwhile = lambda: done.append("meanwhile")
        light = list(crew.results([Task("a", whose, 1), Task("b", whose, 2)]))
        (near,) = {result.value for result in light}
        assert near != os.getpid()
        assert done == []
        heavy = list(crew.results([Task("c", whose, 1, weight=9), Task("d", whose, 2, weight=9)]))
        assert {os.getpid(), near}.isdisjoint(result.value for result in heavy)
        (alone,) = crew.results([Task("e", whose, 1)])
        assert alone.value in {result.value for result in heavy}
        assert done == ["meanwhile"]


def test_light_tasks_go_together_and_what_is_lost_by_one_of_them_is_done_alone(
    tmp_path: Path, crew_of: Callable[..., Crew]
) -> None:
    begun: list[str] = []
    tasks = [Task("deadly", leave, str(tmp_path), weight=2), *(Task(str(number), pid, number) for number in range(30))]
    with crew_of(2) as crew:
        crew.begun = lambda task: begun.append(task.name)
        results = {result.task.name: result for result in crew.results(tasks)}
    assert results.keys() == {task.name for task in tasks}
    assert [name for name, result in results.items() if result.fault] == ["deadly"]
    assert begun.count("deadly") == 2  # with others, and alone in a new process
    assert len({result.value for result in results.values()} - {None}) <= 4


def leave(_: str) -> None:
    os._exit(1)


def pid(_: int) -> int:
    return os.getpid()


def test_workers_get_ready_for_what_follows_the_first_batch(tmp_path: Path, crew_of: Callable[..., Crew]) -> None:
    with crew_of(2) as crew:
        crew.ahead = partial(leave_word, str(tmp_path))
        tasks = [Task(str(number), pid, number, fragile=True) for number in range(4)]
        workers = {result.value for result in crew.results(tasks)}
        workers |= {result.value for result in crew.results(tasks)}
        assert {int(file.name) for file in tmp_path.iterdir()} == workers


def leave_word(folder: str) -> None:
    (Path(folder) / str(os.getpid())).touch(exist_ok=False)


def test_what_is_too_heavy_for_a_load_keeps_its_place() -> None:
    weights = {"a1": 1, "a2": 30, "b1": 50, "a3": 60}
    with Crew(2) as crew:
        mine, other = crew.seats
        mine.groups, other.groups = {"a"}, {"b"}
        shift = Shift(crew, [Task(name, pid, 0, weight, name[0]) for name, weight in weights.items()])
        assert [task.name for task in shift._load_for(mine)] == ["a3"]
        assert [task.name for task in shift.waiting] == ["a1", "a2", "b1"]
        assert [task.name for task in shift._load_for(other)] == ["b1"]


def fail_ahead() -> None:
    raise SystemExit


def test_doubles_answer_for_each_task_of_a_load_and_import_what_they_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(double_of_it, "COMPANY", 1000)
    tasks = [Task("odd", unsendable, 0), *(Task(str(number), loaded, "colorsys") for number in range(8))]
    with Crew(2, ["colorsys", "no.such.module"], lean=True) as crew:
        crew.ahead = fail_ahead
        for _ in range(2):
            results = {result.task.name: result for result in crew.results(tasks)}
            assert [name for name, result in results.items() if result.fault] == ["odd"]
            assert "unsendable" in results.pop("odd").fault
            assert all(result.value for result in results.values())


def unsendable(_: int) -> object:
    return lambda: None


def loaded(name: str) -> bool:
    return name in sys.modules


def test_a_crew_of_doubles_starts_no_server_and_leaves_nobody_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(double_of_it, "COMPANY", 1000)
    monkeypatch.setattr(worker, "prepare", lambda *_: pytest.fail("a server is started"))
    for fault in (None, KeyboardInterrupt()):
        with suppress(KeyboardInterrupt), Crew(3, lean=True) as crew:
            numbers = {result.value for result in crew.results([Task(str(number), pid, 0) for number in range(9)])}
            assert len(numbers) > 1
            if fault:
                raise fault
        assert all(not Path(f"/proc/{number}").exists() for number in numbers)


def test_an_interrupted_batch_ends_its_doubles(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(double_of_it, "COMPANY", 1000)
    tasks = [Task(str(number), announce, (str(tmp_path), number)) for number in range(2)]
    with Crew(2, lean=True) as crew:
        batch = crew.results([*tasks, Task("quick", pid, 0, weight=9)])
        next(batch)
        numbers = [int(waited_for(tmp_path / "0.pid").read_text())]
        with pytest.raises(KeyboardInterrupt):
            batch.throw(KeyboardInterrupt)  # type: ignore[attr-defined]  # a generator
        assert all_over(numbers)


def test_a_worker_that_hangs_over_one_of_many_tasks_is_waited_for_once(
    crew_of: Callable[..., Crew], tmp_path: Path
) -> None:
    begun: list[str] = []
    whole = [Task(f"a{number}", pid, number, 1, "a") for number in range(4)]
    odd = [Task(f"b{number}", tell_and_hang if number == 1 else pid, str(tmp_path), 1, "b") for number in range(3)]
    with crew_of(2, limits=Limits(seconds=5)) as crew:
        crew.begun = lambda task: begun.extend(one.name for one in task.parts or (task,))
        found = list(crew.results([*trips([*whole, *odd]), Task("c", pid, 0)]))
    results = {one.task.name: one for result in found for one in (result.value if result.task.parts else (result,))}
    assert {name for name, result in results.items() if result.fault} == {"b1"}
    assert results["b1"].fault == "it took longer than 5 seconds"
    assert results.keys() == {"a0", "a1", "a2", "a3", "b0", "b1", "b2", "c"}
    assert (tmp_path / "begun").read_text() == "."


def tell_and_hang(folder: str) -> None:
    with (Path(folder) / "begun").open("a") as file:
        file.write(".")
    time.sleep(900)
