"""What a translation does not see of its source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.catalogs.changes import bare

SAME = [
    ("One  day", "One day"),
    ("One\nday", "One day"),
    ("“One” day’s", '"One" day\'s'),
    ("A *new* __day__", "A _new_ **day**"),
    ("See `a  b` *now*", "See `a  b` _now_"),
    ("(*a*), *b*.", "(_a_), _b_."),
    ("‘A’", "‹A›"),
    ("[a](b 'T')", '[a](b "T")'),
    ("See `a` and `` `b` ``", "See ``a`` and ``` `b` ```"),
]
OTHER = [
    ("One day", "Oneday"),
    ("A *new* day", "A **new** day"),
    ("A *new* day", "A new day"),
    ("See `a  b`", "See `a b`"),
    ("See `a` b`", "See ``a` b``"),
    ("See ` `", "See `  `"),
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
