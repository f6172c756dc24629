"""Texts put together from words that were shaped before: no different from what Pango makes of the whole text."""

from __future__ import annotations

from typing import Any

import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rendering.pdf.shaping.test_shaping import first_line
from tests.rendering.pdf.test_render import FONTS, STYLE

from kitabat.rendering.pdf import render, shaping
from kitabat.rendering.pdf.shaping import setting_of, vocabulary
from kitabat.rendering.pdf.shaping.paragraphs import widths_of
from kitabat.rendering.pdf.shaping.setting import Setting
from kitabat.rendering.pdf.shaping.vocabulary import Vocabulary

STYLES = {
    "nastaliq": "font-family:'Kitabat Nastaliq','Kitabat Serif';font-size:16.7px;word-spacing:1px",
    "naskh": "font-family:'Kitabat Naskh';font-size:13.3px;word-spacing:.06em",
    "featured": "font-family:'Kitabat Nastaliq';word-spacing:-.5px;font-feature-settings:'ss01'",
    "mono": "font-family:'Kitabat Mono','Kitabat Nastaliq';word-spacing:1px",
    "unspaced": "font-family:'Kitabat Nastaliq'",
}
LATIN = {
    "divided": "font-family:'Kitabat Serif';hyphens:auto",
    "whole": "font-family:'Kitabat Serif';hyphens:manual;font-size:11.3px",
    "spaced": "font-family:'Kitabat Serif','Kitabat Nastaliq';word-spacing:2px;hyphens:auto;hyphenate-limit-chars:9 4 4",
}
LETTERS = st.sampled_from("ابپتٹجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیےئؤآأۂۃيكىۓڭﻻ")
DIGITS = st.text("۰۱۲۳۴۵۶۷۸۹", min_size=1, max_size=5)
SIGNS = st.sampled_from([*[""] * 8, *"،؛؟۔:!.؟"])
BEFORE, AFTER = st.sampled_from(["", "", " ", ") ", ")، "]), st.sampled_from(["", "", " ", " (", " ( "])


@st.composite
def words(draw: st.DrawFn) -> str:
    """A word of letters, marks and joiners, or a number, with the signs that may stand around it."""
    if draw(st.integers(0, 5)) == 0:
        bare = [draw(DIGITS), draw(st.sampled_from(["", "", "٪", "ء", "ویں", "٫۵", "٬۵۰۰", ":۳۰"]))]
    else:
        along = st.one_of(LETTERS, LETTERS, LETTERS, st.sampled_from("\u064e\u0651\u0650\u0670\u200c"))
        bare = [draw(LETTERS), *draw(st.lists(along, max_size=6))]
    brackets = st.sampled_from([("", ""), ("", ""), ("(", ""), ("", ")"), ("(", ")")])
    before, after = draw(brackets)
    return "".join([before, *bare, draw(SIGNS), after, draw(SIGNS)])


@pytest.fixture(scope="module")
def all_settings() -> dict[str, Setting]:
    render.load()
    sheet = STYLE + "".join(f".{name}{{{style}}}" for name, style in (STYLES | LATIN).items())
    fonts, counters, style = render._styled(sheet, FONTS)
    body = "".join(f"<p class={name} lang=ur dir=rtl>سطر</p>" for name in STYLES)
    body += "".join(f"<p class={name} lang=en dir=ltr>line</p>" for name in LATIN)
    source = weasyprint.HTML(string=f"<html><title>t</title><body>{body}")
    document = source.render(stylesheets=[style], font_config=fonts, counter_style=counters)
    boxes = (box for page in document.pages for box in page._page_box.descendants())
    found = [setting_of(box.style) for box in boxes if type(box).__name__ == "TextBox"]
    return dict(zip(STYLES | LATIN, found, strict=True))


def of(setting: Setting) -> Vocabulary:
    assert setting.vocabulary is not None
    return setting.vocabulary


def shaped(setting: Setting, text: str) -> tuple[Any, list[int], list[int]]:
    """Return a text as Pango shapes it, the widths of its bytes, and where its lines may end."""
    measured = setting._shaped(text)
    return measured, widths_of(measured.runs, len(text.encode())), setting._ends(text)


@given(
    name=st.sampled_from(["nastaliq", "naskh", "featured"]),
    words=st.lists(words(), min_size=1, max_size=12),
    before=BEFORE,
    after=AFTER,
)
@settings(max_examples=150, deadline=None)
def test_a_text_is_as_pango_shapes_it(
    name: str, words: list[str], before: str, after: str, all_settings: dict[str, Setting]
) -> None:
    setting, text = all_settings[name], f"{before}{' '.join(words)}{after}"
    composed = of(setting).composed(text)
    assert composed is None or tuple(composed) == shaped(setting, text)


