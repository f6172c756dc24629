"""Time PDFs of generated articles: kitabat's, searchable and tagged, against plain WeasyPrint's from the same HTML.

    .venv/bin/python benchmarks/pdf_speed.py [--articles 20] [--runs 3] [--few-words] [--chromium] [--typst]
    .venv/bin/python benchmarks/pdf_speed.py --workers-only --articles 40
    .venv/bin/python benchmarks/pdf_speed.py --pages 10 50 100 200 400

The articles are those of `corpus.py`, with as many different words as articles have (`many_words.py`), unless
``--few-words`` is given. Every maker is a process of its own that has loaded all it needs, parsed the
style sheet and made one PDF before the clock starts. WeasyPrint, kitabat and kitabat with two workers take turns, and
the quickest of the runs counts. Prints processor time, wall time, their ratios to one WeasyPrint process, pages in a
second, size, and the largest memory of a process. On a busy machine only the processor time of one process, and the
ratios of such, say anything.

With ``--pages`` one document of about so many pages is made in each language, and processor time and memory are told:
milliseconds for each page would rise where time did not grow in line. Chromium (one browser, kept open, through its
DevTools) and Typst (`pip install typst`; the words only, without notes, contents and tags) are for comparison; they
set other pages.
"""

from __future__ import annotations

import argparse
import base64
import html
import io
import json
import pickle
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

import pikepdf
from many_words import reworded

