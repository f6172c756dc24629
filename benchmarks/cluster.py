"""Measure a cluster of two worker processes on this machine against two local ones.

    .venv/bin/python benchmarks/cluster.py [--articles 30] [--words 600] [--pdf 2]

The publication is that of `corpus.py`, as web pages; `--pdf` articles more are set as PDFs. Prints, for a build from
nothing on either side and for a second one on the cluster after one message has changed: tasks, processor time of all
processes, tasks a second of processor time, bytes of contents that went to the workers and of results that came back,
and what the loopback device carried. Processor time is compared, as the wall clock depends on who else is at work; the
time that a task costs on its way is that of tasks which do nothing.
"""

from __future__ import annotations

import argparse
import os
import pickle
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
from rebuild import edit

from corpus import write
from kitabat import scratch
from kitabat.building import packing
from kitabat.building.cluster import Cluster, connect
from kitabat.building.executor import Crew
from kitabat.building.fleet import Fleet
from kitabat.building.freight import Delivery
from kitabat.building.ledger import NAME as LEDGER
from kitabat.building.task import Task
from kitabat.publishing.build import BuildRequest, build

NOTHING = 400
"""Tasks that do nothing."""
CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@contextmanager
def cluster(depot: Path) -> Iterator[tuple[str, Callable[[], float]]]:
    """Give the address of a cluster, and what tells the processor seconds of its processes."""
    command = [sys.executable, "-c", CLUSTER]
    environment = {**os.environ, "KITABAT_DEPOT": str(depot)}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process.stdout.readline().strip(), lambda: of_family(process.pid)
        process.stdin.close()


def of_family(pid: int) -> float:
    """Return the processor seconds of a process and of those below it."""
    whole = psutil.Process(pid)
    times = [one.cpu_times() for one in (whole, *whole.children(recursive=True))]
    return sum(one.user + one.system for one in times)


class Watch:
    """The processor seconds of a family of processes, those among them that have ended."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.seen: dict[int, float] = {}
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def _look(self) -> None:
        while not self.over.wait(0.05):
            with suppress(psutil.Error):
                whole = psutil.Process(self.pid)
                for one in (whole, *whole.children(recursive=True)):
                    with suppress(psutil.Error):
                        times = one.cpu_times()
                        self.seen[one.pid] = times.user + times.system

    def seconds(self) -> float:
        self.over.set()
        self.thread.join()
        return sum(self.seen.values())


def own() -> float:
    """Return the processor seconds of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def carried() -> int:
    """Return the bytes that the loopback device has carried."""
    for line in Path("/proc/net/dev").read_text().splitlines():
        if line.strip().startswith("lo:"):
            return int(line.split()[1])
    return 0


class Counted:
    """Counts what goes out and what comes back."""

    def __init__(self) -> None:
        self.out = self.jobs = self.back = 0
        load, parcels = packing.Packing.load, Delivery.parcels.fget

        def counted_load(*arguments: Any) -> Any:
            found = load(*arguments)
            contents = sum(map(len, found.contents.values()))
            self.out += contents
            self.jobs += len(pickle.dumps(found)) - contents
            return found

        def counted_parcels(delivery: Delivery) -> Any:
            self.back += len(delivery.packed)
            return parcels(delivery)

        packing.Packing.load = counted_load
        Delivery.parcels = property(counted_parcels)

    def start(self) -> None:
        self.out = self.jobs = self.back = 0


def told(name: str, tasks: int, processor: float, wall: float, traffic: str = "") -> None:
    rate = f"{tasks / processor:6.1f} tasks/s"
    print(f"{name:28} {tasks:5} tasks  {processor:7.2f} s processor  {rate}  {wall:6.1f} s wall{traffic}", flush=True)


def home(root: Path, formats: tuple[str, ...]) -> None:
    """Build with two local workers."""
    code = (
        "import sys; from pathlib import Path; from kitabat.publishing.build import BuildRequest, build\n"
        "if __name__ == '__main__':\n"
        "    report = build(BuildRequest(Path(sys.argv[1]), jobs=2, formats=sys.argv[2:]), lambda *_: None)\n"
        "    print(len(report.reasons))\n"
    )
    start = time.perf_counter()
    command = [sys.executable, "-c", code, str(root), *formats]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        watch = Watch(process.pid)
        tasks = int(process.communicate()[0])
    told("two local workers", tasks, watch.seconds(), time.perf_counter() - start)


