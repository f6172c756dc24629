"""Notes of pages in columns: each once, and on the page of its mark."""

from __future__ import annotations

import random
from typing import Any

import pytest

from kitabat.rendering.pdf import column_notes, guard
from kitabat.rendering.pdf.render import load

STYLE = """
@page { margin: 0; size: 300px 300px; @footnote { margin-top: 10px; max-height: 80% } }
* { font: 10px/20px 'Kitabat Serif'; margin: 0 }
main { column-count: 2; column-gap: 10px }
.note { float: footnote; footnote-policy: line }
p { orphans: 2; widows: 2 }
a::after { content: target-counter(attr(href), page) }
b::after { content: counter(pages) }
"""


def text(seed: int, paragraphs: int = 14, longest: int = 3) -> str:
    """Return paragraphs with notes here and there, with a reference to the last one."""
    chance = random.Random(seed)
    found = ["<p><a href='#end'>to </a> of <b></b></p>"]
    for number in range(paragraphs):
        lines = [f"line{number}x{line}" for line in range(chance.randint(1, 7))]
        if chance.random() < 0.6:
            note = "<br>".join([f"note{number}", *["more"] * chance.randint(0, longest - 1)])
            lines[chance.randrange(len(lines))] += f" mark{number}<span class=note>{note}</span>"
        found.append(f"<p>{'<br>'.join(lines)}</p>")
    return f"<main>{''.join(found)}<p id=end>end</p></main>"


def rendered(body: str, *, plain: bool = False) -> list[str]:
    """Return the words of each page."""
    weasyprint = load()
    source = weasyprint.HTML(string=f"<body>{body}")
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    sheets = [weasyprint.CSS(string=STYLE)]
    options = {"stylesheets": sheets, "font_config": FontConfiguration(), "counter_style": CounterStyle()}
    document = source.render(**options) if plain else column_notes.render(source, options)
    return [" ".join(getattr(box, "text", "") for box in page._page_box.descendants()) for page in document.pages]


def parted(pages: list[str]) -> list[str]:
    """Return the marks whose note is on another page; fails where a word is lost or stands twice."""
    places: dict[str, list[int]] = {}
    for number, page in enumerate(pages):
        for word in page.split():
            places.setdefault(word, []).append(number)
    assert all(len(found) == 1 for word, found in places.items() if word.startswith(("line", "note", "mark", "end")))
    marks = [word for word in places if word.startswith("mark")]
    assert len(marks) == len([word for word in places if word.startswith("note")])
    return [mark for mark in marks if places[mark] != places[f"note{mark[4:]}"]]


@pytest.mark.parametrize("seed", range(2))
def test_notes_stay_with_their_marks(seed: int) -> None:
    pages = rendered(text(seed))
    assert parted(pages) == []
    end = next(number for number, page in enumerate(pages, 1) if "end" in page.split())
    assert pages[0].split()[:4] == ["to", str(end), "of", str(len(pages))]


def test_plain_weasyprint_parts_some() -> None:
    assert any(parted(rendered(text(seed), plain=True)) for seed in range(3))


def test_notes_that_fill_more_than_a_page_are_kept() -> None:
    notes = "".join(f"mark{n}<span class=note>note{n}<br>more<br>more<br>more</span> " for n in range(12))
    pages = rendered(f"<main><p>line0 {notes}</p><p id=end>end</p></main>")
    assert len(parted(pages)) < 12
    assert len(pages) >= 4


def test_another_version_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    monkeypatch.setattr(guard, "fits", lambda _: False)
    said: list[Any] = []
    monkeypatch.setattr("weasyprint.LOGGER.error", lambda *words: said.append(words))
    assert "end" in " ".join(rendered(text(1, paragraphs=3)))
    assert "overleaf" in said[0][0]
