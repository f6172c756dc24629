"""An article as a tree of what can be paired: front matter, sections, blocks, texts, footnotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kitabat.catalogs.adoption.traits import Traits, of_literal, of_message, together
from kitabat.language.numerals import to_digits
from kitabat.markup.inline import References, references_of
from kitabat.model.article import Article, Block, BlockKind, Section
from kitabat.model.diagnostic import Location
from kitabat.model.message import FRONT, MessageKey

ARTICLE, FRONT_MATTER, TAGS = "article", "front matter", "tags"
SECTION, NOTE, NOTES = "section", "footnote", "footnotes"
HEADING = BlockKind.HEADING.value
NAMES = {
    BlockKind.CELL: "table cell",
    BlockKind.ROW: "table row",
    BlockKind.ITEM: "list item",
    BlockKind.QUOTE: "quotation",
    BlockKind.NOTE: NOTE,
    BlockKind.TERMS: "list of terms",
}
"""What a report calls a block, where it is another word than the templates have."""


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A text, or a block that holds some; told from another by identity."""

    kind: str
    """Two nodes are a pair only where they are of one kind."""
    traits: Traits
    """Of all that it holds."""
    location: Location
    children: tuple[Node, ...] = ()
    key: MessageKey | None = None
    """Of a text that can be translated; None for blocks and for code."""
    name: str = ""
    """Id of a section, label of a footnote, address of a picture."""
    detail: str = ""
    """Level of a heading, kind of a list: what certain pairs have in common; a footnote's label as it is written."""
    shape: Counter[str] = field(default_factory=Counter)
    """How many blocks of each kind it holds, at any depth."""

    def walk(self) -> Iterator[Node]:
        """Yield the node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def texts(self) -> Iterator[Node]:
        """The texts that can be translated."""
        return (node for node in self.walk() if node.key)


def block(kind: str, children: Iterable[Node], location: Location, name: str = "", detail: str = "") -> Node:
    """Return a node that holds others."""
    held = tuple(children)
    shape: Counter[str] = Counter()
    for child in held:
        shape.update(child.shape)
        shape[child.kind] += 1
    traits = together(child.traits for child in held)
    return Node(kind, traits, location, held, name=name, detail=detail, shape=shape)


def joined(nodes: Iterable[Node]) -> Node:
    """Return neighbours of one kind as one; of one alone, itself."""
    held = tuple(nodes)
    if len(held) == 1:
        return held[0]
    first = held[0]
    if not any(node.children for node in held):
        return Node(first.kind, together(node.traits for node in held), first.location)
    return block(first.kind, (child for node in held for child in node.children), first.location, first.name)


def tree(article: Article) -> Node:
    """Return an article as a tree: its front matter, its sections, its footnotes."""
    return _Planter(article).article()


class _Planter:
    """Makes the nodes of one article."""

    def __init__(self, article: Article) -> None:
        self.source = article
        self.references: References = references_of(article)
        self.language = article.front.source
        self.top = Location(article.path, 1, 1)
        self.places = {message.key: message.locations[0] for message in article.messages if message.locations}

    def article(self) -> Node:
        parts = [block(FRONT_MATTER, self.front(), self.top)]
        parts += [self.section(section) for section in self.source.sections]
        notes = [self.note(label, note) for label, note in self.source.notes.items()]
        if notes:
            parts.append(block(NOTES, notes, notes[0].location))
        return block(ARTICLE, parts, self.top)

    def front(self) -> Iterator[Node]:
        front = self.source.front
        for name, text in (("title", front.title), ("summary", front.summary), ("author", front.author)):
            if text:
                yield self.text(name, MessageKey(FRONT, text), self.top)
        tags = [self.text("tag", MessageKey(FRONT, text), self.top) for text in front.tags if text]
        if tags:
            yield block(TAGS, tags, tags[0].location)

    def section(self, section: Section) -> Node:
        blocks = [self.block(each) for each in section.blocks]
        first = blocks[0].location if blocks else self.top
        if section.heading:
            place = self.places.get(section.heading, first)
            blocks.insert(0, self.text(HEADING, section.heading, place, detail=str(section.level)))
            first = place
        return block(SECTION, blocks, first, section.id)

    def note(self, label: str, note: Block) -> Node:
        held = map(self.block, note.children)
        return block(NOTE, held, note.location or self.top, to_digits(label, "latin"), detail=label)

    def block(self, found: Block, row: Location | None = None) -> Node:
        """Return a node; the parser gives no line of its own to a cell, only to its ``row``."""
        place = row or found.location or self.top
        kind = NAMES.get(found.kind, found.kind.value)
        if "head" in found.attributes:
            kind = f"head {kind}"
        if found.kind is BlockKind.CODE:
            return Node(kind, of_literal(found.literal), place)
        detail = found.attributes.get("level", "") or ("numbered" if found.attributes.get("start") else "")
        below = place if found.kind is BlockKind.ROW else None
        children = [self.block(child, below) for child in found.children]
        if found.kind is BlockKind.FIGURE:
            source = found.attributes.get("src", "")
            alt = [self.text("alternative text", found.message, place)] if found.message else []
            return block(kind, [*alt, *children], place, source)
        if found.message:
            return self.text(kind, found.message, place, detail)
        return block(kind, children, place, detail=detail)

    def text(self, kind: str, key: MessageKey, place: Location, detail: str = "") -> Node:
        traits = of_message(key.source, self.references, self.language)
        known = self.places.get(key)
        if key.context == FRONT and known:
            place = known
        return Node(kind, traits, place, key=key if known else None, detail=detail)
