"""A message's tree as HTML: everything escaped, nothing passed through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from markupsafe import Markup, escape

from kitabat.markup.inline import Inline, InlineKind, alternative

ELEMENTS = {InlineKind.EMPHASIS: "em", InlineKind.STRONG: "strong", InlineKind.SPAN: "span", InlineKind.RUN: "bdi"}


class Picture(NamedTuple):
    """A picture as a page shows it; sizes in CSS pixels, 0 where they are not known."""

    address: str
    width: int = 0
    height: int = 0


class Surroundings(Protocol):
    """What a message needs to know of the page that it stands on."""

    @property
    def keep_ids(self) -> bool:
        """Whether ids are written: not where the same text stands on the page already."""

    def link(self, href: str) -> str:
        """Return the address to write for a link; empty for one that is to be text."""

    def picture(self, src: str) -> Picture | None:
        """Return the picture to show; None for one that is not to be had."""

    def note(self, label: str) -> Markup:
        """Return the mark of a footnote."""


def inline_html(nodes: Iterable[Inline], surroundings: Surroundings) -> Markup:
    """Return the HTML of a message.

    The nodes are those of ``markup.isolate.isolated``: each run has its direction already.
    """
    # Every text and value in it goes through `escaped`.
    return str.__new__(Markup, _content(nodes, surroundings))


def escaped(value: object) -> str:
    """Return a text or another value as HTML; what is HTML is itself, and nearly all texts are.

    >>> escaped(Markup("<b>")), escaped("a text"), escaped("<b>"), escaped(1)
    (Markup('<b>'), 'a text', Markup('&lt;b&gt;'), Markup('1'))
    """
    if type(value) is Markup:
        return value
    if type(value) is str and not ("&" in value or "<" in value or ">" in value or '"' in value or "'" in value):
        return value
    return escape(value)


def _content(nodes: Iterable[Inline], surroundings: Surroundings) -> str:
    return "".join([escaped(one.text) if one.kind is InlineKind.TEXT else _node(one, surroundings) for one in nodes])


def _node(node: Inline, surroundings: Surroundings) -> str:
    if node.kind is InlineKind.BREAK:
        return "<br>"
    if node.kind is InlineKind.NOTE:
        return surroundings.note(node.attributes["label"])
    if node.kind is InlineKind.CODE:
        # Code reads from left to right in any language.
        return _element("code", {"dir": "ltr", **_attributes(node, surroundings)}, escaped(node.text))
    if node.kind is InlineKind.IMAGE:
        return _picture(node, surroundings)
    content = _content(node.children, surroundings)
    if node.kind is InlineKind.LINK:
        # A link without anything to press on is no link.
        href = surroundings.link(node.attributes["href"]) if node.attributes["href"] and content else ""
        return _element("a", {**_attributes(node, surroundings), "href": href}, content) if href else content
    return _element(ELEMENTS[node.kind], _attributes(node, surroundings), content)


def _attributes(node: Inline, surroundings: Surroundings) -> Mapping[str, str]:
    if "id" not in node.attributes or surroundings.keep_ids:
        return node.attributes
    return {name: value for name, value in node.attributes.items() if name != "id"}


def _picture(node: Inline, surroundings: Surroundings) -> str:
    picture = surroundings.picture(node.attributes["src"]) if node.attributes["src"] else None
    if picture is None:
        return inline_html(node.children, surroundings) if node.children else escaped(alternative(node))
    attributes = {**_attributes(node, surroundings), "src": picture.address, "alt": alternative(node)}
    if picture.width and "width" not in attributes:
        attributes |= {"width": str(picture.width), "height": str(picture.height)}
    return start_tag("img", attributes)


def _element(name: str, attributes: Mapping[str, str], content: str) -> str:
    return f"{start_tag(name, attributes)}{content}</{name}>" if attributes else f"<{name}>{content}</{name}>"


def start_tag(name: str, attributes: Mapping[str, str]) -> str:
    """Return a start tag; names are the toolkit's own, values are escaped.

    >>> start_tag("a", {"href": 'x"y'})
    '<a href="x&#34;y">'
    """
    written = "".join([f' {key}="{escaped(value)}"' for key, value in attributes.items()])
    return f"<{name}{written}>"
