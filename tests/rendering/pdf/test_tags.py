"""What a reader who hears a PDF is told: its parts, their order, their language."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pikepdf
import pytest
import weasyprint
import weasyprint.pdf
from PIL import Image
from tests.rendering.pdf.test_render import FONTS, STYLE, SVG, opened
from tests.structure import Element, read
from tests.support import verapdf

from kitabat.rendering.pdf import guard, tags
from kitabat.rendering.pdf.impose import booklet
from kitabat.rendering.pdf.render import PdfJob, load, render_pdf

BOTH = ("pdf/ua-1", "pdf/a-2a")
PRINT = """
@page { size: 300pt 300pt; margin: 40pt; @top-left { content: element(running) } @bottom-left { content: counter(page) } }
body { font-family: Kitabat Serif; font-size: 10pt; line-height: 15pt; margin: 0 }
.running { position: running(running) } .footnote { float: footnote }
p { orphans: 1; widows: 1; background: #eee }
.contents ol, .plain { list-style: none } .contents a { display: block }
.contents a::after { content: leader(". ") target-counter(attr(href), page) }
.spread li, .group-list > .pair > .side::before { position: relative } .spread li { display: inline-block }
.group-list { list-style: none } .group-list > .pair > .side::before { content: "•"; position: absolute }
thead { display: table-header-group }
"""


def encoded(mode: str, form: str) -> bytes:
    output = io.BytesIO()
    Image.new(mode, (12, 8), 120 if mode == "L" else (120, 40, 10, 90)).save(output, form)
    return output.getvalue()


PHOTOGRAPHS = {
    "kitabat:inks.jpg": (encoded("CMYK", "JPEG"), "image/jpeg"),
    "kitabat:glass.png": (encoded("RGBA", "PNG"), "image/png"),
    "kitabat:inside.svg": (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="12" height="8"><image width="12" height="8" '
        b'href="data:image/jpeg;base64,%s"/></svg>' % base64.b64encode(encoded("CMYK", "JPEG")),
        "image/svg+xml",
    ),
}
"""What PDF/A takes in its own form only: four inks, pictures to see through, pictures in drawings."""


def rendered(body: str, lang: str = "en", standards: tuple[str, ...] = BOTH) -> bytes:
    html = f'<!doctype html><html lang="{lang}"><title>Title</title><body>{body}'
    pictures = {"kitabat:a.svg": (SVG, "image/svg+xml"), **PHOTOGRAPHS}
    result = render_pdf(PdfJob("a.pdf", html, STYLE + PRINT, FONTS, pictures, standards=standards))
    assert result.complaints == ()
    return result.content


def tree(body: str, lang: str = "en") -> Element:
    return read(rendered(body, lang))


def one(body: str, role: str) -> Element:
    (found,) = tree(body).all(role)
    return found


@pytest.mark.parametrize("standards", [(), ("pdf/a-1a",), ("pdf/ua-1",), BOTH])
def test_the_structure_is_ours_whichever_standard_is_asked_for(standards: tuple[str, ...]) -> None:
    found = read(rendered('<p>a <bdi lang="ur">b</bdi></p>', standards=standards))
    assert found.outline == "Document(P(Span))"


def test_pdf_2_has_its_own_structure() -> None:
    with opened(rendered("<h1>a</h1><p>b", standards=("pdf/ua-2",))) as pdf:
        assert "/Namespaces" in pdf.Root.StructTreeRoot


def test_headings_leave_no_level_out_on_the_way_down() -> None:
    found = tree("<h1>a</h1><h3>b</h3><h4>c</h4><h2>d</h2><h6>e</h6>")
    assert found.outline == "Document(H1 H2 H3 H2 H3)"


def test_lists_have_items_with_labels_and_bodies() -> None:
    found = tree("<ol><li>one<ul><li>inner</ul><li><p>two</ol>")
    assert found.outline == "Document(L(LI(Lbl LBody(L(LI(Lbl LBody)))) LI(Lbl LBody(P))))"
    assert [lists.attributes["ListNumbering"] for lists in found.all("L")] == ["/Decimal", "/Disc"]
    assert [body.text for body in found.all("LBody")] == ["one ◦ inner", "inner", "two"]


def test_terms_are_labels_of_what_defines_them() -> None:
    found = tree("<dl><dt>term<dd>first<dd>second<dt>a<dt>b<dd>both</dl>")
    assert found.outline == "Document(L(LI(Lbl LBody LBody) LI(Lbl Lbl LBody)))"
    assert found.text == "term first second a b both"


def test_an_item_of_two_languages_has_a_body_for_each() -> None:
    sides = '<div class="side" lang="ur"><p>alif</div><div class="side" lang="en"><p>one</div>'
    found = tree(f'<ul class="group-list"><li class="pair">{sides}</ul>', "ur")
    assert found.outline == "Document(L(LI(Lbl LBody(P) Lbl LBody(P))))"
    assert [(body.text, body.lang) for body in found.all("LBody")] == [("alif", "ur"), ("one", "en")]


def test_white_space_between_items_side_by_side_is_no_item() -> None:
    assert tree('<ul class="plain spread"> <li>a</li> <li>b</li> </ul>').outline == "Document(L(LI(LBody) LI(LBody)))"


def test_tables_have_header_cells_that_their_cells_name() -> None:
    table = one(
        "<table><caption>Years</caption><thead><tr><td><th>North<th colspan=2>South</thead>"
        "<tbody><tr><th scope=row>2024<td>1<td>2<td>3</tbody></table>",
        "Table",
    )
    assert table.outline == "Table(Caption THead(TR(TD TH TH)) TBody(TR(TH TD TD TD)))"
    north, south, year = (str(cell.entry["/ID"]) for cell in table.all("TH"))
    assert [cell.attributes["Scope"] for cell in table.all("TH")] == ["/Column", "/Column", "/Row"]
    assert [cell.attributes.get("Headers") for cell in table.all("TD")] == [
        None,
        [year, north],
        [year, south],
        [year, south],
    ]


def test_a_table_head_that_comes_again_overleaf_is_read_once() -> None:
    rows = "".join(f"<tr><td>row {number}" for number in range(60))
    content = rendered(f"<table><thead><tr><th>Head</thead><tbody>{rows}</table>")
    (table,) = read(content).all("Table")
    assert len(opened(content).pages) > 3
    assert [row.text for row in table.all("TR")] == ["Head", *(f"row {number}" for number in range(60))]


def test_a_paragraph_that_goes_on_overleaf_is_one_paragraph() -> None:
    words = " ".join(f"word{number}" for number in range(400))
    content = rendered(f"<p>{words}</p><p>end")
    assert len(opened(content).pages) > 1
    found = read(content)
    assert found.outline == "Document(P P)"
    assert found.text.split() == [*words.split(), "end"]


def test_pictures_have_their_words_and_those_without_meaning_are_artifacts() -> None:
    found = tree(
        '<figure><img src="kitabat:a.svg" alt="A map"><figcaption>Map 1</figcaption></figure><img src="kitabat:a.svg" alt="">'
    )
    assert found.outline == "Document(Div(Figure Caption))"
    (figure,) = found.all("Figure")
    assert str(figure.entry["/Alt"]) == "A map"
    left, bottom, right, top = map(float, figure.attributes["BBox"])
    assert (round(right - left), round(top - bottom)) == (3, 3)
    assert 40 <= left < right <= 260
    assert 240 < top <= 250


def test_a_footnote_is_read_after_the_paragraph_of_its_mark() -> None:
    found = tree('<p>before <span class="footnote">the note</span> after</p><p>next</p>')
    assert found.outline == "Document(P(Reference) Note(Lbl P) P)"
    assert found.text == "before 1 after 1. the note next"
    (note,) = found.all("Note")
    assert "/ID" in note.entry


@pytest.mark.parametrize(
    ("body", "outline"),
    [
        ("<ul class=plain><li>a{note} b</ul>", "Document(L(LI(LBody(Reference Note(Lbl P)))))"),
        ("<h1>a{note}</h1><p>b", "Document(H1(Reference) Note(Lbl P) P)"),
        (
            "<table><caption>c{note}</caption><tr><td>a</table>",
            "Document(Table(Caption(Reference) TBody(TR(TD))) Note(Lbl P))",
        ),
        ("<table><tr><td>a{note}</table>", "Document(Table(TBody(TR(TD(Reference Note(Lbl P))))))"),
        ("<p>a{note}{note}</p><p>b", "Document(P(Reference Reference) Note(Lbl P) Note(Lbl P) P)"),
    ],
)
def test_footnotes_stand_where_a_note_may_stand(body: str, outline: str) -> None:
    assert tree(body.replace("{note}", '<span class="footnote">n</span>')).outline == outline


def test_links_have_their_words_and_every_line_of_them() -> None:
    words = " ".join(["word"] * 60)
    found = tree(f'<p>a <a href="https://example.org/">{words}</a> b <a href="#x">to <em>x</em></a></p><p id="x">x')
    first, second = found.all("Link")
    assert len(first.links) > 2
    assert {str(link.Contents) for link in first.links} == {words}
    assert {str(link.Contents) for link in second.links} == {"to x"}


def test_words_of_another_language_in_a_link_are_the_links() -> None:
    nav = '<nav class="contents"><ol><li><a href="#a"><span lang="ur" dir="rtl">حصہ</span></a></ol></nav>'
    found = tree(f'{nav}<h1 id="a">Part</h1><p><a href="#a"><span lang="ur">{"حصہ " * 60}</span></a>')
    for link in found.all("Link"):
        assert link.links
        assert all(not one.links for one in link.all("Span"))


def test_a_contents_list_is_one_and_its_leaders_are_not_read() -> None:
    nav = '<nav class="contents"><h2>Contents</h2><ol><li><a href="#a">Part</a></ol></nav>'
    found = tree(f'<h1>T</h1>{nav}<h2 id="a">Part</h2>')
    assert found.outline == "Document(H1 Sect(H2 TOC(TOCI(Reference(Link)))) H2)"
    (link,) = found.all("Link")
    assert link.text == "Part 1"


def test_running_heads_and_folios_are_not_read() -> None:
    content = rendered(
        '<div class="running">Head <a href="https://example.org/">link</a></div><p>text' + "<br>more" * 40
    )
    assert len(opened(content).pages) > 1
    assert "Head" not in read(content).text


def test_every_piece_of_text_has_its_language() -> None:
    found = tree(
        '<p>alif <bdi dir="ltr" lang="en">one <em lang="fr">deux</em></bdi> be</p><div lang="en"><p>two</p>three</div>',
        "ur",
    )
    assert [(text.strip(), lang) for text, lang in found.pieces()] == [
        ("alif", "ur"),
        ("one", "en"),
        ("deux", "fr"),
        ("be", "ur"),
        ("two", "en"),
        ("three", "en"),
    ]
    assert found.outline == "Document(P(Span(Span)) P P)"


def test_words_that_stand_among_blocks_are_paragraphs() -> None:
    assert tree("<section>loose <em>words</em><p>p</p>more</section>").outline == "Document(Sect(P P P))"


def test_an_abbreviation_is_spelt_out() -> None:
    assert str(one('<p>the <abbr title="United Nations">UN</abbr>', "Span").entry["/E"]) == "United Nations"


def test_another_weasyprint_keeps_its_own_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    assert guard.fits(weasyprint.__version__)
    installed = weasyprint.pdf.add_tags
    assert not tags.install("71.0")
    assert tags.install(weasyprint.__version__)
    assert weasyprint.pdf.add_tags is installed


def test_standards_are_kept_alone_and_together(tmp_path: Path) -> None:
    body = (
        '<div class="running">Head</div><h1>Title</h1><nav class="contents"><h2>Contents</h2><ol><li><a href="#a">A</a></ol></nav>'
        '<h2 id="a" data-title="زبان \u200eC++\u200e کا \u2066a (b)\u2069">A</h2><p>Text<span class="footnote">note</span> <a href="https://example.org/">link</a> <code>x</code></p>'
        '<figure><img src="kitabat:a.svg" alt="A map"><figcaption>Map</figcaption></figure><img src="kitabat:a.svg" alt="">'
        f"<p>{''.join(f'<img src={address} alt=photo>' for address in PHOTOGRAPHS)}"
        "<table><caption>c</caption><thead><tr><th>a<th>b</thead><tr><td>1<td>2</table><ul><li>one<ol><li>inner</ol></ul>"
        '<dl><dt>t<dd>d</dl><blockquote><p>q</blockquote><p lang="ur" dir="rtl" style="font-family:Kitabat Nastaliq">متن'
    )
    asked = {
        "ua1": ("pdf/ua-1",),
        "2a": ("pdf/a-2a",),
        "3a": ("pdf/a-3a",),
        "both": BOTH,
        "both3": ("pdf/ua-1", "pdf/a-3a"),
    }
    for name, standards in asked.items():
        (tmp_path / f"{name}.pdf").write_bytes(rendered(body, standards=standards))
    (tmp_path / "booklet.pdf").write_bytes(booklet((tmp_path / "both.pdf").read_bytes(), binds_right=True))
    faults = verapdf(sorted(tmp_path.iterdir()), "ua1", "2a", "3a")
    kept = {
        "booklet": ("ua1", "2a"),
        "ua1": ("ua1",),
        "2a": ("2a",),
        "3a": ("3a",),
        "both": ("ua1", "2a"),
        "both3": ("ua1", "3a"),
    }
    assert [
        fault
        for fault in faults
        for name, flavours in kept.items()
        for flavour in flavours
        if f"/{name}.pdf: {flavour} " in fault
    ] == []
    # What is not declared is refused, so that the checker is known to look.
    assert any("/ua1.pdf: 2a " in fault for fault in faults)
    with pikepdf.open(tmp_path / "both.pdf") as pdf:
        assert pdf.pdf_version == "1.7"
        metadata = pdf.open_metadata()
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
