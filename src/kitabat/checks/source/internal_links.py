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

from kitabat.checks.links import inner_links
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import SourceSubject
from kitabat.markup.anchors import anchors
from kitabat.markup.targets import broken, lead
from kitabat.model.diagnostic import Severity


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    own = subject.article.path
    links = list(inner_links(subject))
    # Of a publication of thousands, an article links to a few: the ids of the others are not gathered for each.
    wanted = {lead(link.href, own)[0] for link in links}
    targets = {path: anchors(article) if path in wanted else frozenset() for path, article in subject.articles.items()}
    for link in links:
        fault = broken(link.href, own, targets)
        if fault:
            yield Finding(fault[0], link.location, fault[1])


RULE = Rule("article/target", Severity.ERROR, find)
