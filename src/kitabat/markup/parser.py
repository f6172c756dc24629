"""The Markdown dialect: CommonMark with tables, footnotes, definition lists, attributes and fenced divs.

Blocks and inline text are parsed apart: an article's blocks once, then each message by itself, in whatever
language it stands. So a translation can never break the structure that its article has.
"""

from __future__ import annotations

import functools
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore, normalize
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

MAX_BLOCK_NESTING = 60
"""Blocks inside blocks; deeper ones would be dropped by the parser, so the reader reports them."""

PLAIN_PARAGRAPH = "plain_paragraph"
"""The one token of a paragraph of one line; any other has three, with its text in the second."""
COMMENT_OPEN, COMMENT_CLOSE = "<!--", "-->"


def comment(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001
    """Find a comment that has its lines to itself; one that is never closed is left to be a paragraph."""
    if state.is_code_block(start_line):
        return False
    begin = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(COMMENT_OPEN, begin):
        return False
    end = state.src.find(COMMENT_CLOSE, begin + len(COMMENT_OPEN), state.eMarks[end_line - 1])
    if end < 0:
        return False
    line = start_line
    while state.eMarks[line] < end:
        line += 1
    if state.src[end + len(COMMENT_CLOSE) : state.eMarks[line]].strip():
        return False
    if silent:
        return True
    token = state.push("comment", "", 0)
    token.map = [start_line, line + 1]
    token.content = state.src[begin + len(COMMENT_OPEN) : end].strip()
    state.line = line + 1
    return True


def plain_paragraph(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001
    """Take a line for a paragraph that can be nothing else, before fourteen other rules have a look at it.

    It begins with a letter, not with a space, and has an empty line below; nor is it a term, with a definition
    below that line.
    """
    begins, below = state.bMarks, start_line + 1
    if silent or state.level or not state.src[begins[start_line]].isalpha():
        return False
    if below < end_line and not state.isEmpty(below):
        return False
    below += 1
    if below < end_line and state.src.startswith((":", "~"), begins[below] + state.tShift[below]):
        return False
    token = state.push(PLAIN_PARAGRAPH, "p", 0)
    token.map = [start_line, start_line + 1]
    token.content = mdTrim(state.src[begins[start_line] : state.eMarks[start_line]])
    state.line = start_line + 1
    return True


def normalized(state: StateCore) -> None:
    """Do what the parser's own rule does, where there is anything to do: that one looks at each letter.

    Nearly all texts have neither carriage returns nor NUL.
    """
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _accept_all(*_: Any) -> bool:
    return True


def _new_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_BLOCK_NESTING})
    # The tree is built from every link, and says itself which ones it refuses.
    parser.validateLink = _accept_all  # type: ignore[method-assign, assignment]
    parser.core.ruler.at("normalize", normalized)
    footnote_plugin(parser, inline=False, move_to_end=False)
    return parser


@functools.cache
def _block_parser() -> MarkdownIt:
    parser = _new_parser().enable("table").disable("html_block")
    parser.use(deflist_plugin)
    parser.use(container_plugin, "div", validate=lambda params, _: bool(params.strip()))
    parser.use(attrs_block_plugin)
    parser.block.ruler.before("fence", "comment", comment, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.block.ruler.before("table", "plain_paragraph", plain_paragraph)
    parser.core.ruler.enableOnly(["normalize", "block", "attr"])
    return parser


@functools.cache
def _inline_parser(quotes: str) -> MarkdownIt:
    parser = _new_parser()
    parser.use(attrs_plugin, spans=True)
    if quotes:
        parser.options["typographer"] = True
        parser.options["quotes"] = quotes
        parser.enable("smartquotes")
    return parser


def block_tokens(source: str) -> tuple[list[Token], dict[str, Any]]:
    """Return the block tokens of a text, inline text unparsed, and the references and footnotes it defines."""
    environment: dict[str, Any] = {}
    return _block_parser().parse(source, environment), environment


def inline_tokens(text: str, environment: dict[str, Any], quotes: str = "") -> list[Token]:
    """Return the inline tokens of one message.

    ``quotes`` are four quotation marks (primary opening and closing, then alternate) that straight ones become;
    empty leaves straight ones as they are.
    """
    (token,) = _inline_parser(quotes).parseInline(text, environment)
    return token.children or []
