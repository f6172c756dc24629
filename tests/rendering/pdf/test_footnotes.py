"""Footnotes stand on the page of their marks."""

from __future__ import annotations

from typing import Any

import pytest

from kitabat.rendering.pdf import footnotes
from kitabat.rendering.pdf.render import load

STYLE = """
@page { margin: 0; size: 300px 300px }
* { font: 10px/20px 'Kitabat Serif'; margin: 0 }
.note { float: footnote; footnote-policy: line }
p { orphans: 2; widows: 2 }
"""
NOTE = '<span class="note">NOTE</span>'
FILLER = "<p>" + "<br>".join(f"line {number}" for number in range(4))
HEIGHTS = range(0, 300, 10)
"""Of what stands above, so that pages end at every line of some paragraph."""


def pages_of(height: int) -> tuple[list[int], list[int]]:
    """Return the pages with the mark, and those with the note."""
    html = f"<div style='height:{height}px'></div><p>MARK{NOTE}<br>after it</p>{FILLER * 8}"
    weasyprint = load()
    document = weasyprint.HTML(string=html).render(stylesheets=[weasyprint.CSS(string=STYLE)])
    texts = [" ".join(getattr(box, "text", "") for box in page._page_box.descendants()) for page in document.pages]
    return tuple([n for n, text in enumerate(texts) if word in text] for word in ("MARK", "NOTE"))  # type: ignore[return-value]


def parted() -> list[int]:
    """Return the heights at which a note is not on the page of its mark."""
    return [height for height in HEIGHTS if (found := pages_of(height))[0] != found[1]]


def test_notes_stay_with_their_marks() -> None:
    assert parted() == []


def test_the_remedy_is_still_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    from weasyprint.layout import block

    monkeypatch.setattr(block, "_linebox_layout", block._linebox_layout.remedied)
    assert parted() != []


def notes_after_the_end() -> int:
    """Return how many of thirty notes at the last word of a text are on pages that know how many there are."""
    weasyprint = load()
    style = (
        STYLE
        + ".note { footnote-policy: auto } @page { @footnote { max-height: 80% } } b::after { content: counter(pages) }"
    )
    notes = '<span class="note">NOTE<br>goes<br>on</span>' * 30
    document = weasyprint.HTML(string=f"<p>of <b></b> pages{notes}</p>").render(
        stylesheets=[weasyprint.CSS(string=style)]
    )
    boxes = (box for page in document.pages for box in page._page_box.descendants())
    return sum(getattr(box, "text", "") == "NOTE" for box in boxes)


def test_notes_after_the_end_of_the_text_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert notes_after_the_end() == 30
    from weasyprint import layout

    monkeypatch.setattr(layout, "make_all_pages", layout.make_all_pages.completing)
    assert notes_after_the_end() < 30, "WeasyPrint keeps them by itself: the second remedy can go"


def test_another_version_is_left_alone() -> None:
    assert footnotes.install("71.0") is False
    assert footnotes.install("70.9") is True


def test_the_context_is_passed_through() -> None:
    class Context:
        in_column = False
        page_bottom = 1

        def lower(self) -> None:
            assert self.in_column is False
            self.page_bottom += 1

    context: Any = Context()
    seen: Any = footnotes.AsInColumns(context)
    seen.lower()
    seen.page_bottom += 1
    assert (seen.in_column, context.in_column, context.page_bottom) == (True, False, 3)


def notes_before_a_page_that_is_made_again() -> int:
    """Return how many of nine notes are kept that wait for a page which names another."""
    weasyprint = load()
    style = STYLE + (
        ".note { footnote-policy: auto } @page { @footnote { max-height: 80% } }"
        " a::after { content: target-counter(attr(href), page) }"
    )
    notes = '<span class="note">NOTE<br>goes<br>on</span>' * 9
    text = f"<p>text{notes}</p>{FILLER * 2}<p>see <a href='#end'></a></p>{FILLER * 8}<p id='end'>end</p>"
    document = weasyprint.HTML(string=text).render(stylesheets=[weasyprint.CSS(string=style)])
    boxes = (box for page in document.pages for box in page._page_box.descendants())
    return sum(getattr(box, "text", "") == "NOTE" for box in boxes)


def test_notes_that_wait_for_a_page_which_is_made_again_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert notes_before_a_page_that_is_made_again() == 9
    from weasyprint import layout

    monkeypatch.setattr(layout, "make_all_pages", layout.make_all_pages.completing)
    assert notes_before_a_page_that_is_made_again() < 9, "WeasyPrint keeps them by itself: the second remedy can go"
