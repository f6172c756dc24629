"""An article's body as blocks, sections, messages and segments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError
from mdit_py_plugins.attrs.parse import parse as parse_attributes
from msgspec.structs import replace

from kitabat.language.slugs import slug
from kitabat.markup import spans
from kitabat.markup.ids import Ids
from kitabat.markup.inline import Inline, InlineKind, References, parse, plain
from kitabat.markup.lines import Lines
from kitabat.markup.messages import WHAT, MessageCollector
from kitabat.markup.parser import MAX_BLOCK_NESTING, PLAIN_PARAGRAPH, block_tokens
from kitabat.markup.spans import Span
from kitabat.model.article import Block, BlockKind, Section, Segment
from kitabat.model.diagnostic import Diagnostic, Location
from kitabat.model.message import Message, MessageKey

CONTAINERS = {
    "bullet_list_open": BlockKind.LIST,
    "ordered_list_open": BlockKind.LIST,
    "list_item_open": BlockKind.ITEM,
    "blockquote_open": BlockKind.QUOTE,
    "table_open": BlockKind.TABLE,
    "tr_open": BlockKind.ROW,
    "container_div_open": BlockKind.ASIDE,
    "dl_open": BlockKind.TERMS,
    "dd_open": BlockKind.DEFINITION,
    "footnote_reference_open": BlockKind.NOTE,
}
LEAVES = {
    "heading_open": BlockKind.HEADING,
    "paragraph_open": BlockKind.PARAGRAPH,
    PLAIN_PARAGRAPH: BlockKind.PARAGRAPH,
    "th_open": BlockKind.CELL,
    "td_open": BlockKind.CELL,
    "dt_open": BlockKind.TERM,
}
TRANSPARENT = {"thead_open", "tbody_open", "thead_close", "tbody_close"}
ALIGN = {"text-align:left": "start", "text-align:right": "end", "text-align:center": "center"}
TRAILING_ATTRIBUTES = re.compile(r"\s*(\{[^{}]*\})\s*\Z")
ID_ALONE = re.compile(r"\{#([\w-]+)\}")
"""What nearly all of these are."""
WORD = re.compile(r"[\w-]+")
CODE_LANGUAGE = re.compile(r"\A\s*(\w[\w+#.-]*)")


class Body(msgspec.Struct, frozen=True):
    """What an article's Markdown holds."""

    sections: tuple[Section, ...]
    notes: Mapping[str, Block]
    messages: tuple[Message, ...]
    segments: tuple[Segment, ...]
    references: References
    diagnostics: tuple[Diagnostic, ...] = ()


def read_body(lines: Lines, first_line: int) -> Body:
    """Return what stands from ``first_line`` (from 0) to the end of a file."""
    tokens, environment = block_tokens(lines.rest(first_line))
    links = {
        label: (definition["href"], definition["title"])
        for label, definition in environment.get("references", {}).items()
    }
    labels = environment.get("footnotes", {}).get("refs", {})
    references = References(links, frozenset(label.removeprefix(":") for label in labels))
    reader = _BodyReader(MessageCollector(lines, references), first_line)
    reader.report_nesting(tokens)
    blocks = reader.blocks(iter(tokens))
    collected = reader.collector
    return Body(
        tuple(_sections(blocks)),
        reader.notes,
        tuple(collected.messages.values()),
        tuple(spans.segments(collected.spans, lines, first_line)),
        references,
        tuple(collected.diagnostics),
    )


def _sections(blocks: Iterable[Block]) -> Iterator[Section]:
    """Yield the sections that headings at the top level begin; the lead only where it holds something."""
    opening = Section("", 2, None)
    held: list[Block] = []
    for block in blocks:
        if block.kind is not BlockKind.HEADING:
            held.append(block)
            continue
        if opening.id or held:
            yield replace(opening, blocks=tuple(held))
        level = int(block.attributes["level"])
        attributes = {name: block.attributes[name] for name in ("class", "lang") if name in block.attributes}
        opening, held = Section(block.attributes["id"], level, block.message, attributes=attributes), []
    if opening.id or held:
        yield replace(opening, blocks=tuple(held))


