"""The rules that the Markdown parser was given."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it.token import Token

from kitabat.markup import parser

PLAIN = ("word", "اردو", "")
OTHERS = (
    *("a  ", "a\\", "a | b", "i. a", "  ", "\t", " a", "    a", "\u00a0a", "a\0", "1. a", "- a", "- | -", "> a", ": a"),
    *("::: note", ":::", "  ~ a", "===", "---", "***", "# a", "{#x .y}", "[^n]: a", "[a]: b", "```", "<!--", "-->"),
)


def whole_paragraph(token: Token) -> list[Token]:
    """Return the tokens that a paragraph has from the parser's own rule."""
    if token.type != parser.PLAIN_PARAGRAPH:
        return [token]
    opening = Token("paragraph_open", "p", 1, token.attrs, token.map, meta=token.meta, block=True)
    inside = Token("inline", "", 0, map=token.map, level=1, children=[], content=token.content, block=True)
    return [opening, inside, Token("paragraph_close", "p", -1, block=True)]


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
    found, references = parser.block_tokens(text)
    assert ([one for token in found for one in whole_paragraph(token)], references) == (tokens, environment)
