"""Time builds after the first: nothing changed, one message changed, against the build from nothing.

    .venv/bin/python benchmarks/rebuild.py [--articles 200] [--runs 3]

The publication is that of `corpus.py`: two languages and the bilingual edition, as web pages. Prints processor time of
the build's own process and its doubles, which do all the work, wall time with its share of that of the build from
nothing, and the most memory that the process has held; each is the median of the runs. The toolkit is compiled first,
as an installed package is, and the environment's PYTHONDONTWRITEBYTECODE is left out.
"""

from __future__ import annotations

import argparse
import compileall
import os
import statistics
import sys
import time
from pathlib import Path

import kitabat
from corpus import write
from kitabat import scratch

BIN = Path(sys.executable).parent
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
QUIET = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]


def timed(root: Path) -> tuple[float, float, float]:
    """Return processor and wall seconds of one build, and the megabytes that its own process has held at most."""
    start = time.perf_counter()
    process = os.posix_spawn(
        BIN / "kitabat", ["kitabat", "build", "--project", str(root)], ENVIRONMENT, file_actions=QUIET
    )
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"kitabat build failed: {status}")
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024


def edit(root: Path, number: int) -> None:
    """Change the translation of one message, and not the time that reading takes, which front pages show."""
    place = root / f"locales/ur/LC_MESSAGES/report-{number:05}.po"
    head, _, rest = place.read_text("utf-8").rpartition('۔"')
    place.write_text(f'{head}!"{rest}', "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with scratch.passing() as place:
        folder = place / "project"
        compileall.compile_dir(Path(kitabat.__file__).parent, quiet=2)
        write(folder, options.articles)
        first = timed(folder)
        rows = {"from nothing": [first], "nothing changed": [], "one message changed": []}
        for run in range(options.runs):
            rows["nothing changed"].append(timed(folder))
            edit(folder, run)
            rows["one message changed"].append(timed(folder))
        print(f"{options.articles} articles, {3 * options.articles} pages")
        for name, times in rows.items():
            processor, wall, memory = (statistics.median(column) for column in zip(*times, strict=True))
            share = wall / first[1]
            print(f"{name:20} processor {processor:7.2f} s   wall {wall:7.2f} s ({share:6.3f})   {memory:4.0f} MB")


if __name__ == "__main__":
    main()
