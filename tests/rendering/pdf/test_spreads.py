"""Facing pages: rows begin level on both pages of a spread, and nothing is lost, whatever the lengths."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kitabat.rendering.pdf import flow, guard, spreads, tables
from kitabat.rendering.pdf.render import load

SHEET = """
@page { margin: 20px; size: 320px 300px; @footnote { margin-top: 5px } }
* { margin: 0; padding: 0 }
html { font: 10px/15px 'Kitabat Serif' }
html.tall { line-height: 23px }
p { margin-bottom: 8px; orphans: 2; widows: 2 }
h2 { font-size: 14px; margin-top: 12px; break-after: avoid }
aside { background: #eee; margin: 10px 0; padding: 6px }
table { margin: 10px 0; border-collapse: collapse }
td { border-bottom: 1px solid; vertical-align: top }
tr { break-inside: avoid }
img { display: block; height: 60px }
figure { break-inside: avoid; margin: 10px 0 }
.note { float: footnote; footnote-policy: line }
"""
PICTURE = "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='60'><rect width='60' height='60'/></svg>"
WORD = re.compile(r"[wn]\d+x\d+|again|cell")
"""Of the text; not the numbers of notes, nor the signs of lists."""
NEAR = 0.5 * 96 / 72
"""Half a point in CSS pixels."""


@dataclass(frozen=True)
class Pair:
    """A row as a test has it: so many words in one flow, so many in the other."""

    kind: str
    words: tuple[int, int]
    notes: tuple[int, int] = (0, 0)


def said(number: int, side: int, pair: Pair) -> tuple[str, list[str]]:
    """Return a row's HTML and its words."""
    words = [f"w{number}x{place}" for place in range(pair.words[side])]
    notes = [f"n{number}x{place}" for place in range(pair.notes[side])]
    note = f'<span class="note">{" ".join(notes)}</span>' if notes else ""
    half = len(words) // 2
    text = f"{' '.join(words[:half])}{note} {' '.join(words[half:])}"
    key = f'data-row="r{number}"'
    match pair.kind:
        case "empty":
            return f"<div {key}></div>", []
        case "aside":
            return f'<aside {key}><p data-row="p{number}">{text}</p></aside>', words + notes
        case "list":
            return f'<ul><li {key}>{text}</li><li data-row="i{number}">again</li></ul>', [*words, "again", *notes]
        case "figure":
            return (
                f'<figure {key}>{PICTURE}<figcaption data-row="c{number}">{text}</figcaption></figure>',
                words + notes,
            )
        case "table":
            marks = {len(words) // 3: note}
            rows = "".join(
                f'<tr data-row="t{number}-{n}"><td>{word}</td><td>cell{marks.get(n, "")}</td></tr>'
                for n, word in enumerate(words)
            )
            return f"<table {key}><tbody>{rows}</tbody></table>", [*words, *["cell"] * len(words), *notes]
        case tag:
            return f"<{tag} {key}>{text}</{tag}>", words + notes


def laid_out(pairs: Sequence[Pair]) -> tuple[tuple[flow.Flow, flow.Flow], list[list[str]]]:
    """Return both flows, laid out, and the words that each should say."""
    weasyprint = load()
    flows, words = [], []
    for side, look in enumerate(("", "tall")):
        parts = [said(number, side, pair) for number, pair in enumerate(pairs)]
        html = f'<html class="{look}"><body>{"".join(html for html, _ in parts)}'
        options = {"stylesheets": [weasyprint.CSS(string=SHEET)], "font_config": None, "counter_style": None}
        flows.append(flow.flow_of(weasyprint.HTML(string=html), prepared(options), right=bool(side)))
        words.append([word for _, said_words in parts for word in said_words])
    spreads.lay_out((flows[0], flows[1]))
    return (flows[0], flows[1]), words


def prepared(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options with what the renderer gives."""
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    return options | {"font_config": FontConfiguration(), "counter_style": CounterStyle()}


def spoken(side: flow.Flow) -> list[str]:
    """Return the words on all pages of a flow."""
    return " ".join(text for page in side.pages for text in texts(page)).split()


def texts(box: Any) -> list[str]:
    """Return the text of each line and marker below a box."""
    return [one.text for one in box.descendants() if getattr(one, "text", None)]


def beginnings(side: flow.Flow) -> dict[str, tuple[int, float]]:
    """Return page and height at which each row begins, looked up in the pages themselves."""
    found: dict[str, tuple[int, float]] = {}
    for number, page in enumerate(side.pages):
        for box in tables.boxes_of(page.children[0]):
            key = flow.key_of(box)
            if key and key not in found:
                found[key] = (number, flow.height_of(box))
    return found


def rows_of(side: flow.Flow) -> list[list[str]]:
    """Return the rows of tables on each page."""
    return [[key for key, _ in tables.table_rows(page.children[0])] for page in side.pages]


def judge(pairs: Sequence[Pair]) -> tuple[flow.Flow, flow.Flow]:
    """Lay pairs out, and see that both sides are whole, level, and of as many pages."""
    flows, words = laid_out(pairs)
    for side, own in zip(flows, words, strict=True):
        assert sorted(filter(WORD.fullmatch, spoken(side))) == sorted(own)
    first, second = map(beginnings, flows)
    assert set(first) == set(second)
    assert [key for key in first if first[key][0] != second[key][0]] == []
    assert [key for key in first if abs(first[key][1] - second[key][1]) > NEAR] == []
    assert len(flows[0].pages) == len(flows[1].pages)
    return flows


KINDS = ("p", "p", "p", "h2", "empty", "aside", "list", "figure", "table")
LENGTHS = st.one_of(st.integers(1, 30), st.integers(1, 120))
PAIRS = st.builds(
    Pair,
    st.sampled_from(KINDS),
    st.tuples(LENGTHS, LENGTHS),
    st.one_of(st.just((0, 0)), st.tuples(st.integers(0, 12), st.integers(0, 12))),
).map(lambda pair: Pair("p", pair.words) if pair.kind in {"h2", "figure"} and max(pair.words) > 30 else pair)
ONE_TABLE = st.builds(
    lambda count, notes: Pair("table", (count, count), notes),
    st.integers(1, 40),
    st.tuples(st.integers(0, 12), st.integers(0, 12)),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(PAIRS.filter(lambda pair: pair.kind != "table") | ONE_TABLE, min_size=1, max_size=7))
def test_rows_are_level_and_whole(pairs: list[Pair]) -> None:
    first, second = judge(pairs)
    assert len(first.pages) == len(second.pages) >= 1


@pytest.mark.parametrize("side", [0, 1])
def test_a_row_longer_than_several_pages_leaves_pages_empty(side: int) -> None:
    long = (1500, 12) if side == 0 else (12, 1500)
    flows = judge([Pair("p", (20, 20)), Pair("p", long), Pair("p", (9, 9))])
    assert len(flows[0].pages) > 4
    empty = [page for page in flows[1 - side].pages if not texts(page)]
    assert len(empty) >= len(flows[0].pages) - 3


@pytest.mark.parametrize("side", [0, 1])
def test_a_footnote_longer_than_a_page(side: int) -> None:
    notes = (700, 3) if side == 0 else (3, 700)
    flows = judge([Pair("p", (60, 60)), Pair("p", (30, 30), notes), Pair("p", (90, 20)), Pair("p", (9, 9))])
    short = judge([Pair("p", (60, 60)), Pair("p", (30, 30), (3, 3)), Pair("p", (90, 20)), Pair("p", (9, 9))])
    assert len(flows[side].pages) > len(short[side].pages)


def test_a_table_of_200_rows_breaks_at_the_same_rows() -> None:
    first, second = judge([Pair("p", (20, 20)), Pair("table", (200, 200)), Pair("p", (20, 20))])
    assert rows_of(first) == rows_of(second)
    assert sum(map(len, rows_of(first))) == 200


@pytest.mark.parametrize("notes", [(30, 2), (2, 30), (60, 0)])
def test_tables_with_notes_break_at_the_same_rows(notes: tuple[int, int]) -> None:
    first, second = judge([Pair("p", (20, 20)), Pair("table", (40, 40), notes), Pair("p", (20, 20))])
    assert rows_of(first) == rows_of(second)
    assert sum(map(len, rows_of(first))) == 40


def test_flows_without_rows_are_filled_up() -> None:
    flows, words = laid_out([])
    assert words == [[], []]
    assert [len(side.pages) for side in flows] == [1, 1]


def test_another_version_is_not_driven() -> None:
    assert guard.fits("70.9")
    assert not guard.fits("71.0")
