"""Tasks that are done on one trip to a worker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kitabat.building.events import Event, Failed, Finished, Started
from kitabat.building.executor import Crew
from kitabat.building.made import Made
from kitabat.building.task import Task, TaskResult, perform, trips
from kitabat.building.workshop import Workshop


def made(text: str) -> Made:
    if text == "fault":
        raise ValueError(text)
    return Made(text.encode())


def tasks(*texts: str, group: str = "one") -> list[Task]:
    return [Task(f"{place}-{text}", made, text, group=group) for place, text in enumerate(texts)]


def test_tasks_of_a_group_go_together_and_others_and_fragile_ones_alone() -> None:
    given = [*tasks("a", "b"), Task("c", made, "c"), *tasks("d", group="two"), Task("e", made, "e", 1, "one", True)]
    found = trips(given)
    assert [[part.name for part in one.parts] or one.name for one in found] == [["0-a", "1-b"], "c", "0-d", "e"]
    assert found[0].weight == 2
    assert found[0].group == "one"


def test_each_task_of_a_trip_is_told_and_kept_as_if_it_were_alone(tmp_path: Path) -> None:
    told: list[Event] = []
    with Crew(1) as crew:
        workshop = Workshop(tmp_path, crew, told.append)
        faults = workshop.do(tasks("a", "fault", "b"), lambda _: "")
    assert faults == {"1-fault": "ValueError: fault"}
    names = {kind: [event.name for event in told if isinstance(event, kind)] for kind in (Started, Finished, Failed)}
    assert names == {Started: ["0-a", "1-fault", "2-b"], Finished: ["0-a", "2-b"], Failed: ["1-fault"]}
    assert workshop.store.get(workshop.output("2-b")) == b"b"
    assert workshop.forecast.open == {}


def test_what_a_trip_is_lost_by_costs_one_of_its_tasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone: list[Task] = []

    def results(_: Crew, given: Sequence[Task]) -> Iterator[TaskResult]:
        alone[:] = given
        for task in given:
            is_lost = any(one.name.endswith("-deadly") for one in task.parts or (task,))
            yield TaskResult(task, None, "its process died") if is_lost else perform(task)

    monkeypatch.setattr(Crew, "results", results)
    with Crew(1) as crew:
        workshop = Workshop(tmp_path, crew)
        faults = workshop.do(tasks("a", "deadly", "b"), lambda _: "")
    assert faults == {"1-deadly": "its process died"}
    assert [task.name for task in alone if task.fragile] == ["0-a", "1-deadly", "2-b"]
    assert workshop.store.get(workshop.output("0-a")) == b"a"
    assert workshop.store.get(workshop.output("2-b")) == b"b"
