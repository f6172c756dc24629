"""Notes numbered by page: numbers settle, or the article's stay and somebody is told."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from kitabat.rendering.pdf import numbering
from kitabat.rendering.pdf.numbering import FREE, ROUNDS, Layout, numbered
from kitabat.rendering.pdf.proof import proofread
from kitabat.rendering.pdf.render import PdfJob, documents_of, render_pdf

NOTE = '<span class="footnote" data-note="{0}" data-mark="9" data-digits="۰۱۲۳۴۵۶۷۸۹"><span class="note-body">{0}</span></span>'
HTML = f'<p>one{NOTE.format("a")} two{NOTE.format("b")} three{NOTE.format("a")}<sup class="noteref" data-note="b">9</sup></p>'


def document(elements: list[Element], pages: list[int]) -> Any:
    """Return what a layout looks like that puts each element's mark on a page."""

    def page(number: int) -> Any:
        boxes = [
            SimpleNamespace(element=element, element_tag="span::footnote-call")
            for element, place in zip(elements, pages, strict=True)
            if place == number
        ]
        return SimpleNamespace(_page_box=SimpleNamespace(descendants=lambda: boxes))

    return SimpleNamespace(pages=[page(number) for number in range(max(pages) + 1)])


def on_pages(*rounds: list[int]) -> tuple[str, bool, int]:
    """Number the notes of ``HTML`` where each layout puts the marks on these pages, the last one again and again."""
    done: list[str] = []

    def lay_out(documents: tuple[str, ...]) -> Layout:
        (html,) = documents
        tree = fromstring(html)
        pages = rounds[min(len(done), len(rounds) - 1)]
        done.append(html)
        return Layout((tree,), (tree,), document(list(numbering._marks(tree)), pages))

    (html,), laid, settled = numbered((HTML,), lay_out)
    assert laid.document.pages
    return html, settled, len(done)


def marks(html: str) -> list[tuple[str, str]]:
    return [(element.get("class", ""), element.get("data-mark") or element.text or "") for element in fromstring(html)]


def test_each_page_begins_at_one() -> None:
    html, settled, rounds = on_pages([0, 0, 1, 1])
    assert settled
    assert rounds == 2
    assert marks(html) == [("footnote", "۱"), ("footnote", "۲"), ("footnote", "۱"), ("noteref", "2")]


def test_a_note_stands_once_on_a_page() -> None:
    html, _, _ = on_pages([0, 0, 0, 0])
    assert marks(html) == [("footnote", "۱"), ("footnote", "۲"), ("footnote-again", "۱"), ("noteref", "2")]


def test_a_mark_that_moves_is_numbered_again() -> None:
    html, settled, rounds = on_pages([0, 0, 0, 0], [0, 1, 1, 1])
    assert settled
    assert rounds == 3
    assert marks(html) == [("footnote", "۱"), ("footnote", "۱"), ("footnote", "۲"), ("noteref", "1")]


def test_a_note_whose_room_moves_its_mark_stays() -> None:
    html, settled, rounds = on_pages(*([0, 0, place % 2, 1] for place in range(2 * ROUNDS)))
    assert settled
    assert rounds == FREE + 2
    assert marks(html)[2] == ("footnote", "۱")


def test_numbers_that_never_settle_are_left() -> None:
    html, settled, rounds = on_pages(*([0, place % 2, 1, 1] for place in range(2 * ROUNDS)))
    assert (html, settled, rounds) == (HTML, False, ROUNDS + 1)


def test_somebody_is_told(monkeypatch: Any) -> None:
    monkeypatch.setattr(numbering, "ROUNDS", 1)
    job = PdfJob("a.pdf", f"<!doctype html><html lang=ur><title>t</title>{HTML}", "", (), notes_by_page=True)
    (complaint,) = render_pdf(job).complaints
    assert "numbered by article" in complaint


def test_without_notes_nothing_changes() -> None:
    laid = Layout((), (), None)
    assert numbered(("<p>a</p>",), lambda _: laid) == (("<p>a</p>",), laid, True)


def test_a_pdf_is_compared_with_the_numbers_of_its_pages() -> None:
    pages = "".join(f"<p style='break-before: page'>Words {NOTE.format(label)}" for label in "ab")
    html = f"<!doctype html><html lang=en><title>t</title>{pages}<sup class=noteref data-note=b>9</sup>"
    job = PdfJob("a.pdf", html, ".footnote { float: footnote }", (), notes_by_page=True)
    content = render_pdf(job).content
    assert [lost.words for lost in proofread(html, content)] == ["9"]
    assert proofread("".join(documents_of(job)), content) == ()


def test_a_divided_note_is_numbered_once() -> None:
    tree = fromstring(HTML.replace("9</sup>", '9</sup><span class="footnote continued" data-note="b">rest</span>'))
    assert [mark.get("class") for mark in numbering._marks(tree)] == ["footnote", "footnote", "footnote", "noteref"]
