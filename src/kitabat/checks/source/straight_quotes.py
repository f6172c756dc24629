"""An article has its language's own quotation marks.

Editions turn straight marks into the language's own and guess which of them open; whoever writes the right ones need
not rely on a guess. Reported once for each article.

Clean::

    ---
    title: مثال
    source: ur
    ---

    لفظ ”کتاب“

Faulty::

    ---
    title: مثال
    source: ur
    ---

    لفظ "کتاب"

Report::

    content/example.md:6:5: note: Unexpected straight `"`, expected the language's own quotation marks; editions show
      those [article/straight-quotes]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.prose import in_source, summed
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import SourceSubject
from kitabat.model.diagnostic import Severity

HINT = "Write ” and “ in Urdu, “ and ” in English, or the marks that `quotes` in kitabat.toml names"


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return summed(in_source(subject, "straight-quotes", HINT))


RULE = Rule("article/straight-quotes", Severity.NOTE, find)
