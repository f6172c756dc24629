"""A translation links to pages and files only.

An address such as ``javascript:`` or ``data:`` runs somebody's program in the reader's browser, and ``file:`` leads
into the machine of whoever opens the page.

Clean::

    msgctxt "@lead"
    msgid "A [promise](https://example.org/)"
    msgstr "ایک [وعدہ](https://example.org/)"

Faulty::

    msgctxt "@lead"
    msgid "A [promise](https://example.org/)"
    msgstr "ایک [وعدہ](javascript:alert(1))"

Report::

    locales/ur/LC_MESSAGES/example.po:3:20: error: Unexpected address `javascript:alert(1)`, expected https:,
      http:, mailto:, tel: or a path [catalog/link]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.faults import parser_faults
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return parser_faults(subject, "link")


RULE = Rule("catalog/link", Severity.ERROR, find)
