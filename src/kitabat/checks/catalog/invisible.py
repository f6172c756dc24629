r"""A translation has no invisible characters that came along by accident.

A zero-width space, a soft hyphen or a byte order mark from a web page cuts a word in two for every search; a no-break
space between words keeps a line from breaking. A no-break space at a number or a sign is meant. In the faulty example
``\u200b`` stands for the character.

Clean::

    msgctxt "@lead"
    msgid "A promise of 10 km"
    msgstr "10\u00a0کلومیٹر کا وعدہ"

Faulty::

    msgctxt "@lead"
    msgid "A promise of peace"
    msgstr "امن\u00a0کا وع\u200bدہ"

Report::

    locales/ur/LC_MESSAGES/example.po:3:12: warning: Unexpected invisible U+00A0 (no-break space), expected a
      space [catalog/invisible]
    locales/ur/LC_MESSAGES/example.po:3:18: warning: Unexpected invisible U+200B (zero width space), expected
      nothing in its place [catalog/invisible]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kitabat.checks.placeholders import FORMAT
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity

STRAY = re.compile("[\u00ad\u180e\u200b\u2060-\u2064\ufeff]|(?<=[^\\W\\d_])[\u00a0\u202f](?=[^\\W\\d_])")
"""Signs that are never meant, and no-break spaces between two letters."""
SPACES = "\u00a0\u202f"

HINT = "Delete the character, or type a space; copy text without its formatting"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check; what the source has too is let alone."""
    for pair in subject.pairs:
        filled = FORMAT.sub(lambda place: " " * len(place[0]), pair.text)  # a number, most often
        for found in STRAY.finditer(filled):
            if found[0] not in pair.key.source:
                name = unicodedata.name(found[0]).lower()
                expected = "a space" if found[0] in SPACES else "nothing in its place"
                message = f"Unexpected invisible U+{ord(found[0]):04X} ({name}), expected {expected}"
                yield Finding(message, subject.place(pair.key, found.start()), HINT)


RULE = Rule("catalog/invisible", Severity.WARNING, find)
