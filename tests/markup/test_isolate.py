from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.work import assert_linear

from kitabat.markup.inline import Inline, InlineKind, References, parse, plain
from kitabat.markup.isolate import MAX_DEPTH, direction_of, goes_one_way, isolated, text_of
from kitabat.model.language import Direction

REFERENCES = References(notes=frozenset({"1"}))
NAMES = {
    InlineKind.EMPHASIS: "em",
    InlineKind.STRONG: "strong",
    InlineKind.LINK: "a",
    InlineKind.SPAN: "span",
    InlineKind.RUN: "run",
}
OTHER: dict[Direction, Direction] = {"ltr": "rtl", "rtl": "ltr"}


def drawn(nodes: tuple[Inline, ...]) -> str:
    """Return a tree on one line: ``em(…)``; a run with its direction's first letter, ``◊`` for an atom."""
    parts = []
    for node in nodes:
        if node.kind is InlineKind.TEXT:
            parts.append(node.text)
        elif node.kind in NAMES:
            name = node.attributes["dir"][0] if node.kind is InlineKind.RUN else NAMES[node.kind]
            parts.append(f"{name}({drawn(node.children)})")
        else:
            parts.append("\n" if node.kind is InlineKind.BREAK else "◊")
    return "".join(parts)


@pytest.mark.parametrize(
    ("base", "text", "expected"),
    [
        ("rtl", "نیا **New** York اخبار", "نیا l(strong(New) York) اخبار"),
        ("rtl", "**نیا New** York اخبار", "strong(نیا )l(strong(New) York) اخبار"),
        ("rtl", "نیا New **York اخبار**", "نیا l(New strong(York))strong( اخبار)"),
        ("rtl", "*ا World* **Bank** [Group ب](x)", "em(ا )l(em(World) strong(Bank) a(Group))a( ب)"),
        ("rtl", "**ا A ب B** C ج", "strong(ا l(A) ب )l(strong(B) C) ج"),
        ("rtl", "A **B ج *د* ہ**", "l(A strong(B))strong( ج em(د) ہ)"),
        ("rtl", "A **B *C* ج**", "l(A strong(B em(C)))strong( ج)"),
        ("rtl", "*A **B** ج* د", "em(l(A strong(B)) ج) د"),
        ("rtl", "**A** `c` *B* ج", "l(strong(A) ◊ em(B)) ج"),
        ("rtl", "A[^1] ج B![x](y) د", "l(A)◊ ج l(B)◊ د"),
        ("rtl", "A\\\nB ج", "l(A)\nl(B) ج"),
        ("rtl", "لفظ [mot کتاب]{lang=fr} ہے", "لفظ span(mot r(کتاب)) ہے"),
        ("rtl", "لفظ [كتاب]{lang=ar} ہے", "لفظ span(كتاب) ہے"),
        ("rtl", "دیکھیں https://e.org/اردو/ab", "دیکھیں l(https://e.org/r(اردو)/ab)"),
        ("ltr", "a *کتاب* **گھر** b", "a r(em(کتاب) strong(گھر)) b"),
        ("ltr", "a “یہ WiFi ہے” b", "a “r(یہ l(WiFi) ہے)” b"),
        ("ltr", "no *run* here", "no em(run) here"),
        ("ltr", "", ""),
    ],
)
def test_runs_become_nodes(base: Direction, text: str, expected: str) -> None:
    assert drawn(isolated(parse(text, REFERENCES).nodes, base)) == expected


def test_an_id_stays_with_the_first_piece() -> None:
    nodes = isolated(parse("[ا A]{#here .c} B").nodes, "rtl")
    spans = [node.attributes for top in nodes for node in top.walk() if node.kind is InlineKind.SPAN]
    assert spans == [{"id": "here", "class": "c"}, {"class": "c"}]


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("یہ C++ ہے", {"dir": "ltr", "lang": "en", "class": "whole"}),
        ("یہ New York ہے", {"dir": "ltr", "lang": "en"}),
        ("یہ Well-known-long-word-indeed ہے", {"dir": "ltr", "lang": "en"}),
        ("یہ 10–12% ہے", {"dir": "ltr"}),
    ],
)
def test_a_run_of_words_has_a_language_and_a_short_one_with_signs_is_whole(
    text: str, attributes: dict[str, str]
) -> None:
    (run,) = (node for node in isolated(parse(text).nodes, "rtl") if node.kind is InlineKind.RUN)
    assert run.attributes == attributes


@pytest.mark.parametrize(
    ("base", "text", "expected"),
    [("rtl", "map of اردو", "l(map of r(اردو))"), ("rtl", "نقشہ A", "نقشہ l(A)"), ("ltr", "12", "12")],
)
def test_what_stands_for_a_missing_picture_is_isolated(base: Direction, text: str, expected: str) -> None:
    (image,) = isolated(parse(f"![{text}](x)").nodes, base)
    assert drawn(image.children) == expected
    assert text_of((image,)) == "\ufffc"
    assert plain((image,)) == text


