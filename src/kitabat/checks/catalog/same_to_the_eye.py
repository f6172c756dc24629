r"""Two translations of one text that look the same are the same.

A difference that nobody sees, such as a no-break space or a zero-width character in one of the two, makes two texts of
one for every search and every translation memory. In the faulty example ``\u00a0`` stands for the character.

Clean::

    msgctxt "@lead"
    msgid "Page 10"
    msgstr "صفحہ\u00a010"

    msgctxt "summary"
    msgid "Page 10"
    msgstr "صفحہ\u00a010"

Faulty::

    msgctxt "@lead"
    msgid "Page 10"
    msgstr "صفحہ 10"

    msgctxt "summary"
    msgid "Page 10"
    msgstr "صفحہ\u00a010"

Report::

    locales/ur/LC_MESSAGES/example.po:7:13: warning: Unexpected U+00A0 (no-break space), expected U+0020 (space) as
      in locales/ur/LC_MESSAGES/example.po:3:9, which looks the same [catalog/same-to-the-eye]
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import zip_longest

from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.checks.surroundings import visible
from kitabat.checks.variants import variants
from kitabat.model.diagnostic import Severity

HINT = "Copy the better of the two translations over the other"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    for pair, first in variants(subject):
        if visible(pair.text) == visible(first.text):
            both = zip_longest(pair.text, first.text, fillvalue="")
            offset, found, expected = next((at, *signs) for at, signs in enumerate(both) if signs[0] != signs[1])
            words = f"Unexpected {named(found)}, expected {named(expected)}"
            message = f"{words} as in {first.location}, which looks the same"
            yield Finding(message, subject.place(pair.key, offset), HINT)


def named(sign: str) -> str:
    """Return the name of a character that cannot be shown.

    >>> named(chr(0x200B)), named("")
    ('U+200B (zero width space)', 'the end')
    """
    return f"U+{ord(sign):04X} ({unicodedata.name(sign, 'no name').lower()})" if sign else "the end"


RULE = Rule("catalog/same-to-the-eye", Severity.WARNING, find)
