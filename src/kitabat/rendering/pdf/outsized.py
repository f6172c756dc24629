"""What is larger than its place in a document: words wider than a line, heads of tables that fill a page.

WeasyPrint lets such a word run off the page, and leaves out a head that has no room above the first row.
"""

from __future__ import annotations

from typing import Any

from kitabat.rendering.long_words import in_parts, shortened

TITLE = "data-title"
"""The attribute that running heads and bookmarks show."""


def fit(root: Any, longest: int) -> None:
    """Make room for what is outsized in an element tree; ``longest`` are characters that surely fit on half a page."""
    for element in root.iter():
        if element.text:
            element.text = in_parts(element.text)
        if element.tail:
            element.tail = in_parts(element.tail)
        if TITLE in element.attrib:
            element.set(TITLE, shortened(element.get(TITLE)))
    for head in list(root.iter("thead")):
        if any(_length(cell) * 2 * len(row) > longest for row in head for cell in row):
            head.tag = "tbody"  # a head that is repeated must leave room for a row


def _length(element: Any) -> int:
    return sum(map(len, element.itertext()))
