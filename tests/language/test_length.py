"""Words counted without making them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kitabat.language.length import spaced


@given(st.text(alphabet=st.characters(max_codepoint=127)) | st.text(alphabet="aب \u00a0\u2009\n"))
def test_pieces_between_white_space_are_counted_as_they_are_split(text: str) -> None:
    assert spaced(text) == len(text.split())
