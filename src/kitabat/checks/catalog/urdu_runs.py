r"""The translated words of a picture show ``C++`` and ``+92 300 1234567`` in the right order.

In a page's text the toolkit isolates what reads from left to right, and in titles and bookmarks it adds invisible
marks. It leaves a picture's words as they are, and there signs change sides. In the clean example ``\u200e`` stands for
the invisible left-to-right mark.

Clean::

    msgctxt "intro"
    msgid "![What is C++?](a.png)"
    msgstr "![زبان C++\u200e کیا ہے؟](a.png)"

Faulty::

    msgctxt "intro"
    msgid "![What is C++?](a.png)"
    msgstr "![زبان C++ کیا ہے؟](a.png)"

Report::

    locales/ur/LC_MESSAGES/example.po:3:16: note: Unexpected order of `C++` where there is no markup, expected it from
      left to right [catalog/urdu-runs]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.rule import Finding, Rule
from kitabat.checks.runs import HINT, message, turned, without_markup
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    comments = {one.key: one.comments for one in subject.article.messages}
    for pair in subject.pairs:
        for text in without_markup(comments.get(pair.key, ()), pair.target.nodes, pair.text):
            for offset, piece in turned(text.text, subject.catalog.language):
                yield Finding(message(piece), subject.place(pair.key, text.place(offset)), HINT)


RULE = Rule("catalog/urdu-runs", Severity.NOTE, find)
