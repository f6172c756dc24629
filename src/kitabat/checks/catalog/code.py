r"""A translation has the code that its source has, letter for letter.

Readers copy code: a command that was translated, or lost a letter, does not work.

Clean::

    msgctxt "@lead"
    msgid "Run `make build` now."
    msgstr "اب `make build` چلائیے۔"

Faulty::

    msgctxt "@lead"
    msgid "Run `make build` now."
    msgstr "اب `make bild` چلائیے۔"

Report::

    locales/ur/LC_MESSAGES/example.po:3:13: warning: Unexpected code `make bild`, expected `make build`
      [catalog/code]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.parity import differences
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.markup.inline import Inline, InlineKind
from kitabat.model.diagnostic import Severity

HINT = "Copy the code from the source text"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return differences(subject, things, "code", HINT)


def things(node: Inline) -> tuple[str, ...]:
    """Return a piece of code."""
    return (node.text,) if node.kind is InlineKind.CODE else ()


RULE = Rule("catalog/code", Severity.WARNING, find)
