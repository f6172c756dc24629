from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kitabat.language.slugs import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Putin’s motives: 2019", "putin-s-motives-2019"),
        ("نئی صف بندی", "نئی-صف-بندی"),
        ("خوب\u200cصورت", "خوبصورت"),
        ("اقوامِ متّحدہ", "اقوام-متحدہ"),
        ("../../etc/passwd", "etc-passwd"),
        ("हिन्दी भाषा", "हिन्दी-भाषा"),
        ("  ", "section"),
        ("؟!", "section"),
        ("\u0301", "section"),
        ("a_b", "a-b"),
        ("؟\u0301a", "a"),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text, "section") == expected


@given(st.text() | st.text(alphabet="aÉe\u0301İ ـکِ\u200cتاب-_./؟\u093e\u0654ß"))
@example("İ")
@example("-\u0301-")
def test_a_slug_is_one_word_and_its_own_slug(text: str) -> None:
    found = slug(text, "section")
    assert found
    assert slug(found, "section") == found
    assert unicodedata.is_normalized("NFC", found)
    assert not found.startswith("-")
    assert not found.endswith("-")
    assert all(mark == "-" or unicodedata.category(mark)[0] in "LMN" for mark in found)
