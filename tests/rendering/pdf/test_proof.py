"""Proof-reading: whatever a PDF leaves out or turns into other letters is found, and nothing else."""

from __future__ import annotations

import hashlib
import io
import random
import re
from collections.abc import Callable, Iterable

import pikepdf
import pytest
from tests.rendering.pdf.test_render import FONTS, STYLE
from tests.rendering.pdf.test_searchable import pdf_job

from kitabat.rendering.pdf.extract import can_read, words
from kitabat.rendering.pdf.proof import Lost, expected, proofread
from kitabat.rendering.pdf.render import PdfJob, render_pdf

SENTENCES = [
    "خبر دیر سے آتی تو کالم دوبارہ لکھنا پڑتا، اور یہ مشقت ہر روز نئے سرے سے ہوتی۔",
    "اقوامِ متحدہ کی رُکنیت کے بعد فوراً ﷺ کا ذکر آیا، می‌خواہم اور ۱۹۴۷ء بھی۔",
    "پتھر پر چھاپے گئے صفحے <b>New York</b> سے کلکتے تک <em>ہر جگہ</em> پہنچے۔",
    "ایک اور بات یہ کہ خبر دیر سے نہیں آئی۔",
]
BODY = "".join(f"<p>{sentence}" for sentence in SENTENCES)
MANY = "@page{size:400px 260px;margin:40px}"


def made(body: str) -> bytes:
    return render_pdf(pdf_job(body, more=MANY)).content


def document(body: str = BODY) -> str:
    return pdf_job(body).html


def test_a_pdf_that_says_all_is_passed() -> None:
    assert can_read()
    assert proofread(document(), made(BODY)) == ()


def test_a_paragraph_left_out_is_found_with_its_place() -> None:
    content = made(BODY.replace(f"<p>{SENTENCES[2]}", ""))
    (lost,) = proofread(document(), content)
    assert lost.words.startswith("پتھر پر چھاپے گئے صفحے")
    assert lost.number == 13
    assert lost.page > 1


def test_words_that_stand_elsewhere_too_are_missed() -> None:
    found = proofread(document(), made(BODY.replace(f"<p>{SENTENCES[3]}", "")))
    assert sum(lost.number for lost in found) == 10
    assert any("ایک اور بات" in lost.words for lost in found)


def test_one_code_that_says_something_else_is_found() -> None:
    pdf = pikepdf.open(io.BytesIO(made(BODY)))
    font = next(one for one in pdf.pages[0].Resources.Font.values() if str(one.BaseFont).endswith("Nastaliq"))
    stream = font.ToUnicode
    text = stream.read_bytes().decode()
    changed = re.sub(r"(<[0-9a-f]{4}> )<067e>", r"\1<062d>", text)  # پ as ح
    assert changed != text
    stream.write(changed.encode())
    output = io.BytesIO()
    pdf.save(output)
    found = proofread(document(), output.getvalue())
    assert any("پتھر" in lost.words for lost in found)
    assert found[0].page >= 1


def test_a_page_left_out_is_found() -> None:
    pdf = pikepdf.open(io.BytesIO(made(BODY * 3)))
    del pdf.pages[1]
    output = io.BytesIO()
    pdf.save(output)
    assert sum(lost.number for lost in proofread(document(BODY * 3), output.getvalue())) > 5


PROSE = (
    "دریا کے کنارے بسنے والے لوگ بارش سے پہلے اپنے گھروں کی چھتیں پختہ کر لیتے ہیں",
    "پرانے بازار میں کتابوں کی وہ دکان اب بھی شام گئے تک کھلی رہتی تھی",
    "Our council of the old town has voted twice against every plan for a wider bridge",
)


def prose(text: str, language: str = "ur") -> str:
    direction = "ltr" if language == "en" else "rtl"
    return f"<section lang={language} dir={direction}><p>{text}۔</p></section>"


def exchanged(text: str, one: int, other: int) -> str:
    said = text.split()
    said[one], said[other] = said[other], said[one]
    return " ".join(said)


def in_paragraphs(texts: Iterable[str]) -> str:
    return "".join(prose(text, "en" if text.isascii() else "ur") for text in texts)


@pytest.mark.parametrize(("one", "other"), [(3, 4), (2, 7), (0, 1), (-2, -1)])
def test_words_that_have_changed_places_are_found(one: int, other: int) -> None:
    html = document(in_paragraphs(PROSE))
    found = proofread(html, made(in_paragraphs(exchanged(text, one, other) for text in PROSE)))
    assert all(lost.astray for lost in found)
    for text in PROSE:
        assert any(set(words(lost.words)) <= set(words(text)) for lost in found), text


def test_words_in_their_places_are_passed() -> None:
    assert proofread(document(in_paragraphs(PROSE)), made(in_paragraphs(PROSE))) == ()


