"""Tasks on other machines: who does them, what is sent, and what becomes of them when a worker is lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack, nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.building.fleets import Crane, Folder, Machine, read, reading

from kitabat.building import depot
from kitabat.building import fleet as fleets
from kitabat.building.executor import Crew
from kitabat.building.fleet import Fleet, LostError
from kitabat.building.freight import Delivery, Load, Parcel, packed
from kitabat.building.shift import DIED, Limits
from kitabat.building.task import Task, TaskResult, perform
from kitabat.publishing.build import WORTH

FILES = {"a/text.md": b"A", "a/one.png": b"1", "a/two.png": b"2", "b.md": b"B", "shared/base.html": b"<p>"}

homes = ExitStack()


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(fleets, "TICK", 0.01)
    with homes:
        yield


def home(worth: int = 0) -> Crew:
    """Return a crew that goes home when the test is over."""
    return homes.enter_context(Crew(1, worth=worth))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return laid(tmp_path / "project", FILES)


def laid(folder: Path, files: dict[str, bytes]) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def crane(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int = 2) -> Crane:
    return Crane({f"tcp://{one}": Machine(tmp_path / f"machine-{one}") for one in range(count)}, monkeypatch)


def fleet_of(crane: Crane, root: Path, run: str = "run", seconds: float = 60) -> Fleet:
    return Fleet(crane, Folder(root), home(WORTH), run, Limits(seconds))


def by_name(results: list[TaskResult]) -> dict[str, TaskResult]:
    assert len({result.task.name for result in results}) == len(results)
    return {result.task.name: result for result in results}


def test_a_task_finds_the_files_that_it_asks_for_and_no_others(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew = crane(tmp_path, monkeypatch)
    asked = ("a/text.md", "a/no.md", "b.md", "shared/base.html", "shared/no.html")
    (result,) = fleet_of(crew, root).results([reading("one", root, *asked)])
    assert result.value == read((str(root), *asked))
    sites = [site.root for machine in crew.machines.values() for site in machine.depot.sites.values()]
    laid_out = {path.relative_to(site).as_posix() for site in sites for path in site.rglob("*") if path.is_file()}
    assert laid_out == {"a/text.md", "b.md", "shared/base.html"}


def test_a_machine_is_sent_a_content_once(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crew = crane(tmp_path, monkeypatch, 1)
    (machine,) = crew.machines.values()
    list(fleet_of(crew, root).results([reading("one", root, "a/text.md"), reading("two", root, "a/text.md")]))
    assert machine.bytes > 0
    before = machine.bytes
    assert [result.value for result in fleet_of(crew, root, "again").results([reading("one", root, "a/text.md")])] == [
        {"a/text.md": b"A"}
    ]
    assert machine.bytes == before
    (root / "a/text.md").write_bytes(b"changed")
    (result,) = fleet_of(crew, root, "third").results([reading("one", root, "a/text.md", "b.md")])
    assert result.value == {"a/text.md": b"changed", "b.md": b"B"}
    assert machine.bytes > before


def test_what_was_lost_or_damaged_on_a_machine_is_sent_again(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew = crane(tmp_path, monkeypatch, 1)
    (machine,) = crew.machines.values()
    tasks = [reading("one", root, "a/text.md", "b.md", "shared/base.html")]
    first = list(fleet_of(crew, root).results(tasks))
    for number, file in enumerate(sorted(machine.depot.store.folder.glob("??/*"))):
        if number % 2:
            file.unlink()
        else:
            file.write_bytes(b"damaged")
    assert [one.value for one in fleet_of(crew, root, "again").results(tasks)] == [one.value for one in first]


def test_neighbours_come_along_with_a_file_that_was_lacking(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew = crane(tmp_path, monkeypatch, 1)
    (machine,) = crew.machines.values()
    list(fleet_of(crew, root).results([reading("one", root, "a/text.md", "a/one.png", "a/two.png")]))
    assert len(machine.loads) == 2


names = st.sampled_from(["a.md", "b/c.md", "b/d.png", "shared/x.html", "shared/y/z.css", "e/f/g.md"])
trees = st.dictionaries(names, st.binary(max_size=40), max_size=6)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(first=trees, second=trees, asked=st.lists(st.lists(names, min_size=1, unique=True), min_size=1, max_size=4))
def test_whatever_changes_between_builds_a_worker_reads_what_is_here(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    first: dict[str, bytes],
    second: dict[str, bytes],
    asked: list[list[str]],
) -> None:
    tmp_path = tmp_path_factory.mktemp("fleet")
    crew = crane(tmp_path, monkeypatch)
    for run, files in (("one", first), ("two", second)):
        root = tmp_path / "project"
        for path in FILES.keys() | first.keys():
            (root / path).unlink(missing_ok=True)
        root.mkdir(exist_ok=True)
        laid(root, files)
        tasks = [reading(str(number), root, *paths) for number, paths in enumerate(asked)]
        found = by_name(list(fleet_of(crew, root, run).results(tasks)))
        assert {name: one.value for name, one in found.items()} == {task.name: read(task.argument) for task in tasks}
        sent = [digest for machine in crew.machines.values() for load in machine.loads for digest in load.contents]
        assert len(sent) <= 2 * len(set(sent))


def test_a_lost_worker_costs_nothing(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crew = crane(tmp_path, monkeypatch)
    died: list[str] = []

    def once(address: str, load: Load) -> Future[Delivery] | None:
        if died:
            return None
        died.append(address)
        return crew.dies(address)

    crew.before = once
    begun: list[str] = []
    fleet = fleet_of(crew, root)
    fleet.home.begun = lambda task: begun.append(task.name)
    tasks = [reading(str(number), root, "b.md", group=str(number)) for number in range(6)]
    found = by_name(list(fleet.results(tasks)))
    assert {one.fault for one in found.values()} == {""}
    assert sorted(begun) == sorted(found) == [str(number) for number in range(6)]
    assert crew.diagnostics == []


def test_a_task_that_ends_its_workers_costs_one_edition(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew = crane(tmp_path, monkeypatch, 4)

    def poisoned(address: str, load: Load) -> Future[Delivery] | None:
        return crew.dies(address) if any(task.name == "3" for task in load.tasks) else None

    crew.before = poisoned
    found = by_name(list(fleet_of(crew, root).results([reading(str(number), root, "b.md") for number in range(6)])))
    assert {name for name, one in found.items() if one.fault} == {"3"}
    assert found["3"].fault == DIED
    assert len(crew.machines) == 2


def test_a_task_that_takes_too_long_is_named_with_the_time(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew = crane(tmp_path, monkeypatch)
    crew.before = lambda address, load: crew.dies(address) if load.tasks[0].name == "slow" else None
    monkeypatch.setattr(depot, "_ended_after", nullcontext)
    tasks = [reading("slow", root, "b.md", fragile=True), reading("quick", root, "b.md", fragile=True)]
    found = by_name(list(fleet_of(crew, root, seconds=0.0).results(tasks)))
    assert found["slow"].fault == "it took longer than 0 seconds"
    assert found["quick"].value == {"b.md": b"B"}


def test_a_task_that_fails_says_what_it_says_at_home(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew = crane(tmp_path, monkeypatch)
    task = Task("one", int, "x")
    (result,) = fleet_of(crew, root).results([task])
    assert (result.fault, result.value) == (perform(task).fault, None)
    assert "invalid literal" in result.fault


@pytest.mark.parametrize("when", [0, 1, 3])
def test_this_machine_does_what_is_left_when_the_cluster_is_lost(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch, when: int
) -> None:
    crew = crane(tmp_path, monkeypatch, 1)
    sent: list[str] = []

    def lost(address: str, load: Load) -> Future[Delivery] | None:
        sent.append(address)
        if len(sent) > when:
            raise LostError("the scheduler does not answer")
        return None

    crew.before = lost
    fleet = Fleet(crew, Folder(root, lambda _: ("b.md",)), home(WORTH), "run")
    tasks = [reading(str(number), root, "b.md", fragile=True) for number in range(4)]
    monkeypatch.setattr(Crew, "results", lambda _, tasks: map(perform, tasks))
    assert sorted(by_name(list(fleet.results(tasks)))) == ["0", "1", "2", "3"]
    (told,) = crew.diagnostics
    assert told.rule == "cluster/lost"
    assert f"this machine has done the rest, {4 - when} of the tasks" in told.message
    assert len(list(fleet.results(tasks))) == 4
    assert len(sent) == when + 1
    assert len(crew.diagnostics) == 1


def test_a_cluster_may_be_without_workers_for_a_while_only(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew = crane(tmp_path, monkeypatch, 1)
    crew.machines.clear()
    fleet = fleet_of(crew, root)
    fleet.patience = 0.05
    assert [one.value for one in fleet.results([reading("one", root, "b.md")])] == [{"b.md": b"B"}]
    assert "it has no workers any more" in crew.diagnostics[0].message


def test_a_worker_that_comes_late_is_given_work(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crew = crane(tmp_path, monkeypatch)
    late = crew.machines.pop("tcp://1")

    def arriving(_: str, __: Load) -> None:
        crew.machines["tcp://1"] = late

    crew.before = arriving
    monkeypatch.setattr(fleets, "TICK", 0.0)
    tasks = [reading(str(number), root, "b.md", fragile=True) for number in range(8)]
    assert len(list(fleet_of(crew, root).results(tasks))) == 8
    assert late.loads


def test_what_cannot_be_sent_is_done_here(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crew = crane(tmp_path, monkeypatch)
    shipper = Folder(root, lambda task: ("b.md",) if task.name == "known" else ())
    shipper.unfit.add("b.md")
    fleet = Fleet(crew, shipper, home(), "run")
    found = by_name(list(fleet.results([reading("known", root, "b.md"), reading("other", root, "a/text.md")])))
    assert found["known"].value == {"b.md": b"B"}
    assert [task.name for machine in crew.machines.values() for load in machine.loads for task in load.tasks] == [
        "other",
        "other",
    ]


def test_a_file_that_is_asked_for_and_cannot_be_sent_brings_the_task_home(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipper = Folder(root)
    shipper.unfit.add("b.md")
    fleet = Fleet(crane(tmp_path, monkeypatch), shipper, home(), "run")
    assert [one.value for one in fleet.results([reading("one", root, "b.md")])] == [{"b.md": b"B"}]


def test_work_on_an_article_goes_to_the_worker_that_has_read_it(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew = crane(tmp_path, monkeypatch)
    fleet = fleet_of(crew, root)
    groups = [str(number) for number in range(8)]
    list(fleet.results([reading(f"read {group}", root, "b.md", group=group, weight=9) for group in groups]))
    owners = dict(fleet.owners)
    assert set(owners.values()) == set(crew.machines)
    list(fleet.results([reading(f"make {group}", root, "b.md", group=group, weight=9) for group in groups]))
    done = {
        task.name: address
        for address, machine in crew.machines.items()
        for load in machine.loads
        for task in load.tasks
        if task.name.startswith("make")
    }
    kept = sum(done[f"make {group}"] == owners[group] for group in groups)
    assert kept >= 6


def test_a_scheduler_that_drops_everything_is_asked_again(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew = crane(tmp_path, monkeypatch)
    dropped: list[str] = []

    def drop(address: str, _: Load) -> Future[Delivery] | None:
        if len(dropped) > 2:
            return None
        dropped.append(address)
        future: Future[Delivery] = Future()
        future.set_exception(CancelledError())
        return future

    crew.before = drop
    found = by_name(list(fleet_of(crew, root).results([reading(str(number), root, "b.md") for number in range(3)])))
    assert {one.fault for one in found.values()} == {""}


def test_a_load_that_a_worker_cannot_read_is_told_of(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew = crane(tmp_path, monkeypatch)

    def unreadable(_: str, load: Load) -> Future[Delivery] | None:
        future: Future[Delivery] = Future()
        future.set_exception(AttributeError("no such function"))
        return future if any(task.name == "1" for task in load.tasks) else None

    crew.before = unreadable
    found = by_name(list(fleet_of(crew, root).results([reading(str(number), root, "b.md") for number in range(3)])))
    assert {name: one.fault for name, one in found.items() if one.fault} == {"1": "AttributeError: no such function"}


def test_a_worker_that_has_grown_too_large_is_given_nothing_more(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew = crane(tmp_path, monkeypatch)
    sent: list[str] = []

    def growing(address: str, load: Load) -> Future[Delivery]:
        sent.append(address)
        future: Future[Delivery] = Future()
        parcels = tuple(Parcel(task.name, 1) for task in load.tasks)
        future.set_result(Delivery(packed(parcels), leaves=len(sent) == 1))
        if len(sent) == 1:
            crew.machines.pop(address)
        return future

    crew.before = growing
    tasks = [reading(str(number), root, "b.md", fragile=True) for number in range(5)]
    assert len(list(fleet_of(crew, root).results(tasks))) == 5
    assert sent[0] not in sent[1:]


def test_a_worker_that_leaves_after_each_load_is_told_what_it_lacked(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew = crane(tmp_path, monkeypatch, 1)
    (machine,) = crew.machines.values()
    machine.memory = 1 << 40
    (result,) = fleet_of(crew, root).results([reading("one", root, "a/text.md", "b.md")])
    assert result.value == {"a/text.md": b"A", "b.md": b"B"}
    assert len(machine.loads) == 3


def test_leaving_in_the_middle_takes_the_work_back(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crew = crane(tmp_path, monkeypatch)
    futures: list[Future[Delivery]] = []

    def never(_: str, __: Load) -> Future[Delivery] | None:
        if futures:
            return None
        futures.append(Future())
        return futures[0]

    crew.before = never
    results = fleet_of(crew, root).results([reading(str(number), root, "b.md", fragile=True) for number in range(5)])
    next(results)
    results.close()  # type: ignore[attr-defined] # a generator, as Ctrl-C leaves it
    assert futures[0].cancelled()
