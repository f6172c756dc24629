"""The ids of an article that a link can lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kitabat.markup.inline import References, parse, references_of
from kitabat.model.article import Article, Block, BlockKind
from kitabat.model.message import FRONT, MessageKey


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


def titles(article: Article) -> Mapping[str, MessageKey]:
    """Return what each place of an article that a link can lead to is called; the article itself has no id.

    A figure is called by its caption or what is seen on it, a heading by its words; any other place has the title
    of its section, and so has what stands in a footnote that of the article.
    """
    whole = MessageKey(FRONT, article.front.title)
    found = {"": whole, **dict.fromkeys(anchors(article), whole)}
    references = references_of(article)
    for section in article.sections:
        title = section.heading or whole
        found[section.id] = title
        for block in (inner for top in section.blocks for inner in top.walk()):
            for name in _ids(block, references):
                found[name] = (_own_title(block) if name == block.attributes.get("id") else None) or title
    return found


def _ids(block: Block, references: References) -> Iterator[str]:
    """Yield the ids of a block and in its text, not those of the blocks below it."""
    if name := block.attributes.get("id"):
        yield name
    if block.message and "{" in block.message.source:
        for node in parse(block.message.source, references).nodes:
            yield from (inner.attributes["id"] for inner in node.walk() if inner.attributes.get("id"))


def _own_title(block: Block) -> MessageKey | None:
    captions = [child.message for child in block.children if child.kind is BlockKind.CAPTION]
    named = captions[0] if captions else block.message
    return named if block.kind in {BlockKind.FIGURE, BlockKind.HEADING, BlockKind.TABLE, BlockKind.TERM} else None
