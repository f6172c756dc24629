"""Ink that meets ink: found where lines are too close, and never where their distance was measured."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from PIL import Image, ImageChops
from tests.rendering.pdf.test_render import FONTS, STYLE
from tests.rendering.test_leading import FONTS as FACES

from kitabat import resources
from kitabat.rendering.leading import css, leadings
from kitabat.rendering.pdf import guard, ink
from kitabat.rendering.pdf.render import PdfJob, clashes_of, load, render_pdf
from kitabat.rendering.style import HOUSE_STYLE, SHEETS

LETTERS = "بپتٹثجچحخسشصضطظعغفقکگلمنہھی"
AERAB = ("", "", "\u064e", "\u0650", "\u064f", "\u0651")
KNOWN = [
    "بستگی",
    "ٹھیکیداروں",
    "کشمکش",
    "کھینچی",
    "پنجگنجینہ",
    "مُتَحَمِّل",
    "فریقِ",
    "رسم",
    "مستحکم",
    "حُجَّت",
    "کَھینچے",
    "گنجائش",
    "بھیجنے",
    "قلم",
    "چشم",
    "نصیحت",
    "تنگیِ",
    "مکمل",
    "کمپنی",
    "آٹھ",
    "خُلُقِ",
    "عظیم",
]
SHEET = STYLE + "".join(
    (resources.root() / "templates" / name).read_text(encoding="utf-8")
    for name in (*SHEETS["print"], HOUSE_STYLE.format(style="report"))
)
CLOSE = ":root{--urdu-line-height:1.4}"


def words(count: int, seed: int) -> str:
    """Return words such as Urdu has, and others that stack as many letters with as many signs."""
    chance = random.Random(seed)
    made = [
        "".join(chance.choice(LETTERS) + chance.choice(AERAB) for _ in range(chance.randint(2, 6)))
        + chance.choice("یےمرج")
        for _ in range(60)
    ]
    return " ".join(chance.choice((*KNOWN, *made)) for _ in range(count))


def job(body: str, *leading: str) -> PdfJob:
    html = f'<!doctype html><html lang="ur" dir="rtl"><title>عنوان</title><body>{body}'
    return PdfJob("a.pdf", html, SHEET, FONTS, leading=leading)


def everywhere(seed: int) -> tuple[str, list[str], list[str]]:
    """Return a document with such words in every place, its texts and its headings."""
    heads = [words(14, seed + 1), words(14, seed + 2)]
    texts = [words(90, seed + 3), words(60, seed + 4)]
    cells = [words(7, seed + number) for number in range(10, 19)]
    rows = "".join(f"<tr>{''.join(f'<td>{cell}' for cell in cells[place : place + 3])}" for place in (0, 3, 6))
    body = (
        f'<h1 data-title="x">{heads[0]}</h1><p>{texts[0]}<span class="footnote" data-mark="۱">{texts[1]}</span></p>'
        f'<h2 data-title="x">{heads[1]}</h2><table><caption>{cells[0]}</caption><thead><tr><th>{cells[1]}<th>{cells[2]}<th>{cells[3]}</thead>{rows}</table>'
        f"<ul><li>{texts[1]}</ul><aside><p>{texts[1]}</aside><figure><figcaption>{texts[1]}</figcaption></figure>"
    )
    return body, [*texts, *cells], heads


@pytest.mark.parametrize("seed", [100, 200])
def test_lines_too_close_are_found_and_measured_ones_never_meet(seed: int) -> None:
    body, texts, heads = everywhere(seed)
    found = clashes_of(job(body, CLOSE))
    assert len(found) > 20
    assert all(one.page >= 1 and one.line >= 1 and one.words for one in found)
    assert any(one.against for one in found)
    assert any(not one.against for one in found), "ink outside of cells and asides"
    *_, safe = leadings(texts, heads, FACES["nastaliq"], "nastaliq")
    assert clashes_of(job(body, css(safe))) == ()


def test_the_first_height_that_will_do_is_taken() -> None:
    text = words(120, 7)
    heights = [css(one) for one in leadings([text], [], FACES["nastaliq"], "nastaliq")]
    asked = job(f"<p>{text}</p>", CLOSE, *heights)
    assert clashes_of(asked) == ()
    one_by_one = [clashes_of(replace(asked, leading=(height,))) for height in asked.leading]
    first = next(place for place, found in enumerate(one_by_one) if not found)
    assert first > 0
    assert render_pdf(asked).content == render_pdf(replace(asked, leading=(asked.leading[first],))).content


def test_a_finding_names_the_words() -> None:
    (found,) = clashes_of(job('<p style="line-height:.4">مستحکم<br>کشمکش</p>'))
    assert (found.page, found.line, found.words, found.against) == (1, 2, "کشمکش", "مستحکم")


@pytest.mark.parametrize("height", [0.9, 1.2, 1.5, 1.8, 2.1, 2.4, 3.2])
def test_ink_meets_where_pixels_do(height: float) -> None:
    lines = ('<span class="first">چلم مستحکم</span>', '<span class="second">کشمکش کھینچی</span>')
    body = f'<p style="line-height:{height}">{"<br>".join(lines)}</p>'
    first, second = (shown(body, hidden) for hidden in ("second", "first"))
    assert ImageChops.logical_and(first, second).getbbox() is None or clashes_of(job(body))
    assert ImageChops.logical_and(first, second).getbbox() or not clashes_of(job(body))


def shown(body: str, hidden: str) -> Image.Image:
    """Return where a page has ink when one of its lines is not drawn."""
    style = f"<style>.{hidden} {{ visibility: hidden }}</style>"
    with pypdfium2.PdfDocument(render_pdf(job(style + body)).content) as document:
        page: Image.Image = document[0].render(scale=6).to_pil().convert("L")
    return page.point(lambda grey: 255 * (grey < 128)).convert("1")


def test_another_weasyprint_is_not_looked_into() -> None:
    assert guard.fits(load().__version__)
    assert ink.clashes(None, "71.0") == ()


def test_another_style_sheets_font_at_the_same_place_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    from weasyprint.text import fonts

    files = iter([Path(file).read_bytes() for _, file in (FONTS[0], FONTS[-1])])
    monkeypatch.setattr(fonts, "get_pango_font_hb_face", lambda _: 1)
    monkeypatch.setattr(fonts, "get_hb_object_data", lambda _: next(files))
    one, other = SimpleNamespace(), SimpleNamespace()
    found = ink._font(None, one)
    assert ink._font(None, other)[1] != found[1]
    assert ink._font(None, one) is found
