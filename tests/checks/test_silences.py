"""Silences: what they hide, and what is said of those that hide nothing."""

from __future__ import annotations

import pytest
from tests.checks.examples import po_subject

from kitabat.checks.runner import check_catalog

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
