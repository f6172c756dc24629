"""What makes a PDF a book: cross-references, notes numbered by page, cover and colophon, in both languages."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pypdfium2
import pytest
from tests.publishing.projects import SETTINGS, SQUARE, URDU, built, lay_out, translated
from tests.support import pdf_text

from kitabat.catalogs.header import with_field
from kitabat.catalogs.po_file import PoFile
from kitabat.catalogs.sync import po_path
from kitabat.model.site import Edition
from kitabat.publishing.pdf_edition import pdf_job
from kitabat.publishing.press import set_up
from kitabat.publishing.publication import read_publication
from kitabat.workspace import Disk

FILLER = "Words that fill a page and say nothing else. " * 60
ARTICLE = f"""---
title: The *long* story
author: The desk
date: 2026-11-20
updated: 2026-11-22
source: en
sources: ["[The archive](https://archive.example/), 1951", Talks in Lahore]
---

## Part *one* {{#part}}

See [the map](#map){{.page}} and [](#end) with [](second.md), one[^a] two[^b].

{FILLER}

Three[^c] and the first again[^a], and again[^a].

{FILLER}

![A square](first/square.svg "A [linked](#part) caption"){{#map}}

## The `end` {{#end}}

Four[^d] here.

[^a]: Note alpha.
[^b]: Note beta.
[^c]: Note gamma.
[^d]: Note delta.
"""
IN_URDU = {
    "The *long* story": "ایک *لمبی* کہانی",
    "The desk": "ادارہ",
    "Talks in Lahore": "لاہور میں گفتگو",
    "See [the map](#map){.page} and [](#end) with [](second.md), one[^a] two[^b].": (
        "[نقشہ](#map){.page} اور [](#end) مع [](second.md)، ایک[^a] دو[^b]۔"
    ),
    "The `end`": "`end` کا حصہ",
}
PDF = """
[pdf]
style = "reader"
page_size = "A6"
footnotes = "page"
cover = true
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    settings = SETTINGS.replace("[publication]", '[publication]\nbase_url = "https://mirror.example/"')
    files = {"kitabat.toml": settings + PDF, "content/first.md": ARTICLE, "content/first/square.svg": SQUARE}
    translated(lay_out(folder, {**files, "content/second.md": URDU}), IN_URDU)
    disk = Disk(folder)
    path = po_path("first", "ur")
    file = PoFile.parse(disk.read(path), path).value
    assert file is not None
    assert file.header_entry is not None
    header = with_field(file, file.header_entry, "Last-Translator", "Amina Khan <amina@mirror.example>")
    file = file.with_entries([header if entry is file.header_entry else entry for entry in file.all])
    assert file.header_entry is not None
    header = with_field(file, file.header_entry, "PO-Revision-Date", "2026-11-21 10:00+0500")
    disk.write(
        path, file.with_entries([header if entry is file.header_entry else entry for entry in file.all]).content()
    )
    return folder


@pytest.fixture(scope="module")
def dist(project: Path) -> Path:
    out = project / "dist"
    report = built(project, out=out, slugs=("first",))
    assert report.published, report.diagnostics
    assert [found for found in report.diagnostics if found.rule == "rendering/pdf"] == []
    return out


@pytest.fixture(scope="module")
def pages(dist: Path) -> list[str]:
    """Give the text of each page of the English PDF."""
    return pdf_text(dist / "en/first/first-en.pdf", "-raw").split("\f")[:-1]


def html(project: Path, language: str) -> str:
    """Return what an edition's PDF is made from."""
    press = set_up(read_publication(project), ("ur/first/index.html",))
    (manuscript,) = (one for one in press.publication.manuscripts if one.article.slug == "first")
    return unescape(pdf_job(press, manuscript, Edition("first", language, "pdf")).html)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text)).strip()


def page_with(pages: list[str], text: str) -> int:
    (number,) = [number for number, page in enumerate(pages, start=1) if text in page]
    return number


def test_references_name_the_page(pages: list[str]) -> None:
    first = next(page for page in pages if "See the map" in page)
    words = re.sub(r"\s+", " ", first)
    assert f"See the map (see page {page_with(pages, 'A linked caption')}) and page " in words
    assert f"and page {page_with(pages, 'Four')} with " in words
    assert page_with(pages, "Four") > 4


def test_references_speak_the_language_of_their_text(project: Path) -> None:
    in_urdu = html(project, "ur")
    assert 'نقشہ <bdi dir="rtl">(دیکھیے صفحہ <span class="page-of" data-target="#map"></span>)</bdi></a>' in in_urdu
    assert '<a href="#end"><bdi dir="rtl">صفحہ <span class="page-of" data-target="#end"></span></bdi></a>' in in_urdu
    assert "مع دوسری خبر،" in in_urdu


def test_on_the_web_a_reference_is_a_plain_link(dist: Path) -> None:
    english = unescape((dist / "en/first/index.html").read_text("utf-8"))
    assert '<a class="page" href="#map">the map</a> and <a href="#end">The <code dir="ltr">end</code></a>' in english
    urdu = unescape((dist / "ur/first/index.html").read_text("utf-8"))
    assert '<a href="#end"><code dir="ltr">end</code> کا حصہ</a>' in urdu
    assert "page-of" not in english + urdu


def test_notes_begin_at_one_on_each_page(pages: list[str]) -> None:
    with_notes = {number: re.findall(r"^(\d+)\. Note (\w+)\.", page, re.MULTILINE) for number, page in enumerate(pages)}
    found = [notes for notes in with_notes.values() if notes]
    assert found == [[("1", "alpha"), ("2", "beta")], [("1", "gamma"), ("2", "alpha")], [("1", "delta")]]


def test_marks_have_the_numbers_of_their_notes(pages: list[str]) -> None:
    text = re.sub(r"\s+", "", "".join(pages))
    assert "one1two2" in text
    assert "Three1andthefirstagain2,andagain2." in text
    assert "Four1here" in text


def test_a_cover_without_folio_stands_before_the_first_page(pages: list[str]) -> None:
    cover = re.sub(r"\s+", " ", pages[0])
    assert cover.strip().startswith("Mirror")
    assert "The long story" in cover
    assert "The desk" in cover
    assert "November 20, 2026" in cover
    assert "Page" not in cover
    assert f"Page 2 of {len(pages)}" in pages[1]


def test_the_bilingual_cover_has_both_languages(dist: Path) -> None:
    cover = pdf_text(dist / "bilingual/first/first-bilingual.pdf", "-l", "1")
    assert "The long story" in cover
    with pypdfium2.PdfDocument(dist / "bilingual/first/first-bilingual.pdf") as document:
        assert document[0].get_size() == pytest.approx((297.6, 419.5), abs=1)


def test_the_colophon_of_the_original(pages: list[str]) -> None:
    last = re.sub(r"\s+", " ", "".join(pages[-2:]))
    for words in (
        "Published November 20, 2026",
        "Updated November 22, 2026",
        "Sources",
        "The archive, 1951",
        "Talks in",
    ):
        assert words in last
    assert "Translated" not in last
    assert "Amina" not in last


def test_the_colophon_of_a_translation(project: Path) -> None:
    imprint = plain(html(project, "ur").partition('<footer class="imprint"')[2].partition(">")[2])
    for words in (
        "انگریزی سے ترجمہ: Amina Khan",
        "اصل عنوان: The long story",
        "ترجمے پر نظرِ ثانی: ۲۱ نومبر، ۲۰۲۶",
        "مآخذ",
        "لاہور میں گفتگو",
        "https://mirror.example/ur/first/",
    ):
        assert words in imprint, imprint
    assert "amina@" not in html(project, "ur")


def test_the_colophon_beside_a_translation(project: Path) -> None:
    imprint = plain(html(project, "bilingual").partition('<footer class="imprint"')[2].partition(">")[2])
    assert "Translated into Urdu by Amina Khan" in imprint
    assert "انگریزی سے ترجمہ: Amina Khan" in imprint


def test_neither_where_the_settings_say_so(project: Path) -> None:
    settings = project / "kitabat.toml"
    before = settings.read_text("utf-8")
    try:
        settings.write_text(before.replace("cover = true", "cover = false\ncolophon = false"), "utf-8")
        bare = html(project, "en")
    finally:
        settings.write_text(before, "utf-8")
    assert 'class="cover"' not in bare
    assert 'class="imprint"' not in bare
