r"""An article closes the brackets and quotation marks that it opens.

A reader who does not find the end of a quotation cannot tell who is speaking. A mark that a paragraph begins with may
stay open: a quotation over several paragraphs has one at the beginning of each.

Clean::

    ---
    title: Example
    source: en
    ---

    He called it “a promise” (1950).

Faulty::

    ---
    title: Example
    source: en
    ---

    He called it “a promise (1950.

Report::

    content/example.md:6:14: warning: Unexpected `“` without a partner, expected pairs of quotation marks
      [article/balance]
    content/example.md:6:25: warning: Unexpected `(` without a partner, expected pairs of brackets [article/balance]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.balance import HINT, message, unpaired
from kitabat.checks.plain import plain
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import SourceSubject
from kitabat.markup.inline import parse
from kitabat.model.diagnostic import Severity


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    references = subject.references
    for one, locate in subject.messages():
        text = plain(parse(one.source, references).nodes, one.source)
        for what, _, lone in unpaired(text):
            if lone or what == "brackets":
                yield Finding(message(what, text.text[lone]), locate(text.place(lone)), HINT)


RULE = Rule("article/balance", Severity.WARNING, find)
