"""Booklets: sheets that, stacked, folded and opened, are read from the first page to the last."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rendering.pdf.test_render import job
from tests.support import pdf_text, qpdf_check, run, tool

from kitabat.rendering.pdf.impose import booklet, sheets
from kitabat.rendering.pdf.render import render_pdf

NAMES = ("alif", "bay", "pay", "tay", "jeem", "chay", "hay")
"""One on each page: words that a booklet's pages are known by."""


def leafed_through(sides: list[tuple[int | None, int | None]], *, from_left: bool) -> list[int | None]:
    """Return the pages as a reader meets them who opens the folded stack, spine at one side, from its outside."""
    fronts, backs = sides[::2], sides[1::2]
    first, last = (1, 0) if from_left else (0, 1)
    opening = [page for front, back in zip(fronts, backs, strict=True) for page in (front[first], back[last])]
    closing = [page for front, back in zip(fronts, backs, strict=True) for page in (front[last], back[first])]
    return opening + closing[::-1]


@given(st.integers(1, 200), st.booleans())
def test_a_folded_stack_is_read_in_order(count: int, binds_right: bool) -> None:
    sides = sheets(count, binds_right=binds_right)
    assert len(sides) % 2 == 0
    assert len(sides) == -(-count // 4) * 2
    empty = [None] * (len(sides) * 2 - count)
    assert leafed_through(sides, from_left=not binds_right) == [*range(count), *empty]


def test_backs_lie_behind_their_fronts() -> None:
    # A leaf is one half of a sheet: page 1 of a book has page 2 behind it, at the other side of the sheet's back.
    for binds_right in (True, False):
        sides = sheets(12, binds_right=binds_right)
        for front, back in zip(sides[::2], sides[1::2], strict=True):
            leaves = {frozenset((front[0], back[1])), frozenset((front[1], back[0]))}
            assert all(max(leaf) - min(leaf) == 1 and min(leaf) % 2 == 0 for leaf in leaves)  # type: ignore[type-var,operator]


@pytest.fixture(scope="module")
def pages() -> bytes:
    """Give a PDF of seven pages, each with its name."""
    style = '<style>@page { size: 300px 400px } p { break-after: page; font-family: "Kitabat Serif" }</style>'
    return render_pdf(job(style + "".join(f"<p>{name}</p>" for name in NAMES[:-1]) + NAMES[-1])).content


@pytest.mark.parametrize("binds_right", [True, False])
def test_pages_stand_whole_on_their_halves(pages: bytes, binds_right: bool, tmp_path: Path) -> None:
    path = tmp_path / "booklet.pdf"
    path.write_bytes(booklet(pages, binds_right=binds_right))
    assert qpdf_check(path) == []
    with pikepdf.open(path) as pdf:
        boxes = {tuple(float(side) for side in page.mediabox) for page in pdf.pages}
        assert boxes == {(0, 0, 450, 300)}
        assert str(pdf.Root.ViewerPreferences.Duplex) == "/DuplexFlipShortEdge"
        assert str(pdf.Root.ViewerPreferences.Direction) == ("/R2L" if binds_right else "/L2R")
        assert str(pdf.docinfo["/Title"]) == "عنوان"
    found = []
    for number in range(1, 5):
        halves = (("-x", str(x), "-y", "0", "-W", "225", "-H", "300") for x in (0, 225))
        found.append(tuple(pdf_text(path, "-f", str(number), "-l", str(number), *half).strip() for half in halves))
    named = [*NAMES, ""]
    expected = [
        tuple(named[-1 if page is None else page] for page in side)
        for side in sheets(len(NAMES), binds_right=binds_right)
    ]
    assert found == expected


def test_a_booklet_is_read_in_the_order_of_its_pages(pages: bytes, tmp_path: Path) -> None:
    path = tmp_path / "booklet.pdf"
    path.write_bytes(booklet(pages, binds_right=True))
    told = run(tool("pdfinfo"), "-struct-text", path).stdout
    assert re.findall(r'"\s*(\w+)\s*"', told) == list(NAMES)


def test_links_are_left_out_and_their_words_stay(tmp_path: Path) -> None:
    path = tmp_path / "booklet.pdf"
    content = render_pdf(
        job('<p>see <a href="https://example.org/">this</a> or <a href="#x">that</a><p id="x">there')
    ).content
    path.write_bytes(booklet(content, binds_right=False))
    with pikepdf.open(path) as pdf:
        assert not any("/Annots" in page for page in pdf.pages)
        assert all(isinstance(owners, pikepdf.Array) for owners in pdf.Root.StructTreeRoot.ParentTree.Nums[1::2])
    assert re.findall(r'"\s*(\w+)\s*"', run(tool("pdfinfo"), "-struct-text", path).stdout) == [
        "see",
        "this",
        "or",
        "that",
        "there",
    ]


def test_the_same_pages_give_the_same_booklet(pages: bytes) -> None:
    assert booklet(pages, binds_right=True) == booklet(pages, binds_right=True)


def test_pages_of_several_sizes_are_centred(pages: bytes) -> None:
    with pikepdf.open(io.BytesIO(pages)) as pdf:
        pdf.pages[2].mediabox = pdf.pages[2].trimbox = pikepdf.Array([0, 0, 425, 300])
        mixed = io.BytesIO()
        pdf.save(mixed)
    with pikepdf.open(io.BytesIO(booklet(mixed.getvalue(), binds_right=False))) as made:
        assert {tuple(float(side) for side in page.mediabox) for page in made.pages} == {(0, 0, 850, 300)}
