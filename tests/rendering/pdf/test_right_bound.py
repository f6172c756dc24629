"""English in a file that is bound right: PDFium finds its phrases, and nobody else sees a difference."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pdf_readers import READERS
from tests.rendering.pdf.test_render import FONTS, STYLE
from tests.rendering.pdf.test_searchable import pages, strayed

from kitabat.rendering.pdf.codes import Codes, Glyph, Piece, cluster
from kitabat.rendering.pdf.extract import read, words
from kitabat.rendering.pdf.proof import proofread
from kitabat.rendering.pdf.render import PdfJob, render_pdf
from kitabat.rendering.pdf.right_bound import words_apart

ENGLISH = """
<p>For generations Urdu newspapers were written by hand. Type cast in lead could not keep up with “Nastaliq”; in the
end <em>it was</em> the computer that had to learn 28,500 joined shapes (in 2006) and $5 of patience.</p>
<p>In Arabic <bdi lang="ar" dir="rtl">كاتب</bdi> is anyone who writes; the <a href="https://example.org/">official
report</a> of Kim Jong-un’s office says so – a file, “a” book, and <b>three bold words</b> at the end.</p>
"""
URDU = "<p dir=rtl lang=ur style='font-family:Kitabat Nastaliq'>روس کے صدر نے شمالی کوریا کو یقین دلایا ہے۔</p>"
NOTE = (
    "<p>Text<sup>1</sup> with a note.</p><ul><li>First item of two</ul><table><tr><td>One small cell<td>Another</table>"
)
FOUND = (
    *("were written by hand", "Type cast in", "keep up with", "in the end it was the computer", "28,500 joined shapes"),
    *("anyone who writes", "official report", "three bold words at the", "In Arabic", "and $5 of", "First item of two"),
    *("One small", "صدر نے شمالی کوریا", "یقین دلایا ہے"),
)


def job_of(body: str, *, right: bool, size: float = 12) -> PdfJob:
    start = (
        f'<!doctype html><html lang="en"><title>t</title><body style="font-family:Kitabat Serif; font-size:{size}px">'
    )
    return PdfJob("a.pdf", start + body, STYLE, FONTS, binds_right=right)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    folder = tmp_path_factory.mktemp("bound")
    made = {right: folder / f"{right}.pdf" for right in (True, False)}
    for right, path in made.items():
        path.write_bytes(render_pdf(job_of(ENGLISH + URDU + NOTE, right=right)).content)
    return made


@pytest.mark.parametrize("phrase", FOUND)
@pytest.mark.parametrize("right", [True, False])
def test_phrases_are_found_wherever_the_file_is_bound(files: dict[bool, Path], phrase: str, right: bool) -> None:
    with pypdfium2.PdfDocument(files[right]) as document:
        page = document[0].get_textpage()
        assert page.search(phrase).get_next(), page.get_text_range()


@pytest.mark.parametrize("reader", [one for one in READERS if one != "PDFium"])
def test_other_readers_see_no_difference(files: dict[bool, Path], reader: str) -> None:
    assert READERS[reader](files[True]) == READERS[reader](files[False])


def test_lines_are_told_as_the_page_has_them(files: dict[bool, Path]) -> None:
    right, left = (next(read(path.read_bytes())).splitlines() for path in files.values())
    assert [sorted(words(line)) for line in right[:5]] == [sorted(words(line)) for line in left[:5]]


def test_reading_back_loses_no_word_beside_a_change_of_style() -> None:
    body = (
        "<p>Do it <b>at once</b>, a World Bank; C++ too. Two book<b>s</b> and <b>bo</b>ok; <code>a=b</code>! See.</p>"
    )
    job = job_of(body, right=True)
    assert proofread(job.html, render_pdf(job).content) == ()


def test_it_looks_the_same(files: dict[bool, Path]) -> None:
    right, left = ([*pages(path.read_bytes())] for path in files.values())
    for one, other in zip(right, left, strict=True):
        assert strayed(one, other) < 0.001
        assert strayed(other, one) < 0.001


def test_only_lines_from_left_to_right_of_such_a_file_are_written_so(files: dict[bool, Path]) -> None:
    assert modes(files[True].read_bytes()) > 20
    assert modes(files[False].read_bytes()) == 0
    assert modes(render_pdf(job_of(URDU, right=True)).content) == 0


def modes(content: bytes) -> int:
    """Return how often the text of a first page goes on without ink."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return sum(
            str(one.operator) == "Tr" and one.operands[0] == 3 for one in pikepdf.parse_content_stream(pdf.pages[0])
        )


@pytest.mark.parametrize("invisible", ["\u200e", "\u2060", "\u200b", "\u00ad"])
def test_signs_beside_what_is_invisible_are_said(invisible: str) -> None:
    job = job_of(f"<p>He said{invisible}, and {invisible}. “{invisible}Then{invisible}” nothing", right=True)
    assert proofread(job.html, render_pdf(job).content) == ()


CHARACTERS = "ab1 ,.“-$"


def drawn(pieces: list[Piece], codes: Codes) -> list[tuple[int, float, int]]:
    """Return each glyph with ink, where it stands, from the left."""
    found, pen = [], 0.0
    for piece in pieces:
        code = int(piece.codes, 16) - codes.first
        parts = codes.composites[code].parts if code >= 0 else piece.parts
        if not piece.unseen:
            found += [(part.glyph, pen + part.x, part.y) for part in parts]
        pen += piece.wanted
    return sorted(found)


@given(st.text(CHARACTERS, max_size=12))
def test_text_width_and_ink_stay(text: str) -> None:
    codes = Codes(100, 1000, {}, {})
    pieces = [
        codes.piece(cluster(one, [Glyph(1 + CHARACTERS.index(one), 500, 0, 0)], 1.0, 1000), lambda _: 500, rtl=False)
        for one in text
    ]
    apart = list(words_apart(pieces, codes))
    assert "".join(map(codes.text, apart)) == text
    assert [(one.drawn, one.wanted) for one in apart] == [(one.drawn, one.wanted) for one in pieces]
    blank = 1 + CHARACTERS.index(" ")
    assert [one for one in drawn(apart, codes) if one[0] != blank] == [
        one for one in drawn(pieces, codes) if one[0] != blank
    ]
    if re.search("[ab1]", text):
        assert all(piece.unseen for piece in apart if piece.blank)
