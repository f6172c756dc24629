"""Latin expressions in right-to-left text that goes out without markup, where nothing can isolate them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kitabat.checks.plain import Plain, plain
from kitabat.language.bidi.classes import bidi_classes
from kitabat.language.bidi.levels import resolved
from kitabat.language.expressions import expressions
from kitabat.language.registry import LANGUAGES
from kitabat.markup.inline import Inline, InlineKind, parse

ALTERNATIVE = "alternative text of a picture"
"""What the reader of articles says of a message that is one."""
EMBEDDED = 2
"""Level of what reads from left to right in right-to-left text."""
HINT = "Put U+200E (left-to-right mark) behind it, or reword: the words of a picture have no markup"


def without_markup(comments: Iterable[str], nodes: tuple[Inline, ...], text: str) -> Iterator[Plain]:
    """Yield what of a message goes out as plain text: all of a picture's words, else the words of pictures in it.

    Titles go out as plain text too, but `language.plain` keeps their order.
    """
    if ALTERNATIVE in comments:
        yield plain(nodes, text)
        return
    at = 0
    for node in (inner for outer in nodes for inner in outer.walk()):
        if node.kind is InlineKind.IMAGE and node.text:
            at = max(at, text.find(node.text, at))
            inner = plain(parse(node.text).nodes, node.text)
            yield Plain(inner.text, tuple(at + offset for offset in inner.offsets))
            at += len(node.text)


def turned(text: str, language: str) -> Iterator[tuple[int, str]]:
    r"""Yield the expressions of a plain text that a reader sees in another order, with their offsets.

    >>> list(turned("زبان C++ اور C++ code، ۵۰٪ اور +92 300 1234567", "ur"))
    [(5, 'C++'), (31, '+92 300 1234567')]
    >>> list(turned("زبان C++\u200e اور", "ur")), list(turned("C++ اردو", "en"))
    ([], [])
    """
    row = LANGUAGES.get(language.partition("-")[0])
    if row is None or row.direction != "rtl":
        return
    levels = None
    for one in expressions(text):
        levels = levels or resolved(text, bidi_classes(text), "rtl")
        if any(level < EMBEDDED for level in levels[one.start : one.end]):
            yield one.start, text[one.start : one.end]


def message(piece: str) -> str:
    """Return what is wrong.

    >>> message("C++")
    'Unexpected order of `C++` where there is no markup, expected it from left to right'
    """
    return f"Unexpected order of `{piece}` where there is no markup, expected it from left to right"
