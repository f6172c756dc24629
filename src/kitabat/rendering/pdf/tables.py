"""Rows of two tables that stand beside one another get one height, so that both break at the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

KEY = "data-row"
"""The attribute by which what stands in one language finds its counterpart in the other."""
CLOSE = 0.01
"""CSS pixels that count as nothing."""


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
    """Yield the rows of tables that have a counterpart, by their key."""
    from weasyprint.formatting_structure import boxes

    for box in boxes_of(root):
        if isinstance(box, boxes.TableRowBox) and box.element is not None and (key := box.element.get(KEY)):
            yield key, box
