"""Messages as HTML."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from kitabat.markup.html import Picture
from kitabat.markup.inline import NO_REFERENCES, parse
from kitabat.markup.isolate import isolated, text_of
from kitabat.model.article import VersionText
from kitabat.model.language import Direction
from kitabat.model.message import TranslationState
from kitabat.rendering.bare import PlainSurroundings
from kitabat.rendering.context import TextView
from kitabat.rendering.typesetter import text_view


def view(text: str, tag: str = "en", edition: str = "") -> TextView:
    surroundings = PlainSurroundings(resolve=lambda href: href, pictures={"p.svg": Picture("/p.svg", 4, 2)})
    return text_view(VersionText(text, tag, TranslationState.SOURCE), edition or tag, NO_REFERENCES, surroundings)


def test_straight_marks_become_those_of_the_house() -> None:
    surroundings = PlainSurroundings(resolve=lambda href: href)
    text = VersionText("\"a 'b'\"", "en", TranslationState.SOURCE)
    shown = text_view(text, "en", NO_REFERENCES, surroundings, quotes={"en": "«»‹›"})
    assert shown.html == "«a ‹b›»"
    assert text_view(text, "en", NO_REFERENCES, surroundings, quotes={"ur": "«»‹›"}).html == "“a ‘b’”"


@pytest.mark.parametrize(
    ("tag", "text", "html"),
    [
        ("en", "a *b* **c** `d<e>`", 'a <em>b</em> <strong>c</strong> <code dir="ltr">d&lt;e&gt;</code>'),
        ("en", "a\\\nb", "a<br>b"),
        ("en", "[a](https://example.org/?a=1&b=2)", '<a href="https://example.org/?a=1&amp;b=2">a</a>'),
        ("en", "[a](javascript:alert(1))", "a"),
        ("en", "[a](<java\tscript:alert(1)>)", "a"),
        ("en", "<javascript:alert(1)>", "javascript:alert(1)"),
        ("en", "![pic](p.svg)", '<img src="/p.svg" alt="pic" width="4" height="2">'),
        ("en", "![pic](data:image/svg+xml,x)", "pic"),
        ("en", "![gone](q.svg)", "gone"),
        ("en", "<b onclick=x>b</b>", "&lt;b onclick=x&gt;b&lt;/b&gt;"),
        ("en", "a <!-- remark --> b", "a  b"),
        ("en", "{{ config }} {% raw %}", "{{ config }} {% raw %}"),
        ("en", 'say "yes"', "say “yes”"),
        ("en", "a &#x202e;b&#8294; `c\u202ed` ![\u202ee](q.svg)", 'a b <code dir="ltr">cd</code> e'),
        ("ar", "ا\u202eب", "اب"),
        ("en", '[a](b.md "c&#x202e;d")', '<a href="b.md" title="cd">a</a>'),
        ("en", "a\x07b\x1b[31m &zwnj;&rlm;", "ab[31m \u200c\u200f"),
        ("en", "it's", "it’s"),
        ("ur", 'اس نے کہا "ہاں"', "اس نے کہا ”ہاں“"),
        ("en", "a [كاتب]{lang=ar} b", 'a <span lang="ar" dir="rtl">كاتب</span> b'),
        ("ur", "یہ C++ ہے", 'یہ <bdi dir="ltr" lang="en" class="whole">C++</bdi> ہے'),
        ("ur", "فون +92 300 1234567 پر", 'فون <bdi dir="ltr">+92 300 1234567</bdi> پر'),
        ("ur", "نمو 10–12% رہی", 'نمو <bdi dir="ltr">10–12%</bdi> رہی'),
        ("en", "the paper اخبار said", 'the paper <bdi dir="rtl" lang="ur">اخبار</bdi> said'),
        (
            "ur",
            "نیا **New** York Times اخبار",
            'نیا <bdi dir="ltr" lang="en"><strong>New</strong> York Times</bdi> اخبار',
        ),
        (
            "ur",
            "رپورٹ [کے مطابق Financial](https://example.org) Times نے",
            (
                'رپورٹ <a href="https://example.org">کے مطابق </a><bdi dir="ltr" lang="en">'
                '<a href="https://example.org">Financial</a> Times</bdi> نے'
            ),
        ),
        (
            "ur",
            "اور [پوری New York کہانی](https://example.org) ہے",
            'اور <a href="https://example.org">پوری <bdi dir="ltr" lang="en">New York</bdi> کہانی</a> ہے',
        ),
    ],
)
def test_a_message_is_safe_html_with_its_runs_isolated(tag: str, text: str, html: str) -> None:
    assert view(text, tag).html == html


def test_what_stands_in_a_link_has_no_link_of_its_own() -> None:
    found = view("The [big](https://example.org) `x` ![p](p.svg) story")
    assert found.label == 'The big <code dir="ltr">x</code>  story'
    assert found.plain == "The big x p story"


def test_bidi_controls_do_not_reach_the_page() -> None:
    found = view("a\u202eb\u2066c\u2069 d")
    assert not set(found.html) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_a_fuzzy_message_that_stands_as_its_source_counts_as_untranslated() -> None:
    text = VersionText("Text", "en", TranslationState.FUZZY)
    assert text_view(text, "ur", NO_REFERENCES, PlainSurroundings(lambda href: href)).state == "untranslated"
    assert text_view(text, "en", NO_REFERENCES, PlainSurroundings(lambda href: href)).state == "fuzzy"


PIECES = st.lists(
    st.sampled_from(
        [
            "اردو",
            "لفظ",
            "New",
            "York",
            " ",
            " ",
            "*",
            "**",
            "`",
            "[",
            "](x)",
            "(",
            ")",
            "10–12%",
            "C++",
            "۱۲",
            "،",
            "۔",
            "\\\n",
            "{.a}",
            "[x]{lang=ar}",
            "“",
            "”",
        ]
    ),
    max_size=24,
).map("".join)
DIRECTIONS: list[Direction] = ["ltr", "rtl"]


@given(PIECES, st.sampled_from(DIRECTIONS))
def test_isolating_changes_no_text(text: str, base: Direction) -> None:
    nodes = parse(text).nodes
    assert text_of(isolated(nodes, base)) == text_of(nodes)


@given(PIECES, st.sampled_from(["en", "ur"]))
def test_tags_are_always_nested(text: str, tag: str) -> None:
    stack: list[str] = []
    for slash, name in re.findall(r"<(/?)([a-z]+)[^>]*>", view(text, tag).html):
        if slash:
            assert stack.pop() == name
        elif name not in ("br", "img"):
            stack.append(name)
    assert stack == []


@given(st.text())
def test_any_text_is_escaped(text: str) -> None:
    html = view(text).html
    assert isinstance(html, Markup)
    assert not re.search(r"<(?!/?(?:em|strong|code|a|bdi|span|br|img)\b)", html)
