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

from collections.abc import Iterator

from kitabat.checks.invisible import HINT, stray
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check; what the source has too may stay."""
    for pair in subject.pairs:
        for offset, sign, message in stray(pair.text):
            if sign not in pair.key.source:
                yield Finding(message, subject.place(pair.key, offset), HINT)


RULE = Rule("catalog/invisible", Severity.WARNING, find)
