"""Numbers in running text: their values in all digits, and the words that may stand for them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.language.counting import WORDS, numbers, said
from kitabat.language.numerals import number, to_digits


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2,500", "2500"),
        ("۲،۵۰۰", "2500"),
        ("٢٬٥٠٠٫٥", "2500.5"),
        ("1,23,45,678", "12345678"),
        ("۵۰٪ سے", "50"),
        ("1950–53", "1950 53"),
        ("2019-2020", "2019 2020"),
        ("۱۹۴۷ء", "1947"),
        ("سال۱۹۵۰میں", "1950"),
        ("9:30", "9 30"),
        ("3.2.1", "321"),
        ("007", "7"),
        ("1,2,3", "1 2 3"),
        ("100، 200", "100 200"),
        ("in 2019 300 people", "2019 300"),
        ("", ""),
    ],
)
def test_values(text: str, values: str) -> None:
    assert [found.value for found in numbers(text)] == [Decimal(value) for value in values.split()]


@pytest.mark.parametrize("text", ["G20", "F-16", "3D", "H1", "COVID-19", "۳جہتی"])
def test_parts_of_names(text: str) -> None:
    assert all(found.is_name for found in numbers(text))


@pytest.mark.parametrize("text", ["1950s", "5th", "10km", "۵ویں", "1950", "the 7", "۱۹۵۰ء"])
def test_numbers_that_are_no_names(text: str) -> None:
    assert not any(found.is_name for found in numbers(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [("2.5 million", "25 لاکھ"), ("3 crore", "30 million"), ("1.2bn", "1.2 ارب"), ("5 hundred", "500")],
)
def test_scales(one: str, other: str) -> None:
    assert next(numbers(one)).scaled == next(numbers(other)).scaled


@given(st.integers(0, 10**12), st.sampled_from(["latin", "urdu"]), st.booleans())
def test_what_the_toolkit_writes_reads_back(value: int, digits: str, grouped: bool) -> None:
    text = number(value, "ur", digits) if grouped else to_digits(str(value), digits)
    (found,) = numbers(f"کل {text} افراد")
    assert (found.value, found.text, found.offset) == (Decimal(value), text, 3)


@given(st.text(alphabet="0129۰۵٤.,٬٫ aGک-٪", max_size=20))
def test_any_text(text: str) -> None:
    for found in numbers(text):
        assert text[found.offset : found.offset + len(found.text)] == found.text


def test_words() -> None:
    assert said(Decimal(2), "Both of them", "en")
    assert said(Decimal(100), "ایک صدی", "ur-PK")
    assert not said(Decimal("2.5"), "دو", "ur")
    assert not said(Decimal(13), "تیرہ", "ur")
    assert said(Decimal(3), "سه", "fa")
    assert not said(Decimal(1950), "سه", "fa")
    for table in WORDS.values():
        assert {*range(13), 20, 30, 40, 50, 60, 70, 80, 90, 100, 1000} <= table.keys()
