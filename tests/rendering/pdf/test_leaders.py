"""Dots of a list of contents stand behind a word of its entry, whatever room the entry leaves on its line."""

from __future__ import annotations

from typing import Any

import pytest

from kitabat.rendering.pdf import leaders
from kitabat.rendering.pdf.render import load

ENTRIES = {
    "ltr": ("'Kitabat Serif'", "Where the water comes from and who is blamed"),
    "rtl": ("'Kitabat Nastaliq'", "پانی کہاں سے آتا ہے اور کون قصوروار ہے"),
}


def lines(direction: str, width: int) -> list[str]:
    """Return the lines of an entry of some width, with a bar for each stretch of dots."""
    font, entry = ENTRIES[direction]
    style = (
        f"@page {{ size: 400px 400px }} a {{ display: block; font: 12px/30px {font}; width: {width}px }}"
        "a::after { content: ' ' leader('. ') ' ' '12' }"
    )
    weasyprint = load()
    document = weasyprint.HTML(string=f"<body dir={direction}><a>{entry}</a>").render(
        stylesheets=[weasyprint.CSS(string=style)]
    )
    page: Any = document.pages[0]._page_box
    found = [box for box in page.descendants() if type(box).__name__ == "LineBox"]
    return ["".join(getattr(box, "text", "") for box in line.descendants()) for line in found]


@pytest.mark.parametrize("direction", ENTRIES)
def test_no_line_has_dots_alone(direction: str) -> None:
    for width in range(100, 360, 3):
        *_, last = lines(direction, width)
        assert last.endswith("12")
        assert last.split()[0] in ENTRIES[direction][1].split(), width


def test_plain_weasyprint_still_needs_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    from weasyprint.layout import inline

    monkeypatch.setattr(inline, "split_inline_box", inline.split_inline_box.remedied)
    alone = [width for width in range(100, 360, 3) if lines("ltr", width)[-1].startswith(". ")]
    assert alone, "WeasyPrint keeps leaders with what is before them: leaders.py can go"


def test_another_weasyprint_is_left_alone() -> None:
    assert not leaders.install("71.0")
