r"""An article has no invisible characters that turn text round.

One that is not closed turns the rest of the line round, and can make a reader see other words than a program or a
search does. The toolkit sets direction by itself. In the faulty example the character stands before ``words``.

Clean::

    ---
    title: Example
    source: en
    ---

    Some words.

Faulty::

    ---
    title: Example
    source: en
    ---

    Some \u202ewords.

Report::

    content/example.md:6:6: warning: Unexpected invisible U+202E (right-to-left override), expected text
      without bidi controls [article/bidi]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.bidi_controls import EXPLICIT, HINT, message
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import SourceSubject
from kitabat.model.diagnostic import Severity


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    for text, locate in subject.messages():
        for sign in EXPLICIT.finditer(text.source):
            yield Finding(message(sign[0]), locate(sign.start()), HINT)


RULE = Rule("article/bidi", Severity.WARNING, find)
