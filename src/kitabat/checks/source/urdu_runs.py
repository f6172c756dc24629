r"""The words of a picture in Urdu show ``C++`` and ``+92 300 1234567`` in the right order.

In a page's text the toolkit isolates what reads from left to right, and in titles and bookmarks it adds invisible
marks. It leaves a picture's words as they are, and there signs change sides. In the clean example ``\u200e`` stands for
the invisible left-to-right mark.

Clean::

    ---
    title: زبان C++ کیا ہے
    source: ur
    ---

    ![زبان C++\u200e کیا ہے](a.png) اور زبان C++ کیا ہے

Faulty::

    ---
    title: زبان C++ کیا ہے
    source: ur
    ---

    ![زبان C++ کیا ہے](a.png) اور زبان C++ کیا ہے

Report::

    content/example.md:6:8: note: Unexpected order of `C++` where there is no markup, expected it from left to right
      [article/urdu-runs]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.rule import Finding, Rule
from kitabat.checks.runs import HINT, message, turned, without_markup
from kitabat.checks.subject import SourceSubject
from kitabat.markup.inline import parse
from kitabat.model.diagnostic import Severity


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    references = subject.references
    for one, locate in subject.messages():
        nodes = parse(one.source, references).nodes
        for text in without_markup(one.comments, nodes, one.source):
            for offset, piece in turned(text.text, subject.article.front.source):
                yield Finding(message(piece), locate(text.place(offset)), HINT)


RULE = Rule("article/urdu-runs", Severity.NOTE, find)
