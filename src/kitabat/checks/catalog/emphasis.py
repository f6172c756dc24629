r"""A translation emphasises as much as its source does.

Emphasis is a matter of language, and Urdu has no italic: so this is a note, not a warning.

Clean::

    msgctxt "@lead"
    msgid "A *very* old tie"
    msgstr "ایک *بہت* پرانا رشتہ"

Faulty::

    msgctxt "@lead"
    msgid "A *very* old tie"
    msgstr "ایک بہت پرانا رشتہ"

Report::

    locales/ur/LC_MESSAGES/example.po:3:9: note: Missing emphasis `*` in the translation [catalog/emphasis]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.parity import differences
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.markup.inline import Inline, InlineKind
from kitabat.model.diagnostic import Severity

HINT = "Put the marks around the words that carry the stress, or leave them out where the language needs none"

MARKS = {InlineKind.EMPHASIS: "*", InlineKind.STRONG: "**"}


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return differences(subject, things, "emphasis", HINT)


def things(node: Inline) -> tuple[str, ...]:
    """Return the marks of emphasis."""
    return (MARKS[node.kind],) if node.kind in MARKS else ()


RULE = Rule("catalog/emphasis", Severity.NOTE, find)
