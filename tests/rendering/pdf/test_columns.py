"""The rules of a newspaper stand between its columns, whichever way these run."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from tests.rendering.pdf.boxes import laid_out

from kitabat.rendering.pdf import columns, render

STYLE = """
@page { size: 300px 200px; margin: 0 }
body { margin: 0 }
.columns { columns: 3; column-gap: 30px; column-rule: 2px solid #f00 }
.across { column-span: all }
p { margin: 0 }
"""
TEXT = "<p>ایک دو تین چار پانچ" * 9


def rules(direction: str, body: str = TEXT) -> list[int]:
    """Return where from the left red rectangles stand, in CSS pixels, each place once."""
    html = f'<html lang=ur dir={direction}><body style="font:12px/20px Kitabat Naskh"><div class=columns>{body}'
    content = laid_out(html, STYLE).write_pdf(uncompressed_pdf=True)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        drawn = b"".join(bytes(part.read_bytes()) for part in _parts(pdf)).decode("latin-1")
    found = re.findall(r"1 0 0 rg.*?([\d.]+) [\d.]+ ([\d.]+) [\d.]+ re", drawn, re.DOTALL)
    return sorted({round(float(left) + float(width) / 2) for left, width in found})


def _parts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    contents = pdf.pages[0].Contents
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_rules_stand_in_the_gaps(direction: str) -> None:
    assert rules(direction) == [95, 205]


def test_what_spans_the_columns_stays_in_its_place() -> None:
    body = f"{TEXT}<h2 class=across>سرخی</h2>{TEXT}"
    assert rules("rtl", body) == rules("ltr", body)


HEADED = "<p>one</p><p>two</p><h3>head</h3><p>three</p><section><h3>head</h3><p>four</p></section><p>five</p>"


def tops() -> list[int]:
    """Return where the first line of each column stands below a table across all of them, each place once."""
    style = STYLE + "h3 { margin: 17px 0 0; font-size: 12px; break-after: avoid }"
    body = f"<div class=columns style='font:12px/20px Kitabat Serif'><p class=across>across</p>{HEADED}"
    (page,) = laid_out(f"<html lang=en><body>{body}", style).pages
    found = [box for box in page._page_box.descendants() if getattr(box, "is_column", False)]
    lines = [next(one for one in box.descendants() if type(one).__name__ == "LineBox") for box in found]
    return sorted({round(line.position_y) for line in lines})


def test_columns_begin_level() -> None:
    assert tops() == [20]


def test_plain_weasyprint_does_not_level_them(monkeypatch: pytest.MonkeyPatch) -> None:
    render.load()
    from weasyprint.layout import block

    layout = block.block_box_layout
    while not hasattr(layout, "level"):
        layout = layout.remedied
    monkeypatch.setattr(block, "block_box_layout", layout.level)
    assert len(tops()) > 1, "WeasyPrint levels columns: that part of columns.py can go"


def test_plain_weasyprint_still_needs_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    render.load()
    from weasyprint.draw import border

    monkeypatch.setattr(border, "draw_column_rules", border.draw_column_rules.remedied)
    assert rules("rtl") != [95, 205]


def test_another_version_is_left_alone() -> None:
    assert columns.install("71.0") is False
    assert columns.install("70.9") is True
