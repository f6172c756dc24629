"""The ids of an article that a link can lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kitabat.markup.inline import References, parse, references_of
from kitabat.model.article import Article, Block, BlockKind
from kitabat.model.message import FRONT, MessageKey


def anchors(article: Article) -> frozenset[str]:
    """Return the ids of sections, of blocks and of spans."""
    found = {section.id for section in article.sections}
    tops = [block for section in article.sections for block in section.blocks]
    blocks = [block for top in (*tops, *article.notes.values()) for block in top.walk()]
    found.update(block.attributes.get("id", "") for block in blocks)
    references = references_of(article)
    # The blocks beside the messages, as a text that is never translated is none.
    for key in {message.key for message in article.messages}.union(block.message for block in blocks if block.message):
        if "{" in key.source:
            found.update(_ids(key, references))
    return frozenset(found - {""})


def titles(article: Article, places: Iterable[str]) -> Mapping[str, MessageKey]:
    """Return what each place of an article that a link can lead to is called; the article itself has no id.

    ``places`` are its ``anchors``.

    A figure is called by its caption or what is seen on it, a heading by its words; any other place has the title
    of its section, and so has what stands in a footnote that of the article.
    """
    whole = MessageKey(FRONT, article.front.title)
    found = {"": whole, **dict.fromkeys(places, whole)}
    references = references_of(article)
    for section in article.sections:
        title = section.heading or whole
        found[section.id] = title
        for block in (inner for top in section.blocks for inner in top.walk()):
            if name := block.attributes.get("id"):
                found[name] = _own_title(block) or title
            if block.message and "{" in block.message.source:
                found.update((inside, title) for inside in _ids(block.message, references))
    return found


def _ids(message: MessageKey, references: References) -> Iterator[str]:
    """Yield the ids in a text."""
    for node in parse(message.source, references).nodes:
        yield from (inner.attributes["id"] for inner in node.walk() if inner.attributes.get("id"))


def _own_title(block: Block) -> MessageKey | None:
    captions = [child.message for child in block.children if child.kind is BlockKind.CAPTION]
    named = captions[0] if captions else block.message
    return named if block.kind in {BlockKind.FIGURE, BlockKind.HEADING, BlockKind.TABLE, BlockKind.TERM} else None
