"""One language's document on its way to facing pages: WeasyPrint's own making of a page, driven a page at a time.

It knows lines, footnotes and breaks; this knows only where rows begin, and how to begin a page again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kitabat.rendering.pdf.tables import KEY, boxes_of

BOXES = frozenset({"table", "pre", "aside", "blockquote", "figure"})
"""Elements whose upper edges are level, moved by their margins; of all others the first baselines are level."""
CLOSE = 0.01
"""CSS pixels that count as nothing."""


@dataclass(slots=True)
class Row:
    """What stands in both flows, as one of them has it: a box that was not laid out yet."""

    key: str
    box: Any
    by_margin: bool
    room: float
    """Padding or margin above it by the style sheet, CSS pixels."""
    break_before: str
    of_table: bool = False
    """A row of a table: as high as its counterpart, so that it need not be moved."""

    def give(self, room: float) -> None:
        """Let this much more stand above it."""
        from weasyprint.css.properties import Dimension

        if self.of_table:
            return
        name = "margin_top" if self.by_margin else "padding_top"
        # Never nothing: the margins of what is inside must not join those of what is before.
        self.box.style[name] = Dimension(self.room + room + CLOSE / 10, "px")

    def send(self, *, overleaf: bool) -> None:
        """Let it begin a page, or stand where it comes."""
        self.box.style["break_before"] = "page" if overleaf else self.break_before


@dataclass(slots=True)
class Flow:
    """One language's document on its way to pages, all of them of one side of the spine."""

    html: Any
    root: Any
    context: Any
    right: bool
    """Its pages lie right of the spine."""
    rows: dict[str, Row] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    """Keys of the rows that began on an earlier page."""
    pages: list[Any] = field(default_factory=list)
    notes: tuple[Any, ...] = ()
    """All footnotes, before any was laid out."""
    done: bool = False

    def __post_init__(self) -> None:
        self.notes = tuple(self.context.footnotes)
        heads = {id(row) for box in boxes_of(self.root) if getattr(box, "is_header", False) for row in box.children}
        for box in boxes_of(self.root):
            key = key_of(box)
            if key and key not in self.rows and id(box) not in heads:
                self.rows[key] = _row(key, box)
                self.rows[key].give(0)

    def restart(self) -> None:
        """Begin at the first page again, with what is known of the pages of the last pass."""
        from weasyprint.layout import initialize_page_maker

        before = getattr(self.context, "page_maker", None)
        initialize_page_maker(self.context, self.root)
        if before:
            self.context.page_maker[0][3][1]["pages"] = before[0][3][1]["pages"]
        self.context.footnotes = list(self.notes)
        self.context.rendered_notes = []
        self.context.running_elements.clear()
        self.begun, self.pages, self.done = set(), [], False

    def start(self, index: int) -> Start:
        """Return all that laying out a page changes."""
        context = self.context
        # The side is ours to say, and a forced break before a page must not make it another page than a natural one.
        resume_at, next_page, _, state, _ = context.page_maker[index]
        context.page_maker[index] = (
            resume_at,
            {"break": "any", "page": next_page["page"]},
            self.right,
            state,
            fresh(),
        )
        return Start(
            context.page_maker[index],
            tuple(context.footnotes),
            tuple(context.reported_footnotes),
            dict(context.broken_out_of_flow),
        )

    def lay_out(self, index: int, start: Start, *, blank: bool) -> Laid:
        """Return the page with this index, laid out from its start; a blank one has notes of the last page at most."""
        from weasyprint.layout.page import remake_page

        context = self.context
        resume_at, next_page, right, state, _ = start.maker
        if blank:
            next_page = {"break": "left" if right else "right", "page": next_page["page"]}
        context.page_maker[index:] = [(resume_at, next_page, right, state, fresh())]
        context.footnotes = list(start.footnotes)
        context.reported_footnotes = list(start.reported)
        context.broken_out_of_flow = dict(start.broken)
        page, resume_at = remake_page(index, context, self.root, self.html)
        done = self.done if blank else resume_at is None
        return Laid(page, self._heights(page), done and not context.reported_footnotes)

    def counted(self) -> tuple[str, ...]:
        """Return the texts that have numbers of pages in them, such as the lines of the contents."""
        return tuple(_text(box) for box, _ in self._counting())

    def count(self) -> None:
        """Write the numbers of the pages as they are now into these texts, for the next pass.

        WeasyPrint 70 does this for some of them only: of an address in an attribute it does not know the target.
        """
        total = [len(self.pages)]
        for _, _, _, state, _ in self.context.page_maker:
            state[1]["pages"] = total
        for _, asking in self._counting():
            asking.parse_again({**asking.cached_page_counter_values, "pages": total})

    def _counting(self) -> Iterator[tuple[Any, Any]]:
        for (box, part), asking in self.context.target_collector.counter_lookup_items.items():
            if part == "content":
                yield box, asking

    def _heights(self, page: Any) -> dict[str, float]:
        """Return where on a page each row begins that does."""
        heights: dict[str, float] = {}
        for box in boxes_of(page.children[0]):
            key = key_of(box)
            if key in self.rows and key not in self.begun and key not in heights:
                heights[key] = height_of(box)
        return heights


