"""The text of a message as a page shows it: the language's passes, quotation marks, isolates, HTML."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from msgspec.structs import replace

from kitabat.language.direction import without_controls
from kitabat.language.registry import LANGUAGES, language, passed
from kitabat.markup.html import Surroundings, inline_html
from kitabat.markup.inline import NO_REFERENCES, Inline, InlineKind, References, parse
from kitabat.markup.isolate import direction_of, goes_one_way, isolated
from kitabat.model.article import VersionText
from kitabat.model.language import Direction
from kitabat.model.message import TranslationState
from kitabat.rendering.bare import NOWHERE, without_links
from kitabat.rendering.context import TextView
from kitabat.rendering.references import Referrer, Target

NOT_OF_PAGES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
"""Characters that HTML and the metadata of PDFs cannot hold."""


ASKING = frozenset({InlineKind.LINK, InlineKind.NOTE, InlineKind.IMAGE})
"""Kinds of nodes that a page has its own address, number or picture for."""
NO_HOUSE_STYLE: Mapping[str, str] = MappingProxyType({})


def _tree(text: str, tag: str, direction: Direction, references: References, house: str = "") -> tuple[Inline, ...]:
    """Return a message's tree, its foreign runs isolated.

    ``tag`` is the language whose passes and quotation marks the text gets; one that the toolkit has no row for,
    such as that of a quotation, gets none. ``house`` are the marks that the publication has instead of the language's.
    """
    has_entities, quotes = "&" in text, ""
    if tag in LANGUAGES:
        text = passed(text, tag)
        if has_entities or '"' in text or "'" in text:
            quotes = house or "".join(language(tag).quotes)
    nodes = parse(text, references, quotes).nodes
    if has_entities or not (text.isprintable() or fit_for_pages(text) == text):
        nodes = tuple(_harmless(nodes))
    return nodes if not has_entities and goes_one_way(text, direction) else isolated(nodes, direction)


tree = functools.lru_cache(maxsize=256)(_tree)
"""The same, kept for what asks for it again."""


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
    foreign = not around and version_text.language != edition
    state = _state(version_text, edition)
    known = references if "[" in version_text.text else None
    nodes, shared = _set(version_text.text, tag, known, quotes.get(tag, ""), state, foreign=foreign)
    if shared is not None:
        return shared
    direction = direction_of(tag)
    if referrer and "](" in version_text.text:
        nodes = tuple(referrer.referred(nodes, tag, lambda target: _title(target, tag, quotes)))
    return TextView(inline_html(nodes, surroundings), tag, direction, foreign, state, nodes)


@functools.lru_cache(maxsize=4096)
def _set(
    text: str, tag: str, references: References | None, house: str, state: str, *, foreign: bool
) -> tuple[tuple[Inline, ...], TextView | None]:
    """Return a text's tree, and its view where that is the same wherever it stands.

    There is none for a text that asks for something of its page.
    """
    direction = direction_of(tag)
    nodes = _tree(text, tag, direction, references or NO_REFERENCES, house)
    if (references is not None or "<" in text or "{" in text) and not _is_alone(nodes):
        return nodes, None
    return nodes, TextView(inline_html(nodes, NOWHERE), tag, direction, foreign, state, nodes, shared=True)


def _is_alone(nodes: Iterable[Inline]) -> bool:
    for node in nodes:
        if node.kind is not InlineKind.TEXT and (
            node.kind in ASKING or "id" in node.attributes or not _is_alone(node.children)
        ):
            return False
    return True


@functools.lru_cache(maxsize=64)
def plain_view(text: str, edition: str) -> TextView:
    """Return text that is not Markdown, such as a name from a catalog's header, for an edition."""
    direction = direction_of(edition)
    nodes = isolated((Inline(InlineKind.TEXT, fit_for_pages(text)),), direction)
    return TextView(inline_html(nodes, NOWHERE), edition, direction, nodes=nodes)


def _state(version_text: VersionText, edition: str) -> str:
    if version_text.state is TranslationState.FUZZY and version_text.language != edition:
        return TranslationState.UNTRANSLATED.value
    return version_text.state._value_


def _title(target: Target, around: str, quotes: Mapping[str, str]) -> tuple[Inline, ...]:
    """Return a title for a link in a text of the language ``around``; one in another is marked with its own."""
    tag = target.title.language
    nodes = tree(target.title.text, tag, direction_of(tag), target.references, quotes.get(tag, ""))
    bare = tuple(_without_ids(without_links(nodes)))
    if tag == around:
        return bare
    return (Inline(InlineKind.SPAN, children=bare, attributes={"lang": tag, "dir": direction_of(tag)}),)


def _without_ids(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """Yield the nodes without ids, which stand where the title itself does."""
    for node in nodes:
        attributes = {name: value for name, value in node.attributes.items() if name != "id"}
        yield replace(node, children=tuple(_without_ids(node.children)), attributes=attributes)
