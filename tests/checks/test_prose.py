"""What is certain is mended; markup, code, addresses and other languages stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.checks.prose import edits, mended, misprints, skeleton, summed
from kitabat.checks.rule import Finding
from kitabat.markup.inline import NO_REFERENCES, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("یہ `ہے, a.` ہے, [لفظ](ہے,.md) ہے.", "یہ `ہے, a.` ہے، [لفظ](ہے,.md) ہے۔"),
        ("[\u0643تاب, \u0643]{lang=ar} \u0643یا", "[\u0643تاب, \u0643]{lang=ar} کیا"),
        ("اس نے “**کتاب**” پڑھی .", "اس نے ”**کتاب**“ پڑھی۔"),
        ("\u0643یا,یہ ھے؟?", "کیا,یہ ہے؟"),
        ("[1950-1953 - x]{lang=en}، \u0643", "[1950–1953 - x]{lang=en}، ک"),
        ("![\u0643یا](\u0643.png)", "![کیا](\u0643.png)"),
    ],
)
def test_mended(text: str, expected: str) -> None:
    new, number = mended(text, "ur")
    assert new == expected
    assert (number > 0) == (new != text)


def test_a_change_that_would_break_the_markup_is_not_made() -> None:
    text = "**ایک،**دو"
    assert mended(text, "ur") == (text, 0)
    assert [one for one in edits("ایک،دو", "ur") if one.found == ""]


def test_changes_that_break_the_markup_together_are_made_one_by_one() -> None:
    text = "ایک،*دو*؛*تین*، چار ."
    new, number = mended(text, "ur")
    assert skeleton(new, NO_REFERENCES) == skeleton(text, NO_REFERENCES)
    assert (new.endswith("چار۔"), number > 0) == (True, True)


def test_findings_summed_up() -> None:
    found = [Finding(f"Unexpected `{sign}`, expected none", None, "hint") for sign in "ab"]
    assert [one.message for one in summed(found)] == ["Unexpected `a` in 2 texts, expected none"]
    assert list(summed(found[1:])) == found[1:]
    assert list(summed([])) == []


def test_other_languages_have_no_misprints() -> None:
    assert list(misprints(parse("a  b").nodes, "a  b", "fr", "spacing")) == []
    assert mended("a  b", "fr") == ("a  b", 0)


@given(
    st.lists(
        st.sampled_from(
            [
                *'ابرم \u0643\u0647ھ.,?؟۔،\u200c“”"1۱9*_`[]()',
                "مار چ",
                "]{lang=ar}",
                "](a,.md)",
                "\\\n",
                "\u0654",
                "1950-53",
            ]
        ),
        max_size=16,
    ).map("".join)
)
def test_mending_is_idempotent_and_keeps_the_markup(text: str) -> None:
    new, _ = mended(text, "ur")
    assert mended(new, "ur") == (new, 0)
    assert skeleton(new, NO_REFERENCES) == skeleton(text, NO_REFERENCES)


@given(st.text('ab 1950-3–—.\ufb01с"*`', max_size=20))
def test_mending_english_is_idempotent(text: str) -> None:
    new, _ = mended(text, "en")
    assert mended(new, "en") == (new, 0)
