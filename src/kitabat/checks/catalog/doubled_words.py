r"""A translation has no word twice in a row.

A word is often typed again where a line ended or a sentence was rebuilt. Urdu repeats words to mean something
(بار بار), so only words that are never repeated are looked at.

Clean::

    msgctxt "@lead"
    msgid "The friends of the city, again and again"
    msgstr "شہر کے دوست، بار بار"

Faulty::

    msgctxt "@lead"
    msgid "The friends of the city"
    msgstr "شہر کے کے دوست"

Report::

    locales/ur/LC_MESSAGES/example.po:3:16: warning: Unexpected second `کے`, expected the word once
      [catalog/doubled-word]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.doubled_words import HINT, doubled
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    for pair in subject.pairs:
        for offset, word in doubled(pair.target.nodes, pair.text, subject.catalog.language):
            yield Finding(f"Unexpected second `{word}`, expected the word once", subject.place(pair.key, offset), HINT)


RULE = Rule("catalog/doubled-word", Severity.WARNING, find)
