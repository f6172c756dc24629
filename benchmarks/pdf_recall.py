"""Measure how much of a PDF's text readers give back: kitabat's, and that of others, in one run.

    .venv/bin/python benchmarks/pdf_recall.py [--pages 40] [--book-only] [--min 99.9]

Every PDF of the sample publication, and a book of generated chapters in Nastaliq and in Naskh, is made from the same
HTML and style sheet by kitabat, plain WeasyPrint and Chromium, and of the same text by Typst where it is installed
(``pip install typst``); all are read by Poppler, PDFium, pdf.js and MuPDF, and by PyMuPDF where that is. Recall is
the share of the document's words that a reader gives back, each as often; precision the share of what it gives back
that the document has; order the share of neighbouring words that are neighbours again. Size and time are ratios to
plain WeasyPrint. The command exits with 1 where kitabat's recall is below ``--min``, or its precision below 99.5.

Chromium lays the pages out by itself: its PDFs have no running heads and other pages. Typst gets paragraphs, headings
and cells in the order of the text, in the same fonts.
"""

from __future__ import annotations

import argparse
import importlib.util
import pickle
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.pdf_readers import READERS, given_back, share, words  # noqa: E402 - the readers are the tests' own
from tests.support import BROWSER_OPTIONS, BROWSERS, tool  # noqa: E402

from kitabat import scratch  # noqa: E402
from kitabat.publishing.editions import editions, path_of  # noqa: E402
from kitabat.publishing.pdf_edition import pdf_job  # noqa: E402
from kitabat.publishing.press import set_up  # noqa: E402
from kitabat.publishing.publication import read_publication  # noqa: E402
from kitabat.publishing.studio import order_of  # noqa: E402
from kitabat.rendering.pdf.proof import blocks, expected  # noqa: E402
from kitabat.rendering.pdf.render import PdfJob  # noqa: E402

SEED = 20261126
WORDS_A_PAGE = 330
MAKERS = ("kitabat", "WeasyPrint", "Chromium", *(("Typst",) if importlib.util.find_spec("typst") else ()))
TYPST = """
#set page(width: 210mm, height: 297mm, margin: 25mm)
#set text(font: ("Source Serif 4", "Noto Nastaliq Urdu", "Noto Naskh Arabic"), size: 12pt, lang: "ur", dir: rtl)
"""
IN_TYPST = """
import pathlib, sys, time, typst
source, fonts, path = sys.argv[1:]
start = time.process_time()
content = typst.compile(pathlib.Path(source).read_bytes(), font_paths=[fonts], ignore_system_fonts=True)
print(time.process_time() - start)
pathlib.Path(path).write_bytes(content)
"""
NAMES = ("New York", "World Bank", "Reuters", "U+064A", "BBC Urdu", "C++")
MARKED = ("فوراً", "تقریباً", "اقوامِ متحدہ", "جنگِ کوریا", "مُدَّت", "عمرؓ", "لاہور", "اسلام", "می\u200cخواہم")
MAKE = """
import pickle, sys, time
from kitabat.rendering.pdf import render
job, plain, path = pickle.load(sys.stdin.buffer)
if plain:
    render.REMEDIES = ()
weasyprint = render.load()

def make():
    if not plain:
        return render.render_pdf(job).content
    fonts, counters, style = render._styled(job.style, job.fonts)
    sheets = [style, *(weasyprint.CSS(string=one) for one in job.leading[:1])]
    source = weasyprint.HTML(string=job.html, url_fetcher=render._fetcher(job.pictures, {}))
    return source.write_pdf(stylesheets=sheets, font_config=fonts, counter_style=counters, **render._options(job))

start = time.process_time()
content = make()
print(time.process_time() - start)
open(path, "wb").write(content)
"""


def pymupdf(path: Path) -> str:
    """Read a PDF with PyMuPDF, whose MuPDF is not that of the tests."""
    import pymupdf as reader

    with reader.open(path) as document:
        return "\n".join(page.get_text() for page in document)


READERS_HERE = {**READERS, **({"PyMuPDF": pymupdf} if importlib.util.find_spec("pymupdf") else {})}


@dataclass(frozen=True, slots=True)
class Row:
    """What one maker made of one document."""

    document: str
    maker: str
    recall: dict[str, float]
    precision: dict[str, float]
    order: dict[str, float]
    size: int
    seconds: float


def sample() -> Iterator[PdfJob]:
    """Yield the PDF editions of the sample publication."""
    publication = read_publication(ROOT)
    every = editions(publication, (), (), ())
    press = set_up(order_of(publication, {path_of(edition) for edition in every}))
    manuscripts = {one.article.slug: one for one in publication.manuscripts}
    for edition in every:
        if edition.format == "pdf":
            yield pdf_job(press, manuscripts[edition.slug], edition)


