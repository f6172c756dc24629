r"""An article is written in its language's own letters.

Arabic kaf and yeh, letters joined by an old program, and Cyrillic letters in an English word look like those of the
language, but no search finds the word, no dictionary sorts it, and a font may show it otherwise. In the faulty example
``\u0643`` stands for the letter.

Clean::

    ---
    title: مثال
    source: ur
    ---

    ایک کتاب

Faulty::

    ---
    title: مثال
    source: ur
    ---

    ایک \u0643تاب

Report::

    content/example.md:6:5: warning: Unexpected `ك` (U+0643), expected `ک` (U+06A9) [article/letters]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.letters import wrong_letters
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import SourceSubject
from kitabat.markup.inline import parse
from kitabat.model.diagnostic import Severity


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    references = subject.references
    for message, locate in subject.messages():
        nodes = parse(message.source, references).nodes
        for wrong in wrong_letters(nodes, message.source, subject.article.front.source):
            yield Finding(wrong.message, locate(wrong.offset), wrong.hint)


RULE = Rule("article/letters", Severity.WARNING, find)
