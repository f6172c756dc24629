"""Remedies for the columns of WeasyPrint 70: the rules between them, and where their text begins.

It draws a rule to the left of each column but the first. Right-to-left columns begin at the right, so that the rule
between the last two stands in the margin. Seen from left to right, all is as it should be.

And it keeps the room above a heading or a picture at the top of a column, which then begins lower than its neighbours.
Delete each part when WeasyPrint does so itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from kitabat.rendering.pdf.guard import fits

Draw = Callable[[Any, Any], None]
Layout = Callable[..., Any]


def install(version: str) -> bool:
    """Wrap WeasyPrint's drawing of rules once a process; False where it is another version."""
    if not fits(version):
        return False
    from weasyprint.draw import border
    from weasyprint.layout import block

    if not hasattr(border.draw_column_rules, "remedied"):
        border.draw_column_rules = remedied(border.draw_column_rules)
        block.block_box_layout = level(block.block_box_layout)
    return True


def level(block_box_layout: Layout) -> Layout:
    """Return the function with columns whose text begins at their top."""

    def layout(context: Any, box: Any, bottom_space: float, skip_stack: Any, *rest: Any, **named: Any) -> Any:
        if not box.is_column:
            return block_box_layout(context, box, bottom_space, skip_stack, *rest, **named)
        with _without_room(list(_first_boxes(box, skip_stack))):
            return block_box_layout(context, box, bottom_space, skip_stack, *rest, **named)

    layout.level = block_box_layout  # type: ignore[attr-defined]
    return layout


def _first_boxes(box: Any, skip_stack: Any) -> Iterator[Any]:
    """Yield the boxes that begin where a column does, if any: one inside the other, as far as their margins join."""
    from weasyprint.formatting_structure import boxes

    while skip_stack:
        ((index, skip_stack),) = skip_stack.items()
        if not isinstance(box, boxes.BlockBox) or index >= len(box.children):
            return
        if skip_stack is None:
            box = box.children[index]
            break
        box = box.children[index]
    else:
        box = box.children[0] if box.children else None
    while isinstance(box, boxes.BlockBox) and box.is_in_normal_flow():
        yield box
        edged = box.style["border_top_width"] or getattr(box.style["padding_top"], "value", 0)
        box = box.children[0] if box.children and not edged else None


@contextmanager
def _without_room(boxes: list[Any]) -> Iterator[None]:
    """Let nothing stand above some boxes meanwhile."""
    from weasyprint.css.properties import Dimension

    styles = [box.style for box in boxes]
    for box in boxes:
        box.style = box.style.copy()
        box.style["margin_top"] = Dimension(0, "px")
    try:
        yield
    finally:
        for box, style in zip(boxes, styles, strict=True):
            box.style = style


def remedied(draw_column_rules: Draw) -> Draw:
    """Return the function with columns in the order of the page."""

    def draw(stream: Any, box: Any) -> None:
        if box.style["direction"] == "rtl":
            box = box.copy_with_children(_from_the_left(box.children))
        draw_column_rules(stream, box)

    draw.remedied = draw_column_rules  # type: ignore[attr-defined]
    return draw


def _from_the_left(boxes: Any) -> list[Any]:
    """Return the boxes with each group of columns turned round; what spans them stays where it is."""
    ordered: list[Any] = []
    group: list[Any] = []
    for box in boxes:
        if box.is_column:
            group.append(box)
        else:
            ordered += [*reversed(group), box]
            group = []
    return [*ordered, *reversed(group)]
