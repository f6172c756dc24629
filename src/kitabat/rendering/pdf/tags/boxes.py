"""WeasyPrint's laid-out boxes to a tree of structure.

Boxes come page by page; the tree has each element of the document once, wherever its boxes were put: a paragraph that
goes on overleaf is one paragraph, a footnote follows the paragraph of its mark. What the document does not say (running
heads, folios, table heads that come again, leaders, pictures without meaning) is noted as an artifact.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kitabat.rendering.pdf.tags.roles import SCOPES, role_of
from kitabat.rendering.pdf.tags.tree import SKELETONS, Annotation, Mark, Node, settle

SCALE = 0.75
"""Points in a CSS pixel."""
INLINE_BOXES = ("InlineBox", "LineBox", "InlineBlockBox", "InlineReplacedBox", "TextBox")


@dataclass(slots=True)
class Sheet:
    """A page while its boxes are read."""

    number: int
    """From 0."""
    height: float
    """CSS pixels."""
    marks: dict[Any, Any]
    """The renderer's record of drawn boxes: ``mcid`` by box."""
    artifacts: set[int] = field(default_factory=set)
    """Marks that are no part of the document."""


def structure(document: Any, marks: list[dict[Any, Any]]) -> tuple[Node, list[set[int]]]:
    """Return the document's tree, and the marks on each page that are artifacts."""
    collector = Collector(document.metadata.lang or "")
    pages = enumerate(zip(document.pages, marks, strict=True))
    sheets = [Sheet(number, page.height, drawn) for number, (page, drawn) in pages]
    # The pages of a book of two languages are filed otherwise than they are read.
    for number in getattr(document, "reading_order", range(len(sheets))):
        page_box = document.pages[number]._page_box  # noqa: SLF001 - there is no public way to a page's boxes
        collector.read(page_box, sheets[number])
    settle(collector.root, collector.notes)
    return collector.root, [sheet.artifacts for sheet in sheets]


class Collector:
    """Reads boxes into a tree."""

    def __init__(self, lang: str) -> None:
        self.root = Node("Document", lang)
        self.nodes: dict[Any, Node] = {}
        """By element; an element that is nothing in itself has the node around it."""
        self.first_page: dict[Any, int] = {}
        """Of table heads."""
        self.notes: list[tuple[Node, Node]] = []
        """The mark of each footnote, and the footnote."""

    def read(self, page_box: Any, sheet: Sheet) -> None:
        """Read one page."""
        self.visit(page_box, self.root, sheet)
        # Nothing that is drawn may be neither in the tree nor an artifact.
        for box, record in sheet.marks.items():
            self.nodes.get(box.element, self.root).kids.append(Mark(sheet.number, record["mcid"]))
        sheet.marks.clear()

    def visit(self, box: Any, parent: Node, sheet: Sheet) -> None:
        """Read a box and all in it."""
        box = getattr(box, "_box", box)  # an absolutely placed box stands behind a placeholder
        if self.is_artifact(box, sheet):
            self.set_aside(box, parent, sheet)
            return
        node = parent if box.element is None or box.element_tag == "body" else self.node(box, parent)
        record = sheet.marks.pop(box, None)
        if record and node.role in SKELETONS:
            sheet.artifacts.add(record["mcid"])  # white space between items that stand side by side
        elif record:
            node.kids.append(Mark(sheet.number, record["mcid"]))
            if node.role == "Figure":
                node.attributes["Layout/BBox"] = _bounds(box, sheet.height)
        if box.link_annotation:
            # Words in another language than their link's have an element of their own, which is no link.
            _link_around(node).kids.append(Annotation(sheet.number, box.link_annotation))
        for child in box.children:
            self.visit(child, node, sheet)

    def set_aside(self, box: Any, parent: Node, sheet: Sheet) -> None:
        """Take a box and all in it out of the document; a link in it stays one: none may be without its element."""
        for descendant in box.descendants(placeholders=True):
            one = getattr(descendant, "_box", descendant)
            if record := sheet.marks.pop(one, None):
                sheet.artifacts.add(record["mcid"])
            if one.link_annotation:
                link = parent if parent.role == "Link" else self.root.add("P").add("Link", element=one.element)
                link.kids.append(Annotation(sheet.number, one.link_annotation))

    def is_artifact(self, box: Any, sheet: Sheet) -> bool:
        """Tell whether a box is no part of the document."""
        if type(box).__name__ == "MarginBox" or box.is_leader:
            return True
        if box.element_tag == "thead":
            return self.first_page.setdefault(box.element, sheet.number) != sheet.number
        return box.element_tag == "img" and not box.element.get("alt")

    def node(self, box: Any, parent: Node) -> Node:
        """Return the node of a box, made where it is the first of its element."""
        _, _, pseudo = box.element_tag.partition("::")
        if pseudo:
            return self.generated(box, pseudo, parent)
        if box.element not in self.nodes:
            self.nodes[box.element] = self.made(box, parent)
        return self.nodes[box.element]

    def made(self, box: Any, parent: Node) -> Node:
        """Return the node of an element that was not seen before."""
        element, tag = box.element, box.element_tag
        classes = element.get("class", "").split()
        lang = element.get("lang") or parent.lang
        if tag in {"li", "dt", "dd"} and parent.role in {"L", "TOC"}:
            return _item(parent, tag, lang, element)
        if "side" in classes and parent.element is not None and parent.element.tag == "li":
            # A list item of two languages has a body for each.
            holder = parent.parent if parent.role == "LBody" else parent
            return holder.add("P" if holder.role == "TOCI" else "LBody", lang, element=element) if holder else parent
        # Of several documents in one book each may have a language of its own.
        role = "" if tag == "html" else role_of(tag, element.get("class", ""))
        if tag in {"ul", "ol"} and _in_contents(parent):
            role = "TOC"
        if not role:
            if lang == parent.lang and tag != "abbr" and "side" not in classes:
                return parent
            role = "Span" if type(box).__name__ in INLINE_BOXES else "Div"
        if role == "Link" and _in_contents(parent):
            parent = parent.add("Reference")
        node = parent.add(role, lang, element=element)
        _describe(node, box)
        return node

    def generated(self, box: Any, pseudo: str, parent: Node) -> Node:
        """Return the node of what the style sheet adds to an element: marks of lists and notes, and other text."""
        element = box.element
        own = self.nodes.get(element, parent)
        if pseudo == "footnote-call":
            reference = parent.add("Reference") if parent.role != "Reference" else parent
            if "continued" in element.get("class", "").split() and self.notes:
                self.nodes[element] = self.notes[-1][1]  # a further part of the same note
            elif element not in self.nodes:
                note = Node("Note", element.get("lang") or parent.lang, parent, element=element)
                self.nodes[element] = note
                self.notes.append((reference, note))
            return reference
        if (element, pseudo) in self.nodes:
            return self.nodes[element, pseudo]
        label = None
        if pseudo == "footnote-marker":
            label = own.add("Lbl")
        elif own.role == "LBody" and own.parent and (pseudo == "marker" or _is_bullet(own, pseudo)):
            label = own.parent.add("Lbl", own.lang, before=own)
        if label is None:
            return own
        self.nodes[element, pseudo] = label
        return label


