"""Messages as HTML: whatever an author writes, only known elements with known attributes come out."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
import tinyhtml5  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from kitabat.language.registry import passes
from kitabat.markup.allowed import is_safe
from kitabat.markup.html import Picture, inline_html, start_tag
from kitabat.markup.inline import References, parse, plain
from kitabat.markup.isolate import isolated
from kitabat.model.language import Direction

GLOBAL = {"id", "class", "lang"}
ALLOWED = {
    "em": GLOBAL,
    "strong": GLOBAL,
    "span": GLOBAL | {"dir"},
    "bdi": {"class", "lang", "dir"},
    "code": GLOBAL | {"dir"},
    "a": GLOBAL | {"href", "title"},
    "img": GLOBAL | {"src", "alt", "title", "width", "height"},
    "br": set(),
    "sup": set(),
}
"""All that may come out; ``sup`` is the mark of a note that the tests' page gives."""
VOID = {"br", "img"}
REFERENCES = References(
    {"BAD": ("javascript:alert(1)", ""), "GOOD": ("https://example.org/", '"><script>alert(1)</script>')},
    frozenset({"1"}),
)


class Page:
    """A page that trusts its texts with everything: links and pictures get the addresses that they ask for."""

    def __init__(self, *, keep_ids: bool = True, pictures: bool = True) -> None:
        self.keep_ids = keep_ids
        self.pictures = pictures

    def link(self, href: str) -> str:
        return href

    def picture(self, src: str) -> Picture | None:
        return Picture(src, 4, 2) if self.pictures else None

    def note(self, label: str) -> Markup:
        return Markup("<sup>{}</sup>").format(label)


TRUSTING = Page()


def html_of(text: str, base: Direction = "ltr", page: Page = TRUSTING) -> Markup:
    return inline_html(isolated(parse(text, REFERENCES, "“”‘’").nodes, base), page)


def body_of(html: str) -> ET.Element:
    """Return what a browser makes of a paragraph."""
    page: ET.Element = tinyhtml5.parse(f"<!doctype html><p>{html}</p>", namespace_html_elements=False)
    return page[1]


def written(element: ET.Element) -> Iterator[str]:
    """Yield the tags and texts below an element as the toolkit would write them."""
    yield escape(element.text or "")
    for child in element:
        yield start_tag(child.tag, child.attrib)
        yield from written(child)
        yield "" if child.tag in VOID else f"</{child.tag}>"
        yield escape(child.tail or "")


def assert_known(html: str) -> None:
    """Fail unless a browser finds one paragraph, of nothing but known elements with safe values."""
    body = body_of(html)
    assert [child.tag for child in body] == ["p"], html
    for element in body[0].iter():
        if element is body[0]:
            continue
        assert element.tag in ALLOWED, html
        assert set(element.attrib) <= ALLOWED[element.tag], html
        for name in ("href", "src"):
            assert is_safe(element.get(name, "")), html
        assert element.get("dir", "ltr") in ("ltr", "rtl")
        assert element.tag != "a" or not [inner for inner in element.iter("a") if inner is not element], html


TRICKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></p><img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=data:text/html,x></object><embed src=x>",
    "<style>*{position:fixed}</style>",
    "<link rel=stylesheet href=//evil><meta http-equiv=refresh content=0>",
    "<base href=//evil><form action=//evil><input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "</p></body></html><script>alert(1)</script>",
    "</bdi></span></a><script>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><% x %>",
    "<b <script>alert(1)</script>0",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#x3c;/script&#x3e;",
    "&#0;&#xD800;&#x110000;&#1;",
    "<scr\0ipt>alert(1)</scr\0ipt>",
    "<plaintext><xmp><textarea><title>",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "[a](javascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\\script:alert(1))",
    "[a](javascript&colon;alert(1))",
    "[a](&#106;&#97;vascript:alert(1))",
    "[a](java&Tab;script:alert(1))",
    "[a](java&NewLine;script:alert(1))",
    "[a](&#x01;javascript:alert(1))",
    "[a](%6aavascript:alert(1))",
    "[a](javascript%3Aalert(1))",
    "[a](vbscript:x) [a](data:text/html;base64,PHNjcmlwdD4=) [a](file:///etc/passwd) [a](blob:x)",
    "[a](//evil) [a](/\\\\evil) [a](\\\\\\\\evil) [a](http://[::1)",
    '[a](https://example.org/"onmouseover="alert(1))',
    "[a](<https://example.org/' onclick='alert(1)>)",
    '[a](https://example.org "\\" onmouseover=\\"alert(1)")',
    "[a](https://example.org '\"><script>alert(1)</script>')",
    "[a][bad] [bad] [b][good] ![c][bad] ![d][good]",
    "<javascript:alert(1)> <data:text/html,x> <vbscript:x> <file:///x>",
    "<https://example.org/?\"onclick=x> <a@example.org?subject='><b>>",
    "![a](javascript:alert(1)) ![a](data:image/svg+xml,<svg/onload=alert(1)>) ![a](//evil)",
    '![a"onerror="alert(1)](x) ![<script>alert(1)</script>](x) ![a](x "\\" onerror=\\"alert(1)")',
    '![&quot; onerror=alert(1) x=&quot;](x) ![a](x"onerror=alert(1))',
    "[a]{onclick=alert(1)} *a*{onclick=alert(1)} `a`{onclick=alert(1)} ![a](x){onerror=alert(1)}",
    "[a]{style=position:fixed} [a]{style='background:url(//evil)'}",
    "[a](b){href=javascript:alert(1)} ![a](b){src=javascript:alert(1) srcset=//evil}",
    '[a]{id="x\\" onclick=\\"alert(1)"} [a]{class="<b>"} [a]{lang="en\\"><script>"} [a]{lang=x}',
    '[a]{#a"onclick=x} [a]{.a"onclick=x} [a]{.a<b>} [a]{width=1} ![a](b){width=1e9} ![a](b){width=5}',
    "[a]{dir=rtl} [a]{is=x-y contenteditable tabindex=1 accesskey=x slot=a}",
    "[a]{} [a]{ } [a]{.} [a]{#} [a]{=} [a]{%} [a]{. .} [a]{a} [a]{a=} [a]{=a} [a]{{a}} [a]{lang=ar lang=en}",
    "[a <https://example.org> b](c) [a [b](c) d](e) [![a](b)](c) ![[a](b)](c) [*[a](b)*](c)",
    "[a[^1] b](c) [^1]{onclick=x} [^<script>] ![a[^1]](b)",
    "[](x) [ ](x) ![](x) []{lang=ar} ****",
    "`<script>alert(1)</script>` ``` ` </code><script> ```",
    "{{ 7*7 }} {% include 'x' %} ${7*7} <%= 7*7 %>",
    "a\u2028b\u2029c\u0085d\x0be\x0cf\x7fg\ufffeh\U0001ffffi\ufdd0j",
    '\u202e\u2066abc\u2069 &#x202e;cba&#x2067; [a](b "&#x202e;")',
    "👩\u200d👩\u200d👧 \u0301a [\u0301](x) *\u200d*b **\u064bب** \ufffc",
]