def test_text_of_few_words_is_not_judged_by_its_neighbours() -> None:
    said = " ".join(random.Random(1).choices(PROSE[0].split()[:6], k=70))
    turned = exchanged(said, 3, 4)
    assert not any(lost.astray for lost in proofread(document(prose(said)), made(prose(turned))))


def test_pages_that_have_changed_places_are_found() -> None:
    text = "".join(f"<p>{' '.join(sorted(PROSE[number % 2].split(), key=hash_of(number)))}" for number in range(14))
    content = made(text)
    pdf = pikepdf.open(io.BytesIO(content))
    assert len(pdf.pages) > 3
    pages = list(pdf.pages)
    pdf.pages[1], pdf.pages[2] = pages[2], pages[1]
    output = io.BytesIO()
    pdf.save(output)
    assert proofread(document(text), content) == ()
    (lost,) = proofread(document(text), output.getvalue())
    assert (lost.astray, lost.page, lost.line) == (True, 3, 1)
    assert proofread(document(text), output.getvalue(), two_ways=True) == (lost,)


def hash_of(number: int) -> Callable[[str], bytes]:
    """Return an order of words that is another for each number."""
    return lambda word: hashlib.sha256(f"{number}{word}".encode()).digest()


def test_text_that_no_source_has_is_found() -> None:
    strange = proofread(document(), made(BODY + "<p>قطعی مختلف عبارت"))
    assert [(lost.strange, lost.words) for lost in strange] == [(True, "قطعی مختلف عبارت")]


def test_a_pdf_of_codes_without_text_is_found() -> None:
    pdf = pikepdf.open(io.BytesIO(made(BODY)))
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            if "/ToUnicode" in font:
                del font.ToUnicode
    output = io.BytesIO()
    pdf.save(output)
    assert sum(lost.number for lost in proofread(document(), output.getvalue())) > 20


def test_divided_words_count_as_whole() -> None:
    text = "The international reporting of photographed combinations usually contains extraordinary mistakes " * 4
    style = STYLE + "@page{size:260px 600px;margin:20px}html{hyphens:auto;font-family:Kitabat Serif}"
    html = f"<!doctype html><html lang=en><body><p>{text}"
    for hyphen in ("-", "\u2010"):
        content = render_pdf(PdfJob("a.pdf", html, f"{style}p{{hyphenate-character:'{hyphen}'}}", FONTS)).content
        assert proofread(html, content) == ()


def test_the_result_tells_what_is_lost() -> None:
    job = PdfJob("a.pdf", document(), STYLE + "p:last-child{display:none}", FONTS, verify=True)
    (*_, lost) = render_pdf(job).lost
    assert isinstance(lost, Lost)
    assert "بات" in " ".join(one.words for one in render_pdf(job).lost)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<title>عنوان</title><p>متن", ["", "متن"]),
        ("<p>اُر<b>دو</b> زبان", ["", "اُردو", "زبان"]),
        ("<p>متن<span class=footnote>حاشیہ</span> آگے", ["", "متن", "", "حاشیہ", "", "آگے"]),
        ("<table><tr><td>ایک<td>دو", ["", "", "", "ایک", "", "دو"]),
        ("<style>p{}</style>&lt;p&gt; A&amp;B &#x6a9;", ["p", "a", "b", "ک"]),
        ("<div class='running'>آئینہ <b>سب</b></div><p>متن", ["", "متن"]),
        ("<img alt='نہیں'>ہاں<br>پھر", ["", "ہاں", "", "پھر"]),
    ],
)
def test_what_is_expected(html: str, found: list[str]) -> None:
    def bare(words: list[str]) -> list[str]:
        return [word for number, word in enumerate(words) if word or (number and words[number - 1])]

    assert bare(expected(html)) == bare(found)


def test_what_pdfium_gives_nothing_back_of_is_not_looked_for() -> None:
    assert words("متن 𐎠 یہاں") == ["متن", "یہاں"]


@pytest.mark.parametrize(
    "text",
    [
        "<section lang=en dir=ltr><p>Near عُمان and علیؓ; also می‌خواہم، بے‌شک too",
        "<p>*Wall Street* <b>Journal</b>ز اور ½ یا ² پھر ℃ بھی",
        "<p>World Bank، WHO، New York، Reuters اور Khan",
        f"<p>متن {'پچتسشض' * 40} آگے <section lang=en dir=ltr><p>text {'abcdef' * 60} on",
    ],
)
def test_what_pdfium_reads_in_its_own_way_is_no_fault(text: str) -> None:
    assert proofread(document(text), render_pdf(pdf_job(text, more=MANY + "p{overflow-wrap:anywhere}")).content) == ()
