"""The glossary: its file, line by line, and the words that it finds in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.examples import GLOSSARY, po_subject

from kitabat.checks.catalog.glossary import RULE
from kitabat.checks.glossary import COLUMNS, Term, read_glossary
from kitabat.checks.surroundings import Surroundings

HEAD = "source,urdu,part of speech,note,forbidden,inflections\n"
KOREA = Term("Korea", "کوریا")
NORTH = Term("North Korea", "شمالی کوریا", forbidden=("نارتھ کوریا",))
TREATY = Term("treaty", "معاہدہ", forbidden=("میثاق", "عہد نامہ"), inflections=("معاہدات",))
COMPANY = Term("company", "کمپنی")


def found(source: str, translation: str, *terms: Term) -> list[str]:
    subject = po_subject(f'msgctxt "a"\nmsgid "{source}"\nmsgstr "{translation}"\n')
    around = Surroundings(terms or (KOREA, NORTH, TREATY, COMPANY))
    return [f"{fault.location}"[34:] + f" {fault.message}" for fault in RULE.check(replace(subject, around=around))]


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("The treaty", "معاہدہ"),
        ("Treaties and companies", "معاہدوں اور کمپنیوں"),
        ("both treaties", "دونوں معاہدات"),
        ("The treaty", "مُعاہَدے پر"),
        ("North Korea", "شمالی  کوریا"),
        ("North Koreans, entreaty", "باشندے"),
        ("korea", "کچھ"),
        ("`treaty`", "`treaty`"),
        ("The **treaty**", "**معاہدے** کا"),
    ],
)
def test_the_right_word(source: str, translation: str) -> None:
    assert found(source, translation) == []


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("A treaty", "وعدہ", ["3:9 Missing `معاہدہ` for `treaty` in the translation"]),
        ("A treaty", "ایک **میثاق** ہے", ["3:15 Unexpected `میثاق`, expected `معاہدہ` for `treaty`"]),
        ("A treaty", "معاہدہ یعنی عہد نامے", ["3:21 Unexpected `عہد نامے`, expected `معاہدہ` for `treaty`"]),
        ("North Korea", "کوریا", ["3:9 Missing `شمالی کوریا` for `North Korea` in the translation"]),
    ],
)
def test_the_wrong_word(source: str, translation: str, expected: list[str]) -> None:
    assert found(source, translation) == expected


def test_a_forbidden_form_inside_the_right_one_is_right() -> None:
    assert found("nuclear power", "جوہری طاقت", Term("nuclear power", "جوہری طاقت", forbidden=("طاقت",))) == []


CEASEFIRE = Term("ceasefire", "جنگ بندی", forbidden=("سیز فائر", "cease fire"), inflections=("ceasing fire",))
TRUCE = Term("truce", "جنگ بندی")
SIGN = Term("sign", "دستخط", "verb", inflections=("signed", "signing"))
SIGNATURE = Term("signature", "دستخط", "noun")


def reverse(source: str, translation: str, *terms: Term) -> list[str]:
    subject = po_subject(f'msgctxt "a"\nmsgid "{source}"\nmsgstr "{translation}"\n', "en", "ur")
    around = Surroundings(terms or (KOREA, NORTH, TREATY, CEASEFIRE, TRUCE, SIGN, SIGNATURE))
    return [f"{fault.location}"[34:] + f" {fault.message}" for fault in RULE.check(replace(subject, around=around))]


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("معاہدوں پر دستخط", "Treaties were signed", []),
        ("معاہدات", "Treaties", []),
        ("مُعاہَدے پر دستخط ہوئے", "The signatures under the treaty", []),
        ("جنگ بندی", "The truce", []),
        ("جنگ بندی", "Ceasing fire", []),
        ("شمالی کوریا", "North Korea", []),
        ("کوریائی", "Korean", []),
        ("معاہدہ", "A promise", ["3:9 Missing `treaty` for `معاہدہ` in the translation"]),
        ("جنگ بندی", "A break", ["3:9 Missing `ceasefire` or `truce` for `جنگ بندی` in the translation"]),
        (
            "جنگ بندی",
            "The *cease fire*",
            ["3:14 Unexpected `cease fire`, expected `ceasefire` or `truce` for `جنگ بندی`"],
        ),
        ("شمالی کوریا", "Korea", ["3:9 Missing `North Korea` for `شمالی کوریا` in the translation"]),
    ],
)
def test_from_urdu_into_english(source: str, translation: str, expected: list[str]) -> None:
    assert reverse(source, translation) == expected


def test_any_row_of_a_term_may_be_meant() -> None:
    rows = Term("record", "ریکارڈ", "noun"), Term("record", "درج کرنا", "verb", inflections=("درج",))
    assert found("They record it", "وہ اسے درج کرتے ہیں", *rows) == []
    assert found("A record", "ایک چیز", *rows) == ["3:9 Missing `درج کرنا` or `ریکارڈ` for `record` in the translation"]


def test_same_languages_are_let_alone() -> None:
    text = 'msgctxt "a"\nmsgid "treaty"\nmsgstr "x"\n'
    assert RULE.check(replace(po_subject(text, "en", "en"), around=Surroundings((TREATY,)))) == ()
    assert RULE.check(replace(po_subject(text, "ur", "ur"), around=Surroundings((TREATY,)))) == ()


def test_the_manual_page_names_the_row_of_its_examples() -> None:
    assert f"``{GLOSSARY.splitlines()[1]}``" in RULE.manual.why
    assert all(f"``{column}``" in RULE.manual.why for column in COLUMNS)


def read(text: str | bytes) -> tuple[list[Term], list[str]]:
    outcome = read_glossary(text if isinstance(text, bytes) else text.encode(), "g.csv")
    assert all(fault.hint and fault.rule == "catalog/glossary-file" for fault in outcome.diagnostics)
    return list(outcome.value), [f"{fault.location}: {fault.message}" for fault in outcome.diagnostics]


def test_a_sound_file() -> None:
    terms, faults = read(
        f'\ufeff{HEAD}\ntreaty,معاہدہ,noun,"of states, not\npeople",میثاق | عہد نامہ,معاہدات\r\nKorea,کوریا\n'
    )
    assert faults == []
    assert terms[0] == Term("treaty", "معاہدہ", "noun", "of states, not people", ("میثاق", "عہد نامہ"), ("معاہدات",))
    assert terms[1] == KOREA
    assert read("Urdu,SOURCE,Part_of_Speech\nکوریا,Korea,noun\n") == ([Term("Korea", "کوریا", "noun")], [])


def test_letters_and_their_marks_are_composed_as_in_texts() -> None:
    outcome = read_glossary(f"{HEAD}freedom,ا\u0653زادی\ncafe\u0301,چائے خانہ\n".encode(), "g.csv")
    assert outcome.diagnostics == ()
    assert [(term.source, term.urdu) for term in outcome.value] == [("freedom", "آزادی"), ("café", "چائے خانہ")]


def test_several_words_of_one_term() -> None:
    terms = read_glossary(f"{HEAD}refugee|displaced person,پناہ گزین|مہاجر\n".encode(), "a.csv").value
    assert terms == (Term("refugee", "پناہ گزین", inflections=("displaced person", "مہاجر")),)
    assert found("Displaced persons came.", "مہاجرین آئے۔", *terms) == []
    assert found("Refugees came.", "لوگ آئے۔", *terms) == ["3:9 Missing `پناہ گزین` for `refugee` in the translation"]
    (fault,) = read_glossary(f"{HEAD}|,مہاجر\n".encode(), "a.csv").diagnostics
    assert fault.message == "Missing `source` in the row"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["g.csv:1: Missing column `source`", "g.csv:1: Missing column `urdu`"]),
        ("source,urdu,colour\n", [f"g.csv:1: Unexpected column `colour`, expected each of {', '.join(COLUMNS)} once"]),
        (f"{HEAD}a,ا,,,,,,\n", ["g.csv:2: Unexpected 8 cells, expected 6 at most"]),
        (
            f'{HEAD}a,"ا\nب",x\n\n,ب\nc\n',
            ["g.csv:5: Missing `source` in the row", "g.csv:6: Missing `urdu` in the row"],
        ),
        (f"{HEAD}a,ا\na,ب\n", ["g.csv:3: Unexpected second row for `a`, expected one; the first is in line 2"]),
        (f'{HEAD}a,ا\nb,"ب\nc,ج\n', ["g.csv:3: Unexpected end of a row, expected CSV: unexpected end of data"]),
        (f'{HEAD}a,"ا"x\n', ["g.csv:2: Unexpected end of a row, expected CSV: ',' expected after '\"'"]),
        (f"{HEAD}a,\u0643ا\n", ["g.csv:2: Unexpected U+0643 in `\u0643ا`, expected `ک`, Urdu's own letter"]),
        (f"{HEAD}a,ا,,,ب|ا\n", ["g.csv:2: Unexpected `ا` among its own forbidden forms, expected another"]),
        (HEAD.encode() + b"a,\xff\n", ["g.csv:2: Unexpected bytes, expected UTF-8"]),
    ],
)
def test_a_file_at_fault(text: str | bytes, expected: list[str]) -> None:
    assert read(text)[1] == expected


def test_sound_rows_beside_faulty_ones_are_used() -> None:
    assert read(f"{HEAD},x\nKorea,کوریا\n")[0] == [KOREA]


@given(st.text(alphabet='ab,"|\n\r\0اہ .*(', max_size=40), st.binary(max_size=20))
def test_any_file(text: str, content: bytes) -> None:
    read(content)
    for term in read(HEAD + text)[0]:
        term.in_source.search(text)
        term.right.search(text)
        assert term.wrong is None or term.wrong.search("") is None
