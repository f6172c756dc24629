"""The rules that the Markdown parser was given."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from kitabat.markup import parser

PLAIN = ("word", "اردو", "")
OTHERS = (
    *("a  ", "a\\", "a | b", "i. a", "  ", "\t", " a", "    a", "\u00a0a", "a\0", "1. a", "- a", "- | -", "> a", ": a"),
    *("::: note", ":::", "  ~ a", "===", "---", "***", "# a", "{#x .y}", "[^n]: a", "[a]: b", "```", "<!--", "-->"),
)


@given(st.lists(st.sampled_from(PLAIN) | st.sampled_from(OTHERS), max_size=12))
@example(["word", "", ": a"])
@example(["word", "", "  ~ a"])
@example(["    a", ""])
@example(["word", "==="])
def test_a_line_taken_for_a_paragraph_at_once_is_one_to_all_other_rules(lines: list[str]) -> None:
    text = "\n".join(lines)
    whole = parser._block_parser.__wrapped__()
    whole.block.ruler.disable("plain_paragraph")
    environment: dict[str, Any] = {}
    tokens = whole.parse(text, environment)
    assert parser.block_tokens(text) == (tokens, environment)