def _is_bullet(body: Node, pseudo: str) -> bool:
    """Tell whether text before a body is its label: of several bodies each has its own, from the style sheet."""
    return pseudo == "before" and body.element.tag not in {"li", "dd"}


def _item(parent: Node, tag: str, lang: str, element: Any) -> Node:
    """Return the node for what a list's item holds: its body, or its label for a term."""
    if parent.role == "TOC":
        return parent.add("TOCI", lang, element=element)
    last = parent.kids[-1] if parent.kids else None
    item = last if tag != "li" and isinstance(last, Node) else None
    if item is None or (tag == "dt" and any(isinstance(kid, Node) and kid.role == "LBody" for kid in item.kids)):
        item = parent.add("LI")
    return item.add("Lbl" if tag == "dt" else "LBody", lang, element=element)


def _link_around(node: Node) -> Node:
    """Return the link that a node is, or is in; without one, the node."""
    one: Node | None = node
    while one is not None and one.role != "Link":
        one = one.parent
    return one or node


def _in_contents(node: Node | None) -> bool:
    while node is not None:
        if node.element is not None and "contents" in node.element.get("class", "").split():
            return True
        node = node.parent
    return False


def _describe(node: Node, box: Any) -> None:
    """Give a node what is said of its element besides its content."""
    element = box.element
    if node.role == "Figure":
        node.alternative = element.get("alt", "")
    elif node.role == "TH":
        node.attributes["Table/Scope"] = SCOPES.get(element.get("scope", ""), "/Column")
    elif node.role == "Span" and box.element_tag == "abbr":
        node.expansion = element.get("title", "")
    if node.role in {"TH", "TD"}:
        for name, span in (("ColSpan", box.colspan), ("RowSpan", box.rowspan)):
            if span != 1:
                node.attributes[f"Table/{name}"] = span


def _bounds(box: Any, height: float) -> tuple[float, float, float, float]:
    """Return a picture's place in points from the lower left corner of its page."""
    left, top = box.content_box_x(), box.content_box_y()
    right, bottom = left + box.width, top + box.height
    return tuple(round(value * SCALE, 2) for value in (left, height - bottom, right, height - top))
