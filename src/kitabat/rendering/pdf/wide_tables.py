"""Remedies for tables that are wider than their place; WeasyPrint 70 lets them run into what stands beside them.

* In columns, a table that no column holds goes across all of them, and takes the heading above it along.
* In a pair of languages, two tables that do not fit beside one another stand one below the other.
* Where there is no more room than that, a table is set smaller; from `SMALLEST` on, its words are divided instead.

Delete each part when WeasyPrint does so itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from kitabat.rendering.pdf.guard import fits

SMALLEST = 0.6
"""Share of its own size that the type of a table may have."""
ATTEMPTS = 4
"""Sizes to try; borders keep their width, so that a table shrinks by less than its type."""
CLOSE = 0.01
"""CSS pixels that count as nothing."""
PAIR = "pair-table"
"""Class of two tables that stand beside one another, each in the cell of a table around them."""
SIDES = ("left", "right")
LENGTHS = ("padding_left", "padding_right")
"""Lengths of cells that are set smaller too."""

Layout = Callable[..., Any]


def install(version: str) -> bool:
    """Wrap WeasyPrint's layout of blocks and columns once a process; False where it is another version."""
    if not fits(version):
        return False
    from weasyprint.layout import block

    if not hasattr(block.block_box_layout, "remedied"):
        block.block_box_layout = fitted(block.block_box_layout)
        block.columns_layout = across(block.columns_layout)
    return True


def fitted(block_box_layout: Layout) -> Layout:
    """Return the function with each table made to fit before it is laid out."""

    def layout(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any, *rest: Any, **named: Any
    ) -> Any:
        if box.is_table_wrapper:
            table = box.get_wrapped_table()
            if table.style["table_layout"] != "fixed":
                _shrink(context, box, table, containing_block.width)
            elif PAIR in _classes(box) and not _fit_beside(context, box, containing_block):
                _stack(box, table)
        return block_box_layout(context, box, bottom_space, skip_stack, containing_block, *rest, **named)

    layout.remedied = block_box_layout  # type: ignore[attr-defined]
    return layout


def across(columns_layout: Layout) -> Layout:
    """Return the function with tables that no column holds set across all of them."""

    def layout(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any, *rest: Any, **named: Any
    ) -> Any:
        if not hasattr(box, "parted"):
            box.parted = True
            width = _column_width(box, containing_block)
            wide = {id(one) for one in _wrappers(box) if _least(context, one) > width + CLOSE}
            if wide:
                box.children = [part for spanning, part in _parted(box, wide) for part in _spanned(box, part, spanning)]
        made, resume_at, *more = columns_layout(
            context, box, bottom_space, skip_stack, containing_block, *rest, **named
        )
        if made is not None and resume_at is None:
            resume_at = _left_out(box, made, skip_stack)
        return made, resume_at, *more

    layout.remedied = columns_layout  # type: ignore[attr-defined]
    return layout


def _left_out(box: Any, made: Any, skip_stack: Any) -> Any:
    """Return where a box of columns is to go on; None where all of it is there.

    Where columns come out as high as the page, WeasyPrint forgets what comes after them.
    """
    first = next(iter(skip_stack)) if skip_stack else 0
    starts: list[int] = []
    beside = False
    for index, child in enumerate(box.children[first:], start=first):
        spanning = child.style["column_span"] == "all"
        if spanning or not beside:
            starts.append(index)
        beside = not spanning
    groups = itertools.groupby(made.children, lambda child: child.is_column)
    count = sum(1 if are_columns else len(list(group)) for are_columns, group in groups)
    return {starts[count]: None} if count < len(starts) else None


def _classes(box: Any) -> list[str]:
    return [] if box.element is None else (box.element.get("class") or "").split()


def _least(context: Any, wrapper: Any) -> float:
    """Return the least width that a table can have, in CSS pixels."""
    from weasyprint.layout.preferred import table_and_columns_preferred_widths

    return float(table_and_columns_preferred_widths(context, wrapper)[0])


def _column_width(box: Any, containing_block: Any) -> float:
    """Return how wide WeasyPrint makes each of the columns of a box: by their number alone, as our styles tell it."""
    from weasyprint.layout.block import block_level_width
    from weasyprint.layout.percent import percentage

    whole = box.copy()
    block_level_width(whole, containing_block)
    count, gap = box.style["column_count"], box.style["column_gap"]
    if count == "auto":
        return float(whole.width)
    room = box.style["font_size"] if gap == "normal" else percentage(gap, box.style, whole.width)
    return float(max(0, whole.width - (count - 1) * room) / count)


def _wrappers(box: Any) -> Iterator[Any]:
    """Yield the tables in a box and the blocks in it; what stands in a list, a quotation or a note stays there."""
    for child in box.children:
        if getattr(child, "is_table_wrapper", False):
            yield child
        elif _is_plain(child):
            yield from _wrappers(child)


