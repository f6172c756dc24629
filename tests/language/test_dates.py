from __future__ import annotations

import datetime
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.language.dates import WORDS_A_MINUTE, long_date, minutes, ordered_list
from kitabat.language.numerals import to_digits
from kitabat.language.registry import LANGUAGES, UnknownLanguageError

DAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("tag", "digits", "written"),
    [
        ("ur", "urdu", "۲۲ نومبر، ۲۰۲۶"),
        ("ur", "latin", "22 نومبر، 2026"),
        ("ur", "", "۲۲ نومبر، ۲۰۲۶"),
        ("en", "", "November 22, 2026"),
        ("en", "urdu", "November ۲۲, ۲۰۲۶"),
    ],
)
def test_dates_are_written_as_the_language_has_them(tag: str, digits: str, written: str) -> None:
    assert long_date(DAY, tag, digits) == written


@given(st.dates(min_value=datetime.date(1000, 1, 1)), st.sampled_from(sorted(LANGUAGES)))
def test_a_date_names_its_day_and_year(day: datetime.date, tag: str) -> None:
    written = to_digits(long_date(day, tag), "latin").replace(",", " ").replace("،", " ").split()
    assert {str(day.day), str(day.year)} <= set(written)
    assert len(written) == 3


@pytest.mark.parametrize(
    ("tag", "items", "written"),
    [
        ("ur", ["الف", "ب", "ج"], "الف، ب، اور ج"),
        ("en", ["A", "B", "C"], "A, B, and C"),
        ("ur", ["الف", "ب"], "الف اور ب"),
        ("en", ["A"], "A"),
        ("en", [], ""),
    ],
)
def test_lists_are_written_as_the_language_has_them(tag: str, items: list[str], written: str) -> None:
    assert ordered_list(items, tag) == written


@given(st.integers(0, 10**6), st.sampled_from(sorted(LANGUAGES)))
def test_reading_time_is_enough_and_no_more(words: int, tag: str) -> None:
    found = minutes(words, tag)
    assert found >= 1
    assert found * WORDS_A_MINUTE[tag] >= words
    assert found == 1 or (found - 1) * WORDS_A_MINUTE[tag] < words


def test_every_language_has_a_reading_rate() -> None:
    assert set(WORDS_A_MINUTE) == set(LANGUAGES)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguageError):
        long_date(DAY, "fr")
    with pytest.raises(UnknownLanguageError):
        ordered_list(["a"], "fr")
    with pytest.raises(UnknownLanguageError):
        minutes(1, "fr")


def test_babel_is_imported_only_when_asked() -> None:
    code = "import sys, kitabat.language.dates, kitabat.language.registry; print('babel' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert result.stdout.strip() == "False"
