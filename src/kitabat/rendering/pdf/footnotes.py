"""A remedy for how WeasyPrint 70 parts footnotes from their marks.

Where a page is full at the second line of a paragraph, whose first line may not stay alone, WeasyPrint makes room by
sending a footnote of the page overleaf, whichever line its mark is on, and may do so again on the next page. Inside
columns it does not: it breaks the page before the paragraph. So a paragraph's lines are laid out as if in columns.

And when pages are made once more, because they name others or how many there are, WeasyPrint makes only these. Notes
that the page before had left for them are lost then, and those that stand on pages of their own after the text. So
where any note waits for the next page, all pages are made again.
Delete this module when WeasyPrint leaves footnotes on the page of their marks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kitabat.rendering.pdf.guard import fits

Layout = Callable[..., Any]


class AsInColumns:
    """Stands for a layout context, and differs from it in one answer only; what it is told, the context is told."""

    __slots__ = ("__dict__", "_context")

    def __init__(self, context: Any) -> None:
        object.__setattr__(self, "_context", context)
        # The same values in the same place: they are asked for all the time.
        object.__setattr__(self, "__dict__", context.__dict__)

    @property
    def in_column(self) -> bool:
        """Whether text is set in columns."""
        return True

    def __getattr__(self, name: str) -> Any:
        """Return what the context has; its methods stay bound to the context itself."""
        return getattr(self._context, name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set it on the context."""
        setattr(self._context, name, value)


def install(version: str) -> bool:
    """Wrap WeasyPrint's layout of lines once a process; False where it is another version."""
    if not fits(version):
        return False
    from weasyprint import layout
    from weasyprint.layout import block

    if not hasattr(layout.make_all_pages, "completing"):
        layout.make_all_pages = completing(layout.make_all_pages)
    name = "_linebox_layout"
    own = getattr(block, name)
    if not hasattr(own, "remedied"):
        setattr(block, name, remedied(own))
    return True


def completing(make_all_pages: Layout) -> Layout:
    """Return the function such that it makes all pages again where notes wait from one for the next."""

    def made(context: Any, root: Any, html: Any, pages: list[Any]) -> Any:
        if getattr(context, "notes_waited", False):
            for *_, remake in context.page_maker[: len(pages)]:
                remake["content_changed"] = True
        for page in make_all_pages(context, root, html, pages):
            context.notes_waited = getattr(context, "notes_waited", False) or bool(context.reported_footnotes)
            yield page

    made.completing = make_all_pages  # type: ignore[attr-defined]
    return made


def remedied(linebox_layout: Layout) -> Layout:
    """Return the function with a context that keeps footnotes where they are."""

    def layout(context: Any, *arguments: Any, **options: Any) -> Any:
        seen = context if isinstance(context, AsInColumns) else AsInColumns(context)
        return linebox_layout(seen, *arguments, **options)

    layout.remedied = linebox_layout  # type: ignore[attr-defined]
    return layout
