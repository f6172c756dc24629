"""What a crew leaves in the temporary folder, however it and those who work for it end: nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import util
from pathlib import Path

import pytest
from tests.building.test_executor import waited_for

from kitabat import scratch
from kitabat.building import double
from kitabat.building.executor import Crew
from kitabat.building.task import Task

LONG = 300
BUILD = """
import sys
from kitabat.building.executor import Crew, Limits
from kitabat.building.task import Task
from kitabat.cli import signals
from tests.building import test_leavings
signals.PATIENCE = 600
signals.Watch().begin()
work, note, who, count, seconds, memory = *sys.argv[1:4], *map(int, sys.argv[4:])
work = getattr(test_leavings, work)
tasks = [Task(str(number), work, f"{note}/begun", fragile=who == "worker") for number in range(count)]
with Crew(1, limits=Limits(seconds, memory)) as crew:
    for result in crew.results(tasks):
        print(result.value or result.fault, flush=True)
"""


def keep(note: str) -> str:
    """Leave something in a passing folder, and say that it is done."""
    folder = scratch.made()
    (folder / "font").write_bytes(b"much")
    Path(f"{note}.part").write_text(str(folder))
    Path(f"{note}.part").rename(note)
    return str(folder)


def keep_and_hang(note: str) -> None:
    keep(note)
    while True:
        time.sleep(900)


def keep_and_die(note: str) -> None:
    keep(note)
    os.kill(os.getpid(), signal.SIGKILL)


def shelter(_: str) -> str:
    """Return where `multiprocessing` has what passes."""
    return util.get_temp_dir()


@pytest.fixture
def passing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the temporary folder of builds, with a name that leaves room for those of sockets."""
    return tmp_path_factory.mktemp("t")


@contextmanager
def build(
    passing: Path, work: str, note: Path, who: str, *, count: int = 1, seconds: int = LONG, memory: int = 1 << 40
) -> Iterator[subprocess.Popen[str]]:
    """Start a build of so many tasks, done by a worker or a double."""
    arguments = map(str, (work, note, who, count, seconds, memory))
    environment = {**os.environ, "TMPDIR": str(passing), "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", BUILD, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("who", "work", "limits", "said"),
    [
        ("worker", "keep", {"count": 2, "memory": -1}, "kitabat-"),  # there is another for the second task
        ("double", "keep", {"count": 2, "memory": -1}, "kitabat-"),
        ("worker", "keep_and_hang", {"seconds": 1}, "it took longer"),
        ("worker", "keep_and_die", {}, "its process died"),
        ("double", "keep_and_die", {}, "its process died"),
    ],
)
def test_a_build_that_comes_to_its_end_leaves_nothing(
    passing: Path, tmp_path: Path, who: str, work: str, limits: dict[str, int], said: str
) -> None:
    with build(passing, work, tmp_path, who, **limits) as process:
        lines = process.communicate(timeout=LONG)[0].splitlines()
    assert process.returncode == 0
    assert len({*lines}) == limits.get("count", 1)
    assert all(said in line for line in lines)
    if work != "keep_and_hang":  # on a busy machine, time may be over before the worker has come so far
        assert (tmp_path / "begun").read_text().startswith(str(passing))
    assert os.listdir(passing) == []


@pytest.mark.parametrize("who", ["worker", "double"])
def test_a_build_that_is_interrupted_leaves_nothing(passing: Path, tmp_path: Path, who: str) -> None:
    with build(passing, "keep_and_hang", tmp_path, who) as process:
        waited_for(tmp_path / "begun")
        os.killpg(process.pid, signal.SIGINT)
        process.wait(LONG)
        assert os.listdir(passing) == []


def test_workers_whose_build_is_killed_leave_nothing(passing: Path, tmp_path: Path) -> None:
    with build(passing, "keep_and_hang", tmp_path, "worker") as process:
        waited_for(tmp_path / "begun")
        process.kill()
        process.wait(LONG)
        end = time.monotonic() + LONG
        while os.listdir(passing):
            assert time.monotonic() < end
            time.sleep(0.02)


@pytest.mark.parametrize("who", ["worker", "double"])
def test_what_a_build_leaves_that_is_killed_with_all_its_workers_goes_with_the_next(
    passing: Path, tmp_path: Path, who: str
) -> None:
    with build(passing, "keep_and_hang", tmp_path, who) as process:
        left = Path(waited_for(tmp_path / "begun").read_text())
        os.killpg(process.pid, signal.SIGKILL)
    assert (left / "font").exists()
    with build(passing, "keep", tmp_path, who) as process:
        process.wait(LONG)
    assert process.returncode == 0
    assert os.listdir(passing) == []


def test_where_the_temporary_folder_has_too_long_a_name_for_sockets_workers_have_another(
    passing: Path, tmp_path: Path
) -> None:
    long = passing / ("long" * 20)
    long.mkdir()
    with build(long, "shelter", tmp_path, "worker") as process:
        (shelter,) = {*process.communicate(timeout=LONG)[0].splitlines()}
    assert not shelter.startswith(str(passing))
    assert not Path(shelter).exists()
    assert os.listdir(long) == []


def test_what_a_double_leaves_goes_with_its_crew(
    passing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(double, "COMPANY", 1000)  # whatever threads other tests have left
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    with Crew(1) as crew:
        (result,) = crew.results([Task("a", keep, str(tmp_path / "begun"))])
        assert os.listdir(passing) == [Path(result.value).name]
    assert os.listdir(passing) == []
