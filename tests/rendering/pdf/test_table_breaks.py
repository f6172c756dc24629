"""Where tables break: no row alone, no table without its head, no side of a pair alone, no text below notes."""

from __future__ import annotations

from typing import Any

import pytest

from kitabat.rendering.pdf import table_breaks
from kitabat.rendering.pdf.render import load

STYLE = """
@page { margin: 0; size: 300px 300px }
* { font: 10px/20px 'Kitabat Serif'; margin: 0; padding: 0 }
table, .pair { border-collapse: separate; border-spacing: 0; width: 100% }
thead { display: table-header-group }
tr { break-inside: avoid }
tbody > tr:first-child { break-after: avoid }
tbody > tr:last-child { break-before: avoid }
.pair { display: table; table-layout: fixed }
.side { display: table-cell; vertical-align: top }
.side + .side p { line-height: 40px }
.note { float: footnote; footnote-policy: line }
p { orphans: 2; widows: 2 }
"""
HEIGHTS = range(180, 300, 20)
"""Of what stands above, so that pages end at every line."""


def pages(body: str) -> list[Any]:
    weasyprint = load()
    document = weasyprint.HTML(string=f"<body>{body}").render(stylesheets=[weasyprint.CSS(string=STYLE)])
    return [page._page_box for page in document.pages]


def words(page: Any, start: str) -> list[str]:
    texts = " ".join(getattr(box, "text", "") for box in page.descendants()).split()
    return [word for word in texts if word.startswith(start)]


def table(rows: int, lines: int = 1) -> str:
    body = "".join(f"<tr><td>row{number}{'<br>more' * (lines - 1)}</td></tr>" for number in range(rows))
    return f"<table><thead><tr><th>head</th></tr></thead><tbody>{body}</tbody></table>"


@pytest.mark.parametrize("rows", [2, 3, 9])
def test_no_row_stands_alone(rows: int) -> None:
    for height in HEIGHTS:
        found = [page for page in pages(f"<div style='height:{height}px'></div>{table(rows)}") if words(page, "row")]
        assert all(len(words(page, "row")) > 1 and words(page, "head") for page in found), height


def test_rows_too_high_to_keep_together_have_their_head() -> None:
    found = pages(table(2, lines=9))
    assert [(words(page, "head"), words(page, "row")) for page in found] == [
        (["head"], ["row0"]),
        (["head"], ["row1"]),
    ]


def pair(first: int, second: int, marks: str = "") -> str:
    sides = ("<br>".join(f"{side}{line}" for line in range(count)) for side, count in (("en", first), ("ur", second)))
    one, other = (f"<div class=side><p>{side}" for side in sides)
    return f"<div class=pair>{one}</p></div>{other}{marks}</p></div></div>"


def test_both_sides_of_a_pair_begin_on_one_page() -> None:
    for height in HEIGHTS:
        found = pages(f"<div style='height:{height}px'></div>{pair(9, 5)}")
        first = [("en0" in words(page, "en"), "ur0" in words(page, "ur")) for page in found]
        assert set(first) <= {(True, True), (False, False)}, height
        assert sum(len(words(page, "en")) for page in found) == 9


def test_text_ends_above_the_notes_of_the_other_side() -> None:
    note = "<span class=note>note<br>goes<br>on</span>"
    found = pages(pair(40, 4, note) + pair(3, 1))
    assert [word for page in found for word in words(page, "en")][:40] == [f"en{line}" for line in range(40)]
    for page in found:
        areas = [box for box in page.children if type(box).__name__ == "FootnoteAreaBox" and box.children]
        bottom = min((area.border_box_y() for area in areas), default=300)
        assert all(
            box.position_y + box.height <= bottom + 0.01
            for box in page.children[0].descendants()
            if getattr(box, "text", "").startswith("en")
        )
    assert sum(len(words(page, "note")) for page in found) == 1


def test_the_remedy_is_still_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    from weasyprint.layout import block

    monkeypatch.setattr(block, "table_layout", block.table_layout.remedied)
    for test in (
        test_rows_too_high_to_keep_together_have_their_head,
        test_both_sides_of_a_pair_begin_on_one_page,
        test_text_ends_above_the_notes_of_the_other_side,
    ):
        with pytest.raises(AssertionError):
            test()


def test_another_version_is_left_alone() -> None:
    assert table_breaks.install("71.0") is False
    assert table_breaks.install("70.9") is True
