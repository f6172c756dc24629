"""Marks of Markdown that the parser made nothing of, so that readers see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kitabat.checks.words import pieces, texts
from kitabat.markup.inline import References, parse

MARK = re.compile(
    r"(?<!\w)\*{2,}|\*{2,}(?!\w)"  # but 2**3
    r"|(?<![\w*])\*(?=[^\W\d_])|(?<=[^\W\d_])\*(?![\w*])"  # but 7*7, 100*
    r"|`+|!\[|\]\(|\]\[|\[\^[^\]\s]*\]?|\{(?:[#.][\w-]+|(?:id|class|lang|width|height|style)=)"
)
"""What is markup where the parser understood it, and so is none where it stands in plain text."""

MARK_OR_UNDERSCORE = re.compile(rf"{MARK.pattern}|(?<![^\W_])__?(?=[^\W_])|(?<=[^\W_])__?(?![^\W_])")
"""Names have these too: it is markup only where the translation lacks an emphasis of its source."""

SIGN = re.compile(r"[*_`\[\]{]")
"""What any such mark has; nearly all pieces of plain text have none."""

CODE_OR_ESCAPE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|\\[!-/:-@\[-`{-~]", re.DOTALL)
LITERAL = "\ue000\ue000"
"""Stands for a character with a backslash before it, which is meant as it is; as long as what it stands for."""


def stray_attributes(mark: str) -> str:
    """Return what is wrong with the beginning of attributes that are shown as text; empty for any other mark.

    >>> stray_attributes("{width=")
    'Unexpected `{width=`, which is shown as text, expected attributes such as `{#id .class lang=en}` or `{width=300}`'
    """
    if not mark.startswith("{"):
        return ""
    expected = "expected attributes such as `{#id .class lang=en}` or `{width=300}`"
    return f"Unexpected `{mark}`, which is shown as text, {expected}"


def marks(text: str, references: References, pattern: re.Pattern[str] = MARK) -> Iterator[tuple[str, int]]:
    r"""Yield the marks that are left in a text as plain text, with their offsets.

    >>> from kitabat.markup.inline import NO_REFERENCES
    >>> list(marks(r"a **b** [c](d \* `*` **e", NO_REFERENCES))
    [('](', 10), ('**', 21)]
    """
    if "&" not in text and SIGN.search(text) is None:
        return
    plain = (
        CODE_OR_ESCAPE.sub(lambda found: found[0] if found[0][0] == "`" else LITERAL, text) if "\\" in text else text
    )
    nodes = parse(plain, references).nodes
    if not any(SIGN.search(found) for found, _ in texts(nodes, "")):
        return
    for piece in pieces(nodes, plain, ""):
        yield from ((mark[0], piece.offset + mark.start()) for mark in pattern.finditer(piece.text))
