r"""A translation breaks its lines where its source does.

A verse or an address whose lines run together cannot be read as one.

Clean::

    msgctxt "@lead"
    msgid "One\\\nTwo"
    msgstr "ایک\\\nدو"

Faulty::

    msgctxt "@lead"
    msgid "One\\\nTwo"
    msgstr "ایک دو"

Report::

    locales/ur/LC_MESSAGES/example.po:3:9: warning: Missing line break `\` in the translation
      [catalog/line-break]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.parity import differences
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.markup.inline import Inline, InlineKind
from kitabat.model.diagnostic import Severity

HINT = "End the line with a backslash and a line feed, as the source text does"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return differences(subject, things, "line break", HINT)


def things(node: Inline) -> tuple[str, ...]:
    """Return the mark of a line break."""
    return ("\\",) if node.kind is InlineKind.BREAK else ()


RULE = Rule("catalog/line-break", Severity.WARNING, find)
