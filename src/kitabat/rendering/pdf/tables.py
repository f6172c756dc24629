"""Rows of two tables that stand beside one another get one height, so that both break at the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from kitabat.rendering.pdf.guard import fits

KEY = "data-row"
"""The attribute by which what stands in one language finds its counterpart in the other."""
CLOSE = 0.01
"""CSS pixels that count as nothing."""
Pages = Callable[..., Iterator[Any]]


def install(version: str) -> bool:
    """Level tables of one document, where each page shows both, once a process; False for another WeasyPrint."""
    if not fits(version):
        return False
    from weasyprint import layout

    own = layout.make_all_pages
    if not hasattr(own, "levelling"):
        layout.make_all_pages = levelling(own)
    return True


def levelling(make_all_pages: Pages) -> Pages:
    """Return the function such that pages are made again where the first ones show that rows differ in height."""

    def made(context: Any, root: Any, html: Any, pages: list[Any]) -> Iterator[Any]:
        first = list(make_all_pages(context, root, html, pages))
        if not pages and level_rows([root], [first]):
            for *_, remake in context.page_maker[: len(first)]:
                remake["content_changed"] = True  # as if it were a number in the text: WeasyPrint lays out once more
        yield from first

    made.__dict__.update(make_all_pages.__dict__)  # what else it was wrapped for
    made.levelling = make_all_pages  # type: ignore[attr-defined]
    return made


def level_rows(roots: Sequence[Any], pages: Sequence[Iterable[Any]]) -> bool:
    """Give the rows of paired tables the height of the higher one; return whether any changed."""
    from weasyprint.css.properties import Dimension

    heights: dict[str, float] = {}
    for flow in pages:
        for page in flow:
            for key, box in table_rows(page.children[0]):
                heights[key] = max(heights.get(key, 0), box.height)
    changed = False
    for root in roots:
        for key, box in table_rows(root):
            known = box.style["height"]
            if key in heights and (known == "auto" or heights[key] > known.value + CLOSE):
                box.style = box.style.copy()
                box.style["height"] = Dimension(heights[key], "px")
                changed = True
    return changed


def boxes_of(box: Any) -> Iterator[Any]:
    """Yield the boxes of the flow in their order, those of lines left out."""
    from weasyprint.formatting_structure import boxes

    stack = [box]
    while stack:
        one = stack.pop()
        yield one
        if isinstance(one, boxes.ParentBox) and not isinstance(one, (boxes.LineBox, boxes.InlineBlockBox)):
            stack.extend(reversed(one.children))


def table_rows(root: Any) -> Iterator[tuple[str, Any]]:
    """Yield the rows of tables that have a counterpart beside them, by their key."""
    from weasyprint.formatting_structure import boxes

    for box in boxes_of(root):
        if not isinstance(box, boxes.TableRowBox) or box.element is None or hasattr(box, "apart"):
            continue
        if key := box.element.get(KEY):
            yield key, box
