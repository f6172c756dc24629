"""The repository's own publication, built whole: what readers get, held to what others' checkers and the eye ask for."""

from __future__ import annotations

import base64
import io
import itertools
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import filelock
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter
from selenium.webdriver import Chrome
from tests.atom import alternates_in, faults_of_feed, faults_of_site_map
from tests.support import ROOT, axe_violations, kitabat, msgfmt_check, nu_check, qpdf_check, serve

from kitabat.model.article import BlockKind
from kitabat.publishing.build import BuildRequest, build
from kitabat.publishing.publication import Publication, read_publication

pytestmark = pytest.mark.slow

BASE = "https://aaina.example/"
SLUGS = ("katib-to-computer", "russia-north-korea")
ARTICLES = tuple(f"{tag}/{slug}" for tag in ("ur", "en", "bilingual") for slug in SLUGS)
PAGES = ("index.html", "ur/index.html", "en/index.html", *(f"{article}/index.html" for article in ARTICLES))
URDU_PAGES = tuple(page for page in PAGES if not page.startswith("en/"))
PDFS = tuple(f"{article}/{article.split('/')[1]}-{article.split('/')[0]}.pdf" for article in ARTICLES)
PAGE_COUNTS = {
    "ur/katib-to-computer": range(4, 7),
    "en/katib-to-computer": range(3, 6),
    "bilingual/katib-to-computer": range(5, 9),
    "ur/russia-north-korea": range(10, 15),
    "en/russia-north-korea": range(8, 12),
    "bilingual/russia-north-korea": range(14, 21),
}
"""What the text needs when it is set well: more pages mean that some stand half empty."""
FAMILIES = ("Kitabat-Nastaliq", "Kitabat-Naskh", "Kitabat-Serif", "Kitabat-Mono")
URDU_DIGITS = re.compile("[۰-۹]+")
LATIN_DIGITS = re.compile("[0-9]+")
DPI = 72
EDGE = 9
"""Millimetres at the edge of a sheet where nothing is printed."""
CLEAR = 1.5
"""Millimetres without ink between running head and text, and between text and folio."""
HEAD_ZONE, FOOT_ZONE = 34, 31
"""Millimetres from the top and the bottom of a sheet that hold the running head and the folio, and what is clear."""
DARK = 160
"""Grey values below it are ink."""
PRIMARY_COLOURS = """
const style = document.createElement('style');
style.textContent = `
  * { background: #fff !important; border-color: #fff !important; box-shadow: none !important;
      color: #00f !important; outline: 0 !important; text-decoration: none !important; transition: none !important }
  *::before, *::after, ::marker { color: #00f !important }
  :is(h1, h2, h3, h4), :is(h1, h2, h3, h4) * { color: #f00 !important }
  img, .replies { visibility: hidden }`;
document.head.append(style);
"""
"""Headings red, all else blue, on white."""
SCROLLERS = """
return [...document.querySelectorAll('body *')]
  .filter(box => !box.matches('input, textarea'))
  .filter(box => ['overflowX', 'overflowY'].some(side => getComputedStyle(box)[side] !== 'visible'))
  .filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.outerHTML.slice(0, 80));
"""
UNCLIPPED = """
const style = document.createElement('style');
style.textContent = '* { clip-path: none !important; contain: none !important; overflow: visible !important }';
document.head.append(style);
"""


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the repository's publication once, whichever of the run's workers comes first."""
    shared = tmp_path_factory.getbasetemp()
    if shared.name.startswith("popen-"):
        shared = shared.parent
    out = shared / "sample" / "dist"
    with filelock.FileLock(shared / "sample.lock"):
        if not (out / "manifest.json").exists():
            report = build(BuildRequest(ROOT, out=out), lambda *_: None)
            assert report.published
            assert report.diagnostics == ()
    return out


@pytest.fixture(scope="session")
def site(dist: Path) -> Iterator[str]:
    """Serve the publication."""
    with serve(dist) as address:
        yield address


@pytest.fixture(scope="session")
def publication() -> Publication:
    """Give the publication as read from its files."""
    return read_publication(ROOT)


@pytest.fixture
def screen(browser: Chrome) -> Iterator[Chrome]:
    """Give the browser; afterwards its size and colours are as before."""
    yield browser
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def show(screen: Chrome, url: str, width: int, scheme: str = "light") -> None:
    """Open a page on a screen of a width in CSS pixels, and wait for its fonts."""
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    screen.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    colours = [{"name": "prefers-color-scheme", "value": scheme}]
    screen.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": colours})
    screen.get(url)
    screen.execute_async_script("document.fonts.ready.then(arguments[0])")


def picture(screen: Chrome) -> Image.Image:
    """Return the whole page as it is on the screen."""
    shot = screen.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True})
    return Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("RGB")


def sheets(path: Path) -> Iterator[Image.Image]:
    """Yield the pages of a PDF in grey."""
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            yield page.render(scale=DPI / 72).to_pil().convert("L")


def rows_with_ink(sheet: Image.Image) -> list[bool]:
    """Tell of each row of a sheet whether there is ink in it."""
    ink = sheet.point(lambda grey: 255 if grey < DARK else 0)
    return [ink.crop((0, row, ink.width, row + 1)).getbbox() is not None for row in range(ink.height)]


def pixels(millimetres: float) -> int:
    """Return a length on a sheet in pixels."""
    return round(millimetres * DPI / 25.4)


def longest_gap(rows: list[bool]) -> int:
    """Return the greatest number of rows without ink that lie between rows with ink."""
    runs = [(inked, len(list(run))) for inked, run in itertools.groupby(rows)]
    return max((length for inked, length in runs[1:-1] if not inked), default=0)


def text_between(page: pypdfium2.PdfPage, bottom: float, top: float) -> str:
    """Return the text in a band of a page, in millimetres from its foot."""
    points = 72 / 25.4
    return str(page.get_textpage().get_text_bounded(bottom=bottom * points, top=top * points))


def digits_of(edition: str) -> re.Pattern[str]:
    """Return the digits that an edition's frame is set in."""
    return LATIN_DIGITS if edition.startswith("en/") else URDU_DIGITS


