"""Footnotes longer than a page: in parts, and nothing of them lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rendering.pdf.test_render import FONTS, STYLE
from tests.structure import read
from tests.support import pdf_text

from kitabat import resources
from kitabat.rendering.long_notes import LONG, TAG, parted
from kitabat.rendering.pdf.render import PdfJob, render_pdf
from kitabat.rendering.style import HOUSE_STYLE, SHEETS

SHEET = STYLE + "".join(
    (resources.root() / "templates" / name).read_text(encoding="utf-8")
    for name in (*SHEETS["print"], HOUSE_STYLE.format(style="report"))
)
WORDS = [f"word{number}" for number in range(1500)]
TEXT = " ".join(word + "." * (number % 19 == 0) for number, word in enumerate(WORDS))
PIECES = st.sampled_from(
    ["<em>", "</em>", "<br>", "۔ ", ". ", " ", "لفظ", "word ", "x" * 90, "<a href='#'>in a link. </a>"]
)


def balanced(pieces: list[str]) -> str:
    """Return the pieces with each `em` closed."""
    depth, found = 0, []
    for piece in pieces:
        if piece == "</em>" and not depth:
            continue
        depth += (piece == "<em>") - (piece == "</em>")
        found.append(piece)
    return "".join(found) + "</em>" * depth


@given(st.lists(PIECES, max_size=60).map(balanced))
def test_no_letter_is_lost_and_every_element_is_closed(inside: str) -> None:
    html = f'<p>before <span class="footnote" data-mark="1">{inside}</span> after</p>'
    found = parted(html)
    assert TAG.sub("", found) == TAG.sub("", html)
    assert found.count("<em>") == found.count("</em>")
    assert found.count("in a link. </a>") == html.count("in a link. </a>")
    assert len(TAG.sub("", inside)) > LONG or found == html


def test_parts_end_with_sentences_and_only_the_first_has_a_mark() -> None:
    found = parted(f'<p>a<span class="footnote" data-mark="۱" lang="en"><em id="x">{TEXT}</em></span></p>')
    parts = re.findall(r'<span class="footnote( more)?"([^>]*)><em([^>]*)>(.*?)</em></span>', found)
    assert len(parts) > 20
    assert [bool(more) for more, *_ in parts] == [False] + [True] * (len(parts) - 1)
    assert {attributes for _, attributes, *_ in parts[1:]} == {' lang="en"'}
    assert {own for _, _, own, _ in parts[1:]} == {""}
    assert all(text.rstrip().endswith(".") for *_, text in parts[:-1])


def test_both_languages_of_a_note_stay_beside_one_another() -> None:
    sides = "".join(
        f'<span class="side" lang="{lang}" data-mark="1">{TEXT[:size]}</span>'
        for lang, size in (("ur", 900), ("en", 2500))
    )
    found = parted(f'<span class="footnote" data-mark="1"><span class="pair" dir="rtl">{sides}</span></span>')
    rows = re.findall(r'<span class="pair" dir="rtl">(.*?)</span></span></span>', found)
    assert len(rows) > 3
    assert all(row.count('class="side"') == 2 and row.index('lang="ur"') < row.index('lang="en"') for row in rows)
    assert found.count('data-mark="1"') == 3


@pytest.mark.parametrize("size", ["A4", "A5"])
def test_a_note_longer_than_a_page_is_printed_whole(tmp_path: Path, size: str) -> None:
    body = f'<p>Text<span class="footnote" data-mark="1">{TEXT}</span> after.</p><p>{"Filler. " * 200}</p>'
    html = parted(f'<!doctype html><html lang="en"><title>t</title><body>{body}')
    result = render_pdf(PdfJob("a.pdf", html, f"{SHEET}:root{{--sheet:{size}}}", FONTS))
    (tmp_path / "a.pdf").write_bytes(result.content)
    text = pdf_text(tmp_path / "a.pdf", "-raw")
    assert re.findall(r"word\d+", text) == WORDS
    assert text.count("Filler") == 200
    found = read(result.content)
    assert found.outline == "Document(P(Reference) Note(" + found.all("Note")[0].outline[5:] + " P)"
    assert re.findall(r"word\d+", found.all("Note")[0].text) == WORDS
