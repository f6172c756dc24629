"""The house styles as PDFs: sheet, columns, and where notes stand."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from tests.publishing.projects import ENGLISH, FILES, SETTINGS, built, lay_out, translated
from tests.support import pdf_text

LENGTHS = random.Random(7)
WORDS = " ".join(f"word{'x' * LENGTHS.randint(0, 11)}" for _ in range(600))
OFTEN = 8
LONG = ENGLISH.replace("Text with a note", f"{WORDS} a note")


def pdf(folder: Path, settings: str) -> Path:
    """Build the English PDF of a long article."""
    files = {**FILES, "kitabat.toml": f"{SETTINGS}\n[pdf]\n{settings}\n", "content/first.md": LONG}
    out = folder / "dist"
    report = built(translated(lay_out(folder, files)), out=out, slugs=("first",), formats=("pdf",), languages=("en",))
    assert report.published, report.diagnostics
    return out / "en/first/first-en.pdf"


def column_starts(path: Path) -> set[int]:
    """Return where words begin so often that lines must, on the first page, from the left, in whole points."""
    with pypdfium2.PdfDocument(path) as document:
        page = document[0].get_textpage()
        text = page.get_text_range()
        found = [page.get_charbox(match.start()) for match in re.finditer("word", text)]
    starts = Counter(round(left) for left, *_ in found)
    return {place for place, count in starts.items() if count >= OFTEN}


@pytest.mark.parametrize(
    ("settings", "size", "columns"),
    [
        ('style = "report"', (595, 842), 1),
        ('style = "newspaper"', (595, 842), 2),
        ('style = "newspaper"\ncolumns = 3', (595, 842), 3),
        ('style = "reader"', (420, 595), 1),
        ('style = "reader"\npage_size = "A4"', (595, 842), 1),
    ],
)
def test_styles(tmp_path: Path, settings: str, size: tuple[int, int], columns: int) -> None:
    path = pdf(tmp_path, settings)
    with pypdfium2.PdfDocument(path) as document:
        assert tuple(map(round, document[0].get_size())) == size
    assert len(column_starts(path)) == columns


def test_a_newspaper_gathers_its_notes_at_the_end(tmp_path: Path) -> None:
    text = pdf_text(pdf(tmp_path, 'style = "newspaper"'))
    notes = text.index("Notes\n")
    assert text.index("The note.") > notes > text.index("A caption")
