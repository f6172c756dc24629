"""Build the sample publication and count the phrases that PDFium, which Chrome and Edge search with, finds in
its PDFs.

    .venv/bin/python benchmarks/pdf_phrases.py [--missed]

Phrases are any three neighbouring words of a paragraph with nothing but spaces between them, each in the PDF of its
own language and in the bilingual one. ``--missed`` shows those that are not found: most stand across two pages, or
across a hyphen at a line's end.
"""

from __future__ import annotations

import argparse
import html
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parents[1]
KITABAT = Path(sys.executable).with_name("kitabat")
PARAGRAPH = re.compile(r"<p(?: [^>]*)?>(.*?)</p>", re.DOTALL)
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
NOT_TEXT = re.compile(r"<sup.*?</sup>|<[^>]*>|[\u2066-\u2069]", re.DOTALL)
FORM = re.compile(r"<form.*?</form>", re.DOTALL)
MARKS = "\u0610-\u061a\u064b-\u065f\u0670"
PHRASE = re.compile(rf"(?=(?<![\w{MARKS}])([\w{MARKS}]+ [\w{MARKS}]+ [\w{MARKS}]+)(?![\w{MARKS}]))")


def phrases(page: str) -> Iterator[str]:
    """Yield the phrases of an HTML page."""
    main = MAIN.search(page)
    for paragraph in PARAGRAPH.findall(FORM.sub("", main[0] if main else page)):
        text = " ".join(html.unescape(NOT_TEXT.sub("", paragraph)).split())
        yield from PHRASE.findall(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--missed", action="store_true")
    options = parser.parse_args()
    subprocess.run([KITABAT, "build"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    dist = ROOT / "dist"
    print(f"{'PDF':<44}{'language':<10}{'phrases':>8}{'found':>9}")
    for path in sorted(dist.rglob("*.pdf")):
        edition, slug = path.relative_to(dist).parts[:2]
        for language in ("ur", "en") if edition == "bilingual" else (edition,):
            wanted = list(phrases((dist / language / slug / "index.html").read_text("utf-8")))
            missed = list(not_found(path, wanted))
            print(f"{path.name:<44}{language:<10}{len(wanted):>8}{1 - len(missed) / len(wanted):>9.1%}")
            if options.missed:
                print(*(f"    {phrase}" for phrase in missed), sep="\n")


def not_found(path: Path, wanted: list[str]) -> Iterator[str]:
    """Yield the phrases that are on no page of a PDF."""
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage() for page in document]
        yield from (phrase for phrase in wanted if not any(page.search(phrase).get_next() for page in pages))


if __name__ == "__main__":
    main()
