"""The text of a message as a page shows it: the language's passes, quotation marks, isolates, HTML."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from markupsafe import Markup

from kitabat.language.direction import without_controls
from kitabat.language.plain import Isolated, Part
from kitabat.language.registry import LANGUAGES, language, passes
from kitabat.markup.html import Picture, Surroundings, inline_html
from kitabat.markup.inline import Inline, InlineKind, References, parse, plain
from kitabat.markup.isolate import direction_of, isolated
from kitabat.model.article import VersionText
from kitabat.model.language import Direction
from kitabat.model.message import TranslationState
from kitabat.rendering.context import TextView
from kitabat.rendering.references import Referrer, Target

WITHOUT_CHILDREN = frozenset({InlineKind.NOTE, InlineKind.IMAGE})
PLAIN = frozenset({InlineKind.TEXT, InlineKind.CODE, InlineKind.BREAK})
UNWRAPPED = frozenset({InlineKind.LINK})
NOT_OF_PAGES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
"""Characters that HTML and the metadata of PDFs cannot hold."""


@dataclass(frozen=True, slots=True)
class PlainSurroundings:
    """What a page offers to texts that have no footnotes: addresses for links and pictures."""

    resolve: Callable[[str], str]
    """Address as the article writes it to address as the page needs it; empty for none."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
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


NO_HOUSE_STYLE: Mapping[str, str] = MappingProxyType({})


@functools.lru_cache(maxsize=50_000)
def tree(text: str, tag: str, direction: Direction, references: References, house: str = "") -> tuple[Inline, ...]:
    """Return a message's tree, its foreign runs isolated; the editions of an article share it.

    ``tag`` is the language whose passes and quotation marks the text gets; one that the toolkit has no row for,
    such as that of a quotation, gets none. ``house`` are the marks that the publication has instead of the language's.
    """
    quotes = ""
    if tag in LANGUAGES:
        quotes = house or "".join(language(tag).quotes)
        for text_pass in passes(tag):
            text = text_pass(text)
    return isolated(_harmless(parse(text, references, quotes).nodes), direction)


def _harmless(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """Yield the nodes without what no page can hold: an entity such as ``&#x1B;`` is a character only now."""
    for node in nodes:
        attributes = node.attributes
        if "title" in attributes:
            attributes = {**attributes, "title": fit_for_pages(attributes["title"])}
        children = tuple(_harmless(node.children))
        yield replace(node, text=fit_for_pages(node.text), children=children, attributes=attributes)


def fit_for_pages(text: str) -> str:
    r"""Return text without controls, neither those that no page can hold nor those that turn lines round.

    >>> fit_for_pages("a\x1b\u202eb\u200c\n")
    'ab\u200c\n'
    """
    return NOT_OF_PAGES.sub("", without_controls(text)[0])


def text_view(
    version_text: VersionText,
    edition: str,
    references: References,
    surroundings: Surroundings,
    around: str = "",
    quotes: Mapping[str, str] = NO_HOUSE_STYLE,
    referrer: Referrer | None = None,
) -> TextView:
    """Return a message's text for an edition in the language ``edition``.

    ``around`` is the language that a block around the text names, such as that of a quotation: it rules over the
    text's own, and is marked on that block. ``quotes`` are the house's quotation marks by language;
    ``referrer`` gives cross-references their words.
    """
    tag = around or version_text.language
    direction = direction_of(tag)
    nodes = tree(version_text.text, tag, direction, references, quotes.get(tag, ""))
    if referrer and "](" in version_text.text:
        nodes = tuple(referrer.referred(nodes, tag, lambda target: _title(target, tag, quotes)))
    html = inline_html(nodes, surroundings)
    bare = tuple(_without_links(nodes))
    return TextView(
        html=html,
        plain=" ".join(plain(nodes).split()),
        lang=tag,
        dir=direction,
        foreign=not around and version_text.language != edition,
        state=_state(version_text, edition),
        parts=parts(nodes),
        label=inline_html(bare, NOWHERE),
    )


def parts(nodes: Iterable[Inline]) -> tuple[Part, ...]:
    """Return the text of a message without its markup, but with its directions."""
    found: list[Part] = []
    for node in nodes:
        own = node.attributes.get("dir", "ltr" if node.kind is InlineKind.CODE else "")
        if node.kind in WITHOUT_CHILDREN or node.kind in PLAIN:
            inside: tuple[Part, ...] = (plain((node,)),)
        else:
            inside = parts(node.children)
        found += (Isolated("rtl" if own == "rtl" else "ltr", inside),) if own and inside else inside
    return tuple(found)


def plain_view(text: str, edition: str) -> TextView:
    """Return text that is not Markdown, such as a name from a catalog's header, for an edition."""
    direction = direction_of(edition)
    nodes = isolated((Inline(InlineKind.TEXT, fit_for_pages(text)),), direction)
    return TextView(inline_html(nodes, NOWHERE), text, edition, direction)


def _state(version_text: VersionText, edition: str) -> str:
    if version_text.state is TranslationState.FUZZY and version_text.language != edition:
        return TranslationState.UNTRANSLATED.value
    return version_text.state.value


def _title(target: Target, around: str, quotes: Mapping[str, str]) -> tuple[Inline, ...]:
    """Return a title for a link in a text of the language ``around``; one in another is marked with its own."""
    tag = target.title.language
    nodes = tree(target.title.text, tag, direction_of(tag), target.references, quotes.get(tag, ""))
    bare = tuple(_without_ids(_without_links(nodes)))
    if tag == around:
        return bare
    return (Inline(InlineKind.SPAN, children=bare, attributes={"lang": tag, "dir": direction_of(tag)}),)


def _without_ids(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """Yield the nodes without ids, which stand where the title itself does."""
    for node in nodes:
        attributes = {name: value for name, value in node.attributes.items() if name != "id"}
        yield replace(node, children=tuple(_without_ids(node.children)), attributes=attributes)


def _without_links(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """Yield what may stand inside a link: no link, no footnote mark, no picture."""
    for node in nodes:
        if node.kind in WITHOUT_CHILDREN:
            continue
        children = tuple(_without_links(node.children))
        if node.kind in UNWRAPPED:
            yield from children
            continue
        yield replace(node, children=children)
