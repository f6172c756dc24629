r"""One text has one translation throughout the publication.

Readers who meet a sentence or a name again expect the words that they know. Two contexts may ask for two translations,
so this is a note, not a warning; single words are left out.

Clean::

    msgctxt "@lead"
    msgid "The treaty of friendship"
    msgstr "دوستی کا معاہدہ"

    msgctxt "summary"
    msgid "The treaty of friendship"
    msgstr "دوستی کا معاہدہ"

Faulty::

    msgctxt "@lead"
    msgid "The treaty of friendship"
    msgstr "دوستی کا معاہدہ"

    msgctxt "summary"
    msgid "The treaty of friendship"
    msgstr "معاہدۂ دوستی"

Report::

    locales/ur/LC_MESSAGES/example.po:7:9: note: Unexpected second translation of `The treaty of friendship`,
      expected the one of locales/ur/LC_MESSAGES/example.po:3:9 [catalog/consistency]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.checks.surroundings import visible
from kitabat.checks.variants import variants
from kitabat.model.diagnostic import Severity

SHOWN = 40
HINT = "Choose one of the two, unless the context asks for both"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    for pair, first in variants(subject):
        if visible(pair.text) != visible(first.text):
            source = " ".join(pair.key.source.split())
            shown = source if len(source) <= SHOWN else f"{source[: SHOWN - 1]}…"
            message = f"Unexpected second translation of `{shown}`, expected the one of {first.location}"
            yield Finding(message, subject.place(pair.key), HINT)


RULE = Rule("catalog/consistency", Severity.NOTE, find)
