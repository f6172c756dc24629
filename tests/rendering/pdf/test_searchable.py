"""What a PDF says can be found again, by readers of four makers, and it looks as it did."""

from __future__ import annotations

import functools
import hashlib
import inspect
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont, newTable
from PIL import Image, ImageChops, ImageFilter
from tests.pdf_readers import READERS, pdfium, share, words
from tests.rendering.pdf.test_render import FONTS, STYLE, job

from kitabat.rendering.pdf import codes, render, searchable
from kitabat.rendering.pdf.render import PdfJob, render_pdf

NASTALIQ, NASKH = "Kitabat Nastaliq", "Kitabat Naskh"
SOURCES = {
    "draw_first_line": "1bb8eae6d88e",
    "draw_inline_level": "068162a401d0",
    "draw_block_level": "3de9ec3ad4aa",
    "Font": "1888854798bf",
    "build_fonts_dictionary": "fc551bef35d0",
}
PARAGRAPHS = {
    "letters": "خبر دیر سے آتی تو کالم دوبارہ لکھنا پڑتا، اور یہ مشقت ہر روز نئے سرے سے ہوتی۔ چنانچہ پتھر پر چھاپے گئے۔",
    "aerab": "اقوامِ متحدہ کی رُکنیت، عالمِ اسلام اور جنگِ کوریا تقریباً ایک بات ہے؛ مُدَّت کے بعد فوراً نہیں آئی۔",
    "lam-alef": "لاہور، اسلام آباد، بالآخر، الآن، لأجل، کالا اور ملا",
    "joiners": "می‌خواہم اور بے‌شک الگ الگ ہیں",
    "honorifics": "نبی کریم ﷺ اور حضرت عمرؓ، امام شافعیؒ؛ پھر عیسیٰؑ",
    "digits": "۱۹۴۵ میں ۲۸٬۵۰۰ فوجی، ٪۹۰ یا 1945 میں 28,500 فوجی تھے",
    "latin": "شہر New York میں <bdi dir=ltr>World Bank (WB)</bdi> کا دفتر اور یونیکوڈ ہے",
    "ends": "خبر <b>فوراً</b> آئی، <b>جنگِ</b> <b>کوریا</b> کی؛ “مثلاً” عموماً عالمِ اسلامِ نو ۱۹۵۰ (۵) عمرؓ نے <b>رَبِّ</b>۔",
    "numbers of notes": "کل<sup>۱</sup> ۲۰٬۰۰۰ ترسیمے تھے۔<sup>۲</sup> ۱۹۴۷ میں",
    "line ends": "کتابِ<br>اول تقریباً<br>پوری حضرت عیسیٰؑ",
    "inline": "پہلا <b>دوسرا</b> <em>تیسرا</em> <a href='#x'>چوتھا</a> <span>ب</span> <b>پانچواں</b> چھٹا",
    "unisolated": "عربی کی <span lang=ar style='font-family:Kitabat Naskh'>ي</span> اور ک میں فرق",
}
ARTICLE = f"""
<h1>اردو صحافت کی تاریخ</h1>
{"".join(f"<p>{text}" for text in PARAGRAPHS.values())}
<table><tr><th>سال<th>واقعہ<th>اہمیت<tr><td>۱۹۴۸<td>ریاستوں کا اعلان<td>ماسکو کی حکومت<tr><td>فوراً<td>بابِ<td>حصۂ اوّلاً</table>
<ul><li>پہلی بات<li>دوسری بات</ul>
<p>متن میں حاشیہ<span class=note>حاشیے کی عبارت یہاں</span> ہے۔
<div class=flex><span>آئینہ</span><span>عالمی امور</span></div>
<p class=toc><a href="#x">تعارف اور پس منظر</a>
<p class=clamped>کتابت کا فن صدیوں پرانا ہے اور اس کے ماہر ہر شہر میں موجود تھے جو کتابوں کو خوش خط لکھتے اور ان کی تزئین بھی کرتے تھے
<p id=x>ختم شد
"""
MORE = """
@page { size: 420px 640px; margin: 60px 40px; @top-right { content: "سرِ ورق کی عبارت" } }
body { font-size: 12px; line-height: 2.4 } b { font-weight: 700 } th { font-weight: 700 } em { font-style: normal; font-weight: 700 }
.note { float: footnote } .flex { display: flex; justify-content: space-between } table { width: 100% }
.toc a::after { content: leader(". ") target-counter(attr(href), page) }
.clamped { block-ellipsis: auto; max-lines: 1; continue: discard }
"""
SAID = f"{' '.join(PARAGRAPHS.values()).replace('<br>', ' ')} اردو صحافت کی تاریخ سال واقعہ اہمیت ۱۹۴۸ ریاستوں کا اعلان ماسکو کی حکومت فوراً بابِ حصۂ اوّلاً پہلی بات دوسری بات متن میں حاشیہ ہے حاشیے کی عبارت یہاں آئینہ عالمی امور تعارف اور پس منظر کتابت کا فن صدیوں پرانا ختم شد سرِ ورق کی عبارت"


