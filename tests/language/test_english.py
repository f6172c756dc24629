from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.language.english import LATIN_FOR, lookalikes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("of\ufb01ce", [(2, "\ufb01", "fi")]),
        ("с\u006fmpany", [(0, "с", "c")]),
        ("ΝATO", [(0, "Ν", "N")]),
        ("Москва and Αθήνα", []),
        ("a naïve café", []),
        ("\ufb03x\u0456", [(0, "\ufb03", "ffi"), (2, "\u0456", "i")]),
    ],
)
def test_lookalikes_are_found(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert [tuple(one) for one in lookalikes(text)] == expected


def test_each_letter_has_a_latin_one() -> None:
    assert all(latin.isascii() and not letter.isascii() for letter, latin in LATIN_FOR.items())


@given(st.text(alphabet="abc XYZ" + "".join(LATIN_FOR) + "\ufb00\ufb06"))
def test_what_is_put_right_stays_right(text: str) -> None:
    for one in reversed(lookalikes(text)):
        assert text.startswith(one.found, one.offset)
        text = text[: one.offset] + one.expected + text[one.offset + len(one.found) :]
    assert lookalikes(text) == ()
