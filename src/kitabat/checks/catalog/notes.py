r"""A translation has the footnote marks that its source has.

A note whose mark is lost is missing from the foot of the page, and the numbers of all later ones differ
between the two editions.

Clean::

    msgctxt "@lead"
    msgid "A claim.[^1]"
    msgstr "ایک دعویٰ۔[^1]"

Faulty::

    msgctxt "@lead"
    msgid "A claim.[^1]"
    msgstr "ایک دعویٰ۔"

Report::

    locales/ur/LC_MESSAGES/example.po:3:9: warning: Missing footnote mark `[^1]` in the translation
      [catalog/footnote]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.parity import differences
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.markup.inline import Inline, InlineKind
from kitabat.model.diagnostic import Severity

HINT = "Copy the mark from the source text to the place that it belongs to"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return differences(subject, things, "footnote mark", HINT)


def things(node: Inline) -> tuple[str, ...]:
    """Return the mark of a footnote."""
    return (f"[^{node.attributes['label']}]",) if node.kind is InlineKind.NOTE else ()


RULE = Rule("catalog/footnote", Severity.WARNING, find)
