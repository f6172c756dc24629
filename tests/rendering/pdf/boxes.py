"""Lines as WeasyPrint lays them out: their words, and how far they end from the edges of their block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tests.rendering.pdf.test_render import FONTS, STYLE

from kitabat.rendering.pdf import render

BASE = """
@page { size: 1000px 200000px; margin: 0 }
p { margin: 0 }
[lang=ur] { font: 14px/2.3 'Kitabat Nastaliq' }
[lang=en] { font: 12px/1.5 'Kitabat Serif' }
bdi[lang=en] { line-height: 1 }
"""


class Line(NamedTuple):
    """One line of a paragraph."""

    text: str
    left: float
    """From the block's left edge to the leftmost text, in CSS pixels."""
    right: float
    first: bool
    last: bool


def laid_out(html: str, style: str) -> Any:
    """Return a WeasyPrint document in the toolkit's fonts, with the remedies."""
    weasyprint = render.load()
    fonts, counters, sheet = render._styled(STYLE + style, FONTS)
    return weasyprint.HTML(string=html).render(stylesheets=[sheet], font_config=fonts, counter_style=counters)


def lines(paragraph: str, widths: Iterable[float], style: str = "", lang: str = "ur") -> Iterator[list[Line]]:
    """Yield the lines of a paragraph's HTML at each width, in CSS pixels."""
    direction = "rtl" if lang == "ur" else "ltr"
    body = "".join(f'<p style="width:{width}px">{paragraph}' for width in widths)
    document = laid_out(f"<html lang={lang} dir={direction}><body>{body}", BASE + style)
    for page in document.pages:
        for box in page._page_box.descendants():
            if box.element_tag == "p" and type(box).__name__ == "BlockBox":
                yield [line for line in _lines(box) if line.text]


def _lines(block: Any) -> Iterator[Line]:
    for number, line in enumerate(block.children):
        texts = [box for box in line.descendants() if getattr(box, "text", "").strip()]
        left = min((box.position_x for box in texts), default=0) - block.position_x
        right = block.position_x + block.width - max((box.position_x + box.width for box in texts), default=0)
        yield Line("".join(box.text for box in texts), left, right, number == 0, number == len(block.children) - 1)