def test_every_edition_is_there_and_complete(dist: Path) -> None:
    files = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert set(PAGES) | set(PDFS) <= set(files)
    covered = {path: entry["coverage"] for path, entry in files.items() if "coverage" in entry}
    assert len(covered) >= len(ARTICLES)
    assert set(covered.values()) == {1.0}
    assert not [page for page in PAGES if 'class="notice"' in (dist / page).read_text(encoding="utf-8")]


def test_feeds_and_the_site_map_lead_to_pages_that_there_are(dist: Path) -> None:
    for tag in ("ur", "en"):
        content = (dist / tag / "feed.xml").read_bytes()
        assert faults_of_feed(content) == []
        entries = feedparser.parse(content).entries
        assert [entry.link.removeprefix(BASE) for entry in entries] == [f"{tag}/{slug}/" for slug in reversed(SLUGS)]
        for entry in entries:
            page = (dist / entry.link.removeprefix(BASE) / "index.html").read_text(encoding="utf-8")
            assert f"<title>{entry.title} · " in page
            assert f'content="{entry.summary}"' in page
    content = (dist / "sitemap.xml").read_bytes()
    assert faults_of_site_map(content) == []
    found = {address.removeprefix(BASE) + "index.html" for address in alternates_in(ElementTree.fromstring(content))}
    assert found == set(PAGES)


def test_the_catalogs_are_complete_in_both_languages(publication: Publication) -> None:
    shares = {
        (manuscript.article.slug, tag): coverage.share
        for manuscript in publication.manuscripts
        for tag, coverage in manuscript.coverage.items()
    }
    assert shares == dict.fromkeys(itertools.product(SLUGS, ("ur", "en")), 1.0)