@pytest.mark.parametrize(("text", "lang"), [("peace ﷺ be", "ar"), ("said ﷲ اکبر too", "ur"), ("the word اکبر", "ur")])
def test_a_formula_of_one_character_is_arabic_within_english(text: str, lang: str) -> None:
    (run,) = [node for node in isolated(parse(text).nodes, "ltr") if node.kind is InlineKind.RUN]
    assert run.attributes["lang"] == lang


def test_a_direction_that_is_given_stays() -> None:
    span = Inline(InlineKind.SPAN, children=(Inline(InlineKind.TEXT, "A ب"),), attributes={"lang": "ar", "dir": "ltr"})
    assert isolated((span,), "rtl") == (span,)


@pytest.mark.parametrize(
    ("tag", "direction"),
    [("ur", "rtl"), ("AR-EG", "rtl"), ("en", "ltr"), ("pa-arab", "rtl"), ("ur-Latn-PK", "ltr"), ("fa-1957", "rtl")],
)
def test_a_tag_has_a_direction(tag: str, direction: str) -> None:
    assert direction_of(tag) == direction


WORDS = ["اردو", "ب", "New", "Y.", " ", " ", "(", ")", "10–12%", "C++", "۱۲", "،", "۔", "“", "”", "👍🏽", "&amp;"]
SIGNS = ["*", "**", "`", "[", "](x)", "[^1]", "![", "\\\n", "{.a}", "]{lang=ar}", "]{#i}"]
ODD = ["\u200d", "\u0301", "\ufffc", "\u2028", "\0"]
PIECES = st.lists(st.sampled_from([*WORDS, *SIGNS, *ODD]), max_size=30).map("".join)
WAYS = st.sampled_from(list(OTHER))


@given(PIECES | st.text(), WAYS)
def test_isolating_moves_no_text_and_no_node(text: str, base: Direction) -> None:
    nodes = parse(text, REFERENCES).nodes
    made = isolated(nodes, base)
    assert text_of(made) == text_of(nodes)
    assert plain(made) == plain(nodes)


ENGLISH = st.lists(st.sampled_from([*SIGNS, "New ", " ", "10–12%", "(", "'", "“", "\u0301"]), max_size=12).map("".join)
URDU = st.lists(st.sampled_from([*SIGNS, "اردو ", " ", "۔", "“", "، ", "[^ا]", "\u064e"]), max_size=12).map("".join)


@given(ENGLISH | URDU | PIECES.map(lambda text: text.replace("&amp;", "")), WAYS, st.sampled_from(["", "“”‘’"]))
@example("an *English* text", "ltr", "")
@example("*اردو* متن۔", "rtl", "")
def test_what_goes_one_way_stays_as_it_is(text: str, base: Direction, quotes: str) -> None:
    nodes = parse(text, References(notes=frozenset({"1", "ا"})), quotes).nodes
    assert not goes_one_way(text, base) or isolated(nodes, base) == nodes


def test_plain_and_emphasised_texts_go_one_way() -> None:
    assert goes_one_way("an *English* [text](a.md)", "ltr")
    assert goes_one_way("*اردو* متن، اور", "rtl")


def astray(nodes: tuple[Inline, ...], around: Direction) -> list[str]:
    """Return the runs that go the way of what is around them."""
    found = []
    for node in nodes:
        inside = around
        if node.kind is InlineKind.RUN:
            inside = OTHER[around]
            found += [drawn(nodes)] if node.attributes["dir"] == around else []
        elif node.attributes.get("lang"):
            inside = direction_of(node.attributes["lang"])
        found += astray(node.children, inside)
    return found


@given(PIECES, WAYS)
@example("New![10–12%](x)10–12%", "rtl")
def test_a_run_goes_against_what_is_around_it(text: str, base: Direction) -> None:
    assert astray(isolated(parse(text, REFERENCES).nodes, base), base) == []


def test_runs_inside_runs_have_an_end() -> None:
    text = "“a ”ب " * 40 + "c"
    runs = isolated(parse("[" * 20 + text + "]{lang=ar}" * 20).nodes, "rtl")

    def depth(nodes: tuple[Inline, ...]) -> int:
        return max((depth(node.children) + (node.kind is InlineKind.RUN) for node in nodes), default=0)

    assert depth(runs) <= MAX_DEPTH


LONG = {
    "names": "a، ",
    "letters": "aب",
    "elements": "*a ب* c ",
    "links": "[a ب](x) ",
    "crossing": "*ا A* B ",
    "words": "نیا New York Times (NY) اخبار، ”Yes!“ اور 10–12% ہے۔ ",
    "list": "ب, ",
}


@pytest.mark.parametrize("base", ["rtl", "ltr"])
@pytest.mark.parametrize("name", LONG)
def test_the_work_grows_with_the_length(name: str, base: Direction) -> None:
    # The two are different texts: what was found for one text is kept, and is no work again.
    few, many = (parse(LONG[name] * (length // len(LONG[name])) + "a ب").nodes for length in (510, 4_100))
    assert_linear(lambda: isolated(few, base), lambda: isolated(many, base))
