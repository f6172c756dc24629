"""What is larger than its place: nothing of it is lost, and it pushes nothing else off the page."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from tests.rendering.pdf.test_searchable import pdf_job

from kitabat.rendering.pdf.proof import proofread
from kitabat.rendering.pdf.render import render_pdf

WORD = "پچتسشضطعغفقک" * 20
PAGE = "@page{size:300px 300px;margin:40px;@top-left{content:string(s)}} p{margin:0} table{width:100%} tr:first-child{break-after:avoid} h2{string-set:s attr(data-title)}"


@pytest.mark.parametrize(
    "body",
    [
        f"<h2 data-title={WORD}>{WORD}</h2><p>متن {'W' * 200} آگے",
        f"<table><thead><tr><th>{WORD}<th>دو</thead><tr><td>الف<td>ب</table>",
        f"<p>متن<table><tr><td>{'متن ' * 150}<td>دو<tr><td>الف<td>ب</table>",
    ],
)
def test_nothing_is_lost_or_off_the_page(body: str) -> None:
    job = pdf_job(body, more=PAGE)
    content = render_pdf(job).content
    assert proofread(job.html, content) == ()
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    for page in document:
        text = page.get_textpage()
        boxes = [text.get_charbox(place) for place in range(text.count_chars())]
        assert all(left >= 0 and right <= page.get_width() for left, _, right, _ in boxes)
        assert all(bottom >= 0 and top <= page.get_height() for _, bottom, _, top in boxes)
    document.close()
