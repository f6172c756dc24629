"""Silences: what they hide, and what is said of those that hide nothing."""

from __future__ import annotations

import pytest
from tests.checks.examples import po_subject, source_subject

from kitabat.checks.runner import check_catalog, check_source

LETTER = 'msgctxt "a"\nmsgid "A book"\nmsgstr "ایک \u0643تاب"\n'


def found(text: str) -> list[str]:
    return [f"{fault.location} {fault.rule}"[34:] for fault in check_catalog(po_subject(text))]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("", ["3:13 catalog/letters"]),
        ("# kitabat: ignore catalog/letters\n", []),
        ("#\tkitabat:ignore   catalog/letters\t\n", []),
        ("# A quotation.\n# kitabat: ignore catalog/letters\n", []),
        ("#. kitabat: ignore catalog/letters\n", ["4:13 catalog/letters"]),
        ("# see kitabat: ignore catalog/letters\n", ["4:13 catalog/letters"]),
        ("# kitabat: ignore catalog/code\n", ["1:19 catalog/silence", "4:13 catalog/letters"]),
        ("# kitabat: ignore catalog/letters catalog/letters\n", ["1:35 catalog/silence"]),
        ("# kitabat: ignore\n", ["1:3 catalog/silence", "4:13 catalog/letters"]),
        ("# kitabat: ignore article/letters\n", ["1:19 catalog/silence", "4:13 catalog/letters"]),
    ],
)
def test_a_silence(comment: str, expected: list[str]) -> None:
    assert found(comment + LETTER) == expected


def in_article(front: str, body: str) -> list[str]:
    text = f"---\ntitle: The the book\nsource: en\n{front}---\n\n{body}"
    return [f"{fault.location} {fault.rule}"[19:] for fault in check_source(source_subject(text))]


def test_one_in_front_matter_is_of_all_its_texts() -> None:
    assert in_article("", "Text.\n") == ["2:12 article/doubled-word"]
    assert in_article("# kitabat: ignore article/doubled-word\n", "The the\n") == ["7:5 article/doubled-word"]
    assert in_article("# kitabat: ignore article/bidi\n", "x\n")[1] == "4:19 article/silence"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- a\n- the the\n- b b\n", []),
        ("> The the\n>\n> b b\n", []),
        ("The the\n\nb b\n", ["10:3 article/doubled-word"]),
        ("A book\n", ["6:22 article/silence"]),
        ("| a | the the |\n|---|---|\n| the the | a |\n", []),
    ],
)
def test_one_above_a_block_is_of_all_in_it(body: str, expected: list[str]) -> None:
    found = in_article("", f"<!-- kitabat: ignore article/doubled-word -->\n\n{body}")
    assert found == ["2:12 article/doubled-word", *expected]


def test_it_is_of_its_own_entry() -> None:
    other = LETTER.replace('"a"', '"b"')
    assert found(f"# kitabat: ignore catalog/letters\n{LETTER}\n{other}") == ["8:13 catalog/letters"]


def test_an_entry_that_is_not_published_is_not_judged() -> None:
    fuzzy = "# kitabat: ignore catalog/letters\n#, fuzzy\n" + LETTER
    assert found(fuzzy) == ["5:9 catalog/fuzzy"]


def test_what_is_of_the_whole_catalog_is_not_silenced() -> None:
    text = '# kitabat: ignore catalog/fuzzy\nmsgctxt "a"\nmsgid "A book"\nmsgstr "ایک کتاب"\n'
    fuzzy = '\n#, fuzzy\nmsgctxt "b"\nmsgid "A book"\nmsgstr "ایک کتاب"\n'
    assert found(text + fuzzy) == ["1:19 catalog/silence", "9:9 catalog/fuzzy"]
