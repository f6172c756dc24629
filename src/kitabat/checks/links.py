"""The links of an article that stay inside the publication."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from kitabat.checks.subject import SourceSubject
from kitabat.markup.inline import Inline, InlineKind, parse
from kitabat.markup.targets import InnerLink
from kitabat.model.article import Article
from kitabat.model.diagnostic import Location


def inner_links(subject: SourceSubject) -> Iterator[InnerLink]:
    """Yield the links of an article to its own sections and to other articles, in reading order."""
    references = subject.references
    for message, locate in subject.messages(lambda text: "[" in text or "<" in text):
        at = 0
        for node in links(parse(message.source, references).nodes):
            href = node.attributes["href"]
            # Addresses in Urdu are written as they are, and parsed to percent signs.
            at = max(at, message.source.find(href, at), message.source.find(unquote(href), at))
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
