"""Time builds after the first: nothing changed, one message changed, against the build from nothing.

    .venv/bin/python benchmarks/rebuild.py [--articles 200] [--runs 3]

The publication is that of `corpus.py`: two languages and the bilingual edition, as web pages. Prints processor time of
the build's own process, which does all the work of a small rebuild, and wall time with its share of that of the build
from nothing; each is the median of the runs. Workers, which a build from nothing starts, show in its wall time only.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus import write

BIN = Path(sys.executable).parent


def timed(root: Path) -> tuple[float, float]:
    """Return processor and wall seconds of one build."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([str(BIN / "kitabat"), "build", "--project", str(root)], check=True, capture_output=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def edit(root: Path, number: int) -> None:
    """Change the translation of one message."""
    place = root / f"locales/ur/LC_MESSAGES/report-{number:05}.po"
    head, mark, rest = place.read_text("utf-8").rpartition('۔"')
    place.write_text(f"{head} {mark}{rest}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kitabat-rebuild-"))
    try:
        write(folder, options.articles)
        first = timed(folder)
        rows = {"from nothing": [first], "nothing changed": [], "one message changed": []}
        for run in range(options.runs):
            rows["nothing changed"].append(timed(folder))
            edit(folder, run)
            rows["one message changed"].append(timed(folder))
        print(f"{options.articles} articles, {3 * options.articles} pages")
        for name, times in rows.items():
            processor, wall = (statistics.median(column) for column in zip(*times, strict=True))
            print(f"{name:20} processor {processor:7.2f} s   wall {wall:7.2f} s ({wall / first[1]:6.3f})")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
