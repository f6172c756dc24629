"""Urdu inside a picture is joined and runs from right to left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from tests.pdf_readers import pdfium
from tests.rendering.pdf.test_render import job

from kitabat.rendering.pdf import drawn_text, render
from kitabat.rendering.pdf.proof import proofread
from kitabat.rendering.pdf.render import render_pdf

WORDS = "اردو صحافت کی تاریخ"
START = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40" viewBox="0 0 300 40">'


def said(tmp_path: Path, attributes: str, words: str = WORDS) -> str:
    """Return what PDFium reads of a picture with a text."""
    picture = f'{START}<text y="30" font-family="Kitabat Nastaliq" {attributes}>{words}</text></svg>'
    page = replace(
        job('<img alt="x" src="print:a.svg">'), pictures={"print:a.svg": (picture.encode(), "image/svg+xml")}
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(render_pdf(page).content)
    return " ".join(pdfium(path).split())


@pytest.mark.parametrize("attributes", ['x="290" direction="rtl"', 'x="290" text-anchor="end"', 'x="10"'])
def test_urdu_is_set_as_a_whole(tmp_path: Path, attributes: str) -> None:
    assert said(tmp_path, attributes) == WORDS


PARTS = "دریائے <tspan fill='red'>سندھ</tspan> <tspan font-weight='bold'>کا</tspan> پانی"


@pytest.mark.parametrize("attributes", ['x="290" direction="rtl"', 'x="290" text-anchor="end"', 'x="10"', ""])
def test_parts_stand_in_their_order(tmp_path: Path, attributes: str) -> None:
    assert said(tmp_path, attributes, PARTS) == "دریائے سندھ کا پانی"


@pytest.mark.parametrize(
    ("attributes", "words", "expected"),
    [
        ('x="290" direction="rtl"', "لاہور <tspan>WAPDA</tspan> <tspan>کی</tspan> نہر", "لاہور WAPDA کی نہر"),
        ('x="10"', "The <tspan>نہر</tspan> <tspan>کا</tspan> <tspan>end</tspan>", "The نہر کا end"),
    ],
)
def test_parts_of_both_directions_stand_as_in_a_sentence(
    tmp_path: Path, attributes: str, words: str, expected: str
) -> None:
    assert said(tmp_path, attributes, words) == expected


def test_a_part_with_a_place_of_its_own_begins_there(tmp_path: Path) -> None:
    words = "دریائے <tspan>سندھ</tspan> <tspan x='120'>کا <tspan fill='red'>پانی</tspan></tspan>"
    said(tmp_path, 'x="200"', words)
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        text = document[0].get_textpage()
        every = text.get_text_range()
        lefts = {word: text.get_charbox(every.index(word))[0] for word in ("دریائے", "سندھ", "کا", "پانی")}
    assert lefts["پانی"] < lefts["کا"] < lefts["سندھ"] < lefts["دریائے"]


def test_letters_spaced_or_turned_are_left_to_weasyprint(tmp_path: Path) -> None:
    plain = said(tmp_path, 'x="10" textLength="200"', PARTS)
    assert sorted(plain.split()) == sorted(["دریائے", "سندھ", "کا", "پانی"])


def test_words_of_pictures_are_not_strange() -> None:
    picture = f'{START}<text x="290" y="30" direction="rtl">{WORDS}</text></svg>'.encode()
    page = replace(job('<img alt="x" src="print:a.svg">', verify=True), pictures={"print:a.svg": (picture, render.SVG)})
    assert render_pdf(page).lost == ()
    assert proofread(page.html, render_pdf(page).content)


def test_letters_with_places_of_their_own_keep_them(tmp_path: Path) -> None:
    assert said(tmp_path, 'x="10, 60, 110"', "ابج") != "ابج"


def test_plain_weasyprint_still_needs_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    render.load()
    from weasyprint import svg

    plain: Any = svg.text.remedied
    monkeypatch.setattr(svg, "text", plain)
    monkeypatch.setitem(svg.TAGS, "text", plain)
    assert said(tmp_path, 'x="10"') != WORDS, "WeasyPrint shapes the text of pictures: drawn_text.py can go"


def test_another_weasyprint_is_left_alone() -> None:
    assert not drawn_text.install("71.0")
