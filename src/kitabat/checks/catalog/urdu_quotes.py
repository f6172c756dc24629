"""A translation into Urdu opens quotations with ``”`` and closes them with ``“``.

So has CLDR, and so do the editions set straight marks. The English order, in a text that runs from right to left, shows
each mark with its back to the words.

Clean::

    msgctxt "@lead"
    msgid "The word “book”"
    msgstr "لفظ ”کتاب“"

Faulty::

    msgctxt "@lead"
    msgid "The word “book”"
    msgstr "لفظ “کتاب”"

Report::

    locales/ur/LC_MESSAGES/example.po:3:13: warning: Unexpected `“` in `“کتاب”`, expected `”`, which opens a quotation
      in Urdu [catalog/urdu-quotes]
    locales/ur/LC_MESSAGES/example.po:3:18: warning: Unexpected `”` in `“کتاب”`, expected `“`, which closes a
      quotation in Urdu [catalog/urdu-quotes]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.prose import in_catalog
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity

HINT = "Open with ” and close with “"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return in_catalog(subject, "quotes", HINT)


RULE = Rule("catalog/urdu-quotes", Severity.WARNING, find)
