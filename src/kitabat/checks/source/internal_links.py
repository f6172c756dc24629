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

import posixpath
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import unquote, urlsplit

from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import SourceSubject
from kitabat.markup.anchors import anchors
from kitabat.markup.inline import Inline, InlineKind, parse
from kitabat.model.article import Article
from kitabat.model.diagnostic import Location, Severity


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    article = subject.article
    references = subject.references
    for message, locate in subject.messages():
        at = 0
        for node in links(parse(message.source, references).nodes):
            href = node.attributes["href"]
            fault = broken(href, article, subject)
            at = max(at, message.source.find(href, at))
            if fault:
                yield Finding(fault[0], place(locate(at), article), fault[1])


def links(nodes: tuple[Inline, ...]) -> Iterator[Inline]:
    """Yield the links of a message that have an address."""
    for node in nodes:
        for inner in node.walk():
            if inner.kind is InlineKind.LINK and inner.attributes["href"]:
                yield inner


def place(found: Location | None, article: Article) -> Location:
    """Return a place in any case."""
    return found or Location(article.path)


def broken(href: str, article: Article, subject: SourceSubject) -> tuple[str, str] | None:
    """Return what is wrong with an address, and what to do; None for a sound one, or one out of the publication."""
    parts = urlsplit(href)
    path, section = unquote(parts.path), unquote(parts.fragment)
    if parts.scheme or parts.netloc:
        return None
    target: Article | None = article
    if path:
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(article.path), path))
        target = subject.articles.get(wanted)
        if target is None:
            folder = posixpath.dirname(article.path)
            known = [posixpath.relpath(other, folder) for other in subject.articles if other != article.path]
            return f"Unexpected link to `{path}`, expected the file of an article", nearest(path, known)
    if section and target is not None:
        known = sorted(anchors(target))
        if section not in known:
            where = f"`{path}`" if path else "this article"
            return f"Unexpected link to `#{section}`, expected the id of a section of {where}", nearest(section, known)
    return None


def nearest(word: str, known: list[str]) -> str:
    """Return what to do about a target that does not exist."""
    near = get_close_matches(word, known, n=3)
    return f"Link to one of: {', '.join(near)}" if near else "Mend the link, or write what it should lead to"


RULE = Rule("article/target", Severity.ERROR, find)
