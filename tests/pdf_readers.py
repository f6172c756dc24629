"""What four readers give back of a PDF's text, and how much of its words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import pypdfium2
from tests.support import ROOT, pdf_text, run, tool

INVISIBLE = dict.fromkeys(
    [0xAD, 0x061C, 0x0640, *range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)
"""Joiners, marks of direction, tatweel: not part of a word's letters."""
WORD = re.compile(
    r"[A-Za-zÀ-ɏ]+|[0-9]+|[۰-۹]+"
    r"|[\u0610-\u061A\u0620-\u063F\u0641-\u065F\u066E-\u06D3\u06D5-\u06DC\u06E1-\u06EF\u06FA-\u06FF\u0750-\u077F]+"
)
"""A run of letters of one script, or of digits of one system."""
DIVIDED = re.compile("(?<=[A-Za-z])(?:[-\xad]\\s*\n\\s*|\ufffe|\x02)(?=[a-z])")
"""Where a word goes on in the next line; PDFium has a character of its own for it."""


def poppler(path: Path) -> str:
    return pdf_text(path)


def pdfium(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def by_node(reader: str, path: Path) -> str:
    report = run(tool("node"), ROOT / "tests" / "tools" / "pdf_text.mjs", reader, path)
    if report.returncode:
        raise ValueError(report.stderr)
    return report.stdout


def pdfjs(path: Path) -> str:
    return by_node("pdfjs", path)


def mupdf(path: Path) -> str:
    return by_node("mupdf", path)


READERS: dict[str, Callable[[Path], str]] = {"Poppler": poppler, "PDFium": pdfium, "pdf.js": pdfjs, "MuPDF": mupdf}


def words(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFC", DIVIDED.sub("", text)).translate(INVISIBLE))


def given_back(text: str, wanted: Sequence[str] = ()) -> Counter[str]:
    """Return the words that a reader gives back: what a hyphen at a line's end divides is one word, or it is two.

    Poppler writes such a compound as one; of ``wanted`` neighbours it is both.
    """
    known = set(wanted)
    apart = WORD.findall(unicodedata.normalize("NFC", text).translate(INVISIBLE))
    found = Counter[str]()
    found |= Counter(words(text))
    found |= Counter(apart)
    for pair in set(pairwise(wanted)):
        if "".join(pair) not in known:
            for word in pair:
                found[word] += found["".join(pair)]
    return found


def share(wanted: Iterable[object], found: Iterable[object]) -> float:
    """Return how much of the one is in the other, each as often, in percent."""
    given, there = Counter(wanted), Counter(found)
    return 100 * sum(min(number, there[one]) for one, number in given.items()) / max(1, given.total())


def pairs(found: Sequence[str]) -> list[tuple[str, str]]:
    return list(pairwise(found))
