"""Look-alike letters: found where readers read them, not in code and quotations."""

from __future__ import annotations

from kitabat.checks.letters import wrong_letters
from kitabat.markup.inline import parse


def found(text: str, language: str = "ur") -> list[tuple[int, str]]:
    return [(wrong.offset, wrong.message) for wrong in wrong_letters(parse(text).nodes, text, language)]


def test_urdu() -> None:
    assert found("**ا\u0643** \u0643") == [(3, "Unexpected `\u0643` (U+0643) 2 times, expected `ک` (U+06A9)")]
    assert found("ا\u0640ب") == [(1, "Unexpected `\u0640` (U+0640), expected nothing in its place")]
    assert [offset for offset, _ in found("![\u064a](a.png) \u0643")] == [2, 12]


def test_code_and_other_languages_are_let_alone() -> None:
    assert found("`\u0643` [\u0643تاب]{lang=ar} کتاب") == []
    assert found("\u0643", "ar") == []


def test_english() -> None:
    assert found("a [\u0643]{lang=ur} c\u043empany", "en") == [
        (3, "Unexpected `\u0643` (U+0643), expected `ک` (U+06A9)"),
        (16, "Unexpected `\u043e` (U+043E), expected `o` (U+006F)"),
    ]