def book(job: PdfJob, pages: int, family: str) -> PdfJob:
    """Return a book of chapters of the sample's words, with tables, notes, names, numbers and vowel signs."""
    chance = random.Random(SEED)
    known = [
        word for word in words(" ".join(expected(job.html))) if "\u0600" <= word[0] <= "\u06ff" and not word.isdigit()
    ]

    def sentence() -> str:
        found = [chance.choice(known) for _ in range(chance.randint(8, 24))]
        if chance.random() < 0.3:
            found.insert(chance.randrange(len(found)), chance.choice(MARKED))
        if chance.random() < 0.15:
            found.insert(chance.randrange(len(found)), f'<bdi dir="ltr" lang="en">{chance.choice(NAMES)}</bdi>')
        if chance.random() < 0.2:
            found.insert(chance.randrange(len(found)), chance.choice(("۱۹۴۷", "۲۸٬۵۰۰", "٪۹۰", "۲۰۲۶ء")))
        if chance.random() < 0.2:
            at = chance.randrange(len(found))
            found[at] = f"<{(tag := chance.choice(('em', 'strong')))}>{found[at]}</{tag}>"
        return " ".join(found) + chance.choice("۔۔۔؟")

    def chapter(number: int) -> Iterator[str]:
        title = " ".join(chance.choice(known) for _ in range(5))
        yield f"<p>نبی کریم ﷺ {sentence()}</p>" if number % 3 == 0 else ""
        yield f'<section><h2 id="c{number}" data-title="{title}">{title}</h2>'
        for _ in range(6):
            text = " ".join(sentence() for _ in range(chance.randint(3, 6)))
            note = f'<span class="footnote" data-mark="۱">{sentence()}</span>' if chance.random() < 0.2 else ""
            yield f"<p>{text}{note} {sentence()}</p>"
        cells = "".join(f"<tr><td>{sentence()}</td><td>{chance.choice(known)}</td></tr>" for _ in range(3))
        yield f"<table><thead><tr><th>{chance.choice(known)}</th><th>سال</th></tr></thead>{cells}</table></section>"

    html, number = "", 0
    while len(words(html)) < pages * WORDS_A_PAGE:
        number += 1
        html += "".join(chapter(number))
    start = job.html.partition('<div class="text">')[0]
    style = f'{job.style}\n:root {{ --urdu-family: "{family}" }}'
    end = "</div></article></main></body></html>"
    name = f"book of {pages} pages, {family}"
    return replace(job, name=name, html=f'{start}<div class="text">{html}{end}', style=style)


def made(job: PdfJob, maker: str, path: Path) -> float:
    """Make a PDF in a process of its own; returns seconds of processor time, for Chromium of the clock."""
    if maker == "Chromium":
        return in_chromium(job, path)
    if maker == "Typst":
        return in_typst(job, path)
    request = pickle.dumps((job, maker == "WeasyPrint", str(path)))
    report = subprocess.run([sys.executable, "-c", MAKE], input=request, capture_output=True, check=True, cwd=ROOT)
    return float(report.stdout)


def in_typst(job: PdfJob, path: Path) -> float:
    """Make a PDF of a document's text, a paragraph for each of its blocks."""
    style = TYPST.replace("Noto Nastaliq Urdu", "Noto Naskh Arabic") if 'Kitabat Naskh" }' in job.style else TYPST
    if re.search('<html[^>]*lang="en"', job.html):
        style = style.replace('lang: "ur", dir: rtl', 'lang: "en", dir: ltr')
    paragraphs = (" ".join(block.split()) for block in blocks(job.html))
    text = "\n\n".join(re.sub(r"([\\#$*_`<>@~=/+\-\[\]])", r"\\\1", block) for block in paragraphs if block)
    source = path.with_suffix(".typ")
    source.write_text(style + text, encoding="utf-8")
    command = [sys.executable, "-c", IN_TYPST, str(source), str(ROOT / "fonts"), str(path)]
    return float(subprocess.run(command, capture_output=True, check=True, timeout=600).stdout)


def in_chromium(job: PdfJob, path: Path) -> float:
    style = job.style
    for address, file in job.fonts:
        style = style.replace(address, Path(file).as_uri())
    page = path.with_suffix(".html")
    page.write_text(job.html.replace("</head>", f"<style>{style}</style></head>", 1), encoding="utf-8")
    start = time.perf_counter()
    options = (*BROWSER_OPTIONS, f"--user-data-dir={path.with_suffix('.profile')}", "--no-pdf-header-footer")
    command = [tool(*BROWSERS), *options, f"--print-to-pdf={path}", page.as_uri()]
    subprocess.run(command, capture_output=True, check=True, timeout=600)
    return time.perf_counter() - start


def measured(job: PdfJob, maker: str, folder: Path) -> Row:
    path = folder / f"{maker}.pdf"
    seconds = made(job, maker, path)
    wanted = words(" ".join(expected(job.html)))
    known = set(words(re.sub("<[^>]*>", " ", job.html).casefold()))
    recall, precision, order = {}, {}, {}
    for name, reader in READERS_HERE.items():
        text = reader(path).casefold()
        found = words(text)
        recall[name] = share(wanted, given_back(text, wanted).elements())
        precision[name] = 100 * sum(word in known or word.isdigit() for word in found) / max(1, len(found))
        order[name] = share(pairwise(wanted), pairwise(found))
    return Row(job.name, maker, recall, precision, order, path.stat().st_size, seconds)


def printed(rows: Sequence[Row]) -> None:
    print(f"{'document':46} {'made by':11} " + " ".join(f"{name:>18}" for name in READERS_HERE) + "   size   time")
    for row in rows:
        base = next(one for one in rows if (one.document, one.maker) == (row.document, "WeasyPrint"))
        shares = " ".join(f"{row.recall[n]:6.2f}{row.precision[n]:6.1f}{row.order[n]:6.1f}" for n in READERS_HERE)
        ratio = f"{row.size / base.size:6.2f} {row.seconds / base.seconds:6.2f}"
        print(f"{row.document:46} {row.maker:11} {shares} {ratio}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--book-only", action="store_true")
    parser.add_argument("--min", type=float, default=99.9)
    options = parser.parse_args()
    jobs = list(sample())
    urdu = next(job for job in jobs if job.name.startswith("ur/"))
    books = [book(urdu, options.pages, family) for family in ("Kitabat Nastaliq", "Kitabat Naskh")]
    low = False
    for job in [*([] if options.book_only else jobs), *books]:
        with scratch.passing() as folder:
            rows = [measured(job, maker, folder) for maker in MAKERS]
        printed(rows)
        low |= min(rows[0].recall.values()) < options.min or min(rows[0].precision.values()) < 99.5
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
