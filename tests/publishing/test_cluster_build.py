"""Builds on a real cluster of two worker processes: the same bytes as at home, whatever becomes of a worker."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.building import stand_ins
from tests.publishing.projects import FILES, IN_ENGLISH, IN_URDU, in_this_process, lay_out, translated, tree
from tests.support import ROOT

from kitabat import scratch
from kitabat.building.cluster import connect
from kitabat.building.executor import Crew
from kitabat.building.task import Task, TaskResult, perform
from kitabat.model.errors import ExitCode, PublishingError
from kitabat.publishing import foundry
from kitabat.publishing.build import BuildReport, BuildRequest, build
from kitabat.publishing.jobs import EditionJob
from kitabat.rendering.pdf import render

LONG = 60.0


@dataclass(frozen=True)
class Site:
    """A cluster at work, and where tests tell its workers what to do."""

    address: str
    marks: Path

    def tell(self, name: str, text: str = "") -> None:
        (self.marks / name).write_text(text)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give two workers with a folder for contents of their own."""
    folder = tmp_path_factory.mktemp("cluster")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "KITABAT_DEPOT": str(folder / "depot"),
        "TMPDIR": str(passing := tmp_path_factory.mktemp("t")),
        stand_ins.VARIABLE: str(folder),
        "DASK_DISTRIBUTED__SCHEDULER__WORK_STEALING": "False",
    }
    command = [sys.executable, "-m", "tests.building.local_cluster", "2"]
    with subprocess.Popen(
        command,
        env=environment,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        yield Site(process.stdout.readline().strip(), folder)
        process.stdin.close()
        process.wait(LONG)
    for place in (passing, folder / "depot"):
        scratch.sweep(place)  # as the next worker would, after those who were killed
        assert not [name for name in os.listdir(place) if name.startswith(("kitabat-", "weasyprint-", "pymp-"))]


@pytest.fixture
def marks(site: Site) -> Iterator[None]:
    yield
    for name in ("hold", "begun", "poison", "endless"):
        (site.marks / name).unlink(missing_ok=True)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a publication with pictures, a template, a font and words of its own."""
    folder = tmp_path_factory.mktemp("project")
    own = {
        "templates/web/style.css": ":root { --own: 1; }\n",
        "kitabat.toml": FILES["kitabat.toml"] + 'base_url = "https://mirror.example/"\n',
        "content/third.md": FILES["content/second.md"].replace("دوسری", "تیسری").replace("{#dusra}", ""),
        "content/shared/map.svg": FILES["content/first/square.svg"].replace("40", "60"),
        "content/second.md": FILES["content/second.md"] + "\n![نقشہ](shared/map.svg)\n",
    }
    lay_out(folder, {**FILES, **own})
    # Another one than the toolkit's, which would be cut already and so be no task.
    font = "fonts/source-serif-4/SourceSerif4-Regular.ttf"
    (folder / font).parent.mkdir(parents=True)
    shutil.copy(ROOT / font.replace("Regular", "Bold"), folder / font)
    # A translation that leads where its article does not: workers hear of it while they make the page.
    elsewhere = {**IN_URDU, "Text with a note[^1] and [a way back](#part).": "متن[^1] اور [تیسری](third.md)۔"}
    return translated(folder, elsewhere, IN_ENGLISH)


def copy(project: Path, place: Path) -> Path:
    shutil.copytree(project, place)
    return place


@pytest.fixture(scope="module")
def at_home(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return what a build without a cluster makes, with the same stand-ins."""
    place = copy(project, tmp_path_factory.mktemp("home") / "project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(foundry, "subset", stand_ins.subset)
        patch.setattr(render, "render_pdf", stand_ins.render_pdf)
        in_this_process(patch)
        assert build(BuildRequest(place, jobs=1), lambda *_: None).published
    return tree(place / "dist")


def built(site: Site, place: Path, **request: object) -> BuildReport:
    return build(BuildRequest(place, jobs=1, cluster=site.address, **request), lambda *_: None)  # type: ignore[arg-type]


def lists_alone(_: Crew, tasks: Iterable[Task]) -> Iterator[TaskResult]:
    """Do what shows the whole publication, and nothing else."""
    for task in tasks:
        assert isinstance(task.argument, EditionJob)
        assert not task.argument.path, task.name
        yield perform(task)


def test_two_builds_on_a_cluster_are_those_at_home(
    site: Site, project: Path, at_home: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = copy(project, tmp_path / "project")
    with monkeypatch.context() as patch:
        patch.setattr(Crew, "results", lists_alone)
        assert built(site, place).diagnostics == ()
        assert tree(place / "dist") == at_home
        report = built(site, place, force=True)
    assert report.cached == 0
    assert tree(place / "dist") == at_home
    # What a worker has found out on the way is known here: a change makes anew what shows it, and nothing else.
    article = place / "content/first.md"
    article.write_text(article.read_text("utf-8").replace("1945", "1946"), "utf-8")
    changed = built(site, place)
    assert {name for name, stale in changed.reasons.items() if stale.changed} >= {"read content/first.md"}
    assert "ur/second/second-ur.pdf" not in changed.reasons


@contextmanager
def begun(site: Site, place: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Give a build as its users start it, and the worker that has begun a PDF of it."""
    place_of_pid = site.marks / "begun"
    place_of_pid.unlink(missing_ok=True)
    command = [sys.executable, "-m", "kitabat.cli.main", "--project", str(place), "build", "--cluster", site.address]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        end = time.monotonic() + LONG
        while not place_of_pid.exists():
            assert process.poll() is None, process.communicate()[0]
            assert time.monotonic() < end
            time.sleep(0.02)
        yield process, int(place_of_pid.read_text())


@pytest.mark.usefixtures("marks")
def test_a_worker_killed_in_the_middle_changes_nothing(
    site: Site, project: Path, at_home: dict[str, bytes], tmp_path: Path
) -> None:
    place = copy(project, tmp_path / "project")
    site.tell("hold")
    with begun(site, place) as (process, pid):
        (site.marks / "hold").unlink()
        os.kill(pid, signal.SIGKILL)
        said = process.communicate(timeout=2 * LONG)[0]
        assert process.returncode == ExitCode.OK, said
    assert tree(place / "dist") == at_home


@pytest.mark.usefixtures("marks")
def test_an_interrupted_build_goes_on_where_it_stopped(
    site: Site, project: Path, at_home: dict[str, bytes], tmp_path: Path
) -> None:
    place = copy(project, tmp_path / "project")
    site.tell("hold")
    with begun(site, place) as (process, pid):
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=LONG)[0]
        assert process.returncode == ExitCode.INTERRUPTED, said
        assert "Interrupted; nothing is half-made" in said
        assert not (place / "dist").exists()
        (site.marks / "hold").unlink()
        os.kill(pid, signal.SIGKILL)
    assert built(site, place).cached >= 2
    assert tree(place / "dist") == at_home


def other_outfit() -> dict[str, str]:
    """Return what no worker has."""
    return {"Pango": "1.0.2" if stand_ins.VARIABLE in os.environ else "1.0.1", "WeasyPrint": "70"}


def test_workers_that_differ_are_refused_by_name(site: Site) -> None:
    with pytest.raises(PublishingError) as told:
        connect(site.address, other_outfit)
    (fault,) = told.value.diagnostics
    assert (fault.rule, told.value.exit_code) == ("cluster/versions", ExitCode.CLUSTER)
    assert "Worker `tcp://127.0.0.1:" in fault.message
    assert re.search(r"(and one other have|has) Pango 1\.0\.2, expected 1\.0\.1$", fault.message)
    assert "same container image" in fault.hint
