"""The order of characters on the page, in Chromium and in the PDF.

Both lay out the same HTML in the same font, in which each character is a glyph of its own: so the PDF's text can be
told apart glyph by glyph, whatever shaping a real font would do. What is compared are characters sorted by place.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from fontTools import subset
from fontTools.ttLib import TTFont
from selenium.webdriver.chrome.webdriver import WebDriver

from kitabat import resources
from kitabat.language.registry import language
from kitabat.markup.inline import References
from kitabat.model.article import VersionText
from kitabat.model.language import Direction
from kitabat.model.message import TranslationState
from kitabat.rendering.bare import PlainSurroundings
from kitabat.rendering.context import TextView
from kitabat.rendering.notes import Notes
from kitabat.rendering.pdf.render import PdfJob, render_pdf
from kitabat.rendering.typesetter import text_view

TAGS: dict[Direction, str] = {"rtl": "ur", "ltr": "en"}
REFERENCES = References(notes=frozenset({"1", "2", "3"}))
FONT = "kitabat:order.ttf"
LINE = 40
"""Height of a line, in CSS pixels; a PDF has three points for four of them."""
MIRRORED = str.maketrans("()[]{}«»‹›<>“”‘’", "||||||||||||\"\"''")
"""In text from right to left brackets are drawn with their mirror image's glyph, and PDFium mirrors quotation marks."""
SPELT_OUT = str.maketrans({"…": "..."})
"""PDFium spells out ligatures of punctuation."""
STYLE = f"""
html, body {{ margin: 0; padding: 0 }}
section {{ break-after: page }}
p {{ margin: 0 }}
* {{ font-family: Order !important; font-size: 16px !important; font-style: normal !important;
  line-height: {LINE}px !important }}
sup {{ vertical-align: baseline }}
img {{ display: none }}
"""
PLACES = """
return [...document.querySelectorAll('section')].map(page => {
  const found = [], walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT), range = document.createRange();
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


class Lines(NamedTuple):
    """The lines of one page, each from left to right without spaces and vowel signs, as both renderers set them."""

    chromium: list[str]
    pdf: list[str]

    @property
    def break_alike(self) -> bool:
        """Whether each line holds the same characters in both."""
        return [sorted(line) for line in self.chromium] == [sorted(line) for line in self.pdf]


def view(text: str, base: Direction) -> TextView:
    """Return a message as editions set it."""
    tag = TAGS[base]
    notes = Notes(PlainSurroundings(resolve=lambda href: href), {}, lambda number: language(tag).digits[number])
    return text_view(VersionText(text, tag, TranslationState.SOURCE), tag, REFERENCES, notes)


def lines(
    browser: WebDriver, folder: Path, base: Direction, pages: Sequence[str], style: str, print_style: str = ""
) -> list[Lines]:
    """Return the lines of each page; ``pages`` hold HTML, ``print_style`` is for the PDF alone."""
    folder.mkdir(parents=True, exist_ok=True)
    body = "\n".join(f"<section>{page}</section>" for page in pages)
    font, same = _order_font(folder, {character for character in body if character.isprintable()} | {" "})
    start = f'<!doctype html><html lang="{TAGS[base]}" dir="{base}"><meta charset="utf-8"><title>Order</title>'
    theirs = _in_chromium(browser, folder / "order.html", start, style, body, font)
    ours = _in_pdf(start + body, STYLE + style + print_style, font)
    assert len(theirs) == len(ours) == len(pages)
    return [Lines(_visual(one, same), _visual(other, same)) for one, other in zip(theirs, ours, strict=True)]


def _order_font(folder: Path, characters: set[str]) -> tuple[Path, dict[str, str]]:
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
    return place, {chr(code): first.setdefault(glyph, chr(code)) for code, glyph in sorted(font.getBestCmap().items())}


def _in_chromium(browser: WebDriver, page: Path, start: str, style: str, body: str, font: Path) -> list[list[Placed]]:
    face = f'@font-face{{font-family:Order;src:url("{font.name}")}}'
    page.write_text(f"{start}<style>{face}{STYLE}{style}</style>{body}", encoding="utf-8")
    browser.get(page.as_uri())
    browser.execute_async_script("document.fonts.load('16px Order').then(arguments[0])")
    return [[Placed(*one) for one in found] for found in browser.execute_script(PLACES)]


def _in_pdf(html: str, style: str, font: Path) -> list[list[Placed]]:
    face = f'@font-face{{font-family:Order;src:url("{FONT}")}}'
    result = render_pdf(PdfJob("order.pdf", html, face + style, ((FONT, str(font)),)))
    found = []
    document = pypdfium2.PdfDocument(result.content)
    for page in document:
        text, height = page.get_textpage(), page.get_height()
        placed = []
        for index in range(text.count_chars()):
            left, bottom, _, top = text.get_charbox(index, loose=True)
            middle = (height - (bottom + top) / 2) / 0.75
            placed.append(Placed(middle, left / 0.75, text.get_text_range(index, 1)))
        found.append(placed)
    document.close()
    return found


def _visual(placed: Iterable[Placed], same: dict[str, str]) -> list[str]:
    """Return the characters of each line from left to right; lines without any are left out."""
    kept = defaultdict(list)
    for middle, left, text in placed:
        bare = "".join(one for one in unicodedata.normalize("NFD", text) if unicodedata.category(one)[0] in "LNPS")
        kept[int(middle / LINE)].append((round(left, 1), same.get(bare, bare).translate(MIRRORED)))
    found = ("".join(text for _, text in sorted(kept[number])).translate(SPELT_OUT) for number in sorted(kept))
    return [line for line in found if line]
