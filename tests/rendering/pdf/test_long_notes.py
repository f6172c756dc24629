"""Footnotes longer than a page are divided, and nothing of them is lost."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support import ROOT

from kitabat.rendering.pdf.long_notes import divide
from kitabat.rendering.pdf.render import load

SHEETS = ("shared/languages.css", "print/text.css", "print/bilingual.css")
WORDS = st.lists(st.sampled_from(["one", "دو", "three.", "چار۔", "five"]), min_size=1, max_size=40).map(" ".join)


def note(inside: str) -> ET.Element:
    """Return a paragraph with a footnote in it."""
    return ET.fromstring(f'<body><p>before<span class="footnote" data-mark="1">{inside}</span>after</p></body>')


def notes(root: ET.Element) -> list[ET.Element]:
    """Return the footnotes of a document."""
    return [one for one in root.iter("span") if "footnote" in (one.get("class") or "").split()]


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), WORDS), min_size=1, max_size=8), st.integers(20, 120))
def test_every_character_is_kept(parts: list[tuple[bool, str]], longest: int) -> None:
    root = note("".join(f"<bdi dir='ltr'><em>{text}</em> and</bdi>" if marked else text for marked, text in parts))
    before = "".join(root.itertext())
    divide(root, longest)
    assert "".join(root.itertext()) == before
    assert max(len("".join(piece.itertext())) for piece in notes(root)) <= 1.7 * longest
    assert [piece.get("data-mark") for piece in notes(root)] == ["1"] + [None] * (len(notes(root)) - 1)


@pytest.mark.parametrize("around", ["{}", '<span class="note-body">{}</span>'])
def test_both_languages_of_a_note_are_divided_alike(around: str) -> None:
    sides = [
        f'<span class="side" lang="{tag}" data-mark="1">{word * 30}</span>'
        for tag, word in (("ur", "لفظ "), ("en", "words "))
    ]
    root = note(around.format(f'<span class="pair" dir="rtl">{"".join(sides)}</span>'))
    divide(root, 100)
    assert len(notes(root)) == 4
    assert all(len(piece.findall(".//span[@class='pair']/span")) == 2 for piece in notes(root))
    for tag, word in (("ur", "لفظ "), ("en", "words ")):
        texts = ["".join(side.itertext()) for piece in notes(root) for side in piece.iter() if side.get("lang") == tag]
        assert "".join(texts) == word * 30
        assert len(texts) == 4
        assert all(texts)


def test_a_short_note_is_left_alone() -> None:
    root = note("short <em>note</em>")
    before = ET.tostring(root)
    divide(root, 100)
    assert ET.tostring(root) == before


def test_empty_elements_are_kept_once_and_ids_once() -> None:
    root = note(f'<a id="x">{"word " * 20}</a><img src="a"/>{"word " * 20}<img src="b"/>')
    divide(root, 50)
    assert [one.get("src") for one in root.iter("img")] == ["a", "b"]
    assert [one.get("id") for one in root.iter("a") if one.get("id")] == ["x"]


def test_a_text_without_a_place_to_divide_it() -> None:
    root = note("x" * 100)
    divide(root, 50)
    assert ["".join(piece.itertext()) for piece in notes(root)] == ["x" * 50] * 2


def test_a_note_longer_than_a_page_stays_on_pages() -> None:
    weasyprint = load()
    style = """
        @page { margin: 20px; size: 300px 300px; @footnote { max-height: 80% } }
        * { font: 10px/15px 'Kitabat Serif'; margin: 0 }
        .footnote { float: footnote; footnote-policy: line }
        .continued { footnote-policy: auto }
        .continued::footnote-call, .continued::footnote-marker { content: none }
    """
    words = [f"w{number}x" for number in range(700)]
    html = weasyprint.HTML(string=ET.tostring(note(" ".join(words)), encoding="unicode"))
    divide(html.etree_element, 300)
    document = html.render(stylesheets=[weasyprint.CSS(string=style)])
    found = []
    for page in document.pages:
        for box in page._page_box.descendants():
            if text := getattr(box, "text", ""):
                assert box.position_y >= 19.9
                assert box.position_y + box.height <= 280.1
                found += [word for word in text.split() if word.endswith("x")]
    assert found == words


@pytest.mark.parametrize("body", ["{}", '<span class="note-body">{}</span>'])
def test_the_rest_of_a_note_in_both_languages_has_no_mark(body: str) -> None:
    weasyprint = load()
    pair = '<span class="pair"><span class="side">rest</span><span class="side">rest</span></span>'
    html = f'<p lang=en>text<span class="footnote continued">{body.format(pair)}</span>'
    sheets = [weasyprint.CSS(string=(ROOT / "templates" / name).read_text(encoding="utf-8")) for name in SHEETS]
    page = weasyprint.HTML(string=html).render(stylesheets=sheets).pages[0]._page_box
    assert "".join(getattr(box, "text", "") for box in page.descendants()) == "textrestrest"
