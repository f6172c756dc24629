r"""A translation is about as long as its source.

A text that is a third as long, or three times as long, has most often lost a sentence, or is of another message.

Clean::

    msgctxt "@lead"
    msgid "The treaty of friendship was signed in the palace by both of the presidents"
    msgstr "دوستی کے اس معاہدے پر دونوں صدور نے محل میں دستخط کیے"

Faulty::

    msgctxt "@lead"
    msgid "The treaty of friendship was signed in the palace by both of the presidents"
    msgstr "دوستی کا معاہدہ"

Report::

    locales/ur/LC_MESSAGES/example.po:3:9: warning: Unexpected length of 13 letters, expected about 62 as in the
      source [catalog/length]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.addresses import without_addresses
from kitabat.checks.placeholders import without_placeholders
from kitabat.checks.plain import plain
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity

SHORT = 40
"""Letters; of a shorter text the length says nothing."""
FACTOR = 3

HINT = "Compare the two: is something left out, or is it the translation of another text?"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    for pair in subject.pairs:
        source = letters(plain(pair.source.nodes, pair.key.source).text)
        target = letters(plain(pair.target.nodes, pair.text).text)
        shorter, longer = sorted((source, target))
        if longer >= SHORT and longer > FACTOR * shorter > 0:
            message = f"Unexpected length of {target} letters, expected about {source} as in the source"
            yield Finding(message, subject.place(pair.key), HINT)


def letters(text: str) -> int:
    """Return the number of letters and digits that are to be translated."""
    return sum(sign.isalnum() for sign in without_placeholders(without_addresses(text)))


RULE = Rule("catalog/length", Severity.WARNING, find)
