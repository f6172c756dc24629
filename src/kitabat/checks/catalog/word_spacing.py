"""A translation has one space between words, and none before a sign.

A space before ``۔``, ``،``, ``؛``, ``؟`` or ``!`` lets the sign begin a line; without one after it, words run together.
A space inside a month's name makes it two words. No sign may begin a line after a hard line break, and no opening
bracket may end one.

Clean::

    msgctxt "@lead"
    msgid "On 3 March, in Lahore"
    msgstr "۳ مارچ کو، لاہور میں"

Faulty::

    msgctxt "@lead"
    msgid "On 3 March, in Lahore"
    msgstr "۳ مار چ کو ،لاہور  میں"

Report::

    locales/ur/LC_MESSAGES/example.po:3:11: warning: Unexpected `مار چ`, expected `مارچ` [catalog/word-spacing]
    locales/ur/LC_MESSAGES/example.po:3:19: warning: Unexpected space before `،`, expected none [catalog/word-spacing]
    locales/ur/LC_MESSAGES/example.po:3:21: warning: Missing space after `،` [catalog/word-spacing]
    locales/ur/LC_MESSAGES/example.po:3:26: warning: Unexpected 2 spaces, expected one [catalog/word-spacing]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.prose import in_catalog
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity

HINT = "Put the sign at the end of the word before it, and one space after it"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return in_catalog(subject, "spacing", HINT)


RULE = Rule("catalog/word-spacing", Severity.WARNING, find)
