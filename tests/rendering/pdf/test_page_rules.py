"""Where pages and columns end: never after a heading, never with a lone line; heads of tables come again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2
import pytest
from tests.rendering.pdf.boxes import laid_out
from tests.rendering.test_style import sheet

TEXT = "یہ متن ہے اور لمبا ہے۔ "
HEADINGS = {"h2", "h3", "caption", "dt"}
BLOCKS = {
    "paragraph": f"<p>{TEXT * 30}</p>",
    "list": "<ul>" + "<li>ایک بات ہے جو لکھی گئی</li>" * 6 + "</ul>",
    "table": "<table><caption>عنوان</caption><tbody>"
    + "<tr><td>۱۹۴۵</td><td>تقسیم</td></tr>" * 12
    + "</tbody></table>",
    "quotation": f"<blockquote><p>{TEXT * 5}</p></blockquote>",
    "long quotation": f'<blockquote class="long"><p>{TEXT * 50}</p></blockquote>',
    "aside": f"<aside><p>{TEXT * 5}</p></aside>",
    "long aside": f'<aside class="long"><p>{TEXT * 50}</p></aside>',
    "terms": "<dl>" + "<dt>لفظ</dt><dd>معنی کی تفصیل یہاں ہے</dd>" * 5 + "</dl>",
    "smaller heading": f"<section><h3 data-title=x>ذیلی سرخی</h3><p>{TEXT * 20}</p></section>",
    "notice": f"<p class=notice>یہ حصہ ابھی ترجمہ نہیں ہوا</p><p>{TEXT * 20}</p>",
}


class Leaf(NamedTuple):
    """A piece of text on a page."""

    page: int
    tags: frozenset[str]
    block: int
    """Tells one block's pieces from another's; the same on all pages."""
    top: float
    left: float


def leaves(style: str, body: str) -> list[Leaf]:
    html = (
        f'<html lang="ur" dir="rtl"><body class="print-article"><main><article><div class="columns"><div class="text">'
        f"{body}</div></div></article></main></body></html>"
    )
    found: list[Leaf] = []
    for number, page in enumerate(laid_out(html, style).pages):
        (root,) = (box for box in page._page_box.children if box.element_tag == "html")
        found += _leaves(root, number, frozenset(), 0)
    return found


def _leaves(box: Any, page: int, tags: frozenset[str], block: int) -> Iterator[Leaf]:
    tags = tags | {box.element_tag}
    block = id(box.element) if box.element_tag in {"p", "li", "dd", "h2", "h3"} else block
    if getattr(box, "text", "").strip():
        yield Leaf(page, tags, block, box.position_y, box.position_x)
    for child in getattr(box, "children", ()):
        yield from _leaves(child, page, tags, block)


def parts(found: list[Leaf]) -> list[list[Leaf]]:
    """Return the text of each page or column: it begins where text stands higher than what was before it."""
    cut: list[list[Leaf]] = [[]]
    for leaf in found:
        if cut[-1] and (leaf.page != cut[-1][-1].page or leaf.top < cut[-1][-1].top - 40):
            cut.append([])
        cut[-1].append(leaf)
    return cut


@pytest.mark.parametrize("kind", BLOCKS)
@pytest.mark.parametrize("style", ["reader", "newspaper"])
def test_no_heading_is_the_last_of_a_page_or_column(style: str, kind: str) -> None:
    css = sheet(style=style) + "@page { size: 148mm 110mm }"
    for height in range(40, 240, 40):
        body = f'<p style="height:{height}px">پہلے</p><section><h2 data-title="x">ایک سرخی یہاں</h2>{BLOCKS[kind]}</section>'
        ends = [part[-1].tags & HEADINGS for part in parts(leaves(css, body))]
        assert not any(ends), height


def test_no_line_of_a_paragraph_stands_alone() -> None:
    css = sheet(style="reader") + "@page { size: 148mm 110mm }"
    for height in range(0, 120, 12):
        body = f'<div style="height:{height}px"></div>' + f"<p>{TEXT * 16}</p>" * 6
        of_pages = parts(leaves(css, body))
        assert len(of_pages) > 2
        for part in of_pages:
            counts = [sum(one.block == leaf.block for one in part) for leaf in part]
            assert min(counts) >= 2, height


def test_the_head_of_a_table_comes_again_on_each_page() -> None:
    rows = "".join(f"<tr><td>{number}</td><td>واقعہ</td></tr>" for number in range(60))
    table = f"<table><thead><tr><th>سال</th><th>واقعہ</th></tr></thead><tbody>{rows}</tbody></table>"
    of_pages = parts(leaves(sheet(style="reader"), table))
    assert len(of_pages) > 2
    assert all("thead" in part[0].tags for part in of_pages)


@pytest.mark.parametrize(("lang", "direction"), [("ur", "rtl"), ("en", "ltr")])
def test_the_rule_above_footnotes_begins_where_the_text_does(lang: str, direction: str) -> None:
    body = '<p>one<span class="footnote" data-mark="1">note</span></p>'
    html = f'<html lang="{lang}" dir="{direction}"><body class="print-article"><div class="text">{body}</div></body></html>'
    with pypdfium2.PdfDocument(laid_out(html, sheet(style="reader")).write_pdf()) as document:
        page = document[0].render(scale=2).to_pil().convert("L")
    ink = page.point(lambda grey: 255 if grey < 160 else 0)
    boxes = [ink.crop((0, row, page.width, row + 1)).getbbox() for row in range(page.height // 2, page.height)]
    rule = max((box for box in boxes if box), key=lambda box: box[2] - box[0])
    length = rule[2] - rule[0]
    assert 0.15 * page.width < length < 0.4 * page.width
    assert (rule[0] + rule[2] > page.width) is (direction == "rtl")
