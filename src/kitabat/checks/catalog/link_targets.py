r"""A translation links to what its source links to.

A target that a translator changed by accident leads readers astray. Relative addresses stay as they are:
the edition of the right language is found by the toolkit.

Clean::

    msgctxt "@lead"
    msgid "See [the report](report.md)."
    msgstr "[رپورٹ](report.md) دیکھیے۔"

Faulty::

    msgctxt "@lead"
    msgid "See [the report](report.md)."
    msgstr "[رپورٹ](raport.md) دیکھیے۔"

Report::

    locales/ur/LC_MESSAGES/example.po:3:17: warning: Unexpected link to `raport.md`, expected `report.md`
      [catalog/link-target]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.parity import differences, readable
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.markup.inline import Inline, InlineKind
from kitabat.model.diagnostic import Severity

HINT = "Copy the address from the source text"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return differences(subject, things, "link to", HINT)


def things(node: Inline) -> tuple[str, ...]:
    """Return the target of a link."""
    return (readable(node.attributes["href"]),) if node.kind is InlineKind.LINK and node.attributes["href"] else ()


RULE = Rule("catalog/link-target", Severity.WARNING, find)
