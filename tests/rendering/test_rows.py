"""Rows with numbers, and what pages without them share."""

from __future__ import annotations

from markupsafe import Markup

from kitabat.rendering.context import ArticleView, BlockView, SectionView, Shared, TextView
from kitabat.rendering.rows import OF_TABLES, numbered


def test_what_has_a_number_in_it_is_not_what_other_pages_share() -> None:
    cell = BlockView("cell", shared=Shared(named=False))
    row = BlockView("row", children=(cell,), shared=Shared(named=False))
    table = BlockView("table", children=(row,), shared=Shared(named=False))
    paragraph = BlockView("paragraph", shared=Shared(named=False))
    section = SectionView(id="", level=2, heading=None, blocks=(table, paragraph), notice="")
    (found,) = numbered(article(section), OF_TABLES).sections
    marked, plain = found.blocks
    assert marked.children[0].attributes == {"row": "r1"}
    assert marked.shared is None
    assert marked.children[0].shared is None
    assert marked.children[0].children[0] is cell
    assert plain is paragraph


def article(section: SectionView) -> ArticleView:
    title = TextView(Markup(""), "en", "ltr")
    return ArticleView(
        "a", "", "", title, None, None, "", "", "", "", (), "", 1, "1", toc=False, sections=(section,), notes=()
    )
