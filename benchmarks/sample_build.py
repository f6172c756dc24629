"""Time `kitabat build` of the sample publication against WeasyPrint's own command, run once for each PDF.

    .venv/bin/python benchmarks/sample_build.py [--runs 3]

Both make the same PDFs from the same HTML, style sheet and fonts, in turn, in one run; `kitabat build` also makes the
whole web edition with its font subsets. Prints seconds and the ratio of each pair of runs, then the median ratio.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

from kitabat import scratch
from kitabat.model.site import Edition
from kitabat.publishing.editions import editions, path_of
from kitabat.publishing.pdf_edition import pdf_job
from kitabat.publishing.press import set_up
from kitabat.publishing.publication import read_publication
from kitabat.publishing.studio import order_of
from kitabat.rendering.pdf.render import PdfJob

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def jobs() -> list[PdfJob]:
    """Return what each PDF of the sample is made from."""
    publication = read_publication(ROOT)
    wanted: tuple[Edition, ...] = editions(publication, (), (), ())
    press = set_up(order_of(publication, {path_of(edition) for edition in wanted}))
    manuscripts = {manuscript.article.slug: manuscript for manuscript in publication.manuscripts}
    return [pdf_job(press, manuscripts[edition.slug], edition) for edition in wanted if edition.format == "pdf"]


def laid_out(job: PdfJob, folder: Path) -> Path:
    """Write a job as files that WeasyPrint's command can read; return the HTML file."""
    folder.mkdir(parents=True)
    html, style = job.html, job.style
    for address, file in job.fonts:
        style = style.replace(address, Path(file).as_uri())
    for address, (content, _) in job.pictures.items():
        name = address.partition(":")[2]
        (folder / name).write_bytes(content)
        html = html.replace(address, name)
    (folder / "style.css").write_text(style, encoding="utf-8")
    (folder / "page.html").write_text(html, encoding="utf-8")
    return folder / "page.html"


def timed(*commands: list[str]) -> float:
    """Return the seconds that some commands take, one after the other."""
    start = time.perf_counter()
    for command in commands:
        subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Run both in turn and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    with scratch.passing() as folder:
        pages = [laid_out(job, folder / str(number)) for number, job in enumerate(jobs())]
        one_by_one = [
            [str(BIN / "weasyprint"), "--stylesheet", str(page.parent / "style.css"), str(page), f"{page}.pdf"]
            for page in pages
        ]
        build = [str(BIN / "kitabat"), "build", "--project", str(ROOT), "--out", str(folder / "dist")]
        ratios = []
        for _ in range(runs):
            ours, theirs = timed(build), timed(*one_by_one)
            ratios.append(ours / theirs)
            print(f"kitabat build {ours:6.1f} s   weasyprint, {len(pages)} PDFs {theirs:6.1f} s   {ratios[-1]:.2f}")
    print(f"median ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
