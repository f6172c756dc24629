r"""A translation closes the markup that it opens.

Marks that mean nothing to the Markdown parser are shown to readers as they are, and what they should have marked
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

from collections import Counter
from collections.abc import Iterable, Iterator

from kitabat.checks.marks import MARK, MARK_OR_UNDERSCORE, marks, stray_attributes
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject, Pair
from kitabat.markup.inline import Inline, InlineKind
from kitabat.model.diagnostic import Severity

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
    if found := stray_attributes(mark):
        return found
    return f"Unexpected `{mark}` that opens or closes nothing in `{shown}`, expected balanced markup"


RULE = Rule("catalog/markup", Severity.ERROR, find)