@pytest.mark.parametrize(
    "text",
    [
        "خبر دیر سے آتی تو کالم دوبارہ لکھنا پڑتا، اور یہ مشقت ہر روز نئے سرے سے ہوتی۔",
        " مُدَّت ۲۸٬۵۰۰ روپے، یعنی ۹۰٪ رقم۔ ",
        "سنہ ۱۹۴۷ ۱۹۵۰، ۱۹۵۳",
        "می\u200cخواہم",
        "ء",
        *("۱۹۴۷", "۱۹۴۷ ۱۹۴۸ء میں", "۳۸ویں متوازی", ") اور جنوب میں (", ")، یعنی ۲۰", "۱۲ (۱۲)", "(۱۲) خبر"),
        "(کتاب) خبر (۱۹۴۷ء)، یعنی (۱۲) سال (اور۔) دیر)",
    ],
)
def test_plain_texts_are_put_together(text: str, all_settings: dict[str, Setting]) -> None:
    setting = all_settings["nastaliq"]
    composed = of(setting).composed(text)
    assert composed is not None
    assert tuple(composed) == shaped(setting, text)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "  ", "خبر  دیر", "خبر\u00a0دیر", "غیر-ملکی خبر", "”کتاب“", "۹۰٪ خبر", "خبر ( دیر )"),
        *(
            "کتاب(خانہ)",
            "New York",
            "خبر in لاہور",
            "۱۹۴۷ ۹۰٪ خبر",
            "خبر ٪۹۰",
            "خبر\nدیر",
            "\u064eخبر",
            "خبر\u200c دیر",
        ),
        *("ﷺ", "خبر ۱/۲", "کتاب۔خبر", "خبر 🙂"),
        "سنہ 1947 میں",
    ],
)
def test_other_texts_are_left_to_pango(text: str, all_settings: dict[str, Setting]) -> None:
    assert of(all_settings["nastaliq"]).composed(text) is None


def test_a_word_of_another_font_is_left_to_pango(all_settings: dict[str, Setting]) -> None:
    assert of(all_settings["nastaliq"]).composed("خبر ڳڭ") is None  # a letter that the font does not have
    assert of(all_settings["mono"]).composed("خبر دیر") is None  # spaces are of the first font, and words are not


def test_words_that_are_not_shaped_alone_are_left_to_pango(all_settings: dict[str, Setting]) -> None:
    assert all_settings["unspaced"].vocabulary is None


def test_a_word_is_shaped_once(all_settings: dict[str, Setting]) -> None:
    setting, asked = all_settings["nastaliq"], list[str]()

    def shape(text: str) -> Any:
        asked.append(text)
        return setting._shaped(text)

    own = Vocabulary(shape)
    for text in ("خبر دیر سے", "دیر سے آتی خبر", "سے دیر"):
        assert own.composed(text)
    assert asked == [" ا ا ", "ا خبر دیر سے", "ا آتی"]


def test_a_vocabulary_has_an_end(all_settings: dict[str, Setting], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "MOST", 3)
    own = Vocabulary(all_settings["nastaliq"]._shaped)
    for text in ("خبر دیر سے", "آتی دیر", "خبر تو کالم دوبارہ لکھنا پڑتا"):  # the last is after the end
        composed = own.composed(text)
        assert composed is not None
        assert tuple(composed) == shaped(all_settings["nastaliq"], text)
    assert len(own._words) == 6  # of the last text alone


ROOMS = st.sampled_from([0, 0, 0, 0.5, 0.9, 0.999, 1, 1, 1.0001, 1.01, 1.1, 2])
"""For a line, in widths of its text."""


def ends_as_weasyprints(setting: Setting, text: str, room: float) -> bool:
    """Tell whether a line ends where WeasyPrint's own does; ``room`` is in widths of the text."""
    width = setting.measured(text).width * room
    ours = first_line(text, setting.style, width)
    with shaping.away():
        return ours == first_line(text, setting.style, width)


@given(
    name=st.sampled_from([*STYLES]),
    words=st.lists(words(), min_size=1, max_size=5),
    before=BEFORE,
    after=AFTER,
    room=ROOMS,
)
@settings(max_examples=150, deadline=None)
def test_a_line_of_urdu_ends_where_weasyprints_does(
    name: str, words: list[str], before: str, after: str, room: float, all_settings: dict[str, Setting]
) -> None:
    assert ends_as_weasyprints(all_settings[name], f"{before}{' '.join(words)}{after}", room)


ENGLISH = st.one_of(
    st.sampled_from(["internationalisation,", "newspaper", "AVATAR.", "office;", "a", "I", "re", "extraordinary"]),
    st.sampled_from(
        [
            "well-known",
            "“quoted”",
            "3,000",
            "étude",
            "and/or",
            "لاہور",
            "it’s",
            "U.S.A.",
            "1950–1953",
            ".py",
            "/etc",
            ")",
        ]
    ),
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14),
)


@given(name=st.sampled_from([*LATIN]), words=st.lists(ENGLISH, min_size=1, max_size=5), room=ROOMS)
@settings(max_examples=150, deadline=None)
def test_a_line_of_english_ends_where_weasyprints_does(
    name: str, words: list[str], room: float, all_settings: dict[str, Setting]
) -> None:
    assert ends_as_weasyprints(all_settings[name], " ".join(words), room)


@pytest.mark.parametrize("sign", ["؟", ")", ")،", "}", "\u2060", "\u200b", "”", "(", "۱۲", "\u00ad"])
@pytest.mark.parametrize("name", ["nastaliq", "unspaced"])
def test_a_line_ends_before_no_sign_that_must_not_begin_one(
    name: str, sign: str, all_settings: dict[str, Setting]
) -> None:
    """What was found for one text is kept, and must not be told of another that begins alike."""
    for text in (f"خبر {sign} دیر", f"خبر {sign}", f"خبر {sign}دیر", f"خبر دیر{sign}سے", "خبر دیر"):
        assert ends_as_weasyprints(all_settings[name], text, 0)
