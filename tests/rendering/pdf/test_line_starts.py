"""No line begins with a sign that ends what stands before it, whatever element or isolate the two are in."""

from __future__ import annotations

import pytest
from markupsafe import Markup
from tests.rendering.pdf.boxes import lines
from tests.rendering.test_style import sheet

from kitabat.markup.html import inline_html
from kitabat.markup.inline import References
from kitabat.markup.isolate import direction_of
from kitabat.rendering.bare import PlainSurroundings
from kitabat.rendering.typesetter import tree

REFERENCES = References(notes=frozenset({"1"}))
URDU = (
    "خبر دیر سے آتی تو *کالم دوبارہ*۔ لکھنا پڑتا، اور **یہ مشقت**، ہر روز [نئے سرے](#x)؛ سے ہوتی `U+06CC`۔ پھر بھی Ahmed Mirza؟ "
    "بیسویں (Monotype)۔ صدی ”کتا“، اور ”*بت*“۔ یہ (*سچ*) ہے! آخری [برسوں]{lang=ar}۔ تک بہت سے ”New York Times“، اور 1990؛ پھر "
    "۱۲٪، اور C++۔ نمبر[^1]۔ اردو[^1]، اخبار *(Reuters)*؟ اسی طرح ”[الخط]{lang=ar}“ نکلتے رہے [(دیکھیے)](#x)۔"
)
APART = "یہ الفاظ ہیں ۔ اور یہ ، بھی ؛ کیا یہ ؟ ہاں ! یوں ) بھی ۔ *لفظ* ۔ **لفظ** ، [لفظ](#x) ؟ Ahmed ۔ Mirza ، (Jamil) ۔ `code` ۔ آخر ۔"
ENGLISH = (
    "He said “*yes*”, and **no**; then “[maybe](#x)”! Was it `code`? The word کتابت, and (نستعلیق). “*Really*?” he asked “[so](#x)”. "
    "*It is* (not *that*) [so](#x)! The end *of it*.[^1] Then[^1], more [“quoted”]{lang=fr}!"
)
STYLE = """
p { hyphens: auto; text-align: justify }
.note::before { content: '\\2060' attr(data-mark); font-size: .7em; line-height: 0; vertical-align: super }
code { font-family: 'Kitabat Mono' }
bdi.whole, bdi[dir]:not([lang]) { white-space: nowrap }
"""
CLOSING = {"ur": "۔،؛؟!)“’.,;:?", "en": ".,;:!?)”’،۔"}
OPENING = {"ur": "(”‘", "en": "(“‘"}
WIDTHS = range(90, 420, 4)
HYPHENS = ("-", "\u2010")


class Marked(PlainSurroundings, frozen=True):
    """Notes are marks alone: where the text of one stands is for other tests."""

    def note(self, label: str) -> Markup:
        return Markup('<span class="note" data-mark="{}"></span>').format(label)


def set_lines(text: str, lang: str, style: str = STYLE) -> list[str]:
    nodes = tree(text, lang, direction_of(lang), REFERENCES)
    html = inline_html(nodes, Marked(resolve=lambda href: href))
    return [line.text.strip(" \u2060") for block in lines(html, WIDTHS, style, lang) for line in block]


@pytest.mark.parametrize(("text", "lang"), [(URDU, "ur"), (APART, "ur"), (ENGLISH, "en")])
def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one(text: str, lang: str) -> None:
    found = set_lines(text, lang)
    assert len(found) > 3 * len(WIDTHS)
    assert [line for line in found if line[0] in CLOSING[lang]] == []
    assert [line for line in found if line[-1] in OPENING[lang]] == []


def test_english_is_hyphenated_and_nothing_else() -> None:
    words = "Extraordinary circumstances notwithstanding, international organisations cooperate."
    english = set_lines(words, "en", sheet(style="report"))
    assert any(line.endswith(HYPHENS) for line in english)
    urdu = set_lines(
        f"خبر دیر سے آتی تو {words} بھی لکھا جاتا رہا، اور یہ مشقت ہر روز نئے سرے سے ہوتی۔", "ur", sheet(style="report")
    )
    assert not any(line.endswith(HYPHENS) for line in urdu)
