"""A worker puts what it has made into the store itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from kitabat.building.executor import Crew
from kitabat.building.made import Made, depositing
from kitabat.building.store import Store
from kitabat.building.task import Task, perform
from kitabat.building.workshop import Workshop
from kitabat.recording import digest_of


def page(text: str) -> Made:
    return Made(text.encode(), names=("a",))


def nothing(_: str) -> Made:
    return Made(facts=b"1")


def test_what_is_made_goes_into_the_store_and_its_digest_back(tmp_path: Path) -> None:
    made = perform(depositing(Task("a", page, "text"), tmp_path)).value
    assert (made.content, made.kept, made.added, made.names) == (None, digest_of(b"text"), 4, ("a",))
    assert Store(tmp_path).get(made.kept) == b"text"
    again = perform(depositing(Task("b", page, "text"), tmp_path)).value
    assert (again.kept, again.added) == (made.kept, 0)


def test_what_makes_no_content_is_left_as_it_is(tmp_path: Path) -> None:
    assert perform(depositing(Task("a", nothing, ""), tmp_path)).value == Made(facts=b"1")
    assert perform(depositing(Task("a", len, "four"), tmp_path)).value == 4


def test_where_the_store_takes_nothing_the_content_comes_back_and_the_build_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("no folder", encoding="utf-8")
    cache = tmp_path / "state/cache"
    made = perform(depositing(Task("a", page, "text"), cache / "objects")).value
    assert (made.content, made.kept) == (b"text", "")
    with Crew(1) as crew, pytest.raises(OSError, match="state"):
        Workshop(cache, crew).do([Task("a", page, "text")], lambda _: "")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_workshop_knows_what_workers_have_put_into_its_store(tmp_path: Path, jobs: int) -> None:
    tasks = [Task(name, page, name, group=group) for name, group in (("one", "a"), ("two", "a"), ("three", "b"))]
    with Crew(jobs) as crew:
        workshop = Workshop(tmp_path, crew)
        assert workshop.do(tasks, lambda _: "digest") == {}
        assert [workshop.store.get(workshop.output(task.name)) for task in tasks] == [b"one", b"two", b"three"]
        assert workshop.store.added == len("onetwothree")
