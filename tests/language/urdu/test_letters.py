from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.language.urdu.letters import SYMBOLS, URDU_FOR, lookalikes

URDU = "آابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیئےۓۂۃؤأَُِّْٰٓ ۰۱۲۳۴۵۶۷۸۹۔،؛؟ﷺ﷽ؐ"


def found(text: str) -> list[tuple[int, str, str]]:
    return [(one.offset, one.found, one.expected) for one in lookalikes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("اپر\u064aل", [(3, "\u064a", "ی")]),
        ("عل\u0649", [(2, "\u0649", "ی")]),
        ("\u0643تاب", [(0, "\u0643", "ک")]),
        ("\u0647م", [(0, "\u0647", "ہ")]),
        ("خان\u06c0", [(3, "\u06c0", "ۂ")]),
        ("زکا\u0629", [(3, "\u0629", "ۃ")]),
        ("سن ١٩", [(3, "١", "۱"), (4, "٩", "۹")]),
        ("کت\u0640اب", [(2, "\u0640", "")]),
        ("اَب\u065b", [(3, "\u065b", "\u0652")]),
        ("\ufefb \ufef1", [(0, "\ufefb", "لا"), (2, "\ufef1", "ی")]),
        ("\ufdf2", [(0, "\ufdf2", "اللہ")]),
        ("\ufe91 \ufeed", [(0, "\ufe91", "ب"), (2, "\ufeed", "و")]),
        ("خان\u06d5\u0654", [(3, "\u06d5\u0654", "ۂ")]),
        ("\ufd3e الف \ufd3f", []),
    ],
)
def test_lookalikes_are_found(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text", ["ئ", "\u064a\u0654", "\u064a\u0650\u0654", unicodedata.normalize("NFD", "مسئلۂ کشمیر نئے آئینے")]
)
def test_the_yeh_under_a_hamza_is_right(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["\u064aب\u0654", "\u064a \u0654", "\u064a\u0650"])
def test_a_hamza_elsewhere_excuses_nothing(text: str) -> None:
    assert [one.offset for one in lookalikes(text)] == [0]


@given(st.text(alphabet=URDU), st.booleans())
def test_urdu_has_none(text: str, composed: bool) -> None:
    assert lookalikes(unicodedata.normalize("NFC" if composed else "NFD", text)) == ()


@given(st.text(alphabet=URDU + "".join(URDU_FOR) + "\ufb50\ufefb\ufdf2\ufe8e\ufbfc\ufb8e"))
def test_what_is_put_right_stays_right(text: str) -> None:
    """Replacing each look-alike, from the last to the first, leaves none."""
    for one in reversed(lookalikes(text)):
        assert text.startswith(one.found, one.offset)
        text = text[: one.offset] + one.expected + text[one.offset + len(one.found) :]
    assert lookalikes(text) == ()


def test_every_presentation_form_is_found_or_a_symbol() -> None:
    for code in [*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)]:
        character = chr(code)
        if unicodedata.decomposition(character).startswith(("<isolated>", "<initial>", "<medial>", "<final>")):
            (one,) = lookalikes(character) or (None,)
            assert (one is None) == (character in SYMBOLS)
            assert one is None or lookalikes(one.expected) == ()
