"""What becomes of a document once its PDF is written: it is freed, and nobody needs to search for it."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from tests.rendering.pdf.test_render import SVG, job

from kitabat.rendering.pdf import render, rubbish
from kitabat.rendering.pdf.render import render_pdf
from kitabat.rendering.pdf.rubbish import SELDOM, seldom_collected

STYLE = (
    "<style>@page{size:300px 200px;@bottom-center{content:counter(page) ' از ' counter(pages)}}"
    "nav a::after{content:leader('.') target-counter(attr(href),page)}.note{float:footnote}"
    "h2{page-break-before:always}</style>"
)
BODY = (
    "<nav><a href='#one'>پہلا باب</a> <a href='#two'>دوسرا باب</a></nav>"
    "<h2 id=one>پہلا باب</h2><p>متن<span class=note>حاشیہ</span> اور <em>متن</em></p><img src='kitabat:a.svg' alt=''>"
    "<h2 id=two>دوسرا باب</h2><table><tr><td>ایک<td>دو</table><ul><li>تین<li>چار</ul>"
)


@pytest.fixture
def unsearched() -> Iterator[None]:
    render.load()
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def known(*names: str) -> set[int]:
    """Return the objects of some of WeasyPrint's classes that are there."""
    return {id(one) for one in gc.get_objects() if type(one).__name__ in names}


@pytest.mark.usefixtures("unsearched")
def test_a_document_is_freed_without_a_search() -> None:
    one = job(STYLE + BODY, pictures={"kitabat:a.svg": (SVG, "image/svg+xml")})
    before = known("PageBox", "BlockBox", "LineBox", "InlineBox", "TextBox", "TableBox", "StyleFor")
    assert len(render_pdf(one).content) > 1000
    assert known("PageBox", "BlockBox", "LineBox", "InlineBox", "TextBox", "TableBox", "StyleFor") <= before


def test_another_weasyprint_is_left_alone() -> None:
    assert not rubbish.install("71.0")
    assert rubbish.install(render.load().__version__)


def test_python_looks_for_rubbish_less_often_and_then_as_before() -> None:
    before = gc.get_threshold()
    with seldom_collected():
        assert gc.get_threshold() == (max(SELDOM, before[0]) if before[0] else 0, *before[1:])
    assert gc.get_threshold() == before
