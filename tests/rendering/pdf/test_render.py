"""PDFs: closed off, the same each time, and bound on the right side."""

from __future__ import annotations

import gc
import io
import os
import tempfile
from pathlib import Path

import pikepdf
import pytest

from kitabat import resources
from kitabat.rendering.fonts import FACES
from kitabat.rendering.pdf import render
from kitabat.rendering.pdf.render import PdfJob, render_pdf

FONTS = tuple((f"kitabat:{face.path}", str(resources.root() / "fonts" / face.path)) for face in FACES)
STYLE = "".join(face.rule(f"kitabat:{face.path}", "truetype") for face in FACES)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>'


def job(body: str, **more: object) -> PdfJob:
    html = f'<!doctype html><html lang="ur" dir="rtl"><title>عنوان</title><body style="font-family:Kitabat Nastaliq">{body}'
    return PdfJob("a.pdf", html, STYLE, FONTS, **more)  # type: ignore[arg-type]


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


@pytest.mark.parametrize(("right", "direction"), [(True, "/R2L"), (False, "/L2R")])
def test_the_file_says_where_it_is_bound(right: bool, direction: str) -> None:
    pdf = opened(render_pdf(job("<p>متن", binds_right=right)).content)
    assert str(pdf.Root.ViewerPreferences.Direction) == direction
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.Root.Lang) == "ur"
    assert str(pdf.docinfo["/Title"]) == "عنوان"


def test_the_same_job_gives_the_same_bytes() -> None:
    assert render_pdf(job("<p>متن text")).content == render_pdf(job("<p>متن text")).content


def test_only_the_toolkits_fonts_are_used() -> None:
    body = '<p style="font-family:DejaVu Sans">متن <span style="font-family:serif">text</span> 漢'
    pdf = opened(render_pdf(job(body)).content)
    fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert fonts
    assert all(any(name in font for name in ("Noto-N", "Source-Serif", "Fira")) for font in fonts), fonts


def test_nothing_from_elsewhere_is_loaded() -> None:
    addresses = ("http://127.0.0.1:9/a.png", "file:///etc/passwd", "data:text/css,a{}")
    body = "".join(f'<img src="{address}" alt="x">' for address in addresses)
    result = render_pdf(job(body))
    assert len(result.complaints) == len(addresses)
    assert all("not part of the publication" in complaint for complaint in result.complaints)


def test_pictures_of_the_job_are_loaded() -> None:
    result = render_pdf(
        job('<img src="kitabat:a.svg" alt="چوکور">', pictures={"kitabat:a.svg": (SVG, "image/svg+xml")})
    )
    assert result.complaints == ()


def test_a_standard_is_declared() -> None:
    content = render_pdf(job("<p>متن", standards=("pdf/ua-1",))).content
    assert b"pdfuaid" in opened(content).Root.Metadata.read_bytes()


def test_copies_of_fonts_go_when_they_are_needed_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    styled = render._styled.__wrapped__(STYLE, FONTS)
    (folder,) = tmp_path.iterdir()  # that of Fontconfig's settings has gone already
    assert folder.name.startswith("kitabat-")  # of those that are removed when their process has gone
    assert len([*folder.iterdir()]) == len(FACES) + 1
    del styled
    gc.collect()
    assert os.listdir(tmp_path) == []
