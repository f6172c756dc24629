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

import re
from collections.abc import Iterator

from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.checks.words import pieces
from kitabat.model.diagnostic import Severity

DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]+)\s+(\1)(?![\w'’-])")

NEVER_TWICE = frozenset({"کے", "کا", "کو", "نے", "اور", "کہ", "ہیں", "تھے", "تھا", "تھی", "بھی", "لیے"})
TWICE = frozenset(
    ["that", "had", "very", "bye", "no", "so", "do", "ha", "blah", "is", "in", "on", "her", "you", "knock", "long"]
)
"""Small words that English does write twice."""


def is_fault_in_english(word: str) -> bool:
    """Tell whether English does not write a word twice; names it does."""
    return word.islower() and word not in TWICE


IS_FAULT = {"en": is_fault_in_english, "ur": NEVER_TWICE.__contains__}

HINT = "Delete one of the two"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    for pair in subject.pairs:
        for piece in pieces(pair.target.nodes, pair.text, subject.catalog.language):
            is_fault = IS_FAULT.get(piece.language.partition("-")[0])
            for found in DOUBLED.finditer(piece.text) if is_fault else ():
                if is_fault and is_fault(found[1]):
                    place = subject.place(pair.key, piece.offset + found.start(2))
                    yield Finding(f"Unexpected second `{found[1]}`, expected the word once", place, HINT)


RULE = Rule("catalog/doubled-word", Severity.WARNING, find)
