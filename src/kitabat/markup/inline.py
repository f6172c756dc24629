"""One message as a tree: text, emphasis, links, code, images, footnote marks, line breaks."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby
from typing import Any

import msgspec
from markdown_it.token import Token
from msgspec.structs import replace

from kitabat.language.direction import without_controls
from kitabat.markup.allowed import UNCLOSED_HTML, InlineFault, address, attributes_of, html_fault, nesting_fault
from kitabat.markup.parser import inline_tokens
from kitabat.model.article import Article

MAX_NESTING = 24
"""Elements inside elements; renderers walk them one call inside another."""


class InlineKind(Enum):
    """What a node is."""

    TEXT = "text"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    LINK = "link"
    IMAGE = "image"
    NOTE = "note"
    BREAK = "break"
    SPAN = "span"
    RUN = "run"
    """Text of the other direction; put in by ``markup.isolate``."""


class Inline(msgspec.Struct, frozen=True, gc=False):
    """A node of a message: text, code and images (their alternative in Markdown) have ``text``, others ``children``.

    ``markup.isolate`` gives an image children too: its alternative as it stands where there is no picture.
    """

    kind: InlineKind
    text: str = ""
    children: tuple[Inline, ...] = ()
    attributes: Mapping[str, str] = {}
    """``href``, ``src``, ``title``, ``label`` and what ``ATTRIBUTES`` allows; ``dir`` of a run or a foreign span."""

    def walk(self) -> Iterator[Inline]:
        """Yield the node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


NOTE_LABEL = re.compile(r"\[\^(?=([^\]\n ]+)\])")


@dataclass(frozen=True, slots=True, eq=False)
class References:
    """What the messages of one article may refer to."""

    links: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Normalised label to address and title."""
    notes: frozenset[str] = frozenset()
    """Labels of footnotes."""
    key: tuple[object, int] = field(init=False, repr=False)
    """What two of them are told apart by, and its hash; parsed texts are kept by it."""
    definitions: Mapping[str, Mapping[str, str]] = field(init=False, repr=False)
    """Markdown-it's form of the links."""

    def __post_init__(self) -> None:
        whole = (frozenset(self.links.items()), self.notes)
        object.__setattr__(self, "key", (whole, hash(whole)))
        links = {label: {"href": href, "title": title} for label, (href, title) in self.links.items()}
        object.__setattr__(self, "definitions", links)

    def __hash__(self) -> int:
        return self.key[1]

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, References) and self.key == other.key)

    def environment(self, text: str) -> dict[str, Any]:
        """Return markdown-it's form of the same, as far as a text refers to it: thousands of notes are each for one."""
        notes = {f":{label}": -1 for label in NOTE_LABEL.findall(text) if label in self.notes}
        return {"references": self.definitions, "footnotes": {"refs": notes, "list": {}}}


class InlineText(msgspec.Struct, frozen=True, gc=False):
    """A parsed message."""

    nodes: tuple[Inline, ...]
    faults: tuple[InlineFault, ...] = ()


def references_of(article: Article) -> References:
    """Return what an article's messages, and so their translations, may refer to."""
    return References(article.references, frozenset(article.notes))


NO_REFERENCES = References()
OPENING = {
    "em_open": InlineKind.EMPHASIS,
    "strong_open": InlineKind.STRONG,
    "link_open": InlineKind.LINK,
    "span_open": InlineKind.SPAN,
}


MARKS = "\\`_[]<&{\n\r\0"
"""What any markup of a message has, but for asterisks; a text without either is itself and nothing else."""
STRAIGHT = "'\"&"
"""What only the edition's quotation marks can change; an entity may be one."""
EMPHASIS = r"(?<![^ ])(\*\*?)([^\W_](?:[^*]*[^\W_])?)\1(?![^ .,;:?!۔،؛؟])"
EMPHASISED = re.compile(rf"[^*]*(?:{EMPHASIS}[^*]*)+")
"""A text without ``MARKS`` that has words between asterisks, with a space before and a space or a stop after them.

As CommonMark has it, each first mark of these can only open, each second one only close.
"""
ASTERISKS = re.compile(r"(\*\*?)")
PARSED = 1 << 15
"""Messages with markup that a process keeps parsed, those of some five hundred long articles; about 50 MB."""


