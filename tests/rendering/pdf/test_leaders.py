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


WIDTHS = range(100, 360, 3)


def last_lines(direction: str) -> list[str]:
    """Return the last line of an entry of each width, with its dots."""
    font, entry = ENTRIES[direction]
    style = (
        f"@page {{ size: 400px 9000px }} a {{ display: block; font: 12px/30px {font} }}"
        "a::after { content: ' ' leader('. ') ' ' '12' }"
    )
    body = "".join(f'<a style="width:{width}px">{entry}</a>' for width in WIDTHS)
    weasyprint = load()
    document = weasyprint.HTML(string=f"<body dir={direction}>{body}").render(
        stylesheets=[weasyprint.CSS(string=style)]
    )
    (page,) = document.pages
    found: list[Any] = [box for box in page._page_box.descendants() if type(box).__name__ == "LineBox"]
    lines = ["".join(getattr(box, "text", "") for box in line.descendants()) for line in found]
    return [line for line in lines if line.endswith("12")]


@pytest.mark.parametrize("direction", ENTRIES)
def test_no_line_has_dots_alone(direction: str) -> None:
    found = last_lines(direction)
    assert len(found) == len(WIDTHS)
    assert [line for line in found if line.split()[0] not in ENTRIES[direction][1].split()] == []


def test_plain_weasyprint_still_needs_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    from weasyprint.layout import inline

    monkeypatch.setattr(inline, "split_inline_box", inline.split_inline_box.remedied)
    alone = [line for line in last_lines("ltr") if line.startswith(". ")]
    assert alone, "WeasyPrint keeps leaders with what is before them: leaders.py can go"


def test_another_weasyprint_is_left_alone() -> None:
    assert not leaders.install("71.0")