class _BodyReader:
    """The walk over the tokens of one article."""

    def __init__(self, collector: MessageCollector, first_line: int) -> None:
        self.collector = collector
        self.lines = collector.lines
        self.references = collector.references
        self.first_line = first_line
        self.notes: dict[str, Block] = {}
        self.ids = Ids()
        self.around: tuple[BlockKind, ...] = ()

    def blocks(self, tokens: Iterator[Token]) -> list[Block]:
        """Return the blocks up to the next closing token, which is taken from ``tokens`` too."""
        found: list[Block] = []
        for token in tokens:
            if token.type in TRANSPARENT:
                continue
            if token.nesting < 0:
                break
            if token.type == "comment":
                self.collector.read_comment(token.content, self.place_in_comment(token))
                continue
            if self.collector.is_directed:
                with self.collector.directives():
                    block = self.block(token, tokens)
            else:
                block = self.block(token, tokens)
            if block.kind is BlockKind.NOTE:
                self.add_note(block)
            else:
                found.append(block)
        return found

    def place_in_comment(self, token: Token) -> Location:
        """Return where the text of a comment begins."""
        first, _ = token.map or (0, 0)
        start = self.lines.start(self.first_line + first)
        text = token.content.partition("\n")[0]
        return self.lines.location(max(start, self.lines.source.find(text, start)))

    def block(self, token: Token, tokens: Iterator[Token]) -> Block:
        """Return the block that a token opens, with all that it holds."""
        location = self.place_of(token)
        if token.type in LEAVES:
            return self.leaf(token, tokens, location)
        if token.type == "hr":
            return Block(BlockKind.RULE, location=location)
        if token.type in ("fence", "code_block"):
            own = {"info": next(iter(CODE_LANGUAGE.findall(token.info)), "")}
            return Block(BlockKind.CODE, literal=token.content, attributes=own, location=location)
        kind = CONTAINERS[token.type]
        attributes = self.attributes(token, location)
        if token.type == "container_div_open":
            self.report_open_div(token, location)
            attributes |= self.collector.attributes(_without_attributes(token.info)[1], location)
        self.claim(attributes, location)
        self.around = (*self.around, kind)
        children = tuple(self.blocks(tokens))
        self.around = self.around[:-1]
        return _finished(Block(kind, children, attributes=attributes, location=location), token)

    def leaf(self, token: Token, tokens: Iterator[Token], location: Location) -> Block:
        """Return a heading, paragraph, cell or term; a paragraph that is a picture only is a figure."""
        inline = token
        if token.type != PLAIN_PARAGRAPH:
            inline = next(tokens)
            next(tokens)
        kind = LEAVES[token.type]
        if kind is BlockKind.HEADING:
            return self.heading(token, inline, location)
        if kind is BlockKind.CELL:
            return self.cell(token, inline, location)
        if kind is BlockKind.PARAGRAPH and inline.content.startswith("!["):
            nodes = parse(inline.content, self.references).nodes
            if len(nodes) == 1 and nodes[0].kind is InlineKind.IMAGE:
                return self.figure(token, inline, nodes[0], location)
        attributes = self.attributes(token, location)
        self.claim(attributes, location)
        span = spans.of_suffix(self.lines, self.line(inline), inline.content)
        key = self.add(self.place(kind), inline.content, span, location)
        return Block(kind, message=key, attributes=attributes, location=location)

    def cell(self, token: Token, inline: Token, location: Location) -> Block:
        """Return a table's cell; the parser gives no line of its own to it, only its row's."""
        cursor = self.collector.spans[-1].end if self.collector.spans else 0
        span = spans.of_part(self.lines, self.line(inline), inline.content, cursor)
        key = self.add(BlockKind.CELL, inline.content, span, location)
        attributes = {"align": ALIGN.get(str(token.attrs.get("style", "")), "")}
        if token.tag == "th":
            attributes["head"] = "head"
        return Block(BlockKind.CELL, message=key, attributes=attributes, location=location)

    def heading(self, token: Token, inline: Token, location: Location) -> Block:
        """Return a heading; one that is in no other block begins a section, whose id is the context of messages."""
        content, written = _without_attributes(inline.content)
        attributes = {**self.attributes(token, location), **self.collector.attributes(written, location)}
        nodes = parse(content, self.references).nodes
        if not self.around:
            attributes["id"] = self.section_id(nodes, attributes.get("id", ""), location)
            self.collector.context = attributes["id"]
        else:
            self.claim(attributes, location)
        attributes["level"] = token.tag.removeprefix("h")
        line = self.line(inline)
        # With its attributes: an id may be written as the heading is.
        start = self.lines.start(line) + max(0, self.lines.text(line).rfind(inline.content.split("\n")[0]))
        multiline = "\n" in content
        end = spans.of_suffix(self.lines, line, content).end if multiline else start + len(content)
        key = self.add(BlockKind.HEADING, content, Span(start, end), location)
        return Block(BlockKind.HEADING, message=key, attributes=attributes, location=location)

    def section_id(self, heading: Sequence[Inline], written: str, location: Location) -> str:
        """Return a section's id: what is written, or one made from its heading that no other section has."""
        if not written:
            return self.ids.made(slug(plain(heading), "section"))
        if fault := self.ids.refused(written, is_section=True):
            hint = "Give this section an id of its own"
            self.collector.fault("section-id", f"Unexpected {fault}", location, hint)
            return self.ids.made(written)
        return written

    def add(self, kind: BlockKind, content: str, span: Span | None, location: Location) -> MessageKey | None:
        """Take a text into the messages, with the ids in it."""
        key = self.collector.add(kind, content, span, location)
        if key and "{" in key.source:
            for node in parse(key.source, self.references).nodes:
                for inner in node.walk():
                    self.claim(inner.attributes, location)
        return key

    def claim(self, attributes: Mapping[str, str], location: Location) -> None:
        """See to it that the id of a block, or of something within a message, stands once."""
        name = attributes.get("id", "")
        if name and (fault := self.ids.refused(name)):
            self.collector.fault("section-id", f"Unexpected {fault}", location, "Write another id, or take it out")

    def figure(self, token: Token, inline: Token, image: Inline, location: Location) -> Block:
        """Return a figure: the picture's title is its caption."""
        collector = self.collector
        whole = spans.of_suffix(self.lines, self.line(inline), inline.content)
        collector.report(parse(inline.content, self.references).faults, location, whole)
        alt = Span(whole.start + len("!["), whole.start + len("![") + len(image.text))
        key = self.add(BlockKind.FIGURE, image.text, alt, location)
        caption = image.attributes.get("title", "")
        children: tuple[Block, ...] = ()
        if caption:
            span = spans.of_title(self.lines, caption, Span(alt.end, whole.end))
            below = self.add(BlockKind.CAPTION, caption, span, location)
            children = (Block(BlockKind.CAPTION, message=below, location=location),)
        attributes = {**self.attributes(token, location), **image.attributes}
        attributes.pop("title", None)
        self.claim(attributes, location)
        return Block(BlockKind.FIGURE, children, key, attributes=attributes, location=location)

    def place(self, kind: BlockKind) -> BlockKind:
        """Return the kind that tells translators most: of a paragraph, that of the block around it."""
        if kind is not BlockKind.PARAGRAPH or not self.around:
            return kind
        return next((around for around in reversed(self.around) if around in WHAT), kind)

    def line(self, token: Token) -> int:
        """Return the line (from 0) of the file at which a token begins."""
        return self.first_line + (token.map[0] if token.map else 0)

    def place_of(self, token: Token) -> Location:
        """Return where the line's text begins at which a token does."""
        line = self.line(token)
        text = self.lines.text(line)
        return self.lines.location(self.lines.start(line) + len(text) - len(text.lstrip()))

    def attributes(self, token: Token, location: Location) -> dict[str, str]:
        """Return the attributes that a line of ``{…}`` above gave to a block."""
        written = {**token.attrs, **token.meta.get("insecure_attrs", {})}
        start = written.pop("start", 1)
        kept = self.collector.attributes(written, location)
        if token.type == "ordered_list_open":
            kept["start"] = str(start)
        return kept

    def add_note(self, block: Block) -> None:
        """Keep a footnote; a second one with the same label is a fault."""
        label = block.attributes["label"]
        if label in self.notes:
            message = f"Unexpected second footnote `[^{label}]:`, expected each label once"
            self.collector.fault("footnote", message, block.location, "Give this footnote a label of its own")
        self.notes.setdefault(label, block)

    def report_open_div(self, token: Token, location: Location) -> None:
        """Report a fenced div that is never closed: it would swallow the rest of the article."""
        end = self.first_line + (token.map[1] if token.map else 0)
        if not self.lines.text(end).lstrip("> \t").startswith(":::"):
            opening = f"{token.markup}{token.info.rstrip()}"[:40]
            message = f"Unexpected end: `{opening}` is never closed, expected a line `:::`"
            self.collector.fault("div", message, location, "Close it with a line of as many colons")

    def report_nesting(self, tokens: Iterable[Token]) -> None:
        """Report blocks so deep inside one another that the parser drops what is below."""
        deep = next((token for token in tokens if token.level >= MAX_BLOCK_NESTING - 1), None)
        if deep is not None:
            message = f"Unexpected nesting of {MAX_BLOCK_NESTING // 2} or more levels, expected a few"
            hint = "Take lists and quotations out of one another"
            self.collector.fault("nesting", message, self.place_of(deep), hint)