def pdf_job(body: str, family: str = NASTALIQ, more: str = "", fonts: tuple[tuple[str, str], ...] = FONTS) -> PdfJob:
    start = f'<!doctype html><html lang="ur" dir="rtl"><title>عنوان</title><body style="font-family:{family}">'
    return PdfJob("a.pdf", start + body, STYLE + more, fonts)


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put WeasyPrint's own functions back for a test."""
    render.load()
    from weasyprint import draw
    from weasyprint.draw import text
    from weasyprint.pdf import stream

    monkeypatch.setattr(stream, "Font", stream.Font.__base__)
    monkeypatch.setattr(text, "draw_first_line", text.draw_first_line.remedied)
    for name in ("draw_inline_level", "draw_block_level"):
        monkeypatch.setattr(draw, name, getattr(draw, name).remedied)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("searchable")
    made = {family: folder / f"{family}.pdf" for family in (NASTALIQ, NASKH)}
    for family, path in made.items():
        path.write_bytes(render_pdf(pdf_job(ARTICLE, family, MORE)).content)
    return made


@pytest.mark.parametrize("family", [NASTALIQ, NASKH])
@pytest.mark.parametrize("reader", READERS)
def test_every_word_comes_back(files: dict[str, Path], family: str, reader: str) -> None:
    wanted, found = words(re.sub("<[^>]*>", "", SAID)), words(READERS[reader](files[family]))
    assert sorted(set(wanted) - set(found)) == []
    assert share(wanted, found) == 100


def test_plain_weasyprint_still_needs_it(plain: None, tmp_path: Path) -> None:
    path = tmp_path / "plain.pdf"
    path.write_bytes(render_pdf(pdf_job(ARTICLE, NASTALIQ, MORE)).content)
    found = share(words(re.sub("<[^>]*>", "", SAID)), words(pdfium(path)))
    assert found < 80, "WeasyPrint writes text that can be searched: searchable.py can go"


@pytest.mark.parametrize("family", [NASTALIQ, NASKH])
def test_phrases_are_found(files: dict[str, Path], family: str) -> None:
    document = pypdfium2.PdfDocument(files[family])
    text = "\n".join(document[page].get_textpage().get_text_range() for page in range(len(document)))
    for phrase in (
        "پتھر پر چھاپے",
        "کالم دوبارہ لکھنا",
        "دوسرا تیسرا چوتھا",
        "کے بعد فوراً",
        "عالمِ اسلام اور",
        "خبر فوراً آئی",
        "جنگِ کوریا کی",
    ):
        assert any(document[page].get_textpage().search(phrase).get_next() for page in range(len(document))), text
    document.close()


def test_leaders_have_nothing_but_dots(files: dict[str, Path]) -> None:
    for reader in ("PDFium", "MuPDF"):
        row = next(row for row in READERS[reader](files[NASKH]).splitlines() if ". . ." in row)
        assert "\u061c" not in row


def test_joiners_and_honorifics_are_said(files: dict[str, Path]) -> None:
    text = READERS["Poppler"](files[NASTALIQ])
    assert "می\u200cخواہم" in text
    assert "ﷺ" in text
    assert "عمرؓ" in text


def pages(content: bytes) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(content)
    for page in document:
        yield page.render(scale=150 / 72).to_pil().convert("L").point(lambda value: 255 if value < 128 else 0)
    document.close()


