"""Paired tables: their rows are level and break at the same places, also side by side on one page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kitabat.rendering.pdf import tables
from kitabat.rendering.pdf.render import load

STYLE = """
@page { margin: 20px; size: 400px 300px; @footnote { margin-top: 5px } }
* { margin: 0; padding: 0 }
html { font: 10px/15px 'Kitabat Serif' }
.pair { display: table; inline-size: 100%; table-layout: fixed }
.side { display: table-cell; vertical-align: top }
.side + .side { line-height: 23px }
.side table { border-collapse: collapse; inline-size: 100% }
tr { break-inside: avoid }
td, th { border-bottom: 1px solid; vertical-align: baseline }
thead { display: table-header-group }
a::after { content: target-counter(attr(href), page) }
.note { float: footnote; footnote-policy: line }
"""
NEAR = 0.5 * 96 / 72
"""Half a point in CSS pixels."""


def laid_out(
    lengths: list[tuple[int, int]], before: str = "", note: int = -1
) -> list[dict[str, list[tuple[float, float]]]]:
    """Set two tables side by side; return, page by page, where each row of either begins and how high it is."""
    sides = []
    for side in range(2):
        rows = ""
        for number, counts in enumerate(lengths):
            words = " ".join(f"{'ab'[side]}{number}x{place}" for place in range(counts[side]))
            mark = f'<span class="note">note{side}</span>' if (number, side) == (note, 0) else ""
            rows += f'<tr data-row="r{number}"><td>{words}{mark}</td><td>cell</td></tr>'
        head = "<thead><tr data-row='head'><th>Head</th><th>Head</th></tr></thead>"
        sides.append(f'<div class="side"><table>{head}<tbody>{rows}</tbody></table></div>')
    weasyprint = load()
    html = f"<html><body><p>{before} <a href='#after'>to</a></p><div class='pair'>{''.join(sides)}</div><p id='after'>after</p>"
    document = weasyprint.HTML(string=html).render(stylesheets=[weasyprint.CSS(string=STYLE)])
    pages = []
    spoken: list[str] = []
    for page in document.pages:
        found: dict[str, list[tuple[float, float]]] = {}
        for key, box in tables.table_rows(page._page_box):
            found.setdefault(key, []).append((box.position_y, box.height))
        pages.append(found)
        spoken += (word for box in page._page_box.descendants() for word in getattr(box, "text", "").split())
    expected = [
        f"{'ab'[side]}{n}x{p}" for side in range(2) for n, counts in enumerate(lengths) for p in range(counts[side])
    ]
    assert sorted(word for word in spoken if "x" in word) == sorted(expected)
    assert spoken.count("after") == 1
    assert f"to{len(pages)}" in "".join(spoken)
    assert spoken.count("note0") == int(note >= 0)
    return pages


def level(pages: list[dict[str, list[tuple[float, float]]]]) -> bool:
    """Tell whether the rows of both tables are on the same pages, at the same heights."""
    return all(
        len(places) == 2 and all(abs(one - other) <= NEAR for one, other in zip(*places, strict=True))
        for page in pages
        for places in page.values()
    )


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 25), st.integers(1, 25)), min_size=1, max_size=25), st.integers(0, 6))
def test_rows_are_level(lengths: list[tuple[int, int]], lines: int) -> None:
    assert level(laid_out(lengths, before="<br>".join(["line"] * lines)))


def test_a_table_of_500_rows_repeats_its_head() -> None:
    pages = laid_out([(1, 5)] * 500)
    assert level(pages)
    assert len(pages) > 30
    assert all("head" in page for page in pages[:-1])


def test_a_footnote_of_a_cell() -> None:
    # It stands at its mark in the first language, for both.
    assert level(laid_out([(3, 9)] * 30, note=20))


def test_plain_weasyprint_does_not_level_them(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    from weasyprint import layout

    monkeypatch.setattr(layout, "make_all_pages", layout.make_all_pages.levelling)
    assert not level(laid_out([(3, 30)] * 9))


def test_another_version_is_left_alone() -> None:
    assert tables.install("71.0") is False
    assert tables.install("70.9") is True
