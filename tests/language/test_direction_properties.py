"""What holds of the runs of any text."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from kitabat.language.bidi.classes import bidi_class
from kitabat.language.bidi.levels import levels
from kitabat.language.direction import CONTROLS, Run, runs, without_controls
from kitabat.language.enclosures import pairs
from kitabat.language.expressions import Kind, expressions
from kitabat.model.language import Direction

WAYS = st.sampled_from(["ltr", "rtl"])
OTHER: dict[Direction, Direction] = {"ltr": "rtl", "rtl": "ltr"}

LATIN = "New York Times U.S. C++ C# .NET F-16 COVID-19 it’s Kim’s iPhone 15 Pro naïve"
URDU = "پاکستان بھارت اور نے کہا کہ کتاب اقوامِ متحدہ ہے۔ کیا؟ آپ، ۱۹۷۳ء #پاکستان"
NUMBERS = "12 2,500 3.5 50% ۲٬۵۰۰ ۵۰٪ ۱۹۵۰–۱۹۵۳ 10–12% +92 300 1234567 $5.2bn -5°C 22/11/2026 12:30–14:00 [12] (2019)"
ADDRESSES = "https://example.org/a/?q=1 info@example.org /usr/share/ https://example.org/اردو/خبر/ @user #1 --help"
MARKS = "“ ” ‘ ’ \" ' « » ( ) [ ] , ، . ۔ ! ؟ ? : ؛ – — … / - % ٪ \ufffc \n \u200e \u200f \u200c \u200d"
WORDS = [
    *LATIN.split(),
    *URDU.split(),
    *NUMBERS.split(),
    *ADDRESSES.split(),
    *MARKS.split(" "),
    *["👩\u200d👩\u200d👧", "👍🏽", "🇵🇰", "e\u0301", "بِ", "1\ufe0f\u20e3", "हिन्दी", "\u093e", "\u0301"],
]
SENTENCES = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(["", " ", " ", "\u00a0"])), max_size=14).map(
    lambda pieces: "".join(word + gap for word, gap in pieces)
)
CHARACTERS = st.text(alphabet="ab C اب ٹ12۱۲()[]“”‘’\"'+-–,،.۔:/%@#\u0301\u064b\u200c\u200d\u200e\ufffc\n", max_size=24)
TEXTS = SENTENCES | CHARACTERS | st.text(max_size=20)

EXTENDING = {"Mn", "Me", "Mc"}


def extends(character: str) -> bool:
    modifier = 0x1F3FB <= ord(character) <= 0x1F3FF
    return modifier or character in "\u200c\u200d" or unicodedata.category(character) in EXTENDING


def cuts_grapheme(text: str, place: int) -> bool:
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if before == "\n" or before in CONTROLS:
        return False
    flags = all(0x1F1E6 <= ord(one) <= 0x1F1FF for one in (before, after))
    return extends(after) or (before == "\u200d" and unicodedata.category(after) == "So") or flags


def isolated(text: str, found: tuple[Run, ...]) -> tuple[str, list[int]]:
    """Return the text with each run between isolate characters, and where each of its characters went."""
    pieces, place, length = [], [0] * len(text), 0
    starts = {run.start: run for run in found}
    ends = {run.end for run in found}
    for index in range(len(text) + 1):
        if index in ends:
            pieces.append("\u2069")
            length += 1
        if index in starts:
            pieces.append("\u2067" if starts[index].direction == "rtl" else "\u2066")
            length += 1
        if index < len(text):
            place[index] = length
            pieces.append(text[index])
            length += 1
    return "".join(pieces), place


@settings(max_examples=300)
@given(TEXTS, WAYS)
def test_runs_are_apart_and_in_order(text: str, base: Direction) -> None:
    last = 0
    for run in runs(text, base):
        assert last <= run.start < run.end <= len(text)
        assert run.direction == OTHER[base]
        last = run.end


@settings(max_examples=300)
@given(TEXTS, WAYS)
def test_runs_have_clean_edges(text: str, base: Direction) -> None:
    for run in runs(text, base):
        part = text[run.start : run.end]
        assert not part[0].isspace()
        assert not part[-1].isspace()
        assert "\n" not in part


@settings(max_examples=300)
@given(TEXTS, WAYS)
def test_runs_cut_no_grapheme(text: str, base: Direction) -> None:
    for run in runs(text, base):
        assert not cuts_grapheme(text, run.start), ascii(text)
        assert not cuts_grapheme(text, run.end), ascii(text)


@settings(max_examples=300)
@given(TEXTS, WAYS)
def test_marks_go_in_pairs(text: str, base: Direction) -> None:
    inside_expression = {
        index for one in expressions(text) if one.kind is not Kind.NUMBER for index in range(one.start, one.end)
    }
    for run in runs(text, base):
        for pair in pairs(text):
            if pair.opening in inside_expression or pair.closing in inside_expression:
                continue
            assert (run.start <= pair.opening < run.end) == (run.start <= pair.closing < run.end), (pair, run)


@settings(max_examples=300)
@given(TEXTS, WAYS)
def test_a_run_is_not_found_again_in_itself(text: str, base: Direction) -> None:
    for run in runs(text, base):
        part = text[run.start : run.end]
        for inner in runs(part, run.direction):
            assert inner.end - inner.start < len(part), ascii(text)


@settings(max_examples=300)
@given(TEXTS, WAYS)
def test_nothing_outside_the_runs_goes_their_way(text: str, base: Direction) -> None:
    """With each run isolated, a renderer that knows only UAX #9 gives every run its direction and keeps the rest."""
    plain = without_controls(text)[0]
    found = runs(plain, base)
    marked, place = isolated(plain, found)
    resolved = levels(marked, base)
    parity = 1 if base == "rtl" else 0
    inside = {index for run in found for index in range(run.start, run.end)}
    for index, character in enumerate(plain):
        level = resolved[place[index]]
        if bidi_class(character) == "BN":
            continue
        if index in inside:
            assert level > parity
        elif bidi_class(character) in ("L", "R", "AL") and character.isalpha():
            assert level == parity, (ascii(plain), index)


@given(st.text(alphabet="abc XYZ.,!?“”‘’()-–", max_size=40))
def test_left_to_right_text_has_no_runs(text: str) -> None:
    assert runs(text, "ltr") == ()


@given(st.text(alphabet="اردو کتاب ہے۔،؟!“”‘’()-– ٹھیک\u064b\u200c", max_size=40))
def test_right_to_left_text_has_no_runs(text: str) -> None:
    assert runs(text, "rtl") == ()


@given(st.integers(0, 10**9), st.sampled_from(["ur", "en"]), st.sampled_from(["{}", "سال {} میں", "({})", "“{}”"]))
def test_a_plain_number_needs_no_run(number: int, form: str, frame: str) -> None:
    written = f"{number:,}" if form == "en" else f"{number:,}".translate(str.maketrans("0123456789,", "۰۱۲۳۴۵۶۷۸۹٬"))
    assert runs(frame.format(written), "rtl") == ()


@given(TEXTS)
def test_controls_are_taken_out_and_told(text: str) -> None:
    given_text = text[:3] + "\u202e" + text[3:] + "\u2066"
    plain, places = without_controls(given_text)
    assert not set(plain) & set(CONTROLS)
    kept = iter(plain)
    again = "".join(given_text[index] if index in places else next(kept) for index in range(len(given_text)))
    assert again == given_text
    assert without_controls(plain) == (plain, ())
