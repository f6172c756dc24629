"""Remedies for where WeasyPrint 70 breaks tables: pairs whose sides part, heads that vanish, text under footnotes.

* A row that is parted by the end of a page may have all of a cell overleaf and the beginning of the other here. In a
  pair of languages that is the translation without what it translates: such a row begins overleaf altogether.
* Where its first rows are too high to keep together on a page, a table loses its head, or cannot be laid out at all.
  Then they are parted.
* Cells are laid out one after the other; a footnote of a later one takes its room from the page when the earlier one
  is done, whose text then runs into the note. Laid out again, the earlier one knows what room there is.

Delete each part when WeasyPrint does so itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from kitabat.rendering.pdf.guard import fits

ATTEMPTS = 4
"""Layouts of a table whose notes change the room that it has; each leaves less."""

Layout = Callable[..., tuple[Any, Any, Any, Any, Any]]


class Lowered:
    """Stands for a layout context, on a page that ends higher: what notes will take is taken from the beginning."""

    def __init__(self, context: Any, bottom: float) -> None:
        object.__setattr__(self, "_context", context)
        object.__setattr__(self, "_bottom", bottom)

    def __getattr__(self, name: str) -> Any:
        """Return what the context has; its methods stay bound to the context itself."""
        return getattr(object.__getattribute__(self, "_context"), name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set it on the context."""
        setattr(object.__getattribute__(self, "_context"), name, value)

    def overflows_page(self, bottom_space: float, position_y: float) -> bool:
        """See ``weasyprint.layout.LayoutContext``."""
        bottom = min(object.__getattribute__(self, "_bottom"), self.page_bottom)
        return bool(self.overflows(bottom - bottom_space, position_y))


def install(version: str) -> bool:
    """Wrap WeasyPrint's layout of tables once a process; False where it is another version."""
    if not fits(version):
        return False
    from weasyprint.layout import block

    if not hasattr(block.table_layout, "remedied"):
        block.table_layout = remedied(block.table_layout)
    return True


def remedied(table_layout: Layout) -> Layout:
    """Return the function with what a page must not look like left out."""

    def layout(
        context: Any,
        table: Any,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        page_is_empty: bool,  # noqa: FBT001 - WeasyPrint's own signature
        absolute_boxes: Any,
        fixed_boxes: Any,
    ) -> tuple[Any, Any, Any, Any, Any]:
        def attempt(context: Any) -> tuple[Any, Any, Any, Any, Any]:
            lists = (absolute_boxes, fixed_boxes)
            return table_layout(context, table, bottom_space, skip_stack, containing_block, page_is_empty, *lists)

        def undo(made: Any) -> None:
            from weasyprint.layout.block import remove_placeholders

            remove_placeholders(context, [made], absolute_boxes, fixed_boxes)

        result = attempt(context)
        # What finds no room on an empty page finds none on the next one either.
        stuck = result[0] is None and page_is_empty
        if stuck or (result[0] is not None and _lost_its_head(table, result[0])):
            if not stuck:
                undo(result[0])
            with _parted(table):
                result = attempt(context)
        for _ in range(ATTEMPTS):
            made, bottom = result[0], context.page_bottom
            if made is None or not _runs_into_notes(context, made, bottom_space):
                break
            undo(made)
            result = attempt(Lowered(context, bottom))
        made, resume_at, next_page, *_ = result
        if made is not None and resume_at and not page_is_empty and skip_stack is None and _is_parted(table, made):
            undo(made)
            return None, None, next_page, [], False
        return result

    layout.remedied = table_layout  # type: ignore[attr-defined]
    return layout


def _lost_its_head(table: Any, made: Any) -> bool:
    return bool(table.children and table.children[0].is_header and made.children and not made.children[0].is_header)


@contextmanager
def _parted(table: Any) -> Iterator[None]:
    """Let a table break at any row, this time: columns are tried at heights that nothing fits in."""
    styles = [(one, one.style) for one in (*table.children, *_rows(table))]
    for one, style in styles:
        one.style = style.copy()
        one.style["break_before"] = one.style["break_after"] = "auto"
    try:
        yield
    finally:
        for one, style in styles:
            one.style = style


def _rows(table: Any) -> Iterator[Any]:
    for group in table.children:
        yield from group.children


def _runs_into_notes(context: Any, made: Any, bottom_space: float) -> bool:
    """Tell whether a table that has several columns and notes ends below them."""
    if not context.current_page_footnotes or not any(len(row.children) > 1 for row in _rows(made)):
        return False
    return bool(context.overflows_page(bottom_space, made.content_box_y() + made.height))


def _is_parted(table: Any, made: Any) -> bool:
    """Tell whether only some of the cells of the one row of a table have begun."""
    rows = list(_rows(made))
    if len(rows) != 1:
        return False
    cells = zip(next(_rows(table)).children, rows[0].children, strict=False)
    return any(cell.children and begun.empty for cell, begun in cells)
