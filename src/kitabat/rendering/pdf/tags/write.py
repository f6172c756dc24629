"""A tree of structure into a PDF's objects (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pydyf

from kitabat.rendering.pdf.tags.tree import Annotation, Mark, Node


class Writer:
    """Puts one tree into one PDF."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.pages = pdf.page_references
        """Looked up once: pydyf makes them anew whenever it is asked."""
        self.owners: defaultdict[int, dict[int, bytes]] = defaultdict(dict)
        """By page and mark, the element that a mark belongs to."""
        self.links: list[tuple[Annotation, bytes]] = []
        self.names: list[tuple[str, bytes]] = []
        """Identifiers, and the elements that have them."""

    def write(self, root: Node) -> None:
        """Write the tree, and the ways back from the pages into it."""
        top = self.added({"Type": "/StructTreeRoot"})
        top["K"] = pydyf.Array([self.element(root, top.reference, "", {})])
        numbers: list[object] = []
        pages = len(self.pages)
        for page in range(pages):
            owners = self.owners[page]
            numbers += (page, pydyf.Array(owners.get(mark, b"null") for mark in range(max(owners, default=-1) + 1)))
        for key, (annotation, owner) in enumerate(self.links, start=pages):
            annotation.entry["StructParent"] = key
            numbers += (key, owner)
        top["ParentTree"] = self.added({"Nums": pydyf.Array(numbers)}).reference
        top["ParentTreeNextKey"] = pages + len(self.links)
        if self.names:
            pairs = [part for name, owner in sorted(self.names) for part in (pydyf.String(name), owner)]
            top["IDTree"] = self.added({"Names": pydyf.Array(pairs)}).reference
        self.pdf.catalog["StructTreeRoot"] = top.reference

    def added(self, entries: dict[str, object]) -> Any:
        """Return a new object of the PDF."""
        entry = pydyf.Dictionary(entries)
        self.pdf.add_object(entry)
        return entry

    def element(self, node: Node, parent: bytes, lang: str, headers: dict[int, str]) -> bytes:
        """Write a node and all below it; returns its reference. ``headers`` are those of its table, by column."""
        entry = self.added({"Type": "/StructElem", "S": f"/{node.role}", "P": parent})
        if node.lang and node.lang != lang:
            entry["Lang"] = pydyf.String(node.lang)
        for name, text in (("Alt", node.alternative), ("E", node.expansion)):
            if text:
                entry[name] = pydyf.String(text)
        if node.role in {"Note", "TH"}:
            name = f"{node.role.lower()}-{len(self.names) + 1:05}"
            entry["ID"] = pydyf.String(name)
            self.names.append((name, entry.reference))
        if node.role == "Table":
            headers = {}
        attributes = _attributes(node)
        if node.role == "TR":
            self.row(node, entry, headers)
        else:
            pages = [kid.page for kid in node.kids if isinstance(kid, Mark | Annotation)]
            if pages:
                entry["Pg"] = self.pages[pages[0]]
            entry["K"] = pydyf.Array(self.kid(kid, entry.reference, pages, node, headers) for kid in node.kids)
        if attributes:
            entry["A"] = pydyf.Array(attributes)
        reference: bytes = entry.reference
        return reference

    def kid(
        self, kid: Node | Mark | Annotation, owner: bytes, pages: list[int], node: Node, headers: dict[int, str]
    ) -> object:
        """Return an entry of an element's list of kids."""
        if isinstance(kid, Node):
            return self.element(kid, owner, node.lang, headers)
        page = self.pages[kid.page]
        if isinstance(kid, Annotation):
            self.links.append((kid, owner))
            kid.entry["Contents"] = pydyf.String(words_of(node.element) or kid.entry["Contents"].string)
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.entry.reference, "Pg": page})
        self.owners[kid.page][kid.number] = owner
        if kid.page == pages[0]:
            return kid.number
        return pydyf.Dictionary({"Type": "/MCR", "MCID": kid.number, "Pg": page})

    def row(self, node: Node, entry: Any, headers: dict[int, str]) -> None:
        """Write a table's row; each cell names the header cells above it and before it."""
        kids, column = pydyf.Array(), 0
        before: list[str] = []
        for cell in (kid for kid in node.kids if isinstance(kid, Node)):
            span = int(cell.attributes.get("Table/ColSpan", 1))
            columns = range(column, column + span)
            if cell.role == "TD":
                known = [*before, *(headers[number] for number in columns if number in headers)]
                if known:
                    cell.attributes["Table/Headers"] = pydyf.Array(map(pydyf.String, known))
            kids.append(self.element(cell, entry.reference, node.lang, headers))
            if cell.role == "TH":
                name = self.names_of(kids[-1])
                if cell.attributes["Table/Scope"] == "/Row":
                    before.append(name)
                else:
                    headers |= dict.fromkeys(columns, name)
            column += span
        entry["K"] = kids

    def names_of(self, reference: bytes) -> str:
        """Return the identifier of an element."""
        return next(name for name, owner in reversed(self.names) if owner == reference)


def _attributes(node: Node) -> Iterable[Any]:
    """Yield the attribute objects of a node, one for each owner."""
    if node.role == "L":
        labels = any(
            isinstance(one, Node) and one.role == "Lbl" for item in node.kids for one in getattr(item, "kids", ())
        )
        kind = {"ol": "/Decimal", "ul": "/Disc"}.get(node.element.tag, "/None") if labels else "/None"
        node.attributes["List/ListNumbering"] = kind
    owners: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for name, value in node.attributes.items():
        owner, _, key = name.partition("/")
        owners[owner][key] = pydyf.Array(value) if isinstance(value, tuple) else value
    return [pydyf.Dictionary({"O": f"/{owner}", **values}) for owner, values in owners.items()]


def words_of(element: Any) -> str:
    """Return the words of an element of the document, those of its pictures included."""
    if element is None:
        return ""
    parts = [element.get("alt", "")] if element.tag == "img" else []
    parts.append(element.text or "")
    for child in element:
        parts += (words_of(child), child.tail or "")
    return " ".join("".join(parts).split())
