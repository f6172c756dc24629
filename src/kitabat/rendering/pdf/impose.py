"""Booklets: a PDF's pages two by two on sheets that are printed on both sides, stacked, folded and stapled.

The pages are put on their sheets whole, as form XObjects, so that their text is searched and copied as before. The
structure stays, in the order in which the pages are read, and with it whatever standards the PDF keeps. Links and
bookmarks are left out: a booklet is for the printer.
"""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Mapping
from typing import Any, NamedTuple

TWO_UP = "2up"
SHEET = 4
"""Pages on a sheet, two on each side."""
LIBRARY = "pikepdf"
Sides = tuple[int | None, int | None]
"""The left and the right page of one side of a sheet, counted from 0; None for an empty one."""


def available() -> bool:
    """Tell whether the library that imposes is installed."""
    return importlib.util.find_spec(LIBRARY) is not None


def sheets(count: int, *, binds_right: bool) -> list[Sides]:
    """Return the sides of all sheets in the order of printing: the first sheet's front and back, and so on.

    The first sheet lies outside. Backs are as they look when a sheet is turned over its short edge, so that the edge of
    the paper which is up stays up. What is missing to whole sheets is empty at the end.

    >>> sheets(8, binds_right=False)
    [(7, 0), (1, 6), (5, 2), (3, 4)]
    >>> sheets(3, binds_right=True)
    [(0, None), (2, 1)]
    """
    total = count + -count % SHEET
    sides = []
    for sheet in range(total // SHEET):
        outer, inner = 2 * sheet, total - 1 - 2 * sheet
        for left, right in ((inner, outer), (outer + 1, inner - 1)):
            pair = tuple(page if page < count else None for page in (left, right))
            sides.append((pair[1], pair[0]) if binds_right else (pair[0], pair[1]))
    return sides


class Home(NamedTuple):
    """Where a page is in its booklet."""

    sheet: Any
    """The side that it is on: a page of the booklet."""
    form: Any
    x: float
    """How far it was moved, in points."""
    y: float


def booklet(content: bytes, *, binds_right: bool) -> bytes:
    """Return a PDF's booklet; the same PDF gives the same bytes. ``binds_right`` as the PDF itself."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = list(pdf.pages)
        forms = [pdf.make_indirect(page.as_form_xobject()) for page in pages]
        widths = [float(form.BBox[2]) - float(form.BBox[0]) for form in forms]
        heights = [float(form.BBox[3]) - float(form.BBox[1]) for form in forms]
        width, height = max(widths), max(heights)
        homes: dict[tuple[int, int], Home] = {}
        for left, right in sheets(len(forms), binds_right=binds_right):
            sheet = pdf.add_blank_page(page_size=(2 * width, height))
            for number, start in ((left, 0.0), (right, width)):
                if number is not None:
                    corner = start + (width - widths[number]) / 2, height - heights[number]
                    homes[pages[number].obj.objgen] = _put(pdf, sheet, number, forms[number], corner)
        for page, form in zip(pages, forms, strict=True):
            if "/StructParents" in page.obj:
                form.StructParents = page.obj.StructParents
        if "/StructTreeRoot" in pdf.Root:
            _move_in(pdf.Root.StructTreeRoot, homes)
        del pdf.pages[: len(pages)]
        _describe(pdf, binds_right=binds_right)
        output = io.BytesIO()
        # Before 1.5 there are no streams of objects.
        modes = pikepdf.ObjectStreamMode
        mode = modes.generate if pdf.pdf_version >= "1.5" else modes.disable
        pdf.save(output, deterministic_id=True, object_stream_mode=mode)
    return output.getvalue()


def _put(pdf: Any, sheet: Any, number: int, form: Any, place: tuple[float, float]) -> Home:
    """Draw a page on a sheet, its lower left corner at a place in points."""
    import pikepdf

    name = sheet.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(f"/Page{number}"))
    x, y = place[0] - float(form.BBox[0]), place[1] - float(form.BBox[1])
    sheet.contents_add(pdf.make_stream(f"q 1 0 0 1 {x:.4f} {y:.4f} cm {name} Do Q".encode()))
    return Home(sheet.obj, form, x, y)


def _move_in(root: Any, homes: Mapping[tuple[int, int], Home]) -> None:
    """Have the structure say where its content is now: in forms on sheets. That of links loses what is no content."""
    import pikepdf

    waiting = list(root.K)
    while waiting:
        element = waiting.pop()
        own = element.get("/Pg")
        kids = pikepdf.Array()
        for kid in element.get("/K", ()):
            if not isinstance(kid, pikepdf.Dictionary):
                kids.append(_content(homes[own.objgen], int(kid)))
            elif kid.get("/Type") == "/MCR":
                kids.append(_content(homes[kid.get("/Pg", own).objgen], int(kid.MCID)))
            elif kid.get("/Type") != "/OBJR":
                kids.append(kid)
                waiting.append(kid)
        element.K = kids
        if own is not None:
            for attributes in element.get("/A", ()):
                if "/BBox" in attributes:
                    attributes.BBox = _moved(attributes.BBox, homes[own.objgen])
            del element.Pg
    numbers = root.ParentTree.Nums
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    root.ParentTree.Nums = pikepdf.Array(
        part for key, owners in pairs if isinstance(owners, pikepdf.Array) for part in (key, owners)
    )


def _content(home: Home, number: int) -> Any:
    import pikepdf

    return pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=home.sheet, Stm=home.form, MCID=number)


def _moved(box: Any, home: Home) -> Any:
    import pikepdf

    left, bottom, right, top = map(float, box)
    return pikepdf.Array([left + home.x, bottom + home.y, right + home.x, top + home.y])


def _describe(pdf: Any, *, binds_right: bool) -> None:
    """Say how the booklet is printed, and nothing of what leads to places in the pages."""
    import pikepdf

    for key in ("/Outlines", "/Names", "/Dests", "/PageLabels", "/PageLayout", "/PageMode", "/OpenAction"):
        if key in pdf.Root:
            del pdf.Root[key]
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(
        DisplayDocTitle=True,
        Direction=pikepdf.Name.R2L if binds_right else pikepdf.Name.L2R,
        Duplex=pikepdf.Name.DuplexFlipShortEdge,
        PrintScaling=pikepdf.Name("/None"),
    )
