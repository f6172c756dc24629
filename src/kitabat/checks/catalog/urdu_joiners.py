r"""A translation has no invisible non-joiner where none is needed.

U+200C keeps two letters apart. Typed twice, at the edge of a word, or after a letter that never joins, it changes
nothing that can be seen, but searches no longer find the word. In the faulty example it is written as its escape.

Clean::

    msgctxt "@lead"
    msgid "A workshop"
    msgstr "کارخانہ"

Faulty::

    msgctxt "@lead"
    msgid "A workshop"
    msgstr "کار\u200cخانہ"

Report::

    locales/ur/LC_MESSAGES/example.po:3:12: warning: Unexpected invisible U+200C (zero width non-joiner) after a
      letter that never joins, expected none [catalog/urdu-joiners]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.prose import in_catalog
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity

HINT = "Delete the invisible character"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return in_catalog(subject, "joiners", HINT)


RULE = Rule("catalog/urdu-joiners", Severity.WARNING, find)
