"""What becomes of a document once its PDF is written.

Python frees at once what nobody refers to, and searches now and then for what only refers to itself. WeasyPrint's pages
refer to themselves, so that each document waited to be found, and all that stays was looked at to find it. Here the
ways by which they do are cut when a document is laid out, and Python searches less often: a tenth of the time went in.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
from collections.abc import Callable, Iterator
from typing import Any

from kitabat.rendering.pdf.guard import put

SELDOM = 200_000
"""Objects more than there were; Python's own figure is 700. A document of ten pages is some thirty thousand."""
REPLACED = {
    "layout.layout_document": ("html", "root_box", "context", "max_loops"),
    "layout.page.make_page": ("context", "root_box", "page_type", "resume_at", "page_number", "page_state"),
}
FOR_PICTURES = ("get_image_from_uri", "font_config", "counter_style", "dictionaries")
"""What SVG pictures ask the layout for when they are drawn."""

LayOut = Callable[..., Iterator[Any]]


def install(version: str) -> bool:
    """Let go of what was laid out, once a process; False where WeasyPrint is not what this was written for."""
    return put(version, REPLACED, {"layout.layout_document": parted, "layout.page.make_page": unbound})


def parted(plain: LayOut) -> LayOut:
    """Return the layout of a document, which afterwards refers to itself no more."""

    def lay_out(html: Any, root_box: Any, context: Any, max_loops: int = 8) -> Iterator[Any]:
        yield from plain(html, root_box, context, max_loops)
        styles = context.style_for.get_computed_styles().values()
        for style in itertools.chain.from_iterable(map(_anonymous, styles)):
            style.specified = None
        kept = {name: vars(context)[name] for name in FOR_PICTURES}
        for box, _ in context.target_collector.counter_lookup_items:
            box.missing_link = None
        # Links and counters that were to be known later have functions of their own to go on with.
        context.target_collector.target_lookup_items.clear()
        context.target_collector.counter_lookup_items.clear()
        vars(context).clear()
        vars(context).update(kept)

    return lay_out


def unbound(plain: Callable[..., Any]) -> Callable[..., Any]:
    """Return the making of a page, whose footnotes know it no more once they stand on it."""

    def make(*arguments: Any) -> Any:
        page, *rest = plain(*arguments)
        for area in page.children:
            vars(area).pop("page", None)
        return page, *rest

    return make


def _anonymous(style: Any) -> Iterator[Any]:
    """Take from a style those of the anonymous boxes that were made after it, and of those after these."""
    while (style := vars(style).pop("anonymous_style", None)) is not None:
        yield style


@contextlib.contextmanager
def seldom_collected() -> Iterator[None]:
    """Let Python look less often, and as before once all is done."""
    before = gc.get_threshold()
    if before[0]:
        gc.set_threshold(max(SELDOM, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
