"""The structure of a PDF as a tree, whatever renderer it comes from: elements, and the marks of content in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

INLINE = frozenset({"Span", "Link", "Reference", "Code", "Quote", "Figure"})
"""Elements that may stand among words."""
HOLDERS = frozenset({"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "LBody", "TD", "TH"})
"""Elements that may hold blocks, such as a note after the paragraph that calls for it."""
GROUPS = frozenset({"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Note"})
"""Elements that hold blocks only: words that stand in them without a paragraph get one."""
SKELETONS = frozenset({"L", "LI", "TOC", "Table", "THead", "TBody", "TFoot", "TR"})
"""Elements that hold other elements and no words."""
HEADINGS = tuple(f"H{level}" for level in range(1, 7))


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a page's content."""

    page: int
    """From 0."""
    number: int
    """The marked-content identifier, of its own on each page."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """The place of a link on a page; one link has several where it goes on in the next line."""

    page: int
    entry: Any
    """The annotation's dictionary in the PDF."""


@dataclass(eq=False, slots=True)
class Node:
    """An element of the structure, in the order in which it is read."""

    role: str
    """A standard structure type of PDF 1.7."""
    lang: str
    """BCP 47."""
    parent: Node | None = None
    kids: list[Node | Mark | Annotation] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)
    """By ``owner/name``, such as ``Table/Scope``."""
    alternative: str = ""
    """Of a picture."""
    expansion: str = ""
    """Of an abbreviation."""
    element: Any = None
    """The element of the document that the node is for."""

    def add(self, role: str, lang: str = "", *, before: Node | None = None, element: Any = None) -> Node:
        """Make a node below this one, at the end or before another, in this one's language unless told otherwise."""
        node = Node(role, lang or self.lang, self, element=element)
        place = self.kids.index(before) if before is not None else len(self.kids)
        self.kids.insert(place, node)
        return node

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it, in reading order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [kid for kid in reversed(node.kids) if isinstance(kid, Node)]


def settle(root: Node, notes: list[tuple[Node, Node]]) -> None:
    """Bring a tree into the order and the nesting that standards ask for.

    ``notes`` are footnotes with their marks: each is put after the paragraph of its mark, where a reader hears it
    without losing the sentence.
    """
    for mark, note in notes:
        _place(mark, note)
    for node in reversed(list(root.walk())):
        _simplify(node)
    _renumber(root)


def _place(mark: Node, note: Node) -> None:
    node, parent = mark, mark.parent
    while parent is not None and parent.role not in HOLDERS:
        node, parent = parent, parent.parent
    if parent is None:
        return
    place = parent.kids.index(node) + 1
    while place < len(parent.kids) and (_is_inline(kid := parent.kids[place]) or _is_note(kid)):
        place += 1
    parent.kids.insert(place, note)
    note.parent = parent


def _is_inline(kid: Node | Mark | Annotation) -> bool:
    return not isinstance(kid, Node) or kid.role in INLINE


def _is_note(kid: Node | Mark | Annotation) -> bool:
    return isinstance(kid, Node) and kid.role == "Note"


def _simplify(node: Node) -> None:
    """Leave out what says nothing, and put words that stand among blocks into paragraphs; kids are simple already."""
    parent = node.parent
    if parent is None:
        _wrap(node)
        return
    place = parent.kids.index(node)
    links = any(isinstance(kid, Annotation) for kid in node.kids)
    empty = not node.kids and node.role not in {"TD", "TH"}
    grouped = node.element is not None and node.element.tag == "figure"
    bare = (node.role == "Link" and not links) or (node.role == "Div" and not grouped)
    if empty:
        del parent.kids[place]
    elif node.role == "Div" and not grouped and all(map(_is_inline, node.kids)):
        node.role = "P" if parent.role in HOLDERS | GROUPS else "Span"
    elif bare:
        _wrap(node)
        for kid in node.kids:
            if isinstance(kid, Node):
                kid.parent = parent
        parent.kids[place : place + 1] = node.kids
    else:
        _wrap(node)


def _wrap(node: Node) -> None:
    """Put the words that stand in a group of blocks into paragraphs."""
    if node.role not in GROUPS:
        return
    kids, node.kids = node.kids, []
    paragraph: Node | None = None
    for kid in kids:
        if not _is_inline(kid) or (isinstance(kid, Node) and kid.role == "Figure"):
            paragraph = None
            node.kids.append(kid)
            continue
        paragraph = paragraph or node.add("P")
        paragraph.kids.append(kid)
        if isinstance(kid, Node):
            kid.parent = paragraph


def _renumber(root: Node) -> None:
    """Leave no level of headings out on the way down."""
    level = 0
    for node in root.walk():
        if node.role in HEADINGS:
            level = min(int(node.role[1]), level + 1)
            node.role = f"H{level}"
