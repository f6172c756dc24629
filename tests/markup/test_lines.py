"""Lines of a source text, whatever ends them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kitabat.markup.lines import Lines
from kitabat.markup.parser import block_tokens, inline_tokens


@given(st.text(alphabet="aب\r\n"))
def test_lines_end_with_line_feeds_and_carriage_returns_or_both(source: str) -> None:
    lines = Lines("content/a.md", source)
    wanted = re.split(r"\r\n?|\n", source)
    assert [lines.text(number) for number in range(len(lines))] == wanted
    assert [lines.rest(number) for number in range(len(lines) + 1)] == [
        "\n".join(wanted[number:]) for number in range(len(wanted) + 1)
    ]
    for number in range(len(lines)):
        found = lines.location(lines.start(number))
        assert (found.line, found.column) == (number + 1, 1)


def test_the_parser_sees_neither_carriage_returns_nor_nul() -> None:
    tokens, _ = block_tokens("one\r\ntwo\0three\rfour")
    assert [token.content for token in tokens if token.type == "inline"] == ["one\ntwo\ufffdthree\nfour"]
    assert [token.content for token in inline_tokens("one\r\ntwo\0", {}) if token.content] == ["one", "two\ufffd"]
