"""Broken markup in translations: what is found, where, and what is let alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.examples import po_subject

from kitabat.checks.catalog.markup import RULE
from kitabat.checks.marks import marks
from kitabat.markup.inline import NO_REFERENCES


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def found(source: str, translation: str) -> list[str]:
    text = f'msgctxt "@lead"\nmsgid "{escaped(source)}"\nmsgstr "{escaped(translation)}"\n'
    return [f"{place.line}:{place.column}" for fault in RULE.check(po_subject(text)) if (place := fault.location)]


@pytest.mark.parametrize(
    ("translation", "columns"),
    [
        ("**متن", ["3:9"]),
        ("متن **", ["3:13"]),
        ("**الف** اور **ب", ["3:21"]),
        ("*متن", ["3:9"]),
        ("`متن", ["3:9"]),
        ("[متن](https://example.org", ["3:13"]),
        ("[متن][کچھ]", ["3:13"]),
        ("![متن](a.png", ["3:9", "3:14"]),
        ("متن[^9]", ["3:12"]),
        ("متن {#x", ["3:13"]),
        ("![متن](a.png){width=50%}", ["3:22"]),
        ('"اقتباس" **متن', ["3:20"]),
        ("**متن۔**کے بعد", ["3:9", "3:15"]),
    ],
)
def test_broken(translation: str, columns: list[str]) -> None:
    assert sorted(found("text", translation)) == sorted(columns)


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("2 * 3", "2 * 3 کا حاصل"),
        ("text", r"متن \*\* \[^9] \`"),
        ("![t](a.png){width=50%}", "![متن](a.png){width=50%}"),
        ("text", "![متن](a.png){width=50} {name} {x=1} {.} `{lang=`"),
        ("text", "متن {{ 7*7 }} {% raise %} {# x #} {{ self._Name__x }} 2**3 100*"),
        ("text", "_متن"),
        ("text", "`**` اور ``a`b``"),
        ("text", "file_name_here اور [قوسین]"),
        ("text [^1]", "متن [^1]"),
        ("a **b** *c* `d` [e](f) ![g](h)", "ا **ب** *ج* `د` [ہ](f) ![گ](h)"),
        ("A ** left", "ایک ** باقی"),
    ],
)
def test_sound(source: str, translation: str) -> None:
    assert found(source, translation) == []


def test_an_underscore_is_markup_where_emphasis_is_missing() -> None:
    assert found("some _text_", "کچھ _متن") == ["3:13"]
    assert found("some _text_", "کچھ _متن_ a_b") == []


def test_fuzzy_and_empty_translations_are_not_looked_at() -> None:
    text = '#, fuzzy\nmsgctxt "a"\nmsgid "x"\nmsgstr "**y"\n\nmsgctxt "a"\nmsgid "z"\nmsgstr ""\n'
    assert RULE.check(po_subject(text)) == ()


@given(st.text(alphabet="ab*_`[]()!^{}#\\ \n۔ک", max_size=30))
def test_any_text_gives_marks_inside_it(text: str) -> None:
    for mark, offset in marks(text, NO_REFERENCES):
        assert mark
        assert 0 <= offset <= len(text)
