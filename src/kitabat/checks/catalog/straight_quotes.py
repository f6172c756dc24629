r"""A translation has its language's own quotation marks.

Editions turn straight marks into the language's own and guess which of them open; whoever writes the right ones need
not rely on a guess. Reported once for each catalog.

Clean::

    msgctxt "@lead"
    msgid "The word “book”"
    msgstr "لفظ ”کتاب“"

Faulty::

    msgctxt "@lead"
    msgid "The word “book”"
    msgstr "لفظ \"کتاب\""

Report::

    locales/ur/LC_MESSAGES/example.po:3:13: note: Unexpected straight `"`, expected the language's own quotation
      marks; editions show those [catalog/straight-quotes]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.prose import in_catalog, summed
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity

HINT = "Write ” and “ in Urdu, “ and ” in English, or the marks that `quotes` in kitabat.toml names"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return summed(in_catalog(subject, "straight-quotes", HINT))


RULE = Rule("catalog/straight-quotes", Severity.NOTE, find)
