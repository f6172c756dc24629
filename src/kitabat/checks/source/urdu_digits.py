"""An article in Urdu writes its numbers in one system of digits.

Urdu is printed with Urdu digits or with Western ones; a text, or even a number, that has both looks unfinished, and a
reader who searches for one misses the other. Urdu digits have ``٬``, ``٫`` and ``٪`` with them. Numbers that belong to
a Latin word are not looked at.

Clean::

    ---
    title: مثال
    source: ur
    ---

    ۱۹۴۷ سے ۱۹۷۱ تک

Faulty::

    ---
    title: مثال
    source: ur
    ---

    ۱۹۴۷ سے 1971 تک

Report::

    content/example.md:6:9: warning: Unexpected `1971`, expected one kind of digits in one text: `۱۹۷۱`
      [article/urdu-digits]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.prose import in_source
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import SourceSubject
from kitabat.model.diagnostic import Severity

HINT = "Write the digits that the rest of the publication has"


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return in_source(subject, "digits", HINT)


RULE = Rule("article/urdu-digits", Severity.WARNING, find)
