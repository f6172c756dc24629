"""An article has one space between words, and none before a sign.

A space before ``۔``, ``،``, ``؛``, ``؟`` or ``!`` lets the sign begin a line; without one after it, words run together.
A space inside a month's name makes it two words. No sign may begin a line after a hard line break, and no opening
bracket may end one.

Clean::

    ---
    title: مثال
    source: ur
    ---

    ۳ مارچ کو، لاہور میں

Faulty::

    ---
    title: مثال
    source: ur
    ---

    ۳ مار چ کو ،لاہور  میں

Report::

    content/example.md:6:3: warning: Unexpected `مار چ`, expected `مارچ` [article/word-spacing]
    content/example.md:6:11: warning: Unexpected space before `،`, expected none [article/word-spacing]
    content/example.md:6:13: warning: Missing space after `،` [article/word-spacing]
    content/example.md:6:18: warning: Unexpected 2 spaces, expected one [article/word-spacing]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.prose import in_source
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import SourceSubject
from kitabat.model.diagnostic import Severity

HINT = "Put the sign at the end of the word before it, and one space after it"


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return in_source(subject, "spacing", HINT)


RULE = Rule("article/word-spacing", Severity.WARNING, find)
