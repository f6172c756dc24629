"""A link inside the publication leads to an article and a section that exist.

A reader who follows a broken link is lost, and a PDF cannot even say so. A link to another article is the path of
its Markdown file, a link to a section is ``#`` and the section's id.

Clean::

    ---
    title: Example
    source: en
    ---

    See [the terms](#terms).

    ## Terms

    There are none.

Faulty::

    ---
    title: Example
    source: en
    ---

    See [the terms](#term) and [more](more.md).

    ## Terms

    There are none.

Report::

    content/example.md:6:17: error: Unexpected link to `#term`, expected the id of a section of this article
      [article/target]
    content/example.md:6:35: error: Unexpected link to `more.md`, expected the file of an article
      [article/target]
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import SourceSubject
from kitabat.markup.anchors import anchors
from kitabat.markup.inline import Inline, InlineKind, parse
from kitabat.markup.targets import InnerLink, broken
from kitabat.model.article import Article
from kitabat.model.diagnostic import Location, Severity


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    targets = {path: anchors(article) for path, article in subject.articles.items()}
    for link in inner_links(subject):
        fault = broken(link.href, subject.article.path, targets)
        if fault:
            yield Finding(fault[0], link.location, fault[1])


def inner_links(subject: SourceSubject) -> Iterator[InnerLink]:
    """Yield the links of an article to its own sections and to other articles, in reading order."""
    references = subject.references
    for message, locate in subject.messages():
        if "[" not in message.source and "<" not in message.source:
            continue
        at = 0
        for node in links(parse(message.source, references).nodes):
            href = node.attributes["href"]
            at = max(at, message.source.find(href, at))
            parts = urlsplit(href)
            if not parts.scheme and not parts.netloc:
                yield InnerLink(href, place(locate(at), subject.article))


def links(nodes: tuple[Inline, ...]) -> Iterator[Inline]:
    """Yield the links of a message that have an address."""
    for node in nodes:
        for inner in node.walk():
            if inner.kind is InlineKind.LINK and inner.attributes["href"]:
                yield inner


def place(found: Location | None, article: Article) -> Location:
    """Return a place in any case."""
    return found or Location(article.path)


RULE = Rule("article/target", Severity.ERROR, find)