from corpus import write
from kitabat import scratch
from kitabat.publishing.editions import editions, path_of
from kitabat.publishing.pdf_edition import pdf_job
from kitabat.publishing.press import set_up
from kitabat.publishing.publication import read_publication
from kitabat.publishing.studio import order_of
from kitabat.rendering.pdf.render import PdfJob

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("ur", "en")
WORDS = 2500
WORDS_A_PAGE = {"en": 280, "ur": 365}
"""Pages that heads, lists and tables take in an article of any length; English words that fill each of the others."""
GO = b"go\n"
WORKER = """
import io, json, pickle, resource, sys, time
import pikepdf
from kitabat.rendering.pdf import render
plain, first, jobs = pickle.load(sys.stdin.buffer)
if plain:
    render.REMEDIES = ()
weasyprint = render.load()

def make(job):
    if not plain:
        return render.render_pdf(job).content
    fonts, counters, style = render._styled(job.style, job.fonts)
    sheets = [style, *(weasyprint.CSS(string=one) for one in job.leading[-1:])]
    source = weasyprint.HTML(string=job.html, url_fetcher=render._fetcher(job.pictures, {}))
    return source.write_pdf(stylesheets=sheets, font_config=fonts, counter_style=counters)

make(first)
print("ready", flush=True)
sys.stdin.buffer.readline()
start = time.process_time()
contents = [make(job) for job in jobs]
taken = time.process_time() - start
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print("made", flush=True)
pages = sum(len(pikepdf.open(io.BytesIO(one)).pages) for one in contents)
print(json.dumps([taken, pages, sum(map(len, contents)), memory]), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Row:
    """What a maker took for all of its PDFs."""

    processor: float
    """Seconds, of all its processes."""
    wall: float
    pages: int
    size: int
    """Bytes."""
    memory: float
    """Of its largest process, in megabytes."""


def jobs_of(folder: Path, articles: int, words: int = WORDS) -> dict[str, list[PdfJob]]:
    """Write a publication and return what the PDFs of each language are made from."""
    write(folder, articles, words, ("pdf",))
    publication = read_publication(folder)
    every = [one for one in editions(publication, (), (), ()) if one.format == "pdf"]
    press = set_up(order_of(publication, {path_of(edition) for edition in every}))
    manuscripts = {one.article.slug: one for one in publication.manuscripts}
    found: dict[str, list[PdfJob]] = {tag: [] for tag in LANGUAGES}
    for edition in every:
        if edition.language in found:
            found[edition.language].append(pdf_job(press, manuscripts[edition.slug], edition))
    return found


def made(jobs: Sequence[PdfJob], *, plain: bool, workers: int = 1, warm: PdfJob | None = None) -> Row:
    """Make PDFs in so many warm processes; the clock starts when all of them are ready."""
    longest_first = sorted(jobs, key=lambda job: -len(job.html))
    shares = [longest_first[first::workers] for first in range(workers)]
    processes = [
        subprocess.Popen([sys.executable, "-c", WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        for _ in shares
    ]
    for process, share in zip(processes, shares, strict=True):
        stdin, stdout = _pipes(process)
        pickle.dump((plain, warm or jobs[0], share), stdin)
        stdin.flush()
        _expect(stdout, b"ready")
    start = time.perf_counter()
    for process in processes:
        stdin, _ = _pipes(process)
        stdin.write(GO)
        stdin.flush()
    for process in processes:
        _expect(_pipes(process)[1], b"made")
    wall = time.perf_counter() - start
    reports = [json.loads(_pipes(process)[1].readline()) for process in processes]
    for process in processes:
        process.communicate()
    processor, pages, size, memory = zip(*reports, strict=True)
    return Row(sum(processor), wall, sum(pages), sum(size), max(memory))


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def _expect(stdout: IO[bytes], word: bytes) -> None:
    if stdout.readline().strip() != word:
        sys.exit("A process that makes PDFs ended; what it said stands above")


def in_chromium(jobs: Sequence[PdfJob], folder: Path) -> Row:
    """Print the same HTML with one browser that is kept open; its processor time is not known."""
    sys.path.insert(0, str(ROOT))
    from tests.support import chromium

    places = []
    for number, job in enumerate(jobs):
        style = job.style
        for address, file in job.fonts:
            style = style.replace(address, Path(file).as_uri())
        place = folder / f"{number}.html"
        place.write_text(job.html.replace("</head>", f"<style>{style}</style></head>", 1), encoding="utf-8")
        places.append(place.as_uri())
    with chromium(folder / "profile") as browser:

        def printed(place: str) -> bytes:
            browser.get(place)
            browser.execute_async_script("document.fonts.ready.then(arguments[0])")
            options = {"preferCSSPageSize": True, "printBackground": True}
            return base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", options)["data"])

        printed(places[0])
        start = time.perf_counter()
        contents = [printed(place) for place in places]
        wall = time.perf_counter() - start
    return Row(0, wall, sum(map(_pages, contents)), sum(map(len, contents)), 0)


def in_typst(jobs: Sequence[PdfJob], folder: Path, tag: str) -> Row:
    """Set the words of the same articles with Typst, in this process."""
    import typst

    family = "Noto Nastaliq Urdu" if tag == "ur" else "Source Serif 4"
    sources = []
    for number, job in enumerate(jobs):
        lines = [f'#set text(font: "{family}", lang: "{tag}", size: 11pt)', "#set par(justify: true, leading: 1.1em)"]
        for level, text in re.findall(r"<(h[12]|p|li|td)\b[^>]*>(.*?)</\1>", job.html, re.DOTALL):
            words = html.unescape(re.sub(r"<[^>]+>", "", text))
            mark = {"h1": "= ", "h2": "== "}.get(level, "")
            lines += [mark + re.sub(r"([\\#$*_`<>@=~\[\]])", r"\\\1", words), ""]
        source = folder / f"{number}.typ"
        source.write_text("\n".join(lines), encoding="utf-8")
        sources.append(str(source))
    fonts = [str(ROOT / "fonts")]
    compiler = typst.Compiler(sources[0], font_paths=fonts, root=str(folder))
    compiler.compile()
    start, processor = time.perf_counter(), time.process_time()
    contents = [compiler.compile(input=source) for source in sources]
    wall = time.perf_counter() - start
    return Row(time.process_time() - processor, wall, sum(map(_pages, contents)), sum(map(len, contents)), 0)


def _pages(content: bytes) -> int:
    return len(pikepdf.open(io.BytesIO(content)).pages)


def compare(options: argparse.Namespace, folder: Path) -> None:
    """Print a table for each language."""
    jobs = jobs_of(folder / "publication", options.articles, options.words)
    for tag in options.languages:
        title = f"{options.articles} articles, {tag}"
        if not options.few_words:
            documents, count, different = reworded([job.html for job in jobs[tag]], tag)
            jobs[tag] = [replace(job, html=html) for job, html in zip(jobs[tag], documents, strict=True)]
            title += f", {count:,} words, {different:,} different"
        rows: dict[str, list[Row]] = {}
        for _ in range(options.runs):
            if not options.workers_only:
                rows.setdefault("WeasyPrint", []).append(made(jobs[tag], plain=True))
            rows.setdefault("kitabat", []).append(made(jobs[tag], plain=False))
            rows.setdefault("kitabat, two workers", []).append(made(jobs[tag], plain=False, workers=2))
        if options.chromium:
            place = folder / f"chromium-{tag}"
            place.mkdir()
            rows["Chromium"] = [in_chromium(jobs[tag], place)]
        if options.typst:
            place = folder / f"typst-{tag}"
            place.mkdir()
            rows["Typst (words only)"] = [in_typst(jobs[tag], place, tag)]
        _print(title, rows)


def _print(title: str, rows: dict[str, list[Row]]) -> None:
    best = {
        name: replace(
            min(found, key=lambda row: row.wall),
            processor=min(row.processor for row in found),
            wall=min(row.wall for row in found),
        )
        for name, found in rows.items()
    }
    first = next(iter(best.values()))
    print(f"\n{title}; ratios to {next(iter(best))}")
    print(f"{'':22}{'processor':>10}{'ratio':>7}{'wall':>8}{'ratio':>7}{'pages/s':>9}{'KB/page':>9}{'MB':>6}")
    for name, row in best.items():
        processor = f"{row.processor:10.2f}{row.processor / first.processor:7.2f}" if row.processor else f"{'':17}"
        wall = f"{row.wall:8.2f}{row.wall / first.wall:7.2f}"
        rest = f"{row.pages / row.wall:9.1f}{row.size / 1024 / row.pages:9.1f}{row.memory:6.0f}"
        print(f"{name:22}{processor}{wall}{rest}", flush=True)


def curve(pages: Sequence[int], languages: Sequence[str], folder: Path) -> None:
    """Print how time and memory grow with a document's length."""
    print(f"{'':4}{'pages':>7}{'processor':>11}{'ms/page':>9}{'MB':>6}{'KB/page':>9}")
    for tag in languages:
        for place, wanted in enumerate(pages):
            words = max(200, wanted * WORDS_A_PAGE[tag])
            job = jobs_of(folder / f"{tag}-{place}", 1, words)[tag][0]
            warm = jobs_of(folder / f"{tag}-{place}-warm", 1)[tag][0]
            row = made([job], plain=False, warm=warm)
            each, size = row.processor / row.pages * 1000, row.size / 1024 / row.pages
            print(
                f"{tag:4}{row.pages:7}{row.processor:11.2f}{each:9.1f}{row.memory:6.0f}{size:9.1f}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--words", type=int, default=WORDS)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument("--few-words", action="store_true", help="leave the two hundred words of the corpus")
    parser.add_argument("--workers-only", action="store_true", help="leave WeasyPrint out")
    parser.add_argument("--chromium", action="store_true")
    parser.add_argument("--typst", action="store_true")
    parser.add_argument("--pages", type=int, nargs="+", help="one document of each length instead")
    options = parser.parse_args()
    with scratch.passing() as folder:
        if options.pages:
            curve(options.pages, options.languages, folder)
        else:
            compare(options, folder)


if __name__ == "__main__":
    main()
