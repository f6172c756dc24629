"""Values of settings: nothing but what was meant reaches HTML, CSS and the renderer."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.config import values, variants
from kitabat.config.values import UnfitError


def test_variants_are_those_of_the_renderer() -> None:
    from weasyprint.pdf import VARIANTS

    assert sorted(variants.VARIANTS) == sorted(set(VARIANTS) - {"debug"})


@pytest.mark.parametrize("text", ["https://example.org", "http://localhost:8000/", "https://example.org/a%20b/"])
def test_web_addresses(text: str) -> None:
    assert values.web_address(text) == (text if text.endswith("/") else f"{text}/")


@pytest.mark.parametrize(
    "text",
    ["https://", "//x", "javascript:1", "https://x/?a", 'https://x/"', "https://x:99999", "https://a b", "file:///"],
)
def test_no_web_addresses(text: str) -> None:
    with pytest.raises(UnfitError):
        values.web_address(text)


@pytest.mark.parametrize("text", ["mailto:a.b+c@example.org", "https://example.org/reply?x=1"])
def test_reply_addresses(text: str) -> None:
    assert values.reply_address(text) == text


@pytest.mark.parametrize("text", ["mailto:", "mailto:a@b", "mailto:a@b.c?bcc=d", "http://example.org", "a@b.c"])
def test_no_reply_addresses(text: str) -> None:
    with pytest.raises(UnfitError):
        values.reply_address(text)


@pytest.mark.parametrize(
    "text", ["A4 upside", "20mm", "20mm 300mm", "100mm  100mm", "A4 A4", "3000mm 100mm", "1e3mm 100mm"]
)
def test_no_page_sizes(text: str) -> None:
    with pytest.raises(UnfitError):
        values.page_size(text)


@given(st.text() | st.integers() | st.floats() | st.none() | st.lists(st.integers()))
def test_what_reaches_css_is_lengths(value: object) -> None:
    for parse in (values.length, values.page_size):
        try:
            found = parse(value)
        except UnfitError:
            continue
        assert re.fullmatch(r"[0-9.]+(mm|cm|in|pt)?( [0-9.]+mm)?", found)


def test_shown_never_carries_controls() -> None:
    assert values.shown("a\u202e\x1b[0m") == "`aU+202EU+001B[0m`"
