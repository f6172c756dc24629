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


def test_plain_weasyprint_still_needs_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    render.load()
    from weasyprint.draw import border

    monkeypatch.setattr(border, "draw_column_rules", border.draw_column_rules.remedied)
    assert rules("rtl") != [95, 205]


def test_another_version_is_left_alone() -> None:
    assert columns.install("71.0") is False
    assert columns.install("70.9") is True
