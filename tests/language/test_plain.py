"""Titles, bookmarks and running heads: the order of a page without its markup, to our algorithm and to another's."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.bidi.generated import sentences
from tests.bidi.order import view
from tests.bidi.test_order import SENTENCES

from bidi import get_display
from kitabat.language.plain import ADDED, Isolated, Part, in_order
from kitabat.model.language import Direction

SIDES: dict[Direction, str] = {"rtl": "R", "ltr": "L"}
OPENING: dict[Direction, str] = {"rtl": "\u2067", "ltr": "\u2066"}
DIRECTIONS: st.SearchStrategy[Direction] = st.sampled_from(["rtl", "ltr"])
TEXTS = st.text("اب ab 12 ۱۲ +-/().،:!؟", max_size=8)
PARTS = st.recursive(
    TEXTS,
    lambda inner: st.builds(Isolated, DIRECTIONS, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    max_leaves=6,
)


def with_isolates(parts: tuple[Part, ...]) -> str:
    return "".join(
        part if isinstance(part, str) else f"{OPENING[part.direction]}{with_isolates(part.parts)}\u2069"
        for part in parts
    )


def shown(text: str, side: str | None) -> str:
    """Return a line from left to right as python-bidi has it; without a side it guesses, as many readers do."""
    return "".join(sign for sign in get_display(text, base_dir=side) if sign not in ADDED)


@given(st.lists(PARTS, max_size=5).map(tuple), DIRECTIONS)
def test_nothing_is_changed_but_the_order_of_what_is_shown(parts: tuple[Part, ...], base: Direction) -> None:
    text = in_order(parts, base)
    isolated = with_isolates(parts)
    assert [sign for sign in text if sign not in ADDED] == [sign for sign in isolated if sign not in ADDED]
    wanted = shown(isolated, SIDES[base])
    assert shown(text, SIDES[base]) == wanted
    assert not text or shown(text, None) == wanted


@given(TEXTS, TEXTS, DIRECTIONS, DIRECTIONS)
@example("عنوان 9", "Title 9", "rtl", "ltr")
@example("a ٤", "عنوان", "ltr", "rtl")
@example("ب 1", "b1", "rtl", "ltr")
def test_two_titles_are_shown_apart(first: str, second: str, base: Direction, direction: Direction) -> None:
    for between in (" · ", " ", "1", ""):
        parts = (first, between, Isolated(direction, (second,)))
        assert shown(in_order(parts, base), SIDES[base]) == shown(with_isolates(parts), SIDES[base])


def test_two_titles_that_go_their_ways_need_no_marks() -> None:
    assert in_order(("عنوان 9", " · ", Isolated("ltr", ("The 9 titles, 2",))), "rtl") == "عنوان 9 · The 9 titles, 2"
    assert in_order(("ABC: 9", " · ", Isolated("ltr", ("Title",))), "rtl") != "ABC: 9 · Title"


def test_sentences_are_in_the_order_of_their_markup() -> None:
    own = [
        *((one.text, one.base) for one in sentences(300, seed=22)),
        *((one["text"], one["base"]) for one in SENTENCES),
    ]
    for text, base in own:
        found = view(text, base)
        wanted = shown(" ".join(with_isolates(found.parts).split()), SIDES[base])
        for side in (SIDES[base], None):
            assert shown(found.title, side) == wanted, text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("شمالی کوریا کا وعدہ", "شمالی کوریا کا وعدہ"),
        ("زبان C++ کا تعارف", "زبان \u200eC++\u200e کا تعارف"),
        ("فون +92 300 1234567", "فون \u200e+92 300 1234567\u200e"),
        ("`x` کی قیمت", "\u200fx کی قیمت"),
        ("سنہ ۱۹۵۰–۱۹۵۳ میں", "سنہ \u200e۱۹۵۰–۱۹۵۳\u200e میں"),
    ],
)
def test_no_more_is_added_than_is_needed(text: str, expected: str) -> None:
    assert view(text, "rtl").title == expected
