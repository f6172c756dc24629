"""A message where it stands by itself: without footnotes, in a label, in an attribute."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec
from markupsafe import Markup
from msgspec.structs import replace

from kitabat.language.plain import Isolated, Part
from kitabat.markup.html import Picture, inline_html
from kitabat.markup.inline import Inline, InlineKind, plain

WITHOUT_CHILDREN = frozenset({InlineKind.NOTE, InlineKind.IMAGE})
UNWRAPPED = frozenset({InlineKind.LINK})
PLAIN = frozenset({InlineKind.TEXT, InlineKind.CODE, InlineKind.BREAK})


class PlainSurroundings(msgspec.Struct, frozen=True):
    """What a page offers to texts that have no footnotes: addresses for links and pictures."""

    resolve: Callable[[str], str]
    """Address as the article writes it to address as the page needs it; empty for none."""
    pictures: Mapping[str, Picture] = msgspec.field(default_factory=dict)
    """By address as the article writes it."""
    keep_ids: bool = True
    """False where the same article stands on the page already: an id may stand once."""

    def link(self, href: str) -> str:
        """See ``markup.html.Surroundings``."""
        return self.resolve(href)

    def picture(self, src: str) -> Picture | None:
        """See ``markup.html.Surroundings``."""
        return self.pictures.get(src)

    def note(self, label: str) -> Markup:  # noqa: ARG002
        """Return nothing."""
        return Markup("")


NOWHERE = PlainSurroundings(resolve=lambda _: "", keep_ids=False)


def text_of(nodes: Iterable[Inline]) -> str:
    """Return a message without its markup, on one line."""
    text = plain(nodes)
    is_on_one_line = text.isprintable() and "  " not in text and text.strip(" ") == text
    return text if is_on_one_line else " ".join(text.split())


def label_of(nodes: Iterable[Inline]) -> Markup:
    """Return a message for use inside a link: isolates kept; no links, notes or ids."""
    return inline_html(without_links(nodes), NOWHERE)


def without_links(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """Yield what may stand inside a link: no link, no footnote mark, no picture."""
    for node in nodes:
        if node.kind in WITHOUT_CHILDREN:
            continue
        children = tuple(without_links(node.children))
        if node.kind in UNWRAPPED:
            yield from children
            continue
        yield replace(node, children=children)


def parts_of(nodes: Iterable[Inline]) -> tuple[Part, ...]:
    """Return the text of a message without its markup, but with its directions."""
    found: list[Part] = []
    for node in nodes:
        own = node.attributes.get("dir", "ltr" if node.kind is InlineKind.CODE else "")
        if node.kind in WITHOUT_CHILDREN or node.kind in PLAIN:
            inside: tuple[Part, ...] = (plain((node,)),)
        else:
            inside = parts_of(node.children)
        found += (Isolated("rtl" if own == "rtl" else "ltr", inside),) if own and inside else inside
    return tuple(found)
