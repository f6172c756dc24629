"""What a copy-editor sees of a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.checks.view import view
from kitabat.language.misprint import MARKUP
from kitabat.language.stretches import ATOM
from kitabat.markup.inline import NO_REFERENCES, References, parse


def shown(text: str, wanted: str = "ur", references: References = NO_REFERENCES) -> str:
    return view(parse(text, references).nodes, text, "ur", wanted).replace(MARKUP, "·").replace(ATOM, "¤")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ایک **دو** تین", "ایک ··دو·· تین"),
        ("`a` a", "¤·· a"),
        ("`x a` a", "¤···· a"),
        ("[ک](ک.md) ک", "·ک······· ک"),
        ("[\u0643]{lang=ar} ک", "·¤·········· ک"),
        ("![ب](a.png) ک", "··ب········ ک"),
        ("ک\\\nل", "ک·\nل"),
        ("ک\nل", "ک ل"),
        ("ک &amp; ل\\*", "ک ¤···· ل·*"),
        ("ک https://a.b/c, ل a@b.org %(name)s {x} %s", "ک ¤¤¤¤¤¤¤¤¤¤¤¤¤¤ ل ¤¤¤¤¤¤¤ ¤¤¤¤¤¤¤¤ ¤¤¤ ¤¤"),
    ],
)
def test_signs(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_the_words_of_a_marked_part_alone() -> None:
    assert shown("ک [a - b]{lang=en}", "en") == "¤¤·a - b··········"


def test_the_mark_of_a_note_is_a_thing() -> None:
    assert shown("ک[^1]۔", references=References(notes=frozenset({"1"}))) == "ک¤···۔"


@given(st.text("ab ک۔*_`[](){}\\\n&;<>!#^=", max_size=30))
def test_a_view_is_as_long_as_its_text_and_invents_nothing(text: str) -> None:
    seen = view(parse(text).nodes, text, "ur", "ur")
    assert len(seen) == len(text)
    for sign, written in zip(seen, text, strict=True):
        assert sign in (MARKUP, ATOM, written, " ")
