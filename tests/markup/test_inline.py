from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work import assert_linear

from kitabat.language.direction import CONTROLS
from kitabat.markup import inline
from kitabat.markup.allowed import is_safe
from kitabat.markup.inline import MAX_NESTING, NO_REFERENCES, Inline, InlineKind, References, parse, plain
from kitabat.markup.parser import inline_tokens

REFERENCES = References({"PAPER": ("https://example.org/p", "The paper")}, frozenset({"1"}))


def shape(nodes: tuple[Inline, ...]) -> list[object]:
    """Return the kinds of a tree, with its texts."""
    return [
        node.text if node.kind is InlineKind.TEXT else (node.kind.value, *(shape(node.children) or [node.text]))
        for node in nodes
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb", ["a b"]),
        ("a\\\nb", ["a", ("break", ""), "b"]),
        ("*a **b***", [("emphasis", "a ", ("strong", "b"))]),
        ("`a*b*`", [("code", "a*b*")]),
        ("see [it][paper][^1].", ["see ", ("link", "it"), ("note", ""), "."]),
        ("[^2] [x][none]", ["[^2] [x][none]"]),
        ("[a]{.b}", [("span", "a")]),
        ("![R&amp;D *map* `x` [y](z)](a.svg)", [("image", "R&amp;D *map* `x` [y](z)")]),
        ("a <!-- b --> c", ["a  c"]),
        ("a <br> <!-- b", ["a <br> <!-- b"]),
        ("[a *<https://example.org>* b](c)", [("link", "a ", ("emphasis", "https://example.org"), " b")]),
        ("[![a](b)](c)", [("link", ("image", "a"))]),
        ("a&#x202e;b `&#x202e;` c\u2066", ["ab ", ("code", "&#x202e;"), " c"]),
        ("2 * 3 _ 4 [5] {6} ]( **", ["2 * 3 _ 4 [5] {6} ]( **"]),
    ],
)
def test_a_message_is_a_tree(text: str, expected: list[object]) -> None:
    assert shape(parse(text, REFERENCES).nodes) == expected


def test_a_message_takes_no_more_notes_along_than_it_names() -> None:
    references = References(notes=frozenset({"1", "2", "اول", "[^2"}))
    assert references.environment("a[^1] [^none] [^اول] [^[^2]")["footnotes"]["refs"] == {
        ":1": -1,
        ":اول": -1,
        ":[^2": -1,
        ":2": -1,
    }
    assert shape(parse("a[^[^2] b[^3]", references).nodes) == ["a", ("note", ""), " b[^3]"]


def test_links_and_pictures_have_their_titles() -> None:
    (link,) = parse("[a][paper]", REFERENCES).nodes
    assert link.attributes == {"href": "https://example.org/p", "title": "The paper"}
    (image,) = parse('![a](b "t&#x202e;"){width=5 lang=ur}', REFERENCES).nodes
    assert image.attributes == {"src": "b", "title": "t", "width": "5", "lang": "ur"}


def test_quotation_marks_become_the_languages() -> None:
    assert plain(parse("\"a 'b'\"", quotes="”“’‘").nodes) == "”a ’b‘“"


def test_the_text_of_a_message_has_no_markup() -> None:
    nodes = parse("a\\\n*b* `c` ![d](e)[^1] [f](g)", REFERENCES).nodes
    assert plain(nodes) == "a b c d f"
    assert plain(parse("![R&amp;D *map* `x` [y](z) ![z](a)](a.svg)").nodes) == "R&D map x y z"
    assert [node.kind.value for node in nodes[2].walk()] == ["emphasis", "text"]


@pytest.mark.parametrize(
    ("text", "rule", "found"),
    [
        ("<b onclick=x>", "html", "<b onclick=x>"),
        ("a <!-- b", "html", "<!--"),
        ("&lt;script", "html", "<script"),
        ("[a](javascript:x)", "link", "javascript:x"),
        ("![a](data:x)", "link", "data:x"),
        ("![<b>](x)", "html", "<b>"),
        ("[a]{onclick=x}", "attribute", "onclick"),
        ('[a]{id="b c"}', "attribute", "id"),
        ("*a*{.b} [c]{width=4}", "attribute", "width"),
        ("`a`{style=x}", "attribute", "style"),
        ("*" * 300 + "a" + "*" * 300, "nesting", "**"),
        ("[" * (MAX_NESTING + 2) + "a" + "]{.b}" * (MAX_NESTING + 2), "nesting", "["),
    ],
)
def test_what_is_not_let_through_is_told(text: str, rule: str, found: str) -> None:
    (fault,) = parse(text).faults
    assert (fault.rule, fault.found) == (rule, found)
    assert fault.message.startswith("Unexpected ")
    assert "expected" in fault.message
    assert fault.hint


SCHEMES = ["javascript", "JavaScript", "vbscript", "data", "file", "blob", "filesystem", "about", "ftp", "view-source"]
DISGUISES = ["{}:x", " {}:x", "\t{}:x", "\x01{}:x", "\x7f{}:x", "%20{}:x", "%09{}:x", "{}%3Ax", "{}%3ax", "{}:%0Ax"]
SPLIT = ["java\tscript:x", "java\nscript:x", "java%0Ascript:x", "j%61vascript:x", "java\r\nscript:x", "javascript\t:x"]
HOSTS = ["//evil", "/\\evil", "\\\\evil", "\\/evil", "/\t/evil", "%2F%2Fevil", "http://[::1"]


