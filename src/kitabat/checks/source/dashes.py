"""An article in English has dashes between years and around asides.

A hyphen joins the parts of a word; between two years it says minus, and between spaces it is a typewriter's dash. Which
dash stands around an aside is for the house to say, so `--fix` mends only years.

Clean::

    ---
    title: Example
    source: en
    ---

    The war of 1950–1953 – a history

Faulty::

    ---
    title: Example
    source: en
    ---

    The war of 1950-1953 - a history

Report::

    content/example.md:6:16: warning: Unexpected hyphen in `1950-1953`, expected `1950–1953` with an en dash
      [article/dashes]
    content/example.md:6:22: warning: Unexpected hyphen between spaces, expected a dash (`–`) [article/dashes]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.prose import in_source
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import SourceSubject
from kitabat.model.diagnostic import Severity

HINT = "Write an en dash with spaces, or an em dash without"


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return in_source(subject, "dashes", HINT)


RULE = Rule("article/dashes", Severity.WARNING, find)
