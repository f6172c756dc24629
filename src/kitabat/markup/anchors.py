"""The ids of an article that a link can lead to."""

from __future__ import annotations

from kitabat.markup.inline import parse, references_of
from kitabat.model.article import Article


def anchors(article: Article) -> frozenset[str]:
    """Return the ids of sections, of blocks and of spans."""
    blocks = [block for section in article.sections for block in section.blocks]
    found = {section.id for section in article.sections if section.id}
    for top in (*blocks, *article.notes.values()):
        found |= {block.attributes["id"] for block in top.walk() if block.attributes.get("id")}
    references = references_of(article)
    for message in article.messages:
        if "{" in message.source:
            for node in parse(message.source, references).nodes:
                found |= {inner.attributes["id"] for inner in node.walk() if inner.attributes.get("id")}
    return frozenset(found)
