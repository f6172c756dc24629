"""Every message of an article is translated.

Readers see the source text where a translation is missing. One finding sums up a catalog; `kitabat status` tells
more. The catalog of the language that the article is written in needs no entry.

Clean::

    msgctxt "@lead"
    msgid "A promise"
    msgstr "ایک وعدہ"

Faulty::

    msgctxt "@lead"
    msgid "A promise"
    msgstr ""

Report::

    locales/ur/LC_MESSAGES/example.po:3:9: warning: Missing translations of 1 of 1 messages
      [catalog/untranslated]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.checks.unfinished import unfinished
from kitabat.model.diagnostic import Severity
from kitabat.model.message import TranslationState


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    hint = "Translate what is empty in the file; run `kitabat sync` first if the file lacks messages"
    return unfinished(subject, TranslationState.UNTRANSLATED, "Missing translations of {number}", hint)


RULE = Rule("catalog/untranslated", Severity.WARNING, find)
