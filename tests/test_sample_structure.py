"""The sample's PDFs for readers who hear them, and for archives: standards kept, order and languages of what is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.structure import Element, read
from tests.support import ROOT, kitabat, verapdf
from tests.test_sample import PDFS, SLUGS, dist, publication  # noqa: F401 - fixtures

from kitabat.model.site import BILINGUAL, Edition
from kitabat.publishing.pdf_edition import pdf_job
from kitabat.publishing.press import set_up
from kitabat.publishing.publication import Publication
from kitabat.publishing.studio import order_of
from kitabat.rendering.pdf.render import render_pdf

pytestmark = pytest.mark.slow

ALSO = ("interleaved", "facing", "flip")
"""Layouts of the bilingual edition that the sample's own settings do not ask for."""
LATIN = re.compile(r"[A-Za-z]{3,}")
ARABIC = re.compile(r"[\u0621-\u06d3]{2,}")


@pytest.fixture(scope="module")
def files(dist: Path, publication: Publication, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:  # noqa: F811
    """Give the PDFs of all editions by their path, and those of the other layouts as ``layout/slug``."""
    found = {path: dist / path for path in PDFS}
    folder = tmp_path_factory.mktemp("layouts")
    for layout in ALSO:
        config = replace(publication.config, pdf=replace(publication.config.pdf, layout=layout))
        press = set_up(order_of(replace(publication, config=config), ()))
        manuscript = publication.manuscripts[0]
        place = folder / f"{layout}.pdf"
        place.write_bytes(
            render_pdf(pdf_job(press, manuscript, Edition(manuscript.article.slug, BILINGUAL, "pdf"))).content
        )
        found[f"{layout}/{manuscript.article.slug}"] = place
    return found


@pytest.fixture(scope="module")
def trees(files: dict[str, Path]) -> dict[str, Element]:
    return {path: read(place.read_bytes()) for path, place in files.items()}


def tree_of(trees: dict[str, Element], edition: str, slug: str) -> Element:
    return next(tree for path, tree in trees.items() if path.startswith(f"{edition}/{slug}"))


def test_every_edition_keeps_pdf_ua_and_pdf_a(files: dict[str, Path]) -> None:
    assert len(files) == len(PDFS) + len(ALSO)
    assert verapdf(files.values(), "ua1", "2a") == []


def test_no_ink_meets_other_ink() -> None:
    result = kitabat("check", "--ink", "--project", ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_what_is_read_is_told_apart(trees: dict[str, Element]) -> None:
    for path, tree in trees.items():
        roles = {one.role for one in tree.walk()}
        assert {"H1", "H2", "P", "L", "LI", "LBody", "Link", "TOC", "TOCI", "Reference"} <= roles, path
        assert not roles & {"NonStruct", "Private"}, path
        for level in (2, 3):
            assert f"H{level}" not in roles or f"H{level - 1}" in roles, path
        assert all("/ID" in note.entry for note in tree.all("Note")), path
        assert all(str(figure.entry["/Alt"]).strip() for figure in tree.all("Figure")), path
        assert all(str(link["/Contents"]).strip() for one in tree.all("Link") for link in one.links), path
        assert all(one.links for one in tree.all("Link")), path
        for table in tree.all("Table"):
            assert all(cell.attributes["Scope"] == "/Column" for cell in table.all("TH")), path
            assert all(cell.attributes["Headers"] for cell in table.all("TD") if cell.text), path
    every = {one.role for tree in trees.values() for one in tree.walk()}
    assert {"Note", "Table", "TH", "TD", "Figure", "Caption", "BlockQuote", "Code", "Span"} <= every


def test_running_heads_folios_and_leaders_are_not_read(trees: dict[str, Element]) -> None:
    for path, tree in trees.items():
        assert ". . ." not in tree.text, path
        assert not re.search(r"Page \d+ of \d+|صفحہ [۰-۹]+", tree.text), path
        # The publication's name, which all pages have at their head, is read at the beginning and in the colophon.
        assert [one.text for one in tree.all("P")].count("Aaina") <= 2, path


def test_every_piece_of_text_has_its_language(trees: dict[str, Element]) -> None:
    wrong = [
        (path, lang, text)
        for path, tree in trees.items()
        for text, lang, role in pieces(tree)
        if role != "Code" and ((lang == "ur" and LATIN.search(text)) or (lang == "en" and ARABIC.search(text)))
    ]
    assert wrong == []


def pieces(element: Element) -> Iterator[tuple[str, str, str]]:
    for kid in element.kids:
        if isinstance(kid, str):
            yield kid, element.lang, element.role
        else:
            yield from pieces(kid)


@pytest.mark.parametrize("slug", SLUGS)
def test_both_languages_are_read_in_the_order_of_the_article(trees: dict[str, Element], slug: str) -> None:
    both, english = tree_of(trees, "bilingual", slug), tree_of(trees, "en", slug)
    # The heading of the contents holds both languages; all others stand in pairs, Urdu first.
    headings = [one for one in both.all("H1", "H2", "H3") if "Contents" not in one.text]
    assert [one.lang for one in headings] == ["ur", "en"] * (len(headings) // 2)
    # Beside Urdu, PDFium gives the words of a line in another order.
    told = [letters(one) for one in english.all("H1", "H2", "H3") if one.text != "Contents"]
    assert [letters(one) for one in headings if one.lang == "en"] == told
    # Between two headings each Urdu paragraph has the English one after it.
    runs = [one.lang for section in both.all("Sect") for one in section.all("P") if one.text]
    assert all(runs[place : place + 3] != ["ur"] * 3 for place in range(len(runs)))
    assert runs.count("ur") >= 10


@pytest.mark.parametrize("slug", SLUGS)
def test_the_bilingual_edition_says_all_that_the_english_one_says(trees: dict[str, Element], slug: str) -> None:
    both, english = tree_of(trees, "bilingual", slug), tree_of(trees, "en", slug)
    missing = letters(english) - letters(both)
    # The publication's name and line, and the hyphens of other line breaks, are its own.
    assert not +Counter({one: count for one, count in missing.items() if count > 60}), missing


def letters(tree: Element) -> Counter[str]:
    """Count the letters of English pieces; where lines break, and in which order PDFium gives a line, is no matter."""
    text = "".join(text for text, lang in tree.pieces() if lang == "en")
    return Counter(letter for letter in text.lower() if "a" <= letter <= "z")
