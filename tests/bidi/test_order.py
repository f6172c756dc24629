"""The order on the page: every sentence stands in the PDF as it stands in Chromium, character by character.

Both lay out the same HTML in the same font, in which each character is a glyph of its own: so the PDF's text can be
told apart glyph by glyph, whatever shaping a real font would do. What is compared are characters sorted by place.
"""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from kitabat.language.registry import language
from markupsafe import escape
from selenium.webdriver.chrome.webdriver import WebDriver

from kitabat import resources
from kitabat.markup.html import inline_html
from kitabat.markup.inline import References
from kitabat.rendering.notes import Notes
from kitabat.rendering.pdf.render import PdfJob, render_pdf
from kitabat.rendering.typesetter import PlainSurroundings, tree

SENTENCES = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))["sentence"]
TAGS = {"rtl": "ur", "ltr": "en"}
FONT = "kitabat:order.ttf"
LINE = 40
"""Height of a line, in CSS pixels; a PDF has three points for four of them."""
ROOM = 2
"""Lines that each sentence has room for."""
MIRRORED = str.maketrans("()[]{}«»‹›<>“”‘’", "||||||||||||\"\"''")
"""In text from right to left brackets are drawn with their mirror image's glyph, and PDFium mirrors quotation marks."""
STYLE = f"""
@page {{ size: 2400px {LINE * 600}px; margin: 0 }}
html, body {{ margin: 0; padding: 0 }}
p {{ margin: 0; height: {ROOM * LINE}px; line-height: {LINE}px; white-space: nowrap; padding: 0 20px }}
* {{ font-family: Order !important; font-size: 16px !important; font-style: normal !important }}
sup {{ vertical-align: baseline }}
img {{ display: none }}
"""
PLACES = """
return [...document.querySelectorAll('p')].map(line => {
  const found = [], walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let node; (node = walker.nextNode());) {
    for (let at = 0; at < node.data.length; at++) {
      range.setStart(node, at); range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      if (box.width > 0.01) found.push([(box.top + box.bottom) / 2 + scrollY, box.left, node.data[at]]);
    }
  }
  return found;
});
"""


class Placed(NamedTuple):
    """A character and its place, in CSS pixels."""

    middle: float
    """From the top of the page."""
    left: float
    text: str


class Sheet(NamedTuple):
    """The sentences as one document, and what both renderers made of it."""

    chromium: list[str]
    pdf: list[str]


def html_of(sentence: dict[str, Any]) -> str:
    """Return a sentence as editions set it."""
    base = sentence["base"]
    tag = TAGS[base]
    references = References(notes=frozenset({"1", "2", "3"}))
    notes = Notes(PlainSurroundings(resolve=lambda href: href), {}, lambda number: language(tag).digits[number])
    html = inline_html(tree(sentence["text"], tag, base, references), notes)
    return f'<p id="{escape(sentence["id"])}" lang="{tag}" dir="{base}">{html}</p>'


def order_font(folder: Path, characters: set[str]) -> tuple[Path, dict[str, str]]:
    """Make a font without any shaping, one glyph a character; and say which characters share one."""
    source = resources.root() / "fonts" / "noto-naskh-arabic" / "NotoNaskhArabic-Regular.ttf"
    options = subset.Options(layout_features=[], notdef_outline=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "kern"]
    font = TTFont(source)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in characters])
    subsetter.subset(font)
    place = folder / "order.ttf"
    font.save(place)
    first: dict[str, str] = {}
    same = {chr(code): first.setdefault(glyph, chr(code)) for code, glyph in sorted(font.getBestCmap().items())}
    return place, same


def in_chromium(browser: WebDriver, folder: Path, body: str, font: Path) -> list[list[Placed]]:
    """Return each line's characters with their places from the left."""
    face = f'@font-face{{font-family:Order;src:url("{font.name}")}}'
    page = folder / "order.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><style>{face}{STYLE}</style>{body}", encoding="utf-8")
    browser.get(page.as_uri())
    browser.execute_async_script("document.fonts.load('16px Order').then(arguments[0])")
    return [[Placed(*one) for one in line] for line in browser.execute_script(PLACES)]


def in_pdf(body: str, font: Path, lines: int) -> list[list[Placed]]:
    """Return each line's characters with their places from the left."""
    face = f'@font-face{{font-family:Order;src:url("{FONT}")}}'
    html = f"<!doctype html><meta charset=utf-8><title>Order</title>{body}"
    result = render_pdf(PdfJob("order.pdf", html, face + STYLE, ((FONT, str(font)),)))
    document = pypdfium2.PdfDocument(result.content)
    page = document[0]
    text = page.get_textpage()
    found: list[list[Placed]] = [[] for _ in range(lines)]
    for index in range(text.count_chars()):
        left, bottom, _, top = text.get_charbox(index, loose=True)
        middle = (page.get_height() - (bottom + top) / 2) / 0.75
        number = int(middle / (ROOM * LINE))
        if number < lines:
            found[number].append(Placed(middle, left / 0.75, text.get_text_range(index, 1)))
    document.close()
    return found


def visual(placed: list[Placed], same: dict[str, str]) -> str:
    """Return a sentence's characters by line from left to right, without spaces and vowel signs."""
    kept = []
    for middle, left, text in placed:
        bare = "".join(one for one in unicodedata.normalize("NFD", text) if unicodedata.category(one)[0] in "LNPS")
        kept.append((int(middle / LINE), round(left, 1), same.get(bare, bare).translate(MIRRORED)))
    return "".join(text for _, _, text in sorted(kept))


@pytest.fixture(scope="module")
def sheet(browser: WebDriver, tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    folder = tmp_path_factory.mktemp("bidi")
    body = "\n".join(map(html_of, SENTENCES))
    characters = {character for character in body if character.isprintable()} - {" "} | {" "}
    font, same = order_font(folder, characters)
    theirs = in_chromium(browser, folder, body, font)
    ours = in_pdf(body, font, len(SENTENCES))
    return Sheet([visual(one, same) for one in theirs], [visual(one, same) for one in ours])


def test_there_are_enough_sentences_of_both_kinds() -> None:
    assert len(SENTENCES) >= 60
    assert {sentence["base"] for sentence in SENTENCES} == {"rtl", "ltr"}


@pytest.mark.browser
@pytest.mark.parametrize("number", range(len(SENTENCES)), ids=[sentence["id"] for sentence in SENTENCES])
def test_the_pdf_has_chromiums_order(sheet: Sheet, number: int) -> None:
    letters = sum(character.isalnum() for character in SENTENCES[number]["text"].partition("](")[0])
    assert len(sheet.chromium[number]) >= letters // 2
    assert sheet.pdf[number] == sheet.chromium[number]