def test_the_sample_uses_every_kind_of_block(publication: Publication) -> None:
    articles = [manuscript.article for manuscript in publication.manuscripts]
    tops = [block for one in articles for section in one.sections for block in section.blocks]
    notes = [note for one in articles for note in one.notes.values()]
    used = {block.kind for top in (*tops, *notes) for block in top.walk()}
    # Headings stand in sections, not among blocks.
    assert used == set(BlockKind) - {BlockKind.HEADING}
    assert {one.front.source for one in articles} == {"en", "ur"}


def test_the_sample_uses_every_kind_of_markup_inside_a_block(dist: Path) -> None:
    text = "".join((dist / page).read_text(encoding="utf-8") for page in PAGES)
    marks = ("<em>", "<strong>", "<code", "<br>", 'class="noteref"', 'lang="ar"', 'href="https://', "<ol", "<ul", "<dl")
    assert [mark for mark in marks if mark not in text] == []


def test_commands_find_nothing_to_do_or_to_mend() -> None:
    for command in (("sync", "--check"), ("check",)):
        result = kitabat(*command, "--project", ROOT)
        assert result.returncode == 0, result.stdout + result.stderr


def test_catalogs_are_valid_to_gettext() -> None:
    catalogs = sorted((ROOT / "locales").rglob("*.po*"))
    assert len(catalogs) == 9
    assert {path.name: found for path in catalogs if (found := msgfmt_check(path))} == {}


def test_pages_style_sheets_and_pictures_are_valid(dist: Path) -> None:
    assert nu_check([*(dist / page for page in PAGES), *dist.glob("assets/*.svg")]) == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_are_accessible(site: str, screen: Chrome, width: int, scheme: str) -> None:
    found = {}
    show(screen, f"{site}/{PAGES[0]}", width, scheme)
    for page in PAGES:
        found[page] = axe_violations(screen, f"{site}/{page}")
    assert {page: faults for page, faults in found.items() if faults} == {}


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 768])
def test_no_page_is_wider_than_its_screen(site: str, screen: Chrome, width: int) -> None:
    wide = {}
    for page in PAGES:
        show(screen, f"{site}/{page}", width)
        wide[page] = screen.execute_script("return document.documentElement.scrollWidth")
    assert {page: found for page, found in wide.items() if found > width} == {}


@pytest.mark.browser
def test_tables_of_short_columns_fit_a_telephone(site: str, screen: Chrome) -> None:
    for page in ("en/russia-north-korea/", "ur/russia-north-korea/"):
        show(screen, f"{site}/{page}", 390)
        widths = "const box = document.querySelector('.scroll'); return [box.scrollWidth, box.clientWidth]"
        needed, there = screen.execute_script(widths)
        assert needed <= there, page


@pytest.mark.browser
def test_no_ink_is_cut_off_on_the_screen(site: str, screen: Chrome) -> None:
    for page in URDU_PAGES:
        show(screen, f"{site}/{page}", 1280)
        assert screen.execute_script(SCROLLERS) == [], page
        before = picture(screen)
        screen.execute_script(UNCLIPPED)
        assert ImageChops.difference(before, picture(screen)).getbbox() is None, page


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_headings_do_not_touch_what_is_around_them(site: str, screen: Chrome, width: int) -> None:
    for page in URDU_PAGES:
        show(screen, f"{site}/{page}", width)
        screen.execute_script(PRIMARY_COLOURS)
        red, _, blue = picture(screen).split()
        headings = ImageChops.subtract(red, blue).point(lambda value: 255 if value > 100 else 0)
        others = ImageChops.subtract(blue, red).point(lambda value: 255 if value > 100 else 0)
        assert headings.getbbox(), page
        assert others.getbbox() or page == "index.html", page
        touching = ImageChops.multiply(headings.filter(ImageFilter.MaxFilter(3)), others)
        assert touching.getbbox() is None, (page, touching.getbbox())


