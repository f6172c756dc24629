"""Edits of a source text, told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.catalogs.changes import bare, differences, is_typo

SAME = [
    ("One  day", "One day"),
    ("One\nday", "One day"),
    ("“One” day’s", '"One" day\'s'),
    ("A *new* __day__", "A _new_ **day**"),
    ("See `a  b` *now*", "See `a  b` _now_"),
    ("(*a*), *b*.", "(_a_), _b_."),
]
OTHER = [
    ("One day", "Oneday"),
    ("A *new* day", "A **new** day"),
    ("A *new* day", "A new day"),
    ("See `a  b`", "See `a b`"),
    ("See `'a'`", "See `’a’`"),
    ("snake_case", "snake*case"),
    ("2 * 3", "2 _ 3"),
    (r"\*a", r"\_a"),
    ("a", "a\n"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_a_translation_does_not_see(one: str, other: str) -> None:
    assert bare(one) == bare(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_it_does(one: str, other: str) -> None:
    assert bare(one) != bare(other)


@given(st.text(alphabet="ab *_`\n“”\"'’\\", max_size=12))
def test_white_space_at_the_ends_of_words_is_nothing(text: str) -> None:
    assert bare(f"x {text} y".replace("\n", " ")) == bare(f"x {text} y") or "`" in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("They recieve it.", "They receive it."),
        ("He saw teh river.", "He saw the river."),
        ("He saw the the river.", "He saw the river."),
        ("In moscow, today.", "In Moscow today."),
        ("Their commitee mets.", "Their committee meets."),
        ("وہ اخبار پڑتھے ہیں۔", "وہ اخبار پڑھتے ہیں۔"),
    ],
)
def test_corrected_spelling(old: str, new: str) -> None:
    assert is_typo(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It is now so.", "It is not so."),
        ("They were legal.", "They were illegal."),
        ("He went to Austria.", "He went to Australia."),
        ("In 2018 it rained.", "In 2019 it rained."),
        ("It rained.", "It rained heavily."),
        ("abcde fghij klmno pqrst.", "abcdf fghik klmnp pqrsu."),
        ("A b?", "A b."),
    ],
)
def test_no_correction_of_spelling(old: str, new: str) -> None:
    assert not is_typo(old, new)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("It cost $2,500.", "It cost $2500.", ""),
        ("It cost ۲٬۵۰۰.", "It cost 2,600.", "changed: ۲٬۵۰۰ → 2,600"),
        ("With Kim in Hanoi.", "With Kim.", "removed: Hanoi"),
        ("One. Two.", "Three. Four.", ""),
        ("A 1 2 3 4 5 6 7", "A", "removed: 1, 2, 3, 4, 5, 6, …"),
        ("x²", "x", ""),
    ],
)
def test_numbers_and_names(old: str, new: str, told: str) -> None:
    assert differences(old, new) == told


@given(st.text(max_size=30))
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert differences(text, text) == ""
    assert is_typo(text, text)
    differences(text, "Another 5")
