"""Blocks, messages and segments of articles' bodies."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kitabat.markup import blocks
from kitabat.markup.blocks import Body, read_body
from kitabat.markup.ids import Ids
from kitabat.markup.lines import Lines
from kitabat.model.article import Block, BlockKind, SegmentKind
from kitabat.model.message import LEAD, MessageKey


def body_of(text: str) -> Body:
    return read_body(Lines("content/a.md", text), 0)


def blocks_of(text: str) -> list[Block]:
    return [block for section in body_of(text).sections for block in section.blocks]


def kinds(block: Block) -> list[str]:
    return [one.kind.value for one in block.walk()]


def keys(text: str) -> list[MessageKey]:
    return [message.key for message in body_of(text).messages]


def test_messages_carry_the_section_that_they_stand_in() -> None:
    text = "Lead.\n\n## One {#first}\n\nText.\n\n### Two words\n\nMore.\n"
    assert keys(text) == [
        (LEAD, "Lead."),
        ("first", "One"),
        ("first", "Text."),
        ("two-words", "Two words"),
        ("two-words", "More."),
    ]


def test_headings_with_the_same_words_get_ids_of_their_own() -> None:
    body = body_of("## خلاصہ\n\nالف\n\n## خلاصہ\n\nب\n")
    assert [section.id for section in body.sections] == ["خلاصہ", "خلاصہ-2"]
    assert not body.diagnostics


def test_ids_of_headings_with_the_same_words_are_not_looked_for_from_the_first_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    is_taken = Ids._is_taken

    def noted(ids: Ids, name: str) -> bool:
        asked.append(name)
        return is_taken(ids, name)

    monkeypatch.setattr(Ids, "_is_taken", noted)
    ids = Ids()
    assert [ids.made("answer") for _ in range(100)][-1] == "answer-100"
    assert len(asked) < 500


def test_an_id_written_twice_is_a_fault() -> None:
    (fault,) = body_of("## A {#x}\n\nText\n\n## B {#x}\n\nText\n").diagnostics
    assert fault.rule == "article/section-id"
    assert str(fault.location) == "content/a.md:5:1"


def test_wrapped_lines_are_one_message_and_hard_breaks_stay() -> None:
    assert keys("one\ntwo  \nthree\\\nfour\n") == [(LEAD, "one two\\\nthree\\\nfour")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("> quote\n>\n> — Name\n", ["quote", "paragraph", "paragraph"]),
        ("- a\n- b\n", ["list", "item", "paragraph", "item", "paragraph"]),
        ("3. a\n", ["list", "item", "paragraph"]),
        ("Term\n: Meaning\n", ["terms", "term", "definition", "paragraph"]),
        ("| A |\n|---|\n| b |\n", ["table", "row", "cell", "row", "cell"]),
        ('![alt](a.svg "caption")\n', ["figure", "caption"]),
        ("::: figure\n![alt](a.svg)\n\ncaption\n:::\n", ["figure", "caption"]),
        ("::: aside\ntext\n:::\n", ["aside", "paragraph"]),
        ("```python\nx\n```\n", ["code"]),
        ("***\n", ["rule"]),
    ],
)
def test_every_construct_has_its_block(source: str, expected: list[str]) -> None:
    (block,) = blocks_of(source)
    assert kinds(block) == expected


def test_table_cells_know_head_and_alignment() -> None:
    (table,) = blocks_of("| A | B |\n|:--|--:|\n| `a\\|b` | c |\n")
    head, row = table.children
    assert head.attributes == {"head": "head"}
    assert [cell.attributes["align"] for cell in row.children] == ["start", "end"]
    assert row.children[0].message == (LEAD, "`a|b`")


def test_footnotes_stand_apart_with_their_section() -> None:
    body = body_of("## S {#s}\n\nText[^1].\n\n[^1]: A note\n    that goes on.\n")
    assert list(body.notes) == ["1"]
    assert body.messages[-1].key == ("s", "A note that goes on.")
    assert body.messages[-1].comments == ("footnote",)


def test_comments_speak_to_translators_and_fix_blocks() -> None:
    body = body_of(
        "<!-- translators: the city,\nnot the river -->\n\nMoskva\n\n<!-- notranslate -->\n- U+06CC\n\n<!-- a remark -->\nLast\n"
    )
    assert [message.source for message in body.messages] == ["Moskva", "Last"]
    assert body.messages[0].comments == ("paragraph", "the city, not the river")
    assert body.messages[1].comments == ("paragraph",)


def test_bare_addresses_are_no_messages() -> None:
    assert keys("https://example.org/a_b\n\n<https://example.org>\n") == []


def test_one_text_twice_in_a_section_is_one_message_with_two_places() -> None:
    (message,) = body_of("| A |\n|---|\n| A |\n").messages
    assert [str(place) for place in message.locations] == ["content/a.md:1:3", "content/a.md:3:3"]


def test_segments_name_their_messages() -> None:
    body = body_of("> one\n> two\n\n- three\n")
    found = [(one.text, one.message.source) for one in body.segments if one.kind is SegmentKind.TEXT and one.message]
    assert found == [("one\n> two", "one two"), ("three", "three")]


@pytest.mark.parametrize(
    ("source", "text", "place"),
    [
        ("## why {#why}\n", "why", "1:4"),
        ("> ## تاریخ {#تاریخ}\n", "تاریخ", "1:6"),
        ('![Alt](map.svg "map"){.map}\n', "map", "1:17"),
        ("![Alt](map.svg 'map')\n", "map", "1:17"),
        ("![Alt](map.svg (map))\n", "map", "1:17"),
    ],
)
def test_a_text_is_found_beside_an_id_or_a_file_that_is_called_the_same(source: str, text: str, place: str) -> None:
    message = body_of(source).messages[-1]
    assert (message.source, *map(str, message.locations)) == (text, f"content/a.md:{place}")


@pytest.mark.parametrize("text", ["Write `[^1]` there.\n", "Write \\[^1\\] there.\n", "It is [^1](a.md).\n"])
def test_what_is_written_as_a_footnote_mark_and_read_as_none_is_no_fault(text: str) -> None:
    assert not body_of(text).diagnostics


@pytest.mark.parametrize(
    ("source", "rule", "place"),
    [
        ("a <b>bold</b>\n", "article/html", "content/a.md:1:3"),
        ("text\n\n<div>\n", "article/html", "content/a.md:3:1"),
        ("a [b](javascript:x)\n", "article/link", "content/a.md:1:7"),
        ("[b]\n\n[b]: data:text/html,x\n", "article/link", "content/a.md:1:1"),
        ("[a]{onclick=x}\n", "article/attribute", "content/a.md:1:5"),
        ("a[^9]\n", "article/footnote", "content/a.md:1:1"),
        ("[^1]: a\n\n[^1]: b\n", "article/footnote", "content/a.md:3:1"),
        ("::: aside\nopen\n", "article/div", "content/a.md:1:1"),
        (">" * 80 + " deep\n", "article/nesting", "content/a.md:1:1"),
        ("<!-- never closed\n\ntext\n", "article/html", "content/a.md:1:1"),
    ],
)
def test_what_is_not_let_through_is_reported_with_its_place(source: str, rule: str, place: str) -> None:
    found = [(fault.rule, str(fault.location)) for fault in body_of(source).diagnostics]
    assert (rule, place) in found


@pytest.mark.parametrize(
    ("info", "language"), [("", ""), (" c++ title", "c++"), ("python{.x}", "python"), ("{.x}", ""), ("a\u202eb", "a")]
)
def test_code_is_in_the_language_that_begins_its_first_line(info: str, language: str) -> None:
    (code,) = blocks_of(f"```{info}\ncode\n```\n")
    assert (code.literal, code.attributes["info"]) == ("code\n", language)


def test_an_open_comment_swallows_nothing() -> None:
    assert keys("<!-- never closed\n\ntext\n")[-1] == (LEAD, "text")


MARKDOWN = st.lists(
    st.sampled_from(
        [
            *[
                "#",
                ">",
                "-",
                "*",
                "_",
                "`",
                "[",
                "]",
                "(",
                ")",
                "!",
                "|",
                ":",
                "{",
                "}",
                "<",
                "~",
                "\\",
                "1",
                ".",
                "^",
                "&",
            ],
            "\n",
            "\n\n",
            "\r\n",
            "\t",
            "    ",
            "a",
            "لفظ",
            "::: x\n",
        ]
    )
    | st.text(max_size=4),
    max_size=40,
).map("".join)


@given(MARKDOWN)
@example("a\r\rb\r\n- c\rd\n")
@example("\ufeff# x\n\n> - 1. y\n> z\n")
@example("| a | a |\n|---|---|\n| a\\|a | a |\n")
@example("- \ta\n\n\t  b\n")
def test_segments_joined_are_the_source(text: str) -> None:
    body = body_of(text)
    assert "".join(segment.text for segment in body.segments) == text


@given(MARKDOWN)
def test_every_message_is_unique_and_placed(text: str) -> None:
    body = body_of(text)
    assert len({message.key for message in body.messages}) == len(body.messages)
    for message in body.messages:
        assert message.locations
        assert message.source.strip()
        assert all(place.path == "content/a.md" and place.line >= 1 for place in message.locations)


def test_a_figure_keeps_its_picture_and_texts() -> None:
    (figure,) = blocks_of('![The *alt*](a/b.svg "The caption"){width=300 .wide}\n')
    assert figure.kind is BlockKind.FIGURE
    assert figure.message == (LEAD, "The *alt*")
    assert dict(figure.attributes) == {"src": "a/b.svg", "width": "300", "class": "wide"}
    assert figure.children[0].message == (LEAD, "The caption")


def test_a_fenced_div_has_words_and_attributes() -> None:
    body = body_of("::: note {.wide #box lang=ur}\nمتن\n:::\n\n::: {.x onclick=y}\ntext\n:::\n")
    first, second = body.sections[0].blocks
    assert first.attributes == {"class": "note wide", "id": "box", "lang": "ur"}
    assert second.attributes == {"class": "x"}
    assert [fault.rule for fault in body.diagnostics] == ["article/attribute"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("## A {#page-notes}\n", "1:1"),
        ("## A {#en-note-2}\n", "1:1"),
        ("text [x]{#noteref-1}\n", "1:1"),
        ("{#reply-name}\ntext\n", "2:1"),
        ("## A {#a}\n\n## B {#a-heading}\n", "3:1"),
        ("## A {#a-heading}\n\n## B {#a}\n", "3:1"),
        ("[x]{#a} [y]{#a}\n", "1:1"),
        ("## A {#a}\n\n> {#a}\n> text\n", "4:1"),
        ("![p](p.svg 't'){#a}\n\n::: x {#a}\ntext\n:::\n", "3:1"),
        ("> # A {#a}\n\n## B {#a}\n", "3:1"),
    ],
)
def test_an_id_that_stands_twice_or_is_the_pages_own_is_a_fault(text: str, place: str) -> None:
    (fault,) = body_of(text).diagnostics
    assert (fault.rule, str(fault.location)) == ("article/section-id", f"content/a.md:{place}")


def test_ids_that_are_made_keep_clear_of_others() -> None:
    text = "[x]{#one}\n\n## One\n\n## Page notes\n\n## Note 1\n\n## Tab\n\n## Tab heading\n\n## Note on water\n"
    body = body_of(text)
    assert not body.diagnostics
    assert [section.id for section in body.sections[1:]] == [
        "one-2",
        "page-notes-section",
        "note-1-section",
        "tab",
        "tab-heading-2",
        "note-on-water",
    ]


def test_a_figure_in_a_fenced_div_keeps_the_attributes_of_both() -> None:
    (figure,) = blocks_of("::: figure wide {#map}\n![alt](a.svg){width=20 .dark}\n\ncaption\n:::\n")
    assert figure.attributes == {"id": "map", "class": "dark wide", "width": "20", "src": "a.svg"}


@given(st.text(alphabet="aبé1-_:.# \u0300\n", max_size=4))
def test_an_id_alone_is_what_the_parser_of_attributes_makes_of_it(name: str) -> None:
    heading = f"Why {{#{name}}}"
    found = blocks._without_attributes(heading)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "ID_ALONE", re.compile("(?!)"))
        assert found == blocks._without_attributes(heading)