@pytest.mark.parametrize("base", ["ltr", "rtl"])
@pytest.mark.parametrize("text", TRICKS)
def test_no_trick_brings_in_anything_unknown(text: str, base: Direction) -> None:
    for page in (TRUSTING, Page(keep_ids=False, pictures=False)):
        assert_known(html_of(text, base, page))
        assert_known(html_of(f"*x [{text}]{{lang=ar}} y*", base, page))


MARKS = ["*", "**", "_", "`", "[", "]", "](x)", "](javascript:x)", "](y 'z')", "![", "{", "}", "]{.a #b}", "]{lang=ar}"]
HOSTILE = ["<", ">", "</", '"', "'", "&", "&#60;", "<!--", "-->", "script", "<a@b.c>", "<x:y>", " onclick=x ", "=", "/"]
OTHERS = [
    "[^1]",
    "[good]",
    "[bad]",
    "\\",
    "\n",
    "\\\n",
    " ",
    "a",
    "اردو",
    "C++",
    "12",
    "\0",
    "\u200d",
    "\u202e",
    "\ufffc",
]
TEXTS = st.lists(st.sampled_from([*MARKS, *HOSTILE, *OTHERS]), max_size=30).map("".join) | st.text()
BASES: list[Direction] = ["ltr", "rtl"]


@given(TEXTS, st.sampled_from(BASES), st.booleans())
def test_any_text_gives_known_html_only(text: str, base: Direction, pictures: bool) -> None:
    assert_known(html_of(text, base, Page(pictures=pictures)))


@given(TEXTS, st.sampled_from(BASES))
def test_a_browser_reads_what_was_written(text: str, base: Direction) -> None:
    """The HTML is well formed: parsed and written again it is the same."""
    for text_pass in passes("ur"):
        text = text_pass(text)
    html = html_of(text, base)
    assert "".join(written(body_of(html)[0])) == html


@given(TEXTS, st.sampled_from(BASES))
def test_the_reader_sees_the_text_of_the_message(text: str, base: Direction) -> None:
    for text_pass in passes("en"):
        text = text_pass(text)
    nodes = parse(text, References()).nodes
    html = inline_html(isolated(nodes, base), Page(pictures=False))
    assert "".join("".join(body_of(html)[0].itertext()).split()) == "".join(plain(nodes).split())


def test_elements_have_their_attributes() -> None:
    assert html_of("[a]{#b .c}") == '<span id="b" class="c">a</span>'
    assert html_of("[a]{#b .c}", page=Page(keep_ids=False)) == '<span class="c">a</span>'
    assert html_of('[a](b "c"){.d}') == '<a class="d" href="b" title="c">a</a>'
    assert html_of("`a`{.b}") == '<code dir="ltr" class="b">a</code>'
    assert html_of("a\\\nb[^1]") == "a<br>b<sup>1</sup>"


def test_a_picture_has_its_size_unless_the_author_gives_one() -> None:
    assert html_of("![a](b)") == '<img src="b" alt="a" width="4" height="2">'
    assert html_of("![R&amp;D *b*&#x202e;](c)") == '<img src="c" alt="R&amp;D b" width="4" height="2">'
    assert html_of("![a](b){width=9}") == '<img width="9" src="b" alt="a">'


def test_a_missing_picture_is_its_text_in_its_own_direction() -> None:
    assert html_of("![map](b)", "rtl", Page(pictures=False)) == '<bdi dir="ltr" lang="en">map</bdi>'
    assert html_of("![map](b)", "ltr", Page(pictures=False)) == "map"
    assert inline_html(parse("![map](javascript:x)").nodes, TRUSTING) == "map"


def test_a_link_to_nowhere_is_text_and_a_link_without_text_is_nothing() -> None:
    assert html_of("[a](javascript:x)") == "a"
    assert html_of("[](x)") == ""
