"""Rows of facing pages: what begins level with its translation across the spread."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from msgspec.structs import replace

from kitabat.rendering.context import ArticleView, BlockView

KINDS = frozenset(
    {
        "heading", "paragraph", "item", "quote", "table", "row", "figure", "caption", "code", "aside", "term",
        "definition",
    }
)  # fmt: skip
"""Kinds of blocks that are rows; what is inside them may be rows too."""
OF_TABLES = frozenset({"row"})
"""Where the two languages stand on one page: their paragraphs are level by the style sheet."""


def numbered(article: ArticleView, kinds: frozenset[str] = KINDS) -> ArticleView:
    """Return an article whose rows say their number; those of two versions agree, as versions have one shape."""
    numbers = itertools.count(1)
    sections = tuple(
        replace(section, row=f"s{place}", blocks=tuple(_numbered(block, kinds, numbers) for block in section.blocks))
        for place, section in enumerate(article.sections)
    )
    return replace(article, sections=sections)


def _numbered(block: BlockView, kinds: frozenset[str], numbers: Iterator[int]) -> BlockView:
    attributes = dict(block.attributes)
    if block.kind in kinds:
        attributes["row"] = f"r{next(numbers)}"
    children = tuple(_numbered(child, kinds, numbers) for child in block.children)
    if block.kind not in kinds and all(one is other for one, other in zip(children, block.children, strict=True)):
        # So it stays what pages without such numbers share; a copy would not.
        return block
    return block.changed(attributes, children)
