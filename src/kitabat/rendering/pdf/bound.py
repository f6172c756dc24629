"""Several documents bound as one: facing pages and flip books, with labels, bookmarks and links of all pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

COVERED = "/TwoPageRight"
"""The first page alone, as a cover, then pages two at a time."""
SHEET = 4
"""Pages on a folded sheet."""


@dataclass(slots=True)
class Part:
    """One document's pages, in the order of reading."""

    pages: list[Any]
    digits: str = ""
    """Of its folios; empty for pages without one."""
    prefix: str = ""
    """Of its anchors, as documents may use the same ones."""


@dataclass(slots=True)
class Book:
    """Pages in the order of the file, and what is to be said of them."""

    order: list[Any]
    parts: list[Part]
    labels: list[str] = field(default_factory=list)

    def places(self) -> Iterator[tuple[int, Any]]:
        """Yield each page with its index in the file, in the order of reading."""
        index = {id(page): number for number, page in enumerate(self.order)}
        for part in self.parts:
            for page in part.pages:
                yield index[id(page)], page


def facing(parts: Sequence[Part], *, shared: bool) -> Book:
    """Return a book of spreads: the title page, then the pages of both languages by turns.

    Page 1 is outside and alone; a spread is an even page and the odd one that follows it. In a book that is bound left
    the even page lies left, in one that is bound right it lies right: there the first language is, either way.
    """
    title, first, second = parts
    order = [*title.pages, *(page for spread in zip(first.pages, second.pages, strict=True) for page in spread)]
    numbers = {id(page): number for number, page in enumerate(order, 1)}
    labels = {id(page): "" for page in title.pages}
    for part in (first, second):
        for own, page in enumerate(part.pages, 1):
            labels[id(page)] = written(numbers[id(page)] if shared else own, part.digits)
    return Book(order, list(parts), [labels[id(page)] for page in order])


def flip(left: Part, right: Part, *, backwards: bool = False) -> Book:
    """Return a book of two beginnings: one part from the left cover, the other, backwards, from the right one.

    Both parts have an even number of pages, so that no leaf is shared, and both together fill whole sheets. The same
    book may be filed ``backwards``, from its right cover.
    """
    order = [*left.pages, *reversed(right.pages)]
    if backwards:
        order.reverse()
    labels: dict[int, str] = {}
    for part in (left, right):
        labels |= {id(page): written(number, part.digits) for number, page in enumerate(part.pages, 1)}
    return Book(order, [left, right], [labels[id(page)] for page in order])


def written(number: int, digits: str) -> str:
    """Return a number in some digits.

    >>> written(12, "۰۱۲۳۴۵۶۷۸۹"), written(12, "0123456789")
    ('۱۲', '12')
    """
    return "".join(digits[int(sign)] for sign in str(number)) if digits else ""


def blanks(left: int, right: int) -> tuple[int, int]:
    """Return how many empty pages end each part of a flip book.

    >>> blanks(4, 4), blanks(3, 3), blanks(5, 8), blanks(4, 6)
    ((0, 0), (1, 1), (3, 0), (2, 0))
    """
    ends = [-count % 2 for count in (left, right)]
    ends[0] += -(left + right + sum(ends)) % SHEET
    return ends[0], ends[1]


def bound(document: Any, book: Book) -> Any:
    """Return a document of all pages of a book, with the metadata of another."""
    for part in book.parts:
        _rename(part)
    made = document.copy(book.order)
    made.reading_order = [number for number, _ in book.places()]
    made.make_bookmark_tree = lambda scale=1, transform_pages=False: _bookmarks(book, scale, transform_pages)
    return made


def _rename(part: Part) -> None:
    """Tell a part's anchors and links apart from those of the others; an anchor is where its element begins."""
    seen: set[str] = set()
    for page in part.pages:
        own = {name: place for name, place in page.anchors.items() if name not in seen}
        seen.update(own)
        page.anchors = {part.prefix + name: place for name, place in own.items()}
        page.links = [
            (kind, part.prefix + target if kind == "internal" else target, *more) for kind, target, *more in page.links
        ]


def _bookmarks(book: Book, scale: float, transform: bool) -> list[Any]:  # noqa: FBT001
    """Return the bookmarks of all parts in the order of reading, whatever the order of their pages in the file."""
    from weasyprint.anchors import make_page_bookmark_tree
    from weasyprint.matrix import Matrix

    root: list[Any] = []
    skipped: list[int] = []
    last = [root]
    level = 0
    for number, page in book.places():
        flipped = Matrix(a=scale, d=-scale, f=page.height * scale)
        matrix = flipped if transform else Matrix(a=scale, d=scale)
        level = make_page_bookmark_tree(page, skipped, last, level, number, matrix)
    return root


def page_labels(labels: Iterable[str]) -> Any:
    """Return the labels of pages as a number tree, each page with its folio as it is printed."""
    import pydyf

    numbers = pydyf.Array()
    for index, label in enumerate(labels):
        # Without a style the prefix alone is the label: PDF's own numbers are Latin or Roman only.
        numbers.extend([index, pydyf.Dictionary({"P": pydyf.String(label)})])
    return pydyf.Dictionary({"Nums": numbers})
