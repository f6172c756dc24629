"""A translation into Urdu has Urdu's own signs after Urdu words.

A full stop, comma, semicolon or question mark of Latin script after an Urdu word looks borrowed, sits at another height
than ``۔``, and can land on the wrong side of a Latin word. Signs of both scripts together are a slip of the keyboard.
Numbers, abbreviations and ``۔۔۔`` are not looked at; ``...`` is an ellipsis of Latin script.

Clean::

    msgctxt "@lead"
    msgid "A book, and a pen. Why?"
    msgstr "ایک کتاب، اور قلم ہے۔ کیوں؟"

Faulty::

    msgctxt "@lead"
    msgid "A book, and a pen. Why?"
    msgstr "ایک کتاب, اور قلم ہے۔ کیوں؟?"

Report::

    locales/ur/LC_MESSAGES/example.po:3:17: warning: Unexpected `,` after an Urdu word, expected `،`
      [catalog/urdu-punctuation]
    locales/ur/LC_MESSAGES/example.po:3:35: warning: Unexpected `؟?`, expected `؟` [catalog/urdu-punctuation]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.prose import in_catalog
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity

HINT = "Write `۔`, `،`, `؛` or `؟`, and one sign only"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return in_catalog(subject, "punctuation", HINT)


RULE = Rule("catalog/urdu-punctuation", Severity.WARNING, find)
