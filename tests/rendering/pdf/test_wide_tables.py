"""Tables wider than their place: across columns, one below the other, or smaller, and never over what is beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kitabat.rendering.pdf import wide_tables
from kitabat.rendering.pdf.render import load

STYLE = """
@page { margin: 20px; size: 340px 400px }
* { font: 10px/20px 'Kitabat Serif'; margin: 0; padding: 0 }
table { border-collapse: collapse; width: 100% }
thead { display: table-header-group }
h2 { break-after: avoid }
.columns { column-count: 2; column-gap: 20px }
.pair { display: table; table-layout: fixed; width: 100% }
.side { display: table-cell; width: 50%; padding-right: 10px }
"""
LEFT, RIGHT = 20, 320
"""Edges of the page's text."""


def pages(body: str) -> list[Any]:
    weasyprint = load()
    document = weasyprint.HTML(string=f"<body>{body}").render(stylesheets=[weasyprint.CSS(string=STYLE)])
    return [page._page_box for page in document.pages]


def texts(found: list[Any]) -> Iterator[tuple[int, Any]]:
    for number, page in enumerate(found):
        for box in page.descendants():
            if getattr(box, "text", "").strip():
                yield number, box


def words(found: list[Any]) -> list[str]:
    return [word for _, box in texts(found) for word in box.text.split()]


def table(columns: int, word: str = "wideword", rows: int = 2) -> str:
    head = "".join(f"<th>{word}{column}</th>" for column in range(columns))
    cells = "".join(f"<tr><td>row{row}</td>{'<td>x</td>' * (columns - 1)}</tr>" for row in range(rows))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{cells}</tbody></table>"


def line(count: int, name: str) -> str:
    return "".join(f"<p>{name}{number}</p>" for number in range(count))


def section(before: int, middle: str, after: int) -> str:
    return f"<div class=columns><section>{line(before, 'a')}{middle}{line(after, 'b')}</section></div>"


def left_of(found: list[Any], start: str) -> set[float]:
    return {round(box.position_x) for _, box in texts(found) if box.text.startswith(start)}


def test_a_table_that_no_column_holds_goes_across() -> None:
    found = pages(section(8, table(4), 8))
    assert max(box.position_x + box.width for _, box in texts(found)) <= RIGHT
    heads = [box for _, box in texts(found) if box.text.startswith("wideword")]
    assert len({box.position_y for box in heads}) == 1
    # Columns above it and below it, of the same lines on both sides.
    assert left_of(found, "a") == left_of(found, "b") == {LEFT, 180}
    tops = {name: [box.position_y for _, box in texts(found) if box.text.startswith(name)] for name in "ab"}
    assert max(tops["a"]) < heads[0].position_y < min(tops["b"])


def test_a_narrow_table_stays_in_its_column() -> None:
    found = pages(section(2, table(2, "th"), 30))
    assert {box.position_x < 180 for _, box in texts(found) if box.text.startswith("th")} == {True}


def test_the_heading_of_a_table_goes_along() -> None:
    found = pages(section(8, f"<h2>heading</h2>{table(4)}", 8))
    heading = next(box for _, box in texts(found) if box.text == "heading")
    assert round(heading.position_x) == LEFT
    assert heading.position_y > max(box.position_y for _, box in texts(found) if box.text.startswith("a"))


@pytest.mark.parametrize(("before", "rows"), [(20, 24), (30, 2), (35, 2)])
def test_nothing_is_lost_or_said_twice_wherever_a_page_ends(before: int, rows: int) -> None:
    found = words(pages(section(before, f"<h2>heading</h2>{table(4, rows=rows)}", 40)))
    assert [word for word in found if word[0] in "abr"] == [
        *(f"a{number}" for number in range(before)),
        *(f"row{number}" for number in range(rows)),
        *(f"b{number}" for number in range(40)),
    ]
    assert found.count("heading") == 1


def test_a_table_in_a_list_stays_there_and_is_set_smaller() -> None:
    found = pages(section(4, f"<ul><li>{table(4)}</li></ul>", 4))
    heads = [box for _, box in texts(found) if box.text.startswith("wideword")]
    assert {box.position_x + box.width <= 160 or box.position_x >= 180 for box in heads} == {True}
    assert all(box.style["font_size"] < 10 for box in heads)


def pair(columns: int, word: str) -> str:
    side = f"<div class=side>{table(columns, word)}</div>"
    return f"<div class='pair pair-table'>{side}{side}</div>"


def test_a_pair_that_fits_stands_side_by_side() -> None:
    assert len(left_of(pages(pair(2, "th")), "th0")) == 2


def test_a_pair_that_does_not_fit_stands_one_below_the_other() -> None:
    found = pages(pair(4, "wideword"))
    heads = [box for _, box in texts(found) if box.text.startswith("wideword0")]
    assert [round(box.position_x) for box in heads] == [LEFT, LEFT]
    assert heads[0].position_y < heads[1].position_y
    assert {box.style["font_size"] for box in heads} == {10}
    assert max(box.position_x + box.width for _, box in texts(found)) <= RIGHT


@pytest.mark.parametrize(("columns", "least"), [(6, 6), (24, 0)])
def test_a_table_wider_than_the_page_is_set_smaller(columns: int, least: float) -> None:
    found = pages(table(columns))
    sizes = {box.style["font_size"] for _, box in texts(found)}
    assert len(sizes) == 1
    assert least <= sizes.pop() < 10
    assert max(box.position_x + box.width for _, box in texts(found)) <= RIGHT + 0.1


def test_no_type_is_smaller_than_said() -> None:
    found = pages(table(24))
    assert min(box.style["font_size"] for _, box in texts(found)) == pytest.approx(10 * wide_tables.SMALLEST)


def test_plain_weasyprint_still_needs_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    from weasyprint.layout import block

    monkeypatch.setattr(block, "block_box_layout", block.block_box_layout.remedied)
    monkeypatch.setattr(block, "columns_layout", block.columns_layout.remedied)
    found = pages(table(12))
    assert max(box.position_x + box.width for _, box in texts(found)) > RIGHT, "wide_tables.py can go"


def test_another_weasyprint_is_left_alone() -> None:
    assert not wide_tables.install("71.0")
