r"""An article closes the markup that it opens.

Marks that mean nothing to the Markdown parser are shown to readers as they are, and what they should have marked is
lost: emphasis that is not closed, or is closed after a space; an address that is parted from its link or has no
definition; a heading without a space after its signs; a table without a line below its first row; attributes in a form
that is not understood, such as ``{width=50%}``, or behind what can have none.

Clean::

    ---
    title: Example
    source: en
    ---

    ## A promise

    A **firm** promise, [as it says](https://example.org/a)

Faulty::

    ---
    title: Example
    source: en
    ---

    ##A promise

    A **firm promise, [as it says] (https://example.org/a)

Report::

    content/example.md:6:1: warning: Unexpected `##` that begins no heading, expected a space after it
      [article/markup]
    content/example.md:8:3: warning: Unexpected `**` that opens or closes nothing, expected balanced markup
      [article/markup]
    content/example.md:8:31: warning: Unexpected space in `] (`, expected `](`, which makes a link [article/markup]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kitabat.checks.marks import CODE_OR_ESCAPE, marks, stray_attributes
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import SourceSubject
from kitabat.model.diagnostic import Severity

SLIP = re.compile(
    r"\A#{2,6}(?=[^\W\d_])"  # but #hashtag
    r"|\A\|(?=.*\|\s*\Z)"
    r"|(?<=\])[ \n]+\((?=(?:https?:|mailto:)[^\s()]*\))",
    re.DOTALL,
)
"""What a paragraph has where somebody meant a heading, a table or a link."""
NOTE = re.compile(r"\[\^[^\[\]]*\]\Z")

HINT = "Mend the markup; put a backslash before a sign that is to be seen"


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check; footnote marks without a footnote are told where the article is read."""
    references = subject.references
    for message, locate in subject.messages():
        found = (*slips(message.source), *marks(message.source, references))
        for mark, offset in sorted(found, key=lambda each: each[1]):
            if not mark.startswith("[^"):
                yield Finding(told(mark), locate(offset), HINT)


def slips(text: str) -> Iterator[tuple[str, int]]:
    """Yield what stands where a heading, a table or a link was meant, with its offset; code is none.

    >>> list(slips("##One")), list(slips("| a | b |")), list(slips("[a] (http://b)")), list(slips("[^a] (http://b)"))
    ([('##', 0)], [('|', 0)], [(' (', 3)], [])
    """
    plain = CODE_OR_ESCAPE.sub(lambda found: " " * len(found[0]), text)
    for found in SLIP.finditer(plain):
        if not NOTE.search(plain, 0, found.start()):
            yield found[0], found.start()


def told(mark: str) -> str:
    """Return what is wrong with a mark.

    >>> told("|")
    'Unexpected `|` that begins no table, expected a line such as `|---|---|` below the first row'
    """
    if mark[0] == "#":
        return f"Unexpected `{mark}` that begins no heading, expected a space after it"
    if mark[0] == "|":
        return "Unexpected `|` that begins no table, expected a line such as `|---|---|` below the first row"
    if mark[0].isspace():
        return "Unexpected space in `] (`, expected `](`, which makes a link"
    if mark == "][":
        return "Unexpected `][`, which leads nowhere: expected a line `[name]: address` of the same name"
    return stray_attributes(mark) or f"Unexpected `{mark}` that opens or closes nothing, expected balanced markup"


RULE = Rule("article/markup", Severity.WARNING, find)
