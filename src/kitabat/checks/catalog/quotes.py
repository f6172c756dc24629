"""A translation has the house's quotation marks, each on its side.

They are ``quotes`` of ``[language.ur]`` and ``[language.en]`` in kitabat.toml; without that, ``”…“`` in Urdu, as CLDR
has it, and ``“…”`` in English, with ``’…‘`` and ``‘…’`` for a quotation inside. The English order, in a text that runs
from right to left, shows each mark with its back to the words.

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
      in Urdu [catalog/quotes]
    locales/ur/LC_MESSAGES/example.po:3:18: warning: Unexpected `”` in `“کتاب”`, expected `“`, which closes a
      quotation in Urdu [catalog/quotes]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.prose import in_catalog
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity

HINT = "Write the house's marks, those of `quotes` in kitabat.toml"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return in_catalog(subject, "quotes", HINT)


RULE = Rule("catalog/quotes", Severity.WARNING, find)
