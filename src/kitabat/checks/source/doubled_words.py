"""An article has no word twice in a row.

A word is often typed again where a line ended or a sentence was rebuilt. Urdu repeats words to mean something
(بار بار), so only words that are never repeated are looked at.

Clean::

    ---
    title: Example
    source: en
    ---

    The friends of the city, again and again

Faulty::

    ---
    title: Example
    source: en
    ---

    The friends of the
    the city

Report::

    content/example.md:7:1: warning: Unexpected second `the`, expected the word once [article/doubled-word]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.doubled_words import HINT, doubled
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import SourceSubject
from kitabat.markup.inline import parse
from kitabat.model.diagnostic import Severity


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    references = subject.references
    for message, locate in subject.messages():
        nodes = parse(message.source, references).nodes
        for offset, word in doubled(nodes, message.source, subject.article.front.source):
            yield Finding(f"Unexpected second `{word}`, expected the word once", locate(offset), HINT)


RULE = Rule("article/doubled-word", Severity.WARNING, find)
