from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.language.bidi.classes import bidi_class, bidi_classes, first_strong, paired_brackets
from kitabat.language.bidi.levels import ABSENT, levels, paragraph_levels, resolved
from kitabat.language.direction import base_direction
from kitabat.model.language import Direction

UNICODE = Path("/usr/share/unicode")
"""Debian's package unicode-data; `make test` installs it."""

EVERY = 4
"""BidiTest.txt has 770,000 cases; each run takes every fourth line, which still meets every rule and every length."""

WAYS: tuple[Direction, Direction] = ("ltr", "rtl")


def rows(name: str) -> Iterator[str]:
    with (UNICODE / name).open(encoding="utf-8") as lines:
        for line in lines:
            content = line.partition("#")[0].strip()
            if content:
                yield content


def shown(found: list[int]) -> list[str]:
    return ["x" if level == ABSENT else str(level) for level in found]


def agrees_with_file(characters: str, own: dict[str, str]) -> bool:
    return all(bidi_class(character) == own.get(character, bidi_class(character)) for character in characters)


def derived_classes() -> dict[str, str]:
    classes = {}
    for row in rows("extracted/DerivedBidiClass.txt"):
        codes, name = (part.strip() for part in row.split(";"))
        first, _, last = codes.partition("..")
        for code in range(int(first, 16), int(last or first, 16) + 1):
            classes[chr(code)] = name
    return classes


@pytest.fixture(scope="module")
def file_classes() -> dict[str, str]:
    return derived_classes()


def test_classes_are_those_of_the_unicode_database(file_classes: dict[str, str]) -> None:
    wrong = [hex(ord(character)) for character, name in file_classes.items() if bidi_class(character) != name]
    # Python's database and Debian's may be some versions apart; new scripts of a version are a few hundred characters.
    assert len(wrong) < 500, wrong
    assert not [code for code in wrong if int(code, 16) < 0x0700]


def test_brackets_are_those_of_the_unicode_database() -> None:
    expected = {}
    for row in rows("BidiBrackets.txt"):
        code, partner, kind = (part.strip() for part in row.split(";"))
        expected[chr(int(code, 16))] = (chr(int(partner, 16)), kind == "o")
    table = paired_brackets()
    assert set(table) == set(expected)
    for bracket, (partner, opens) in expected.items():
        assert table[bracket] == (opens, table[partner][1])


def test_character_cases_of_unicode(file_classes: dict[str, str]) -> None:
    tried, left_out, wrong = 0, 0, []
    for row in rows("BidiCharacterTest.txt"):
        codes, way, base, expected, _ = row.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        if not agrees_with_file(text, file_classes):
            left_out += 1
            continue
        tried += 1
        level = int(way) if way != "2" else first_strong(bidi_classes(text)) or 0
        brackets = {index: paired_brackets()[mark] for index, mark in enumerate(text) if mark in paired_brackets()}
        found = paragraph_levels(bidi_classes(text), level, brackets)
        if level != int(base) or shown(found) != expected.split():
            wrong.append(row)
    assert not wrong, wrong[:5]
    assert tried > 90_000
    assert left_out < 900


def test_class_cases_of_unicode() -> None:
    tried, expected, wrong = 0, [""], []
    for number, row in enumerate(rows("BidiTest.txt")):
        if row.startswith("@"):
            expected = row.split(":")[1].split() if row.startswith("@Levels") else expected
            continue
        if number % EVERY:
            continue
        names, bits = row.split(";")
        classes = names.split()
        for bit, level in ((1, first_strong(classes) or 0), (2, 0), (4, 1)):
            if int(bits, 16) & bit:
                tried += 1
                if shown(paragraph_levels(classes, level, {})) != expected:
                    wrong.append(row)
    assert not wrong, wrong[:5]
    assert tried > 180_000


def test_each_paragraph_has_the_base() -> None:
    assert levels("abc\nاب", "ltr") == (0, 0, 0, 0, 1, 1)
    assert levels("اب \nab", "rtl") == (1, 1, 1, 1, 2, 2)


def test_what_is_taken_out_has_the_level_before_it() -> None:
    assert levels("\u200bab\u200c\u202bاب", "ltr") == (0, 0, 0, 0, 0, 1, 1)
    assert levels("", "rtl") == ()


def test_given_classes_win() -> None:
    assert resolved("ab+", ["L", "L", "L"], "rtl") == (2, 2, 2)
    assert resolved("(a)", ["ON", "R", "ON"], "rtl") == (1, 1, 1)


def test_brackets_pair_across_canonical_equivalents() -> None:
    assert levels("a\u2329ب\u3009ج", "ltr") == levels("a\u3008ب\u232aج", "ltr")
    assert levels("(" * 64 + "a" + ")" * 64, "rtl")[0] == 1


def test_depth_is_limited() -> None:
    deep = "\u202b\u202a" * 70 + "a" + "\u202c" * 140
    assert max(levels(deep, "ltr")) <= 126
    isolates = "\u2067\u2066" * 70 + "a" + "\u2069" * 140
    assert max(levels(isolates, "ltr")) <= 126


@given(st.text(alphabet="ab اب12۱۲()[]+-,.\u0301\u200d\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\n"))
def test_levels_are_as_many_as_characters_and_not_below_the_base(text: str) -> None:
    for way in WAYS:
        found = levels(text, way)
        assert len(found) == len(text)
        assert all(level >= (way == "rtl") for level in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سلام", "rtl"),
        ("hello", "ltr"),
        ("12 (", "rtl"),
        ("\u2067سلام\u2069 a", "ltr"),
        ("\u2066a", "rtl"),
        ("", "rtl"),
    ],
)
def test_base_direction_is_that_of_the_first_strong_character(text: str, expected: Direction) -> None:
    assert base_direction(text, "rtl") == expected
