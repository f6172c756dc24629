"""Every translation is confirmed: none is marked fuzzy.

A fuzzy translation is of an older or a similar text. Nobody has looked at it since, so it is not published as it
stands. One finding sums up a catalog.

Clean::

    msgctxt "@lead"
    msgid "A promise"
    msgstr "ایک وعدہ"

Faulty::

    #, fuzzy
    msgctxt "@lead"
    msgid "A promise"
    msgstr "ایک ارادہ"

Report::

    locales/ur/LC_MESSAGES/example.po:4:9: warning: Unexpected fuzzy translations of 1 of 1 messages, expected
      confirmed ones [catalog/fuzzy]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.checks.unfinished import unfinished
from kitabat.model.diagnostic import Severity
from kitabat.model.message import TranslationState

WORDS = "Unexpected fuzzy translations of {number}, expected confirmed ones"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    hint = "Compare each with its source text, correct it, and take the word `fuzzy` away"
    return unfinished(subject, TranslationState.FUZZY, WORDS, hint)


RULE = Rule("catalog/fuzzy", Severity.WARNING, find)