def _without_attributes(content: str) -> tuple[str, Mapping[str, str]]:
    """Return the text of a heading, or the words of a fenced div, and the attributes that stand at its end.

    >>> _without_attributes("Motives {#why .wide}")
    ('Motives', {'id': 'why', 'class': 'wide'})
    """
    match = TRAILING_ATTRIBUTES.search(content)
    if not match:
        return content, {}
    if found := ID_ALONE.fullmatch(match[1]):
        return content[: match.start()], {"id": found[1]}
    try:
        _, attributes = parse_attributes(match[1])
    except ParseError:
        return content, {}
    return content[: match.start()], attributes


def _finished(block: Block, token: Token) -> Block:
    """Return a container with what its kind asks for done."""
    if block.kind is BlockKind.ROW and any("head" in cell.attributes for cell in block.children):
        return replace(block, attributes={"head": "head"})
    if block.kind is BlockKind.ASIDE:
        return _aside(block, token)
    if block.kind is BlockKind.NOTE:
        return replace(block, attributes={"label": str(token.meta["label"])})
    return block


def _aside(block: Block, token: Token) -> Block:
    """Return a fenced div: its words are classes; a ``figure`` makes its paragraphs captions of its picture."""
    words = [*WORD.findall(_without_attributes(token.info)[0]), *block.attributes.get("class", "").split()]
    figure = next((child for child in block.children if child.kind is BlockKind.FIGURE), None)
    if "figure" in words and figure is not None:
        paragraphs = [child for child in block.children if child.kind is BlockKind.PARAGRAPH]
        captions = tuple(replace(child, kind=BlockKind.CAPTION) for child in paragraphs)
        looks = dict.fromkeys((*figure.attributes.get("class", "").split(), *words))
        own = {**block.attributes, **figure.attributes, "class": " ".join(look for look in looks if look != "figure")}
        return replace(figure, children=(*figure.children, *captions), attributes=own)
    return replace(block, attributes={**block.attributes, "class": " ".join(dict.fromkeys(words))})
