"""The order on the page for sentences that nobody wrote: on one line, on several, and wherever a message may stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from markupsafe import escape
from selenium.webdriver.chrome.webdriver import WebDriver
from tests.bidi.generated import Sentence, sentences
from tests.bidi.order import LINE, TAGS, Lines, lines, view
from tests.bidi.test_order import SENTENCES

from kitabat.language.plain import Part
from kitabat.model.language import Direction

pytestmark = pytest.mark.browser

ONE_LINE = f"@page {{ size: 4200px {3 * LINE}px; margin: 0 }} section {{ white-space: nowrap; width: 4200px }}"
NARROW = f"""
@page {{ size: 320px {24 * LINE}px; margin: 0 }}
section {{ width: 320px }}
bdi.whole, bdi[dir]:not([lang]) {{ white-space: nowrap }}
"""
PLACES = {
    "contents": '<nav class="contents"><a href="#s{number}">{label}</a></nav>',
    "body": "<p>{html}</p>",
    "link": '<p><a href="https://example.org/">{label}</a></p>',
    "caption": "<table><caption>{html}</caption></table>",
    "cell": "<table><tr><td>{html}</td></tr></table>",
    "head cell": "<table><tr><th>{html}</th></tr></table>",
    "item": "<ul><li>{html}</li></ul>",
    "term": "<dl><dt>{html}</dt></dl>",
    "definition": "<dl><dd>{html}</dd></dl>",
    "figure": "<figure><figcaption>{html}</figcaption></figure>",
    "quote": "<blockquote><p>{html}</p></blockquote>",
    "foot": '<p><span class="footnote">{html}</span></p>',
    "side": '<div class="pair" dir="{other}"><div class="side" dir="{base}"><p>{html}</p></div></div>',
    "side of a note": (
        '<p><span class="footnote"><span class="pair" dir="{other}"><span class="side" dir="{base}">{html}</span></span>'
        "</span></p>"
    ),
    "side of a caption": '<figure dir="{other}"><figcaption class="pair"><span class="side" dir="{base}">{html}</span></figcaption></figure>',
    "side of the contents": '<li class="pair contents" dir="{other}"><span class="side" dir="{base}"><a href="#s{number}">{label}</a></span></li>',
}
"""Where a message may stand beside headings and running heads; of these each sentence is tried in one, in turn."""
EVERYWHERE = f"""
@page {{ size: 4200px {6 * LINE}px; margin: {LINE}px 0; @footnote {{ margin: 0 }}
  @top-left {{ content: string(section); height: {LINE}px; width: 100% }} }}
section {{ white-space: nowrap; width: 4200px }}
h2, ul, dl, dd, figure, blockquote, table, td, th, caption {{ margin: 0; padding: 0; border-spacing: 0; list-style: none;
  text-align: start; width: 100% }}
.contents a {{ display: block }}
.pair {{ display: table; list-style: none; table-layout: fixed; width: 100% }} .side {{ display: table-cell; text-align: start }}
"""
OTHER: Mapping[str, str] = {"ltr": "rtl", "rtl": "ltr"}
PRINT = """
.running { display: none }
h2 { string-set: section attr(data-title) }
.contents a::after { content: leader(". ") target-counter(attr(href), page) }
.footnote { float: footnote } ::footnote-call, ::footnote-marker { content: "" }
"""
LEADER = re.compile(r"\A[0-9]*\.{8,}|\.{8,}[0-9]*\Z")


def differences(found: list[Lines], texts: list[str]) -> list[str]:
    """Return what the two renderers set in another order, where they break lines alike."""
    return [
        f"{text}\n  Chromium {one}\n  PDF      {other}"
        for sheet, text in zip(found, texts, strict=True)
        if sheet.break_alike
        for one, other in zip(*sheet, strict=True)
        if one != other
    ]


@pytest.mark.parametrize("base", TAGS)
def test_sentences_on_one_line(browser: WebDriver, tmp_path: Path, base: Direction) -> None:
    texts = [one.text for one in sentences(300, seed=22) if one.base == base and "\n" not in one.text]
    found = lines(browser, tmp_path, base, [f"<p>{view(text, base).html}</p>" for text in texts], ONE_LINE)
    assert all(len(sheet.chromium) == len(sheet.pdf) == 1 for sheet in found)
    assert all(sheet.break_alike for sheet in found)
    assert differences(found, texts) == []


@pytest.mark.parametrize("base", TAGS)
def test_sentences_on_many_lines(browser: WebDriver, tmp_path: Path, base: Direction) -> None:
    texts = [one.text for one in sentences(200, seed=5) if one.base == base]
    found = lines(browser, tmp_path, base, [f"<p>{view(text, base).html}</p>" for text in texts], NARROW)
    assert sum(len(sheet.chromium) for sheet in found) > 300
    # Pango and ICU part at the signs inside of addresses and numbers; elsewhere they break alike.
    assert sum(sheet.break_alike for sheet in found) >= 0.8 * len(found)
    assert differences(found, texts) == []


def isolated(parts: Sequence[Part]) -> str:
    """Return a title as pages have it, to hold the running head to, which has no markup."""
    return "".join(
        escape(part) if isinstance(part, str) else f'<bdi dir="{part.direction}">{isolated(part.parts)}</bdi>'
        for part in parts
    )


def everywhere(text: str, base: Direction, number: int) -> str:
    """Return a page that has a message in its running head, in a heading, and in one more place."""
    found = view(text, base)
    place = tuple(PLACES.values())[number % len(PLACES)]
    return (
        f'<div class="running">{isolated(found.parts)}</div>'
        f'<h2 id="s{number}" data-title="{escape(found.title)}">{found.html}</h2>'
        + place.format(number=number, html=found.html, label=found.label, base=base, other=OTHER[base])
    )


@pytest.mark.parametrize("base", TAGS)
def test_sentences_wherever_they_stand(browser: WebDriver, tmp_path: Path, base: Direction) -> None:
    own = (*sentences(300, seed=7), *(Sentence(one["id"], one["base"], one["text"]) for one in SENTENCES))
    texts = [one.text for one in own if one.base == base and "\n" not in one.text]
    assert len(texts) > 150
    pages = [everywhere(text, base, number) for number, text in enumerate(texts)]
    found = lines(browser, tmp_path, base, pages, EVERYWHERE, PRINT)
    assert all(len(sheet.chromium) == len(sheet.pdf) == 3 for sheet in found)
    leaders = [any(LEADER.search(line) for line in sheet.pdf) for sheet in found]
    assert sum(leaders) >= len(found) // len(PLACES)
    without_leaders = [
        Lines(*([LEADER.sub("", line).strip(".") for line in made] for made in sheet)) for sheet in found
    ]
    assert all(sheet.break_alike for sheet in without_leaders)
    assert differences(without_leaders, texts) == []