@pytest.mark.parametrize(
    "address", [disguise.format(scheme) for scheme in SCHEMES for disguise in DISGUISES] + SPLIT + HOSTS
)
def test_an_unsafe_address_is_refused_whatever_its_disguise(address: str) -> None:
    assert not is_safe(address)


@pytest.mark.parametrize(
    "address", ["", "a", "a/b.md#c", "#c", "?a=b:c", "/a", "۱:۲", "https://a", "HTTP://a", "mailto:a@b", "tel:+92"]
)
def test_a_plain_address_is_let_through(address: str) -> None:
    assert is_safe(address)


MARKS = [
    "*",
    "**",
    "_",
    "`",
    "``",
    "[",
    "]",
    "](x)",
    "![",
    "{",
    "}",
    "]{.a}",
    "]{lang=ar}",
    "<",
    ">",
    "<a",
    "<!--",
    "&",
]
PIECES = st.lists(st.sampled_from([*MARKS, "[^1]", "\\", "\n", "\\\n", " ", "a", "اب", '"', "'", "\0", "\ufffc"]))
TEXTS = PIECES.map("".join) | st.text()


@given(TEXTS)
def test_any_text_parses_and_keeps_its_letters(text: str) -> None:
    nodes = parse(text, REFERENCES, "“”‘’").nodes
    assert not set(plain(nodes)) & set(CONTROLS)
    kept = sorted(letter for letter in plain(nodes) if "\u0627" <= letter <= "\u0628")
    hidden = any(mark in text for mark in ("](", "![", "<", "&", "[^", "{", "`"))
    assert hidden or kept == sorted(letter for letter in text if "\u0627" <= letter <= "\u0628")


@given(TEXTS)
def test_no_link_holds_a_link(text: str) -> None:
    for node in parse(text, REFERENCES).nodes:
        for link in (inner for inner in node.walk() if inner.kind is InlineKind.LINK):
            kinds = [inner.kind for inner in link.walk()]
            assert kinds.count(InlineKind.LINK) == 1
            assert InlineKind.NOTE not in kinds


DEEP = {
    "emphasis": ("*a ", "ب", " c*"),
    "both": ("*a **b ", "ب", " c** d*"),
    "stars": ("*", "ب", "*"),
    "brackets": ("[", "ب", "]"),
    "spans": ("[", "ب", "]{.a}"),
    "links": ("[", "ب", "](x)"),
    "pictures": ("![", "ب", "](x)"),
    "pictures in links": ("[![", "ب", "](x)](y)"),
    "links in emphasis": ("*[a ", "ب", " c](x)*"),
}


def height(nodes: tuple[Inline, ...]) -> int:
    return max((1 + height(node.children) for node in nodes), default=0)


@pytest.mark.parametrize("name", DEEP)
def test_deep_nesting_stops_and_keeps_its_text(name: str) -> None:
    before, middle, after = DEEP[name]
    nodes = parse(before * 1000 + middle + after * 1000).nodes
    assert height(nodes) <= MAX_NESTING + 1
    assert "ب" in plain(nodes)


LONG = {
    "words": "نیا *New* York ",
    "stars": "*",
    "open stars": "**a ",
    "underscores": "*_",
    "backticks": "`",
    "apart backticks": "`a ",
    "angles": "<",
    "open tags": "<a href=",
    "comments": "<!-- a",
    "cdata": "<![CDATA[",
    "brackets": "[",
    "closing brackets": "]",
    "links": "[a](",
    "references": "[a][",
    "pictures": "![",
    "braces": "[a]{",
    "entities": "&#1;",
    "backslashes": "\\",
    "quotes": '"',
    "joiners": "\u200d",
    "objects": "\ufffc ب",
    "separators": "a\u2028ب",
}


def parsed_anew(text: str) -> None:
    inline._simple.cache_clear()
    inline._parsed.cache_clear()
    parse(text, NO_REFERENCES, "“”‘’")


@pytest.mark.parametrize("name", LONG)
def test_the_work_grows_with_the_length(name: str) -> None:
    piece = LONG[name]
    few, many = (piece * (length // len(piece)) for length in (200, 1_600))
    assert_linear(lambda: parsed_anew(few), lambda: parsed_anew(many))


EMPHASISED_PARTS = st.sampled_from(
    [
        "*word*",
        "**two words**",
        "*a",
        "b*",
        "**",
        " ",
        ", ",
        "۔ ",
        "لفظ",
        "*لفظ اور*",
        "plain",
        "‌",
        "\u200f",
        "1*2",
        "(*c*)",
        "\t",
        "!",
        "~",
        "don't",
        '"',
        "&quot;",
        "`c`",
        "]",
    ]
)


@given(st.lists(EMPHASISED_PARTS, max_size=7).map("".join), st.sampled_from(["", "“”‘’"]))
def test_emphasis_of_whole_words_is_what_the_parser_makes_of_it(text: str, quotes: str) -> None:
    wanted = inline._tree(inline_tokens(text, {}, quotes), [])
    assert parse(text, NO_REFERENCES, quotes).nodes == wanted


def test_emphasis_of_whole_words_is_found_without_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    inline._simple.cache_clear()
    inline._parsed.cache_clear()
    monkeypatch.setattr(inline, "inline_tokens", refuse)
    kinds = [node.kind.value for node in parse("یہ *بات* اور **یہ بات** بھی۔").nodes]
    assert kinds == ["text", "emphasis", "text", "strong", "text"]