def strayed(one: Image.Image, other: Image.Image) -> float:
    """Return how much of the ink of one is farther than a pixel from the other's."""
    away = ImageChops.subtract(one, other.filter(ImageFilter.MaxFilter(3)))
    return away.histogram()[255] / max(1, one.histogram()[255])


def test_the_page_looks_as_it_did(files: dict[str, Path], request: pytest.FixtureRequest) -> None:
    for family, path in files.items():
        ours = list(pages(path.read_bytes()))
        request.getfixturevalue("plain")
        theirs = list(pages(render_pdf(pdf_job(ARTICLE, family, MORE)).content))
        assert len(ours) == len(theirs)
        for one, other in zip(ours, theirs, strict=True):
            assert strayed(one, other) < 0.001
            assert strayed(other, one) < 0.001


def fonts_of(content: bytes) -> Iterator[tuple[Any, TTFont, dict[int, str], dict[int, float]]]:
    """Yield each font of a PDF: its dictionary, its file, what its codes say, and how wide it says they are."""
    pdf = pikepdf.open(io.BytesIO(content))
    for font in pdf.pages[0].Resources.Font.values():
        below = font.DescendantFonts[0]
        file: Any = below.FontDescriptor.get("/FontFile2", below.FontDescriptor.get("/FontFile3"))
        texts = {
            int(code, 16): bytes.fromhex(text).decode("utf-16-be")
            for code, text in re.findall(r"<([0-9a-f]{4})> <([0-9a-f]*)>", font.ToUnicode.read_bytes().decode())
        }
        widths: dict[int, float] = {}
        given = list(below.W)
        for first, row in zip(given[::2], given[1::2], strict=True):
            widths |= {int(first) + number: float(width) for number, width in enumerate(row)}
        yield font, TTFont(io.BytesIO(file.read_bytes())), texts, widths


def operations(page: Any) -> Iterator[tuple[Any, str]]:
    """Yield the operands and the operator of each instruction of a page."""
    instructions: Any = pikepdf.parse_content_stream(page)
    for operands, operator in instructions:
        yield operands, str(operator)


def shown_codes(content: bytes) -> dict[str, set[int]]:
    """Return the codes that pages show, by font."""
    found: dict[str, set[int]] = {}
    for page in pikepdf.open(io.BytesIO(content)).pages:
        font = ""
        for operands, operator in operations(page):
            if operator == "Tf":
                font = str(operands[0])
            elif operator == "TJ":
                strings = [bytes(part) for part in operands[0] if isinstance(part, pikepdf.String)]
                for string in strings:
                    numbers = [int.from_bytes(string[at : at + 2]) for at in range(0, len(string), 2)]
                    found.setdefault(font, set()).update(numbers)
    return found


def test_every_code_says_something_and_is_as_wide_as_its_glyph(files: dict[str, Path]) -> None:
    content = files[NASTALIQ].read_bytes()
    shown = shown_codes(content)
    seen = 0
    for font, file, texts, widths in fonts_of(content):
        names = file.getGlyphOrder()
        used = shown["/" + str(font.BaseFont)[1:7]]
        assert all(texts.get(code) for code in used)
        for code in used:
            real = file["hmtx"][names[code]][0] * 1000 / file["head"].unitsPerEm
            assert abs(real - widths[code]) < 0.01, (font.BaseFont, code, texts[code])
            seen += 1
    assert seen > 100


def test_the_tags_keep_the_order_of_the_text(tmp_path: Path) -> None:
    content = render_pdf(pdf_job("<p>ایک <b>دو</b> تین <b>چار</b> پانچ")).content
    pdf = pikepdf.open(io.BytesIO(content))
    spoken = {}
    text, font = "", {}
    fonts = {str(font.BaseFont)[1:7]: texts for font, _, texts, _ in fonts_of(content)}
    for operands, operator in operations(pdf.pages[0]):
        match operator:
            case "BDC":
                mcid, text = int(operands[1].MCID), ""
            case "Tf":
                font = fonts[str(operands[0])[1:]]
            case "TJ":
                for part in operands[0]:
                    if isinstance(part, pikepdf.String):
                        raw = bytes(part)
                        text += "".join(font[int.from_bytes(raw[at : at + 2])] for at in range(0, len(raw), 2))
            case "EMC":
                spoken[mcid] = text.strip()[::-1]

    def order(element: Any) -> Iterator[str]:
        for child in element.K:
            if isinstance(child, pikepdf.Dictionary) and "/K" in child:
                yield from order(child)
            elif isinstance(child, pikepdf.Dictionary):
                yield spoken[int(child.MCID)]
            else:
                yield spoken[int(child)]

    assert [text for text in order(pdf.Root.StructTreeRoot.K[0]) if text] == ["ایک", "دو", "تین", "چار", "پانچ"]
    assert list(spoken.values()) != ["ایک", "دو", "تین", "چار", "پانچ"]


