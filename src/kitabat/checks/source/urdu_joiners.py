r"""An article has no invisible non-joiner where none is needed.

U+200C keeps two letters apart. Typed twice, at the edge of a word, or after a letter that never joins, it changes
nothing that can be seen, but searches no longer find the word. In the faulty example it is written as its escape.

Clean::

    ---
    title: مثال
    source: ur
    ---

    کارخانہ

Faulty::

    ---
    title: مثال
    source: ur
    ---

    کار\u200cخانہ

Report::

    content/example.md:6:4: warning: Unexpected invisible U+200C (zero width non-joiner) after a letter that never
      joins, expected none [article/urdu-joiners]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.prose import in_source
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import SourceSubject
from kitabat.model.diagnostic import Severity

HINT = "Delete the invisible character"


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return in_source(subject, "joiners", HINT)


RULE = Rule("article/urdu-joiners", Severity.WARNING, find)