def away(
    name: str, root: Path, formats: tuple[str, ...], address: str, theirs: Callable[[], float], counted: Counted
) -> None:
    """Build on the cluster."""
    counted.start()
    before, there, start, lo = own(), theirs(), time.perf_counter(), carried()
    report = build(BuildRequest(root, jobs=2, formats=formats, cluster=address), lambda *_: None)
    here, wall = own() - before, time.perf_counter() - start
    processor = here + theirs() - there
    traffic = (
        f"  here {here:5.2f} s  contents {counted.out:>8,} B  jobs {counted.jobs:>8,} B  back {counted.back:>9,} B"
    )
    told(name, len(report.reasons), processor, wall, f"{traffic}  loopback {carried() - lo:>10,} B")


class Nothing:
    """A shipper of tasks that need nothing."""

    def __getattr__(self, name: str) -> Any:
        from kitabat.building.freight import Listing, Places

        if name == "places":
            return Places("/nowhere/project", "/nowhere/toolkit", "/nowhere/objects")
        known = {"shared": lambda: Listing({}), "relocated": unchanged, "prepared": lambda task, _: task}
        return known.get(name, lambda *_: ())


def unchanged(argument: Any, _: Any) -> Any:
    return argument


def on_the_way(connection: Cluster, theirs: Callable[[], float], *, together: bool) -> None:
    """Print what a task costs that does nothing, sent with others or alone."""
    fleet = Fleet(connection, Nothing(), Crew(1), f"nothing {together}")
    tasks = [Task(str(number), abs, -1, weight=1 << 10, fragile=not together) for number in range(NOTHING)]
    before, there, start = own(), theirs(), time.perf_counter()
    list(fleet.results(tasks))
    wall, ours, others = time.perf_counter() - start, own() - before, theirs() - there
    how = "sent together" if together else "sent alone"
    here, there, wall = (1000 * seconds / NOTHING for seconds in (ours, others, wall))
    print(
        f"a task that does nothing, {how:13} {here:6.2f} ms processor here, {there:6.2f} ms there, {wall:6.2f} ms wall"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=30)
    parser.add_argument("--words", type=int, default=600)
    parser.add_argument("--pdf", type=int, default=2)
    options = parser.parse_args()
    counted = Counted()
    with scratch.passing() as folder:
        for name in ("home", "away"):
            write(folder / name, options.articles, options.words)
            write(folder / f"{name}-pdf", options.pdf, options.words, ("pdf",))
        files = [file for file in (folder / "away").rglob("*") if file.suffix in {".md", ".po"}]
        size = sum(file.stat().st_size for file in files)
        print(
            f"load average {os.getloadavg()[0]:.1f}; {options.articles} articles of {options.words} words, {size:,} B"
        )
        with cluster(folder / "depot") as (address, theirs):
            with connect(address, nothing_expected) as connection:
                for together in (True, False):
                    on_the_way(connection, theirs, together=together)
            home(folder / "home", ("html",))
            away("cluster, depot empty", folder / "away", ("html",), address, theirs, counted)
            edit(folder / "away", 0)
            away("cluster, one message changed", folder / "away", ("html",), address, theirs, counted)
            shutil.rmtree(folder / "away/.kitabat")
            away("cluster, from nothing again", folder / "away", ("html",), address, theirs, counted)
            ledger = (folder / "away/.kitabat/cache" / LEDGER).stat().st_size
            print(f"the ledger has {ledger / options.articles:,.0f} B for each article")
            if options.pdf:
                home(folder / "home-pdf", ("pdf",))
                away("cluster, PDFs", folder / "away-pdf", ("pdf",), address, theirs, counted)


def nothing_expected() -> dict[str, str]:
    return {}


if __name__ == "__main__":
    main()