@functools.cache
def compact_font(folder: Path) -> Path:
    """Make a font with cubic outlines (CFF) of the toolkit's Naskh."""
    font = TTFont(FONTS[2][1])
    glyphs, strings = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        pen = T2CharStringPen(glyphs[name].width, glyphs)
        glyphs[name].draw(pen)
        strings[name] = pen.getCharString()
    from fontTools.fontBuilder import FontBuilder

    builder = FontBuilder(font=font)
    builder.isTTF = False
    for tag in ("glyf", "loca", "cvt ", "fpgm", "prep", "gasp"):
        if tag in font:
            del font[tag]
    font["maxp"] = newTable("maxp")
    font["maxp"].tableVersion, font["maxp"].numGlyphs = 0x00005000, len(strings)
    font["post"].formatType = 3
    builder.setupCFF("KitabatTest", {}, strings, {})
    font.sfntVersion = "OTTO"
    path = folder / "compact.otf"
    font.save(path)
    return path


def test_fonts_with_cubic_outlines_are_searchable_too(tmp_path: Path) -> None:
    fonts = ((FONTS[2][0], str(compact_font(tmp_path))),)
    style = f'@font-face{{font-family:Own;src:url("{FONTS[2][0]}")}}'
    text = "اقوامِ متحدہ کی رُکنیت پتھر پر چھاپے گئے لاہور"
    html = f'<!doctype html><html lang=ur dir=rtl><body style="font-family:Own"><p>{text}'
    content = render_pdf(PdfJob("a.pdf", html, style, fonts)).content
    path = tmp_path / "own.pdf"
    path.write_bytes(content)
    for name, reader in READERS.items():
        assert share(words(text), words(reader(path))) == 100, name
    ink = next(pages(content)).histogram()[255]
    true = next(pages(render_pdf(PdfJob("b.pdf", html, style, (FONTS[2],))).content)).histogram()[255]
    assert abs(ink / true - 1) < 0.02


