"""An article in Urdu opens quotations with ``”`` and closes them with ``“``.

So has CLDR, and so do the editions set straight marks. The English order, in a text that runs from right to left, shows
each mark with its back to the words.

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

    لفظ “کتاب”

Report::

    content/example.md:6:5: warning: Unexpected `“` in `“کتاب”`, expected `”`, which opens a quotation in Urdu
      [article/urdu-quotes]
    content/example.md:6:10: warning: Unexpected `”` in `“کتاب”`, expected `“`, which closes a quotation in Urdu
      [article/urdu-quotes]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.prose import in_source
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import SourceSubject
from kitabat.model.diagnostic import Severity

HINT = "Open with ” and close with “"


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return in_source(subject, "quotes", HINT)


RULE = Rule("article/urdu-quotes", Severity.WARNING, find)
