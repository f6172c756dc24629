"""Footnotes of pages whose text stands in columns, each on the page of its mark.

WeasyPrint 70 makes room for the notes of columns when the columns are filled already, and parts some from
their marks. Here a page is laid out as if it had no notes, the marks on it are counted, and it is laid out again with
their notes at its foot from the beginning. Less text then fits, so that fewer marks may be on it: the number of notes
is sought for which the page has as many marks. Where there is none, since the line of a mark fits only without its
note, that line goes overleaf and leaves its room. Two layouts of a page are usual, and one where it has no notes.

It reaches into WeasyPrint through `flow`, which is guarded by version.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kitabat.rendering.pdf import flow, guard
from kitabat.rendering.pdf.flow import Flow

PASSES = 8
"""Layouts of the whole, as in WeasyPrint itself: contents learn the numbers of pages only when there are pages."""
AREA = "@footnote"


class Reserved(list[Any]):
    """Notes that a page begins with; WeasyPrint takes a first page with any for an empty one at the text's end."""

    def __bool__(self) -> bool:
        """Say that there are none."""
        return False


class Spaced:
    """Stands for WeasyPrint's styles, and puts more room above the notes of a page."""

    def __init__(self, style_for: Callable[..., Any], room: float) -> None:
        self._style_for = style_for
        self._room = room

    def __call__(self, element: Any, pseudo_type: str | None = None) -> Any:
        """Return the style of an element or of a part of it."""
        style = self._style_for(element, pseudo_type)
        if pseudo_type != AREA or style is None:
            return style
        from weasyprint.css.properties import Dimension

        style = style.copy()
        style["margin_top"] = Dimension(style["margin_top"].value + self._room, "px")
        return style

    def __getattr__(self, name: str) -> Any:
        """Return what the styles have."""
        return getattr(self._style_for, name)


@dataclass(frozen=True, slots=True)
class Laid:
    """A page as it came out."""

    page: Any
    marked: tuple[Any, ...]
    """The notes whose marks are on it and that are on no page before it, in their order."""
    height: float
    """Of the notes on it, CSS pixels."""
    left: tuple[Any, ...]
    """Notes that it had no room for."""
    done: bool
    """There is no text left for a next page."""


def render(source: Any, options: Mapping[str, Any]) -> Any:
    """Return a document whose text stands in columns, laid out with each page's notes at its foot."""
    import weasyprint
    from weasyprint.document import Document, DocumentMetadata
    from weasyprint.html import get_html_metadata

    if not guard.fits(weasyprint.__version__):
        # The log reaches the user as a warning of this edition.
        weasyprint.LOGGER.error("notes may be overleaf from their marks: made for WeasyPrint %sx", guard.WRITTEN_FOR)
        return source.render(**options)
    whole = flow.flow_of(source, options, right=False)
    lay_out(whole)
    metadata = DocumentMetadata(**get_html_metadata(source))
    return Document(flow.pages_of(whole), metadata, source.url_fetcher, options["font_config"], {}, None)


def lay_out(whole: Flow) -> None:
    """Lay a flow out page by page; what stands in their margins comes last: see `flow.pages_of`."""
    # No line has its note set when it is laid out, nor taken away with it.
    whole.notes = ()
    whole.context.unlayout_footnote = lambda _: None
    for _ in range(PASSES):
        texts = whole.counted()
        whole.restart()
        left: tuple[Any, ...] = ()
        placed: set[int] = set()
        while left or not whole.done:
            laid = _page(whole, left, placed)
            whole.pages.append(laid.page)
            whole.done, left = laid.done, laid.left
        whole.count()
        if texts == whole.counted():
            return


def _page(whole: Flow, before: Sequence[Any], placed: set[int]) -> Laid:
    """Lay out the next page; ``before`` are the notes that the last one had no room for.

    ``placed`` are the identities of the notes that earlier pages have or have left, and then those of this page too.
    """
    context, index = whole.context, len(whole.pages)
    start, broken = context.page_maker[index], dict(context.broken_out_of_flow)

    def attempt(notes: Sequence[Any], room: float = 0) -> Laid:
        context.page_maker[index:] = [(*start[:4], flow.fresh())]
        context.broken_out_of_flow = dict(broken)
        context.footnotes = []
        wanted = (*before, *notes)
        context.reported_footnotes = list(wanted) if whole.done else Reserved(wanted)
        return _laid(whole, index, room, placed)

    laid, notes = _settled(attempt)
    placed.update(map(id, laid.marked))
    waiting = tuple(note for note in laid.marked if note not in notes)
    return replace(laid, left=(*laid.left, *waiting))


def _settled(attempt: Callable[..., Laid]) -> tuple[Laid, tuple[Any, ...]]:
    """Return a page whose notes are those of its marks, and these; always what was attempted last."""
    laid = attempt(())
    notes = laid.marked
    if not notes:
        return laid, ()
    laid = attempt(notes)
    if len(laid.marked) == len(notes):
        return laid, notes
    for count in range(len(laid.marked), len(notes) + 1):
        laid = attempt(notes[:count])
        if len(laid.marked) <= count:
            break
    fewer = notes[: len(laid.marked)]
    if len(fewer) < count:
        # With its note the line of the next mark does not fit, without it does: it goes overleaf, its room stays.
        tall = laid.height
        laid = attempt(fewer)
        if len(laid.marked) > len(fewer):
            laid = attempt(fewer, tall - laid.height)
    return laid, fewer


def _laid(whole: Flow, index: int, room: float, placed: Collection[int]) -> Laid:
    """Return the page with this index as WeasyPrint lays it out from what its context has."""
    from weasyprint.layout.page import remake_page

    context = whole.context
    style_for = context.style_for
    context.style_for = Spaced(style_for, room)
    try:
        page, resume_at = remake_page(index, context, whole.root, whole.html)
    finally:
        context.style_for = style_for
    area = context.current_footnote_area
    marked = dict.fromkeys(
        box.footnote for box in page.descendants() if box.footnote and id(box.footnote) not in placed
    )
    return Laid(
        page,
        tuple(marked),
        0 if area.height == "auto" else area.margin_height(),
        tuple(context.reported_footnotes),
        resume_at is None,
    )
