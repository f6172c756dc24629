from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.language.enclosures import pairs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don’t (go)", ["(go)"]),
        ("“a ‘b’ c”", ["“a ‘b’ c”", "‘b’"]),
        ("”الف ’ب‘ ج“", ["”الف ’ب‘ ج“", "’ب‘"]),
        ('"a" and "b"', ['"a"', '"b"']),
        ("«الف» اور ‹ب›", ["«الف»", "‹ب›"]),
        ("the students’ books", []),
        ("(a] b)", ["(a] b)"]),
        ("(a “b) c”", ["(a “b)"]),
        ("(a\nb)", []),
        ("“", []),
        ("\u2329a\u3009", ["\u2329a\u3009"]),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    assert [text[pair.opening : pair.closing + 1] for pair in pairs(text)] == expected


def test_depth_is_limited() -> None:
    assert len(pairs("(" * 70 + ")" * 70)) == 63


@given(st.text(alphabet="ab ا()[]“”‘’\"'«»\n"))
def test_pairs_nest_and_never_cross(text: str) -> None:
    found = pairs(text)
    assert list(found) == sorted(found, key=lambda pair: pair.opening)
    for one in found:
        assert one.opening < one.closing
        assert "\n" not in text[one.opening : one.closing]
        for other in found:
            assert not one.opening < other.opening < one.closing < other.closing
