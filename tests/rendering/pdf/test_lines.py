"""Lines of Nastaliq: none holds its first word alone while there is room for more."""

from __future__ import annotations

from typing import Any

import weasyprint

from kitabat.rendering.pdf import lines
from kitabat.rendering.pdf.lines import install, remedied

SENTENCE = (
    "خبر دیر سے آتی تو کالم دوبارہ لکھنا پڑتا، اور یہ مشقت <em>ہر روز</em> نئے سرے سے ہوتی۔ "
    "پھر بھی بیسویں صدی کے آخری برسوں تک بہت سے اردو اخبار اسی طرح نکلتے رہے۔"
)
WIDTHS = [number / 2 for number in range(440, 560)]
"""CSS pixels; at some of them plain WeasyPrint 70 sets the first word alone."""


def first_lines() -> list[str]:
    """Set the sentence at each width, and return the first lines."""
    from tests.rendering.pdf.test_render import FONTS, STYLE

    from kitabat.rendering.pdf import render

    page = "@page{size:600px 200000px;margin:0}em{font-weight:700;font-style:normal}p{margin:0}"
    body = "".join(f'<p style="width:{width}px">{SENTENCE}' for width in WIDTHS)
    html = f"<html lang=ur dir=rtl><body style=\"font:14px/2.3 'Kitabat Nastaliq'\">{body}"
    fonts, counters, style = render._styled(STYLE + page, FONTS)
    document = weasyprint.HTML(string=html).render(stylesheets=[style], font_config=fonts, counter_style=counters)
    found = []
    for sheet in document.pages:
        for box in sheet._page_box.descendants():
            if box.element_tag == "p" and type(box).__name__ == "BlockBox":
                texts = [one.text for one in box.children[0].descendants() if hasattr(one, "text")]
                found.append("".join(texts).strip())
    return found


def test_no_first_word_stands_alone() -> None:
    found = first_lines()
    assert len(found) == len(WIDTHS)
    assert [line for line in found if " " not in line] == []


def test_plain_weasyprint_still_needs_the_remedy(monkeypatch: Any) -> None:
    from weasyprint.layout import inline

    from kitabat.rendering.pdf import render

    render.load()
    plain = inline.split_first_line.__closure__
    assert plain is not None
    original = next(cell.cell_contents for cell in plain if callable(cell.cell_contents))
    monkeypatch.setattr(inline, "split_first_line", original)
    assert "خبر" in first_lines(), "WeasyPrint breaks these lines well by itself: lines.py can go"


def test_another_version_is_left_alone() -> None:
    assert not install("71.0")
    assert install(weasyprint.__version__)


def test_a_line_that_nothing_mends_stays_as_it_is() -> None:
    asked = []

    def split(text: str, style: object, context: object, width: float | None, *_: object) -> Any:
        asked.append(width)
        return None, 3, 4, 10.0, 1.0, 1.0

    assert remedied(split)("one two", None, None, 100, 0)[1] == 3
    assert asked == [100, *(100 * share for share in lines.SHRINKING)]
    asked.clear()
    remedied(split)("one two", None, None, None, 0)
    remedied(split)("one two", None, None, 15, 0)
    assert asked == [None, 15]
