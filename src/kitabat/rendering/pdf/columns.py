"""A remedy for where WeasyPrint 70 draws the rules between columns.

It draws one to the left of each column but the first. Right-to-left columns begin at the right, so that the rule that
belongs between the last two stands in the margin. Seen from left to right, all is as it should be. Delete this module
when WeasyPrint does so itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kitabat.rendering.pdf.guard import fits

Draw = Callable[[Any, Any], None]


def install(version: str) -> bool:
    """Wrap WeasyPrint's drawing of rules once a process; False where it is another version."""
    if not fits(version):
        return False
    from weasyprint.draw import border

    if not hasattr(border.draw_column_rules, "remedied"):
        border.draw_column_rules = remedied(border.draw_column_rules)
    return True


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
