from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.language.numerals import DIGITS, digits_of, number, to_digits, value_of
from kitabat.language.registry import LANGUAGES, UnknownLanguageError

TAGS = st.sampled_from(sorted(LANGUAGES))
WAYS = st.sampled_from(["", *DIGITS])


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=3), TAGS, WAYS)
def test_a_number_is_read_as_it_was_written(value: Decimal, tag: str, digits: str) -> None:
    assert value_of(number(value, tag, digits)) == value


@given(st.integers(), TAGS, WAYS)
def test_a_whole_number_is_written_without_a_fraction(value: int, tag: str, digits: str) -> None:
    written = number(value, tag, digits)
    assert value_of(written) == value
    assert digits_of(tag, digits).decimal not in written


@given(st.text(alphabet="0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩ ,.اa") | st.text())
def test_digits_go_both_ways(text: str) -> None:
    urdu = to_digits(text, "urdu")
    assert len(urdu) == len(text)
    assert not set(urdu) & set("0123456789٠١٢٣٤٥٦٧٨٩")
    assert to_digits(urdu, "urdu") == urdu
    assert to_digits(to_digits(urdu, "latin"), "urdu") == urdu


@pytest.mark.parametrize(
    ("value", "tag", "digits", "written"),
    [
        (0, "en", "", "0"),
        (1234.5, "en", "", "1,234.5"),
        (1234.5, "ur", "", "۱٬۲۳۴٫۵"),
        (2500, "ur", "latin", "2,500"),
        (2500, "en", "urdu", "۲٬۵۰۰"),
        (-0.25, "ur", "urdu", "-۰٫۲۵"),
        (1e21, "en", "", "1,000,000,000,000,000,000,000"),
        (Decimal("1E+3"), "en", "", "1,000"),
        (Decimal("12.50"), "en", "", "12.50"),
    ],
)
def test_numbers_are_written_as_the_language_has_them(value: float, tag: str, digits: str, written: str) -> None:
    assert number(value, tag, digits) == written


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("-Infinity")])
def test_what_is_not_finite_is_refused(value: float | Decimal) -> None:
    with pytest.raises(ValueError, match="expected a finite number"):
        number(value, "en")


@pytest.mark.parametrize("text", ["", "ایک", "1,23", "1,2345", "1.", ".5", "1.2.3", "--1", "۱ ۲", "1e5"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a number such as"):
        value_of(text)


@pytest.mark.parametrize(("text", "value"), [("2500", 2500), ("−۵", -5), (" ۲٬۵۰۰ ", 2500), ("٢٬٥٠٠", 2500)])
def test_numbers_are_read_in_any_digits(text: str, value: int) -> None:
    assert value_of(text) == value


def test_unknown_words_are_refused() -> None:
    with pytest.raises(ValueError, match="Unexpected digits `roman`, expected one of `latin`, `urdu`"):
        number(1, "en", "roman")
    with pytest.raises(UnknownLanguageError):
        number(1, "fr")