@dataclass(frozen=True, slots=True)
class Start:
    """What a page is laid out from."""

    maker: tuple[Any, ...]
    footnotes: tuple[Any, ...]
    reported: tuple[Any, ...]
    broken: Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Laid:
    """A page, and what a spread must know of it."""

    page: Any
    heights: Mapping[str, float]
    """Where the rows that begin on it do so, by key in their order; CSS pixels from the upper edge of the sheet."""
    done: bool
    """There is nothing left for a next page."""


def flow_of(html: Any, options: Mapping[str, Any], *, right: bool) -> Flow:
    """Return a document ready to be laid out; ``options`` are those of ``HTML.render``."""
    from weasyprint import DEFAULT_OPTIONS
    from weasyprint.document import Document
    from weasyprint.formatting_structure.build import build_formatting_structure

    more = dict(options)
    fonts, counters = more.pop("font_config"), more.pop("counter_style")
    context = Document._build_layout_context(html, fonts, counters, {}, DEFAULT_OPTIONS | more)  # noqa: SLF001
    root = build_formatting_structure(
        html.etree_element,
        context.style_for,
        context.get_image_from_uri,
        html.base_url,
        context.target_collector,
        counters,
        context.footnotes,
    )
    return Flow(html, root, context, right)


def pages_of(flow: Flow) -> list[Any]:
    """Return a flow's pages, once laid out, with what stands in their margins."""
    from weasyprint.document import Page
    from weasyprint.layout import layout_document

    _install()
    flow.context.ready = (flow.pages, flow.context.page_maker[: len(flow.pages) + 1])
    return [Page(box) for box in layout_document(flow.html, flow.root, flow.context, max_loops=1)]


def _install() -> None:
    """Let WeasyPrint take pages that are ready, once a process."""
    from weasyprint import layout

    own = layout.make_all_pages
    if hasattr(own, "taking"):
        return

    def make_all_pages(context: Any, root_box: Any, html: Any, pages: list[Any]) -> Iterator[Any]:
        ready = getattr(context, "ready", None)
        if ready is None:
            yield from own(context, root_box, html, pages)
        else:
            made, context.page_maker = ready
            yield from made

    make_all_pages.__dict__.update(own.__dict__)
    make_all_pages.taking = own  # type: ignore[attr-defined]
    layout.make_all_pages = make_all_pages


def _text(box: Any) -> str:
    return "".join(getattr(one, "text", "") for one in box.descendants())


def fresh() -> dict[str, Any]:
    """Return what WeasyPrint notes of a page that is to be laid out."""
    return {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}


def key_of(box: Any) -> str:
    """Return the key of the row that a box is the beginning of; empty where it is none."""
    from weasyprint.formatting_structure import boxes

    if (
        box.element is None
        or not isinstance(box, (boxes.BlockLevelBox, boxes.TableRowBox))
        or "::" in (box.element_tag or "")
    ):
        return ""
    return str(box.element.get(KEY) or "")


def _row(key: str, box: Any) -> Row:
    from weasyprint.formatting_structure import boxes

    by_margin = box.element_tag in BOXES
    box.style = box.style.copy()  # elements that look alike share one
    if by_margin:
        box.style["margin_break"] = "keep"
    room = box.style["margin_top" if by_margin else "padding_top"]
    return Row(
        key, box, by_margin, getattr(room, "value", 0), box.style["break_before"], isinstance(box, boxes.TableRowBox)
    )


def height_of(box: Any) -> float:
    """Return where a row begins: its first baseline, or the upper edge of what its room moves."""
    from weasyprint.formatting_structure import boxes

    if box.element_tag in BOXES:
        return float(box.border_box_y())
    if isinstance(box, boxes.TableRowBox):
        return float(box.position_y)
    for one in boxes_of(box):
        if isinstance(one, boxes.LineBox):
            return float(one.position_y + one.baseline)
    return float(box.content_box_y())
