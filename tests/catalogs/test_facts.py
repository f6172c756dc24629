"""Numbers and names that an edit has changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.catalogs.facts import differences


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("It cost $2,500.", "It cost $2500.", ""),
        ("It cost ۲٬۵۰۰.", "It cost 2,600.", "changed: ۲٬۵۰۰ → 2,600"),
        ("With Kim in Hanoi.", "With Kim.", "removed: Hanoi"),
        ("One. Two.", "Three. Four.", ""),
        ("A 1 2 3 4 5 6 7", "A", "removed: 1, 2, 3, 4, 5, 6, …"),
        ("x²", "x", ""),
        ("Moscow has pledged help.", "Beijing has pledged help.", "changed: Moscow → Beijing"),
        ("North Korea has pledged help.", "China has pledged help.", "changed: North Korea → China"),
        ("The minister came.", "A minister came.", ""),
        ("Rain fell. Help came.", "Help came. Rain fell.", ""),
        ("شمالی کوریا نے کل مدد مانگی۔", "چین نے کل مدد مانگی۔", "changed: شمالی کوریا → چین"),
        ("صدر کل لاہور گئے۔ وہاں بارش تھی۔", "بالکل نیا جملہ ہے، کچھ اور کہتا ہے۔", ""),
        ("Kim came in 2019. Seoul was 3 days away.", "Kim came in 2018.", "changed: 2019 → 2018"),
        ("Kim came in 2019. Seoul was 3 days away.", "Seoul was 3 days away.", ""),
        (f"{'word ' * 20}ended. There was rain.", f"{'word ' * 20}ended. That was rain.", ""),
        ("In 1950 " + "word " * 3_000, "In 1951 " + "word " * 3_000, ""),
    ],
)
def test_numbers_and_names(old: str, new: str, told: str) -> None:
    assert differences(old, new) == told


@given(st.text(max_size=30))
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert differences(text, text) == ""
    differences(text, "Another 5")
