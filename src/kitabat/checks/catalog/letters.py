r"""A translation is written in its language's own letters.

Arabic kaf and yeh, letters joined by an old program, and Cyrillic letters in an English word look like those of the
language, but no search finds the word, no dictionary sorts it, and a font may show it otherwise. In the faulty example
``\u0643`` stands for the letter.

Clean::

    msgctxt "@lead"
    msgid "A book"
    msgstr "ایک کتاب"

Faulty::

    msgctxt "@lead"
    msgid "A book"
    msgstr "ایک \u0643تاب"

Report::

    locales/ur/LC_MESSAGES/example.po:3:13: warning: Unexpected `ك` (U+0643), expected `ک` (U+06A9)
      [catalog/letters]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.letters import wrong_letters
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    for pair in subject.pairs:
        for wrong in wrong_letters(pair.target.nodes, pair.text, subject.catalog.language):
            yield Finding(wrong.message, subject.place(pair.key, wrong.offset), wrong.hint)


RULE = Rule("catalog/letters", Severity.WARNING, find)