@pytest.mark.parametrize("path", PDFS)
def test_pdfs_are_sound(dist: Path, path: str) -> None:
    assert qpdf_check(dist / path) == []
    with pikepdf.open(dist / path) as pdf:
        assert len(pdf.pages) in PAGE_COUNTS[path.rpartition("/")[0]]
        urdu = not path.startswith("en/")
        assert str(pdf.Root.ViewerPreferences.Direction) == ("/R2L" if urdu else "/L2R")
        assert str(pdf.Root.Lang) == ("ur" if urdu else "en")
        assert str(pdf.docinfo["/Author"]).startswith("آئینہ" if urdu else "Aaina")
        fonts = {
            str(font.BaseFont).partition("+")[2]
            for page in pdf.pages
            for font in page.resources.get("/Font", {}).values()
        }
    assert fonts
    assert [font for font in fonts if not font.startswith(FAMILIES)] == []


@pytest.mark.parametrize("path", PDFS)
def test_bookmarks_are_the_titles(dist: Path, path: str) -> None:
    edition, slug = path.split("/")[:2]
    tag = "en" if edition == "en" else "ur"
    page = (dist / tag / slug / "index.html").read_text(encoding="utf-8")
    titles = [unescape(title) for title in re.findall(r'data-title="([^"]+)"', page)]
    with pikepdf.open(dist / path) as pdf, pdf.open_outline() as outline:
        (top,) = outline.root
        assert [entry.title for entry in top.children] == titles
        assert str(pdf.docinfo["/Title"]).partition(" · ")[0] == top.title
    assert len(titles) >= 4


@pytest.mark.parametrize("path", PDFS)
def test_folios_and_contents_have_the_digits_of_the_language(dist: Path, path: str) -> None:
    digits = digits_of(path)
    with pypdfium2.PdfDocument(dist / path) as document:
        total = len(document)
        for number, page in enumerate(document, start=1):
            folio = text_between(page, 0, FOOT_ZONE - 12)
            assert sorted(map(int, digits.findall(folio))) == sorted((number, total)), (number, folio)
        # Marks that no one sees keep what readers take for the order of the signs of a line.
        first = document[0].get_textpage().get_text_range().replace("\u061c", "")
    leaders = sum(1 for line in first.splitlines() if " . . ." in line or ". . . " in line)
    assert leaders >= 4
    numbers = {int(found) for found in digits.findall(first)}
    assert len(numbers & set(range(2, total + 1))) >= 3


@pytest.mark.parametrize("path", PDFS)
def test_ink_keeps_off_the_edges_the_running_heads_and_the_folios(dist: Path, path: str) -> None:
    for number, sheet in enumerate(sheets(dist / path), start=1):
        box = sheet.point(lambda grey: 255 if grey < DARK else 0).getbbox()
        assert box is not None, number
        edge = pixels(EDGE)
        assert box[0] >= edge, number
        assert box[1] >= edge, number
        assert box[2] <= sheet.width - edge, number
        assert box[3] <= sheet.height - edge, number
        rows = rows_with_ink(sheet)
        assert longest_gap([True, *rows[-pixels(FOOT_ZONE) :]]) >= pixels(CLEAR), number
        if number > 1:
            assert longest_gap([*rows[: pixels(HEAD_ZONE)], True]) >= pixels(CLEAR), number


@pytest.mark.parametrize("path", PDFS)
def test_no_page_but_the_last_is_less_than_half_full(dist: Path, path: str) -> None:
    *full, _ = sheets(dist / path)
    for number, sheet in enumerate(full, start=1):
        rows = rows_with_ink(sheet)[: -pixels(FOOT_ZONE)]
        last = max(row for row, inked in enumerate(rows) if inked)
        assert last > sheet.height * 0.5, number
