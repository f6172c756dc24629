r"""A translation closes the markup that it opens.

Marks that the Markdown parser makes nothing of are shown to readers as they are, and what they should have marked
is lost. A footnote mark that the article does not have is such a mark too.

Clean::

    msgctxt "@lead"
    msgid "A **firm** promise"
    msgstr "ایک **پختہ** وعدہ"

Faulty::

    msgctxt "@lead"
    msgid "A **firm** promise"
    msgstr "ایک **پختہ وعدہ"

Report::

    locales/ur/LC_MESSAGES/example.po:3:13: error: Unexpected `**` that opens or closes nothing in `ایک **پختہ
      وعدہ`, expected balanced markup [catalog/markup]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject, Pair
from kitabat.checks.words import pieces
from kitabat.markup.inline import Inline, InlineKind, References, parse
from kitabat.model.diagnostic import Severity

MARK = re.compile(
    r"(?<!\w)\*{2,}|\*{2,}(?!\w)"  # but 2**3
    r"|(?<![\w*])\*(?=[^\W\d_])|(?<=[^\W\d_])\*(?![\w*])"  # but 7*7, 100*
    r"|`+|!\[|\]\(|\]\[|\[\^[^\]\s]*\]?|\{[#.][\w-]+"
)
"""What is markup where the parser understood it, and so is none where it stands in plain text."""

MARK_OR_UNDERSCORE = re.compile(rf"{MARK.pattern}|(?<![^\W_])__?(?=[^\W_])|(?<=[^\W_])__?(?![^\W_])")
"""Names have these too: it is markup only where the translation lacks an emphasis of its source."""

SIGN = re.compile(r"[*_`\[\]{]")
"""What any such mark has; nearly all pieces of plain text have none."""

CODE_OR_ESCAPE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|\\[!-/:-@\[-`{-~]", re.DOTALL)
LITERAL = "\ue000\ue000"
"""Stands for a character with a backslash before it, which is meant as it is; as long as what it stands for."""

HINT = "Close what was opened, as in the source text; put a backslash before a sign that is to be seen"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    for pair in subject.pairs:
        if not any(marks(pair.text, subject.references, MARK_OR_UNDERSCORE)):
            continue
        pattern = MARK
        if emphases(pair.target.nodes) < emphases(pair.source.nodes):
            pattern = MARK_OR_UNDERSCORE
        wanted = Counter(mark for mark, _ in marks(pair.key.source, subject.references, pattern))
        for mark, offset in reversed(tuple(marks(pair.text, subject.references, pattern))):
            if wanted[mark]:
                wanted[mark] -= 1
                continue
            yield Finding(message(mark, pair), subject.place(pair.key, offset), HINT)


def emphases(nodes: Iterable[Inline]) -> int:
    """Return how often a message emphasises."""
    kinds = (InlineKind.EMPHASIS, InlineKind.STRONG)
    return sum(inner.kind in kinds for node in nodes for inner in node.walk())


def message(mark: str, pair: Pair) -> str:
    """Return what is wrong with a mark.

    The text around it is named, because the place may be a line that other texts are on too.
    """
    words = " ".join(pair.text.split())
    shown = words if len(words) <= 40 else f"{words[:39]}…"
    if mark.startswith("[^"):
        return f"Unexpected footnote mark `{mark}` in `{shown}`, expected one that the article has"
    return f"Unexpected `{mark}` that opens or closes nothing in `{shown}`, expected balanced markup"


def marks(text: str, references: References, pattern: re.Pattern[str] = MARK) -> Iterator[tuple[str, int]]:
    r"""Yield the marks that are left in a text as plain text, with their offsets.

    >>> from kitabat.markup.inline import NO_REFERENCES
    >>> list(marks(r"a **b** [c](d \* `*` **e", NO_REFERENCES))
    [('](', 10), ('**', 21)]
    """
    plain = (
        CODE_OR_ESCAPE.sub(lambda found: found[0] if found[0][0] == "`" else LITERAL, text) if "\\" in text else text
    )
    for piece in pieces(parse(plain, references).nodes, plain, ""):
        if SIGN.search(piece.text) is None:
            continue
        yield from ((mark[0], piece.offset + mark.start()) for mark in pattern.finditer(piece.text))


RULE = Rule("catalog/markup", Severity.ERROR, find)
