r"""An article has no invisible characters that came along by accident.

A zero-width space, a soft hyphen or a byte order mark from a web page cuts a word in two for every search; a no-break
space between words keeps a line from breaking. A no-break space at a number or a sign is meant. In the faulty example
``\u200b`` stands for the character.

Clean::

    ---
    title: Example
    source: en
    ---

    A promise of 10\u00a0km

Faulty::

    ---
    title: Example
    source: en
    ---

    A\u00a0promise of pe\u200bace

Report::

    content/example.md:6:2: warning: Unexpected invisible U+00A0 (no-break space), expected a space
      [article/invisible]
    content/example.md:6:16: warning: Unexpected invisible U+200B (zero width space), expected nothing in its place
      [article/invisible]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.invisible import HINT, stray
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import SourceSubject
from kitabat.model.diagnostic import Severity


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    for text, locate in subject.messages():
        for offset, _, message in stray(text.source):
            yield Finding(message, locate(offset), HINT)


RULE = Rule("article/invisible", Severity.WARNING, find)
