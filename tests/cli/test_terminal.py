"""Urdu in terminals: which ones need help, and what the help does to the letters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.cli.terminal import MODES, is_visual, shown
from kitabat.cli.visual import MIRROR

SAME = str.maketrans({one: min(one, other) for one, other in MIRROR.items()})


@pytest.mark.parametrize(
    ("environment", "visual"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "linux"}, True),
        ({"TERM": "foot"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "5602"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, False),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600", "TERM_PROGRAM": "vscode"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "new"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "230804"}, False),
        ({"TERM": "mlterm"}, False),
        ({"TERM": "xterm-kitty"}, False),
        ({"TERM": "dumb", "INSIDE_EMACS": "29.1,comint"}, False),
        ({"TERM": "xterm", "TERM_PROGRAM": "mintty"}, False),
    ],
)
def test_terminals(environment: dict[str, str], visual: bool) -> None:
    assert is_visual("auto", environment, is_terminal=True) is visual
    assert is_visual("auto", environment, is_terminal=False) is False
    assert is_visual("visual", environment, is_terminal=False) is True
    assert is_visual("logical", environment, is_terminal=True) is False


def test_letters_join_and_turn_round() -> None:
    assert shown("پاکستان", visual=True) == "ﻥﺎﺘﺴﮐﺎﭘ"
    assert shown("لا", visual=True) == "ﻻ"


def test_words_and_numbers_keep_their_order() -> None:
    line = shown("ur  ماسکو اور Moscow 2019", visual=True)
    assert line.startswith("ur  ")
    assert line.endswith(" Moscow 2019")
    assert shown("(الف)", visual=True)[0] == "("


def test_marks_stay_on_their_letters() -> None:
    line = shown("مُحبّت", visual=True)
    assert [unicodedata.normalize("NFKC", letter) for letter in line if not unicodedata.combining(letter)] == list(
        "تبحم"
    )
    assert line[line.index("\u0651") - 1] == "ﺒ"
    assert line[line.index("\u064f") - 1] == "ﻣ"


def test_he_with_hamza_joins() -> None:
    assert shown("سۂ", visual=True) == "ﮧ\u0654ﺳ"


@given(st.text(alphabet="ابپتسلمنوہیےآۂ مُ a1(.\u200c"), st.sampled_from(MODES))
def test_no_letter_is_lost(text: str, mode: str) -> None:
    visual = is_visual(mode, {"TERM": "xterm"}, is_terminal=True)

    def letters(line: str) -> list[str]:
        plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", line)).replace("\u200c", "")
        return sorted(plain.translate(SAME))

    assert letters(shown(text, visual=visual)) == letters(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x5FF)))
def test_other_text_is_let_alone(text: str) -> None:
    assert shown(text, visual=True) == text
