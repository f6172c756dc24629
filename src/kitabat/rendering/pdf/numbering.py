"""Footnotes that begin at 1 on each page.

Which page a note is on is known only when all is laid out, and its mark is as wide as its number. So the document is
laid out, its notes are numbered as their marks stand, and it is laid out again, until the numbers are the pages' own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, tostring

from kitabat.rendering.pdf.long_notes import CONTINUED

ROUNDS = 6
"""Two do, as a rule: a third where a mark has moved to another page."""
FREE = 3
"""Rounds after which a note that stood on a page in an earlier one stays: its room may be what moves its mark away."""
CALL = "::footnote-call"
AGAIN = "footnote-again"
"""Class of a note that stands on its page already: only its mark is seen."""
WITHOUT_CALL = frozenset({"noteref", AGAIN})
SETTING = frozenset({"footnote", AGAIN})
NO_MARKS = frozenset({"side", CONTINUED})


@dataclass(frozen=True, slots=True)
class Layout:
    """Documents on their pages."""

    trees: tuple[Element, ...]
    """Of each document, as it was before anything was divided."""
    laid: tuple[Element, ...]
    """The same as they were laid out: the elements that boxes name."""
    document: Any
    """WeasyPrint's, of all pages."""
    labels: Sequence[str] = ()
    """Of its pages; empty where they are not to be told."""


LayOut = Callable[[tuple[str, ...]], Layout]
"""HTML of one or several documents to their pages."""


@dataclass(frozen=True, slots=True)
class Call:
    """Where the mark of a note stands."""

    page: int
    label: str
    sets: bool
    """The note itself stands below; False where the mark only repeats that of another."""


def numbered(documents: tuple[str, ...], lay_out: LayOut) -> tuple[tuple[str, ...], Layout, bool]:
    """Return HTML with its notes numbered by page, and the layout of it.

    False, and the HTML as it is, where the numbers never settle.
    """
    first = laid = lay_out(documents)
    present = documents
    kept: set[int] = set()
    for round_number in range(ROUNDS if any("data-note=" in html for html in documents) else 0):
        places = _calls([mark for tree in laid.laid for mark in _marks(tree)], laid.document)
        elements = [mark for tree in laid.trees for mark in _marks(tree)]
        if not _apply(elements, places, kept if round_number >= FREE else frozenset()):
            return present, laid, True
        kept.update(place for place, element in enumerate(elements) if element.get("class") == "footnote")
        present = tuple(tostring(tree, encoding="unicode", method="html") for tree in laid.trees)
        laid = lay_out(present)
    return documents, first, present is documents


def _marks(root: Element) -> Iterator[Element]:
    """Yield the elements that call for a note or repeat a mark, in the order of the document."""
    return (element for element in root.iter() if element.get("data-note") and element.get("class") not in NO_MARKS)


def _calls(elements: Sequence[Element], document: Any) -> list[Call]:
    """Return where each of the elements has its mark; one without a box is with the one before it."""
    pages: dict[int, int] = {}
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants():  # noqa: SLF001 - WeasyPrint tells of boxes nowhere else
            element = box.element
            if element is not None and (box.element_tag.endswith(CALL) or element.get("class") in WITHOUT_CALL):
                pages.setdefault(id(element), number)
    found: list[Call] = []
    for element in elements:
        page = pages.get(id(element), found[-1].page if found else 0)
        found.append(Call(page, element.get("data-note", ""), element.get("class") in SETTING))
    return found


def _apply(elements: Sequence[Element], places: Sequence[Call], kept: Collection[int]) -> bool:
    """Write the numbers of the pages into the marks; return whether any had another.

    ``kept`` are the places of notes that stay, even if their page has them already.
    """
    numbers = _numbers(places)
    set_on: set[tuple[int, str]] = set()
    changed = False
    for place, (element, call) in enumerate(zip(elements, places, strict=True)):
        mark = written(numbers[call], element.get("data-digits", ""))
        if not call.sets:
            changed |= element.text != mark
            element.text = mark
            continue
        again = (call.page, call.label) in set_on and place not in kept
        values = [(element, "class", AGAIN if again else "footnote")]
        set_on.add((call.page, call.label))
        for marked in element.iter():
            if marked.get("data-note") == call.label:
                values.append((marked, "data-mark", written(numbers[call], marked.get("data-digits", ""))))
        changed |= any(one.get(name) != value for one, name, value in values)
        for one, name, value in values:
            one.set(name, value)
    return changed


def _numbers(places: Iterable[Call]) -> dict[Call, int]:
    """Return the number of each mark: its note's on the page, or where that is elsewhere, the one it has there."""
    last: Counter[int] = Counter()
    by_page: dict[tuple[int, str], int] = {}
    by_label: dict[str, int] = {}
    calls = list(places)
    for call in calls:
        if call.sets and (call.page, call.label) not in by_page:
            last[call.page] += 1
            by_page[call.page, call.label] = last[call.page]
            by_label.setdefault(call.label, last[call.page])
    return {call: by_page.get((call.page, call.label), by_label.get(call.label, 1)) for call in calls}


def written(number: int, digits: str) -> str:
    """Return a number in ten digits, given in their order.

    >>> written(12, "۰۱۲۳۴۵۶۷۸۹"), written(7, "")
    ('۱۲', '7')
    """
    return "".join(digits[int(digit)] if digits else digit for digit in str(number))
