r"""A translation shows the pictures that its source shows.

A picture that is lost, or another in its place, makes two different articles of the two editions.

Clean::

    msgctxt "@lead"
    msgid "![Map](map.svg) of Asia"
    msgstr "ایشیا کا ![نقشہ](map.svg)"

Faulty::

    msgctxt "@lead"
    msgid "![Map](map.svg) of Asia"
    msgstr "ایشیا کا نقشہ"

Report::

    locales/ur/LC_MESSAGES/example.po:3:9: warning: Missing picture `map.svg` in the translation
      [catalog/image]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.parity import differences, readable
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.markup.inline import Inline, InlineKind
from kitabat.model.diagnostic import Severity

HINT = "Copy the picture from the source text and translate what stands in its square brackets"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return differences(subject, things, "picture", HINT)


def things(node: Inline) -> tuple[str, ...]:
    """Return the address of a picture."""
    return (readable(node.attributes["src"]),) if node.kind is InlineKind.IMAGE and node.attributes["src"] else ()


RULE = Rule("catalog/image", Severity.WARNING, find)
