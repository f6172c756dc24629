"""An article has the house's quotation marks, each on its side.

They are ``quotes`` of ``[language.ur]`` and ``[language.en]`` in kitabat.toml; without that, ``”…“`` in Urdu, as CLDR
has it, and ``“…”`` in English, with ``’…‘`` and ``‘…’`` for a quotation inside. The English order, in a text that runs
from right to left, shows each mark with its back to the words.

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
      [article/quotes]
    content/example.md:6:10: warning: Unexpected `”` in `“کتاب”`, expected `“`, which closes a quotation in Urdu
      [article/quotes]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.prose import in_source
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import SourceSubject
from kitabat.model.diagnostic import Severity

HINT = "Write the house's marks, those of `quotes` in kitabat.toml"


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return in_source(subject, "quotes", HINT)


RULE = Rule("article/quotes", Severity.WARNING, find)
