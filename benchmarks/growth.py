"""Tell how a build grows with its publication: what an article costs among few and among many, side by side in one run.

    .venv/bin/python benchmarks/growth.py [--articles 250 1000 4000] [--words 2500] [--jobs 2]

The publications are those of `corpus.py`, as web pages: two languages and the bilingual edition. Each is built from
nothing, again with nothing changed, and again with one message of a catalog changed. Printed are milliseconds of
processor time of all processes for each article, with their share of those of the smallest publication; and megabytes
that the build's own process, and its largest worker, have held at most (Linux only). Where both are linear, the shares
stay near 1 for a build from nothing and fall for the others, which cost something before the first article.

The toolkit is compiled first, as an installed package is, and the environment's PYTHONDONTWRITEBYTECODE is left out.
"""

from __future__ import annotations

import argparse
import compileall
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rebuild import BIN, ENVIRONMENT, edit

import kitabat
from corpus import write
from kitabat import scratch

TICK = os.sysconf("SC_CLK_TCK")
PAUSE = 0.1
"""Seconds between looks at the processes: of what each does in the last of them is not told whose it was."""
HEADS = ("articles", "seconds", "ms each", "share", "own ms each", "own MB", "worker MB")
STEPS = ("from nothing", "nothing changed", "one message changed")


@dataclass(frozen=True, slots=True)
class Spent:
    """What a build has taken."""

    processor: float
    """Seconds, of all its processes."""
    its: float
    """Those of its own process, which gives the work out and puts the output together."""
    own: float
    """Megabytes that its own process has held at most."""
    worker: float
    """Those of the largest of the others; 0 where there was none."""


def look(session: int, seen: dict[str, tuple[float, float]]) -> None:
    """Take down the processor seconds and the most megabytes of each process of a session."""
    for folder in os.listdir("/proc"):
        if not folder.isdecimal():
            continue
        try:
            fields = Path("/proc", folder, "stat").read_text().rpartition(") ")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                status = Path("/proc", folder, "status").read_text()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            peak = int((status.partition("VmHWM:")[2].split() or ("0",))[0]) / 1024
            seen[folder] = (int(fields[11]) + int(fields[12])) / TICK, max(peak, seen.get(folder, (0, 0))[1])


def spent(root: Path, jobs: int) -> Spent:
    """Build a publication; ends the run where that fails."""
    seen: dict[str, tuple[float, float]] = {}
    command = [str(BIN / "kitabat"), "build", "--project", str(root), "--jobs", str(jobs)]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env=ENVIRONMENT, stdout=said, stderr=said, start_new_session=True)
        while True:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            look(process.pid, seen)
            time.sleep(PAUSE)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{said.read().decode(errors='replace')[-2000:]}")
    # With what it has waited for, which are all of its doubles, and no worker that a server has forked.
    waited = used.ru_utime + used.ru_stime
    its, own = seen.pop(str(process.pid), (waited, used.ru_maxrss / 1024))
    others = sum(one for one, _ in seen.values())
    return Spent(max(waited, its + others), its, own, max((peak for _, peak in seen.values()), default=0.0))


def measured(articles: int, words: int, jobs: int) -> dict[str, Spent]:
    """Return what each step takes for so many articles."""
    with scratch.passing() as place:
        root = place / "project"
        write(root, articles, words)
        first, again = spent(root, jobs), spent(root, jobs)
        edit(root, articles // 2)
        return dict(zip(STEPS, (first, again, spent(root, jobs)), strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[250, 1000, 4000])
    parser.add_argument("--words", type=int, default=2500)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    compileall.compile_dir(Path(kitabat.__file__).parent, quiet=2)
    sizes = sorted(options.articles)
    rows = {size: measured(size, options.words, options.jobs) for size in sizes}
    for step in STEPS:
        print(f"\n{step}")
        print("".join(f"{head:>12}" for head in HEADS))
        base = rows[sizes[0]][step].processor / sizes[0]
        for size in sizes:
            one = rows[size][step]
            each = one.processor / size
            cells = (size, f"{one.processor:.2f}", f"{1000 * each:.2f}", f"{each / base:.2f}")
            others = (f"{1000 * one.its / size:.2f}", f"{one.own:.0f}", f"{one.worker:.0f}")
            print("".join(f"{cell:>12}" for cell in (*cells, *others)), flush=True)


if __name__ == "__main__":
    main()