def _is_plain(box: Any) -> bool:
    """Tell whether a block only holds others: parted, it looks as if it were whole."""
    from weasyprint.formatting_structure import boxes

    return type(box) is boxes.BlockBox and box.element_tag in ("div", "section") and box.is_in_normal_flow()


def _parted(box: Any, wide: Collection[int]) -> Iterator[tuple[bool, Any]]:
    """Yield what a block holds, in order, each time with whether it goes across the columns.

    A block with a wide table in it becomes several, as if columns had ended there.
    """
    flat: list[tuple[bool, Any]] = []
    for child in box.children:
        if id(child) in wide:
            heads = len(flat)
            while heads and not flat[heads - 1][0] and flat[heads - 1][1].style["break_after"] == "avoid":
                heads -= 1
            flat[heads:] = [*((True, head) for _, head in flat[heads:]), (True, child)]
        elif _is_plain(child) and any(id(one) in wide for one in _wrappers(child)):
            for spanning, group in itertools.groupby(_parted(child, wide), lambda part: part[0]):
                flat.append((spanning, child.copy_with_children([part for _, part in group])))
        else:
            flat.append((False, child))
    yield from flat


def _spanned(box: Any, part: Any, spanning: bool) -> Iterator[Any]:  # noqa: FBT001 - a pair taken apart
    """Yield a child of a box of columns; what spans them in a block of its own, that WeasyPrint may break anywhere."""
    from weasyprint.formatting_structure import boxes

    if spanning:
        part = boxes.BlockBox.anonymous_from(box, [part])
        part.style = part.style.copy()  # the columns have the same one
        part.style["column_span"] = "all"
    yield part


def _fit_beside(context: Any, pair: Any, containing_block: Any) -> bool:
    """Tell whether each table of a pair fits into its side."""
    from weasyprint.layout.table import table_wrapper_width

    table_wrapper_width(context, pair, (containing_block.width, containing_block.height))
    table = pair.get_wrapped_table()
    return all(
        _least(context, one) <= width - sum(_padding(cell, side) for side in SIDES) + CLOSE
        for cell, width in zip(_cells(table), table.column_widths, strict=False)
        for one in cell.children
        if getattr(one, "is_table_wrapper", False)
    )


def _padding(cell: Any, side: str) -> float:
    return float(getattr(cell.style[f"padding_{side}"], "value", 0)) + float(cell.style[f"border_{side}_width"])


def _cells(table: Any) -> list[Any]:
    return [cell for group in table.children for row in group.children for cell in row.children]


def _stack(pair: Any, table: Any) -> None:
    """Let the sides of a pair stand one below the other, each as wide as the page; rows need not be level then."""
    from weasyprint.css.properties import Dimension
    from weasyprint.formatting_structure import boxes

    blocks = []
    for cell in _cells(table):
        style = cell.style.copy()
        style["width"] = "auto"
        for side in SIDES:
            style[f"padding_{side}"] = Dimension(0, "px")
            style[f"border_{side}_width"] = 0
        blocks.append(boxes.BlockBox(cell.element_tag, style, cell.element, cell.children))
        for inner in cell.descendants():
            inner.apart = True
    pair.is_table_wrapper = False
    pair.children = blocks


def _shrink(context: Any, wrapper: Any, table: Any, width: float) -> None:
    """Set a table smaller until it fits."""
    for _ in range(ATTEMPTS):
        least = _least(context, wrapper)
        if least <= width + CLOSE:
            return
        size = getattr(table, "shrunk", 1.0)
        table.shrunk = max(SMALLEST, size * width / least)
        _scale(table, table.shrunk / size)
        context.tables.pop(table, None)
    if _least(context, wrapper) > width + CLOSE:
        for box in (table, *table.descendants()):
            box.style = box.style.copy()
            box.style["overflow_wrap"] = "anywhere"
        context.tables.pop(table, None)


def _scale(table: Any, share: float) -> None:
    """Multiply all sizes of type in a table, and the room beside it; elements that look alike go on sharing a style."""
    styles: dict[int, tuple[Any, Any]] = {}
    for box in (table, *table.descendants()):
        known = styles.get(id(box.style))
        if known is None:
            known = styles[id(box.style)] = box.style, _scaled(box.style, share)
        box.style = known[1]


def _scaled(style: Mapping[str, Any], share: float) -> Any:
    from weasyprint.css.properties import Dimension

    made = style.copy()  # type: ignore[attr-defined] # a style of WeasyPrint has it
    lengths = {name: style[name] for name in (*LENGTHS, "line_height")}
    made["font_size"] = style["font_size"] * share
    made["word_spacing"] = style["word_spacing"] * share
    for name, length in lengths.items():
        if getattr(length, "unit", None) == "px":
            made[name] = Dimension(length.value * share, "px")
        else:
            made[name] = length
    return made