def parse(text: str, references: References = NO_REFERENCES, quotes: str = "") -> InlineText:
    """Return the tree of one message; the last many thousand are kept, as every stage asks for the same ones.

    Raw HTML becomes text and a fault; a link or image whose scheme is not allowed loses its address, and an
    attribute that is not allowed is left out, each with a fault.

    >>> [node.kind.value for node in parse("a *b* `c`").nodes]
    ['text', 'emphasis', 'text', 'code']
    >>> parse("[x](javascript:alert(1))").faults[0].found
    'javascript:alert(1)'
    """
    simple = _simple(text)
    if simple is not None:
        return simple
    if quotes and not _has(text, STRAIGHT):
        quotes = ""
    if not quotes and "*" not in text and not _has(text, MARKS):
        return _alone(text)
    return _parsed(text, references if "[" in text else NO_REFERENCES, quotes)


def _has(text: str, marks: str) -> bool:
    """Tell whether a text has any of some marks; to search for each takes a fourth of the time of an expression."""
    for mark in marks:  # noqa: SIM110 - a generator takes longer than what it would ask
        if mark in text:
            return True
    return False


@functools.lru_cache(maxsize=PARSED)
def _simple(text: str) -> InlineText | None:
    """Return the tree of a text that is the same whatever it may refer to and whichever quotation marks it gets."""
    return None if _has(text, MARKS) or _has(text, STRAIGHT) else _asterisked(text)


def _asterisked(text: str) -> InlineText | None:
    """Return the tree of a text without ``MARKS``; None where asterisks in it may be anything but plain emphasis."""
    if "*" not in text:
        return _alone(text)
    return InlineText(tuple(_emphasised(text))) if EMPHASISED.fullmatch(text) else None


def _alone(text: str) -> InlineText:
    bare = _bare(text)
    return InlineText((Inline(InlineKind.TEXT, bare),) if bare else ())


@functools.lru_cache(maxsize=PARSED)
def _parsed(text: str, references: References, quotes: str) -> InlineText:
    found = None if quotes or _has(text, MARKS) else _asterisked(text)
    if found is not None:
        return found
    faults: list[InlineFault] = []
    nodes = _tree(inline_tokens(text, references.environment(text), quotes), faults)
    return InlineText(nodes, tuple(faults))


def _emphasised(text: str) -> Iterator[Inline]:
    """Yield the nodes of a text of the form ``EMPHASISED``, whose asterisks open and close by turns."""
    before, *others = ASTERISKS.split(_bare(text))
    if before:
        yield Inline(InlineKind.TEXT, before)
    for mark, inside, _, after in zip(*[iter(others)] * 4, strict=True):
        kind = InlineKind.STRONG if len(mark) > 1 else InlineKind.EMPHASIS
        yield Inline(kind, children=(Inline(InlineKind.TEXT, inside),))
        if after:
            yield Inline(InlineKind.TEXT, after)


def _tree(tokens: Iterable[Token], faults: list[InlineFault]) -> tuple[Inline, ...]:
    """Return the nodes; what is nested beyond ``MAX_NESTING`` keeps its text and loses its markup."""
    top: list[Inline] = []
    # A token that opens an element, and what stands in it so far; one too deep fills the list of the element around.
    opened: list[tuple[Token, list[Inline]]] = []
    inside = top
    for token in tokens:
        if token.nesting > 0:
            opened.append((token, inside))
            inside = [] if len(opened) <= MAX_NESTING else inside
        elif token.nesting < 0:
            opening, around = opened.pop()
            if around is not inside:
                around.append(_element(OPENING[opening.type], opening, tuple(_joined(inside)), faults))
                inside = around
            elif len(opened) == MAX_NESTING:
                faults.append(nesting_fault(opening, MAX_NESTING))
        else:
            inside += _leaf(token, faults)
    return tuple(_joined(top))


