"""A translation into Urdu writes its numbers in one system of digits.

Urdu is printed with Urdu digits or with Western ones; a text, or even a number, that has both looks unfinished, and a
reader who searches for one misses the other. Urdu digits have ``٬``, ``٫`` and ``٪`` with them. Numbers that belong to
a Latin word are not looked at.

Clean::

    msgctxt "@lead"
    msgid "From 1947 to 1971"
    msgstr "۱۹۴۷ سے ۱۹۷۱ تک"

Faulty::

    msgctxt "@lead"
    msgid "From 1947 to 1971"
    msgstr "۱۹۴۷ سے 1971 تک"

Report::

    locales/ur/LC_MESSAGES/example.po:3:17: warning: Unexpected `1971`, expected one kind of digits in one text:
      `۱۹۷۱` [catalog/urdu-digits]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.prose import in_catalog
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity

HINT = "Write the digits that the rest of the publication has"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return in_catalog(subject, "digits", HINT)


RULE = Rule("catalog/urdu-digits", Severity.WARNING, find)
