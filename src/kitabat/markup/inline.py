"""One message as a tree: text, emphasis, links, code, images, footnote marks, line breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import groupby
from typing import Any
from urllib.parse import unquote, urlsplit

from markdown_it.token import Token

from kitabat.language.direction import without_controls
from kitabat.markup.parser import inline_tokens
from kitabat.model.article import Article

SAFE_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
TAG = re.compile(r"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
NAME = re.compile(r"\A[\w:.-]+\Z")
NAMES = re.compile(r"\A[\w-]+( [\w-]+)*\Z")
WIDTH = re.compile(r"\A[1-9][0-9]{0,3}\Z")
UNCLOSED_HTML = re.compile(r"<!--|</?(?:script|style|iframe|object|embed|svg|div|img|a)\b", re.IGNORECASE)

ATTRIBUTES: Mapping[str, re.Pattern[str]] = {"id": NAME, "class": NAMES, "lang": TAG, "width": WIDTH}
"""What may stand in ``{…}``, and the form of its value."""
TEXT_ATTRIBUTES = {name: form for name, form in ATTRIBUTES.items() if name != "width"}
"""The same after anything that is no picture."""


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


@dataclass(frozen=True, slots=True)
class Inline:
    """A node of a message: text, code and images (their alternative in Markdown) have ``text``, others ``children``.

    ``markup.isolate`` gives an image children too: its alternative as it stands where there is no picture.
    """

    kind: InlineKind
    text: str = ""
    children: tuple[Inline, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    """``href``, ``src``, ``title``, ``label`` and what ``ATTRIBUTES`` allows; ``dir`` of a run or a foreign span."""

    def walk(self) -> Iterator[Inline]:
        """Yield the node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class InlineFault:
    """Something in a message that is not let through."""

    rule: str
    """``html``, ``link``, ``attribute`` or ``nesting``: the second half of a diagnostic's rule."""
    found: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, eq=False)
class References:
    """What the messages of one article may refer to; told from another by identity."""

    links: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Normalised label to address and title."""
    notes: frozenset[str] = frozenset()
    """Labels of footnotes."""

    def environment(self) -> dict[str, Any]:
        """Return markdown-it's form of the same."""
        return {
            "references": {label: {"href": href, "title": title} for label, (href, title) in self.links.items()},
            "footnotes": {"refs": {f":{label}": -1 for label in self.notes}, "list": {}},
        }


@dataclass(frozen=True, slots=True)
class InlineText:
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


def parse(text: str, references: References = NO_REFERENCES, quotes: str = "") -> InlineText:
    """Return the tree of one message.

    Raw HTML becomes text and a fault; a link or image whose scheme is not allowed loses its address, and an
    attribute that is not allowed is left out, each with a fault.

    >>> [node.kind.value for node in parse("a *b* `c`").nodes]
    ['text', 'emphasis', 'text', 'code']
    >>> parse("[x](javascript:alert(1))").faults[0].found
    'javascript:alert(1)'
    """
    faults: list[InlineFault] = []
    nodes = _tree(inline_tokens(text, references.environment(), quotes), faults)
    return InlineText(nodes, tuple(faults))


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
                faults.append(_nesting_fault(opening))
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
    attributes = _attributes(token, faults)
    if kind is InlineKind.LINK:
        children = tuple(_joined(_without_links(children)))
        href = _address(str(token.attrs.get("href", "")), faults)
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
        faults += (_html_fault(match.group()) for match in UNCLOSED_HTML.finditer(token.content))
        yield Inline(InlineKind.TEXT, _bare(token.content))
    elif token.type == "softbreak":
        yield Inline(InlineKind.TEXT, " ")
    elif token.type == "hardbreak":
        yield Inline(InlineKind.BREAK)
    elif token.type == "code_inline":
        yield Inline(InlineKind.CODE, _bare(token.content), attributes=_attributes(token, faults))
    elif token.type == "image":
        yield _image(token, faults)
    elif token.type == "footnote_ref":
        yield Inline(InlineKind.NOTE, attributes={"label": token.meta["label"]})
    elif token.type == "html_inline" and not token.content.startswith("<!--"):
        # A comment (always closed here) is an editor's remark: neither shown nor passed on.
        faults.append(_html_fault(token.content))
        yield Inline(InlineKind.TEXT, _bare(token.content))


def _bare(text: str) -> str:
    """Return a text without bidi controls, which Markdown lets authors write as ``&#x202e;`` too."""
    return without_controls(text)[0]


def _image(token: Token, faults: list[InlineFault]) -> Inline:
    attributes = _attributes(token, faults)
    attributes["src"] = _address(str(token.attrs.get("src", "")), faults)
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


def _address(href: str, faults: list[InlineFault]) -> str:
    """Return the address, or nothing and a fault where its scheme is not allowed."""
    if is_safe(href):
        return href
    faults.append(
        InlineFault(
            "link",
            unquote(href),
            f"Unexpected address `{unquote(href)[:80]}`, expected https:, http:, mailto:, tel: or a path",
            "Link to a page, a file of the publication or a web address",
        )
    )
    return ""


def is_safe(href: str) -> bool:
    """Tell whether an address may stand in an edition: by its scheme, as browsers read it.

    >>> is_safe("https://example.org"), is_safe("a.md#b"), is_safe("JaVaScript:x"), is_safe("//host/x")
    (True, True, False, False)
    """
    # Browsers drop tabs, line feeds and leading control characters before they look for the scheme.
    bare = re.sub(r"[\x00-\x20\x7f]", "", unquote(href))
    if bare.startswith(("//", "\\\\", "/\\", "\\/")):
        return False
    try:
        return urlsplit(bare).scheme.lower() in SAFE_SCHEMES
    except ValueError:
        return False


def _nesting_fault(opening: Token) -> InlineFault:
    return InlineFault(
        "nesting",
        opening.markup or "[",
        f"Unexpected nesting of more than {MAX_NESTING} levels, expected a few; the text stays, its markup goes",
        "Put a backslash before asterisks, underscores and brackets that are meant to be read",
    )


def _html_fault(found: str) -> InlineFault:
    shown = " ".join(found.split())[:60]
    return InlineFault(
        "html",
        found,
        f"Unexpected HTML `{shown}`, expected Markdown; it is shown as text",
        "Write it in Markdown, or put it between backticks if it is meant to be read",
    )


def _attributes(token: Token, faults: list[InlineFault]) -> dict[str, str]:
    """Return the allowed ones of the attributes that were written in ``{…}``."""
    written = {**token.attrs, **token.meta.get("insecure_attrs", {})}
    for own in ("href", "src", "title", "alt"):
        written.pop(own, None)
    allowed = ATTRIBUTES if token.type == "image" else TEXT_ATTRIBUTES
    return allowed_attributes({name: str(value) for name, value in written.items()}, faults, allowed)


def allowed_attributes(
    written: Mapping[str, str], faults: list[InlineFault], allowed: Mapping[str, re.Pattern[str]] = ATTRIBUTES
) -> dict[str, str]:
    """Return the allowed attributes whose value has the right form; the others become faults."""
    kept = {}
    for name, value in written.items():
        form = allowed.get(name)
        if form is not None and form.match(value):
            kept[name] = value
            continue
        expected = ", ".join(allowed if name in ATTRIBUTES else ATTRIBUTES)
        what = f"value `{value[:40]}` of `{name}`" if form else f"attribute `{name}`"
        faults.append(
            InlineFault(
                "attribute",
                name,
                f"Unexpected {what}, expected one of {expected} with a plain value",
                "Take the attribute out; looks belong into the style sheet",
            )
        )
    return kept


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
