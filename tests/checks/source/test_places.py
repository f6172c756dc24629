"""Places in an article: of the very character, in wrapped lines, cells, quotations and front matter."""

from __future__ import annotations

import pytest
from tests.checks.examples import source_subject

from kitabat.checks.runner import check_source

HEAD = "---\ntitle: Example\nsource: en\n---\n\n"


def found(text: str) -> list[str]:
    return [f"{fault.location} {fault.rule}"[19:] for fault in check_source(source_subject(text))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("that the one\nthe  the\n", ["7:4 article/word-spacing", "7:6 article/doubled-word"]),
        ("of the\nthe book\n", ["7:1 article/doubled-word"]),
        ("> one  two\n> and\n> three  four\n", ["6:6 article/word-spacing", "8:8 article/word-spacing"]),
        ("| `a\\|b`  c | d  e |\n|---|---|\n", ["6:9 article/word-spacing", "6:16 article/word-spacing"]),
        ("a &amp; b  c\n", ["6:10 article/word-spacing"]),
        ("- a\n\n  *b*  c\n", ["8:6 article/word-spacing"]),
        ("[^1]\n\n[^1]: a\n    b\u200bc\n", ["9:6 article/invisible"]),
        (
            "\u0421ompany \u202ea\u202c b  c\n",
            ["6:1 article/letters", "6:9 article/bidi", "6:11 article/bidi", "6:14 article/word-spacing"],
        ),
    ],
)
def test_in_the_body(body: str, expected: list[str]) -> None:
    assert found(HEAD + body) == expected
    assert found((HEAD + body).replace("\n", "\r\n")) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("title: A the the", ["2:14 article/doubled-word"]),
        ("title: 'It''s the the'", ["2:19 article/doubled-word"]),
        ('title: "A ‘\\"’ the the"', ["2:20 article/doubled-word"]),
        ("title: >-\n  A book\n  of the the", ["4:10 article/doubled-word"]),
        ('title: "\\u0041 the the"', ["2:9 article/doubled-word"]),
        ("title: A\ntags: [a, the the]", ["3:15 article/doubled-word"]),
    ],
)
def test_in_front_matter(line: str, expected: list[str]) -> None:
    at_all = found(f"---\n{line}\nsource: en\n---\n\nText.\n")
    assert [place for place in at_all if "doubled" in place] == expected


def test_what_is_meant_is_let_alone() -> None:
    body = '“One paragraph\n\n“and the next.”\n\n1) a point :-)\n\nA 6" screen, in in on on. Rock ’n’ roll (of tax) a) one, b) two.\n'
    assert [rule for rule in found(HEAD + body) if "straight" not in rule] == []
