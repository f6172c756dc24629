"""English words in a translation have dashes between years and around asides.

A hyphen joins the parts of a word; between two years it says minus, and between spaces it is a typewriter's dash. Which
dash stands around an aside is for the house to say, so `--fix` mends only years.

Clean::

    msgctxt "@lead"
    msgid "Read [The war of 1950–1953 – a history]{lang=en}"
    msgstr "پڑھیے [The war of 1950–1953 – a history]{lang=en}"

Faulty::

    msgctxt "@lead"
    msgid "Read [The war of 1950–1953 – a history]{lang=en}"
    msgstr "پڑھیے [The war of 1950-1953 - a history]{lang=en}"

Report::

    locales/ur/LC_MESSAGES/example.po:3:31: warning: Unexpected hyphen in `1950-1953`, expected `1950–1953` with an en
      dash [catalog/dashes]
    locales/ur/LC_MESSAGES/example.po:3:37: warning: Unexpected hyphen between spaces, expected a dash (`–`)
      [catalog/dashes]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.prose import in_catalog
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity

HINT = "Write an en dash with spaces, or an em dash without"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return in_catalog(subject, "dashes", HINT)


RULE = Rule("catalog/dashes", Severity.WARNING, find)
