"""From the documents of an edition to the one that they are bound in: each laid out, then put in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kitabat.rendering.pdf import flow, guard, spreads
from kitabat.rendering.pdf.bound import Part, blanks, bound, facing, flip

FACING, FLIP = "facing", "flip"
COUNTED = "@page {{ counter-increment: page 2 }} @page :first {{ counter-increment: page {first} }}"
"""Folios of every other page of the file; of the first one its number in it."""
PREFIXES = ("", "2-")
"""Of the anchors of both languages, which have the same names."""
EMPTY = '<html lang="{lang}"><title>-</title><body>{leaves}'


@dataclass(frozen=True, slots=True)
class Binding:
    """How the documents of an edition become one."""

    kind: str
    """``facing`` or ``flip``."""
    documents: tuple[str, ...]
    """HTML. Facing: the title page, then the two languages, in the order of the pages of a spread. Flip: what begins
    at the left cover, then what begins at the right cover, each with a title page."""
    digits: tuple[str, ...]
    """The ten digits of the folios of both languages."""
    shared: bool = True
    """Folios count the pages of the file, else each language's own."""
    backwards: bool = False
    """A flip book's file begins at its right cover."""


Render = Callable[[Any, Mapping[str, Any]], Any]
"""A document to its pages, where it stands alone."""


def bind(binding: Binding, sources: Sequence[Any], options: Mapping[str, Any], render: Render) -> tuple[Any, list[str]]:
    """Return the documents as one, and the label of each of its pages; ``render`` lays out half a flip book."""
    if binding.kind == FACING:
        return _facing(binding, sources, options)
    return _flip(binding, sources, options, render)


def _facing(binding: Binding, sources: Sequence[Any], options: Mapping[str, Any]) -> tuple[Any, list[str]]:
    title = sources[0].render(**options)
    covers = [*title.pages, *_empty(sources[0], 1 - len(title.pages) % 2, options)]
    shown = [_counted(options, len(covers) + 1 + place) if binding.shared else options for place in range(2)]
    pages = _level(sources[1:], shown)
    parts = [Part(covers), *(Part(*row) for row in zip(pages, binding.digits, PREFIXES, strict=True))]
    book = facing(parts, shared=binding.shared)
    return bound(title, book), book.labels


def _counted(options: Mapping[str, Any], first: int) -> Mapping[str, Any]:
    """Return the options with folios that count the pages of the file, beginning with the number of the first."""
    from weasyprint import CSS

    return {**options, "stylesheets": [*options["stylesheets"], CSS(string=COUNTED.format(first=first))]}


def _level(sources: Sequence[Any], options: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    """Return the pages of two documents, as many of the one as of the other."""
    import weasyprint

    if guard.fits(weasyprint.__version__):
        flows = [
            flow.flow_of(source, own, right=_is_right_to_left(source))
            for source, own in zip(sources, options, strict=True)
        ]
        spreads.lay_out((flows[0], flows[1]))
        return [flow.pages_of(one) for one in flows]
    # The log reaches the user as a warning of this edition.
    weasyprint.LOGGER.error("facing pages are not level: they are made for WeasyPrint %sx", guard.WRITTEN_FOR)
    pages = [list(source.render(**own).pages) for source, own in zip(sources, options, strict=True)]
    longest = max(map(len, pages))
    return [
        [*own, *_empty(source, longest - len(own), shown)]
        for own, source, shown in zip(pages, sources, options, strict=True)
    ]


def _flip(
    binding: Binding, sources: Sequence[Any], options: Mapping[str, Any], render: Render
) -> tuple[Any, list[str]]:
    documents = [render(source, options) for source in sources]
    ends = blanks(*(len(document.pages) for document in documents))
    parts = [
        Part([*document.pages, *_empty(source, end, options)], digits, prefix)
        for source, document, end, digits, prefix in zip(
            sources, documents, ends, binding.digits, PREFIXES, strict=True
        )
    ]
    book = flip(*parts, backwards=binding.backwards)
    return bound(documents[0], book), book.labels


def _empty(like: Any, count: int, options: Mapping[str, Any]) -> list[Any]:
    """Return empty pages of the size that another document has."""
    if not count:
        return []
    leaves = '<div style="break-after: page"></div>' * (count - 1) + "<div></div>"
    html = EMPTY.format(lang=like.etree_element.get("lang", ""), leaves=leaves)
    pages = type(like)(string=html, url_fetcher=like.url_fetcher).render(**options).pages
    return list(pages)


def _is_right_to_left(source: Any) -> bool:
    return bool(source.etree_element.get("dir") == "rtl")
