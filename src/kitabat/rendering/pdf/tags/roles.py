"""What each element of HTML is in the structure of a PDF."""

from __future__ import annotations

ROLES = {
    "main": "Part",
    "article": "Art",
    "section": "Sect",
    "nav": "Sect",
    "aside": "Sect",
    "header": "Div",
    "footer": "Div",
    "hgroup": "Div",
    "figure": "Div",
    "div": "Div",
    "p": "P",
    "pre": "P",
    "address": "P",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "h5": "H5",
    "h6": "H6",
    "blockquote": "BlockQuote",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "table": "Table",
    "caption": "Caption",
    "figcaption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "img": "Figure",
    "a": "Link",
    "code": "Code",
    "kbd": "Code",
    "samp": "Code",
    "q": "Quote",
}
"""Elements that are not here say nothing to PDF 1.7 but their language; items and terms have rules of their own."""
SCOPES = {"row": "/Row", "rowgroup": "/Row"}
"""Of header cells; all others stand above their column."""


def role_of(tag: str, classes: str) -> str:
    """Return the structure type of an element; empty where it is none.

    >>> role_of("h2", ""), role_of("em", ""), role_of("sup", "noteref")
    ('H2', '', 'Reference')
    """
    if tag == "sup" and "noteref" in classes.split():
        return "Reference"
    return ROLES.get(tag, "")
