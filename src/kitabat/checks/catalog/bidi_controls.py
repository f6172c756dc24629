r"""A translation has no invisible characters that turn text round.

One that is not closed turns the rest of the line round, and can make a reader see other words than a program or a
search does. The toolkit sets direction by itself. In the faulty example the character stands before ``وعدہ``.

Clean::

    msgctxt "@lead"
    msgid "A promise"
    msgstr "ایک وعدہ"

Faulty::

    msgctxt "@lead"
    msgid "A promise"
    msgstr "ایک \u202eوعدہ"

Report::

    locales/ur/LC_MESSAGES/example.po:3:13: warning: Unexpected invisible U+202E (right-to-left override),
      expected text without bidi controls [catalog/bidi]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.bidi_controls import EXPLICIT, HINT, message
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    for pair in subject.pairs:
        for sign in EXPLICIT.finditer(pair.text):
            yield Finding(message(sign[0]), subject.place(pair.key, sign.start()), HINT)


RULE = Rule("catalog/bidi", Severity.WARNING, find)
