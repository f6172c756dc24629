"""The order in which a page is drawn: from left to right, as readers expect of neighbours on one line.

WeasyPrint draws what stands side by side in the order of the text, in Urdu from right to left. pdf.js finds spaces by
the movement of the pen, and where the pen goes back it joins two words. The tags keep the order of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Draw = Callable[..., Any]


def in_order_of_the_page(plain: Draw) -> Draw:
    """Return the drawing of a line's boxes with those of a line from right to left drawn from left to right.

    pdf.js finds spaces by the movement of the pen. The tags' order is that of the boxes, and stays.
    """
    from weasyprint.formatting_structure import boxes
    from weasyprint.stacking import StackingContext

    def place(child: Any) -> float:
        return float((child.box if isinstance(child, StackingContext) else child).position_x)

    def draw_inline_level(stream: Any, page: Any, box: Any, *more: Any, **options: Any) -> Any:
        is_line = isinstance(box, boxes.LineBox | boxes.InlineBox) and len(box.children) > 1
        # An ellipsis is drawn behind what is drawn last.
        if not is_line or box.style["direction"] != "rtl" or _cut_off(box, more, options):
            return plain(stream, page, box, *more, **options)
        logical = box.children
        box.children = sorted(logical, key=place)
        try:
            return plain(stream, page, box, *more, **options)
        finally:
            box.children = logical

    draw_inline_level.remedied = plain  # type: ignore[attr-defined]
    return draw_inline_level


def side_by_side(plain: Draw) -> Draw:
    """Return the drawing of blocks with neighbours such as cells of a row drawn from left to right.

    Where the last line of one and the first of the next are level, pdf.js joins their words when the pen goes back.
    """

    def draw_block_level(page: Any, stream: Any, blocks: dict[Any, Any]) -> None:
        plain(page, stream, {block: _from_left(children) for block, children in blocks.items()})

    draw_block_level.remedied = plain  # type: ignore[attr-defined]
    return draw_block_level


def _from_left(blocks: dict[Any, Any]) -> dict[Any, Any]:
    """Return blocks in the order of the page, those that follow one another to the left in that of their places."""
    groups: list[list[Any]] = []
    for block in blocks:
        before = groups[-1][-1] if groups else None
        if before is not None and block.position_x + block.margin_width() <= before.position_x:
            groups[-1].append(block)
        else:
            groups.append([block])
    for group in groups:
        if len(group) > 1 and any(_lines(block) == 1 for block in group[:-1]):
            group.reverse()
    return {block: blocks[block] for group in groups for block in group}


def _lines(box: Any) -> int:
    """Return how many lines a box has, those of boxes with a stacking context of their own left out."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.LineBox):
        return 1
    return sum(map(_lines, getattr(box, "children", ())))


def _cut_off(box: Any, more: Sequence[Any], options: dict[str, Any]) -> bool:
    given = more[2] if len(more) > 2 else options.get("block_ellipsis", "none")
    return bool(getattr(box, "block_ellipsis", given) != "none")
