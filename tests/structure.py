"""The structure of a PDF as a reader's software finds it: elements by pikepdf, the text of their marks by PDFium."""

from __future__ import annotations

import ctypes
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


@dataclass
class Element:
    """A structure element; ``kids`` are elements and pieces of text, in reading order."""

    role: str
    lang: str
    """The nearest one given, here or above."""
    entry: pikepdf.Dictionary
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list[Element | str] = field(default_factory=list)
    links: list[pikepdf.Dictionary] = field(default_factory=list)
    """Annotations of links."""

    def walk(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def all(self, *roles: str) -> list[Element]:
        return [one for one in self.walk() if one.role in roles]

    def pieces(self) -> Iterator[tuple[str, str]]:
        """Yield each piece of text with its language."""
        for kid in self.kids:
            if isinstance(kid, str):
                yield kid, self.lang
            else:
                yield from kid.pieces()

    @property
    def text(self) -> str:
        return " ".join(" ".join(text for text, _ in self.pieces()).split())

    @property
    def outline(self) -> str:
        """The roles, as in ``P(Span)``."""
        inside = " ".join(kid.outline for kid in self.kids if isinstance(kid, Element))
        return f"{self.role}({inside})" if inside else self.role


def read(content: bytes) -> Element:
    """Return the document's element; every mark of a page must be in the tree or an artifact."""
    texts = _texts(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        (top,) = pdf.Root.StructTreeRoot.K
        seen: set[tuple[int, int]] = set()
        root = _element(top, str(pdf.Root.Lang), pages, texts, seen)
        _check_way_back(pdf, pages, seen)
        # The file goes when the block ends; what was read of it stays.
        for one in root.walk():
            one.entry = pikepdf.Dictionary(
                {key: one.entry[key] for key in ("/Alt", "/ID", "/E", "/Lang") if key in one.entry}
            )
            one.links = [pikepdf.Dictionary({"/Contents": str(link.Contents)}) for link in one.links]
    unread = {(page, mark) for page, marks in texts.items() for mark in marks if mark >= 0} - seen
    assert unread == set(), unread
    loose = {page: marks[-1] for page, marks in texts.items() if marks[-1].strip()}
    assert loose == {}, "text that is neither in the tree nor an artifact"
    return root


def _element(
    entry: Any, lang: str, pages: dict[Any, int], texts: dict[int, dict[int, str]], seen: set[tuple[int, int]]
) -> Element:
    lang = str(entry.get("/Lang", lang))
    found = Element(str(entry.S)[1:], lang, entry)
    for owner in entry.get("/A", ()):
        found.attributes |= {
            str(key)[1:]: [str(one) for one in value] if isinstance(value, pikepdf.Array) else str(value)
            for key, value in owner.items()
            if key != "/O"
        }
    for kid in entry.get("/K", ()):
        if isinstance(kid, int) or kid.get("/Type") == "/MCR":
            page = pages[(entry if isinstance(kid, int) else kid).Pg.objgen]
            mark = kid if isinstance(kid, int) else int(kid.MCID)
            assert (page, mark) not in seen
            seen.add((page, mark))
            found.kids.append(texts[page].get(mark, ""))
        elif kid.get("/Type") == "/OBJR":
            found.links.append(kid.Obj)
        else:
            assert kid.P.objgen == entry.objgen
            found.kids.append(_element(kid, lang, pages, texts, seen))
    return found


def _check_way_back(pdf: pikepdf.Pdf, pages: dict[Any, int], seen: set[tuple[int, int]]) -> None:
    """Hold the parent tree to the tree: from each mark and each link there is a way to its element."""
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners: dict[Any, Any] = dict(zip(numbers[::2], numbers[1::2], strict=True))
    back = {
        (page, mark)
        for page in pages.values()
        for mark, owner in enumerate(owners[page])
        if isinstance(owner, pikepdf.Dictionary) and owner.Type == "/StructElem"
    }
    assert back == seen
    for page in pdf.pages:
        for link in page.get("/Annots", ()):
            (place,) = [
                kid for kid in owners[link.StructParent].K if not isinstance(kid, int) and kid.get("/Obj") == link
            ]
            assert place.Type == "/OBJR"


def _texts(content: bytes) -> dict[int, dict[int, str]]:
    """Return the text of each mark of each page; -1 stands for text outside of marks and artifacts."""
    found: dict[int, dict[int, str]] = {}
    with pypdfium2.PdfDocument(content) as document:
        for number, page in enumerate(document):
            marks: defaultdict[int, str] = defaultdict(str)
            marks[-1] = ""
            text = page.get_textpage()
            for thing in page.get_objects(max_depth=1):
                mark = _mark(thing.raw)
                if mark is None:
                    continue
                marks[mark] += _text(thing.raw, text.raw) if thing.type == pdfium.FPDF_PAGEOBJ_TEXT else ""
            found[number] = dict(marks)
    return found


def _mark(thing: Any) -> int | None:
    """Return the number of an object's mark; None for an artifact, -1 for none."""
    for place in range(pdfium.FPDFPageObj_CountMarks(thing)):
        mark = pdfium.FPDFPageObj_GetMark(thing, place)
        value = ctypes.c_int()
        if pdfium.FPDFPageObjMark_GetParamIntValue(mark, b"MCID", value):
            return value.value
        size = ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(mark, None, 0, size)
        name = (ctypes.c_ushort * (size.value // 2))()
        pdfium.FPDFPageObjMark_GetName(mark, name, size.value, size)
        if bytes(name).decode("utf-16-le").rstrip("\0") == "Artifact":
            return None
    return -1


def _text(thing: Any, page: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(thing, page, None, 0)
    if not size:
        return ""
    text = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFTextObj_GetText(thing, page, text, size)
    return bytes(text).decode("utf-16-le").partition("\0")[0]
