"""Tasks in this process and in others."""

from __future__ import annotations

import os
import time
from concurrent.futures import ProcessPoolExecutor

import pytest

from kitabat.building.executor import execute
from kitabat.building.task import Task


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