def test_a_font_without_codes_left_goes_on_in_another(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(codes, "LONGEST", codes.LAST - 1760)
    text = "".join(f"<p>{said} " for said in PARAGRAPHS.values())
    path = tmp_path / "a.pdf"
    path.write_bytes(render_pdf(pdf_job(text)).content)
    with pikepdf.open(path) as pdf:
        names = [str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()]
    assert len([name for name in names if name.endswith("Kitabat-Nastaliq")]) > 1
    assert len(set(names)) == len(names)
    plain_text = words(re.sub("<[^>]*>", "", text.replace("<br>", " ")))
    assert share(plain_text, words(pdfium(path))) == 100


def test_a_line_of_more_shapes_than_codes_still_says_its_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(codes, "LAST", 1900)
    monkeypatch.setattr(codes, "RESERVE", 150)
    monkeypatch.setattr(codes, "LONGEST", 0)
    word = "پچت" * 80
    path = tmp_path / "a.pdf"
    path.write_bytes(render_pdf(pdf_job(f"<p>{word}", more="@page{size:6000px 3000px}")).content)
    assert words(pdfium(path)) == [word]


def test_text_that_is_cut_off_ends_with_its_ellipsis(tmp_path: Path) -> None:
    style = "p{width:150px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}"
    path = tmp_path / "a.pdf"
    body = "<p dir=ltr>An article that is longer than its line"
    path.write_bytes(render_pdf(pdf_job(body, "Kitabat Serif", style)).content)
    for name, reader in READERS.items():
        said = reader(path)
        assert "article" in said, name
        assert "line" not in said, name
        assert "…" in said or "..." in said, name


@pytest.mark.parametrize("style", ["text-align:justify", "white-space:nowrap"])
def test_lines_that_were_shaped_anew_are_cut_off_too(style: str) -> None:
    body = "<p>پانی کہاں سے آتا ہے، اور ہر خشک سالی میں <b>کیوں </b> "
    cut = f"p{{width:150px;overflow:hidden;text-overflow:ellipsis;{style}}}"
    assert render_pdf(pdf_job(body, NASTALIQ, cut)).complaints == ()


@pytest.mark.parametrize("invisible", ["\u200f", "\u2060", "\u200c", "\u00a0"])
def test_a_raised_text_may_have_no_letters(invisible: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(render_pdf(pdf_job(f"<p>متن<sup>{invisible}</sup> اور")).content)
    assert "اور" in pdfium(path)


def test_urdu_is_cut_off_at_a_word_wherever_its_line_ends(tmp_path: Path) -> None:
    style = "p{block-ellipsis:auto;max-lines:1;continue:discard;word-spacing:.06em}"
    words_of_it = "پانی کہاں سے آتا ہے، اور ہر خشک سالی میں نیچے والے اوپر والوں ہی کو کیوں"
    body = "".join(f'<p style="width:{width}px">{words_of_it}' for width in range(100, 220, 4))
    path = tmp_path / "a.pdf"
    path.write_bytes(render_pdf(pdf_job(body, NASTALIQ, style)).content)
    lines = [" ".join(line.split()) for line in pdfium(path).splitlines() if line.strip()]
    assert len(lines) == 30
    for line in lines:
        kept, *cut = re.split(r"…|\.\.\.", line)
        assert cut == [""], line
        assert words_of_it.startswith(kept)


def test_lines_in_fonts_of_pictures_are_drawn_by_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    render.load()
    from weasyprint.pdf import stream

    before = stream.Font.__init__

    def coloured(self: Any, *given: Any) -> None:
        before(self, *given)
        self.drawable = False

    monkeypatch.setattr(stream.Font, "__init__", coloured)
    result = render_pdf(pdf_job("<p>متن 漢 یہاں"))
    assert result.missing == ("漢",)
    assert next(pages(result.content)).histogram()[255] > 100


def test_missing_characters_are_boxes_that_say_what_they_stand_for(tmp_path: Path) -> None:
    result = render_pdf(pdf_job("<p>متن 漢 یہاں 😀"))
    path = tmp_path / "a.pdf"
    path.write_bytes(result.content)
    assert set(result.missing) == {"漢", "😀"}
    for name, reader in READERS.items():
        assert "漢" in reader(path), name
        assert "😀" in reader(path) or name == "PDFium", name  # which leaves out what takes two units of UTF-16


def test_another_version_is_left_alone() -> None:
    assert searchable.install("71.0") is False
    assert searchable.install("70.3") is True


def test_other_parameters_are_left_alone(plain: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.draw import text

    before = text.draw_first_line
    monkeypatch.setattr(text, "draw_first_line", lambda stream, textbox, *, other: None)
    assert searchable.install("70.0") is False
    monkeypatch.setattr(text, "draw_first_line", before)


def test_what_is_replaced_reads_as_it_did() -> None:
    """Fails where WeasyPrint's own code has changed: read it again, mend `searchable`, then note the new digests."""
    render.load()
    from weasyprint import draw
    from weasyprint.draw import text
    from weasyprint.pdf import fonts

    found = {
        "draw_first_line": text.draw_first_line.remedied,
        "draw_inline_level": draw.draw_inline_level.remedied,
        "draw_block_level": draw.draw_block_level.remedied,
        "Font": fonts.Font,
        "build_fonts_dictionary": fonts.build_fonts_dictionary,
    }
    digests = {name: hashlib.sha256(inspect.getsource(one).encode()).hexdigest()[:12] for name, one in found.items()}
    assert digests == SOURCES


def test_without_it_a_pdf_is_made_and_says_so(plain: None) -> None:
    result = render_pdf(job("<p>پتھر پر چھاپے"))
    assert result.content.startswith(b"%PDF")
    assert result.searchable is False
    assert render_pdf(job("<p>متن")).searchable is False


def test_the_job_of_other_tests_is_searchable(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    result = render_pdf(job("<p>پتھر پر چھاپے"))
    path.write_bytes(result.content)
    assert result.searchable
    assert words(pdfium(path)) == ["پتھر", "پر", "چھاپے"]