def _joined(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """Yield the nodes with neighbouring texts made one, and empty ones left out."""
    for is_text, group in groupby(nodes, lambda node: node.kind is InlineKind.TEXT):
        if not is_text:
            yield from group
        elif text := "".join(node.text for node in group):
            yield Inline(InlineKind.TEXT, text)


def _element(kind: InlineKind, token: Token, children: tuple[Inline, ...], faults: list[InlineFault]) -> Inline:
    attributes = attributes_of(token, faults)
    if kind is InlineKind.LINK:
        children = tuple(_joined(_without_links(children)))
        href = address(str(token.attrs.get("href", "")), faults)
        attributes["href"] = href
        if title := _bare(str(token.attrs.get("title", ""))):
            attributes["title"] = title
    return Inline(kind, children=children, attributes=attributes)


def _without_links(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """Yield what may stand inside a link: of a bare address there, only its text."""
    for node in nodes:
        children = tuple(_without_links(node.children))
        if node.kind is InlineKind.LINK:
            yield from children
        else:
            yield replace(node, children=children) if children else node


def _leaf(token: Token, faults: list[InlineFault]) -> Iterator[Inline]:
    if token.type == "text":
        faults += (html_fault(match.group()) for match in UNCLOSED_HTML.finditer(token.content))
        yield Inline(InlineKind.TEXT, _bare(token.content))
    elif token.type == "softbreak":
        yield Inline(InlineKind.TEXT, " ")
    elif token.type == "hardbreak":
        yield Inline(InlineKind.BREAK)
    elif token.type == "code_inline":
        yield Inline(InlineKind.CODE, _bare(token.content), attributes=attributes_of(token, faults))
    elif token.type == "image":
        yield _image(token, faults)
    elif token.type == "footnote_ref":
        yield Inline(InlineKind.NOTE, attributes={"label": token.meta["label"]})
    elif token.type == "html_inline" and not token.content.startswith("<!--"):
        # A comment (always closed here) is an editor's remark: neither shown nor passed on.
        faults.append(html_fault(token.content))
        yield Inline(InlineKind.TEXT, _bare(token.content))


def _bare(text: str) -> str:
    """Return a text without bidi controls, which Markdown lets authors write as ``&#x202e;`` too."""
    return without_controls(text)[0]


def _image(token: Token, faults: list[InlineFault]) -> Inline:
    attributes = attributes_of(token, faults)
    attributes["src"] = address(str(token.attrs.get("src", "")), faults)
    if title := _bare(str(token.attrs.get("title", ""))):
        attributes["title"] = title
    _tree(token.children or (), faults)
    return Inline(InlineKind.IMAGE, token.content, attributes=attributes)


def alternative(image: Inline) -> str:
    """Return the alternative text of an image, whose ``text`` is the same with its markup.

    An image inside stands as it is written: a message nested a thousand times is no trap.

    >>> alternative(parse("![R&amp;D, *before*](a.svg)").nodes[0])
    'R&D, before'
    """
    return _bare(_plain(parse(image.text).nodes, lambda inner: inner.text))


def plain(nodes: Iterable[Inline]) -> str:
    """Return the text without its markup; footnote marks go, images give their alternative text.

    >>> plain(parse("The *big* [book](https://example.org)[^1]", References(notes=frozenset({"1"}))).nodes)
    'The big book'
    """
    return _plain(nodes, alternative)


def _plain(nodes: Iterable[Inline], shown: Callable[[Inline], str]) -> str:
    parts = []
    for node in nodes:
        if node.kind is InlineKind.BREAK:
            parts.append(" ")
        elif node.kind is InlineKind.IMAGE:
            parts.append(shown(node))
        elif node.kind in (InlineKind.TEXT, InlineKind.CODE):
            parts.append(node.text)
        else:
            parts.append(_plain(node.children, shown))
    return "".join(parts)
