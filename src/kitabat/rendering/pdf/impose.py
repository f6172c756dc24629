"""Booklets: a PDF's pages two by two on sheets that are printed on both sides, stacked, folded and stapled.

The pages are put on their sheets whole, as form XObjects, so that their text is searched and copied as before. Links,
bookmarks and tags are left out: a booklet is for the printer.
"""

from __future__ import annotations

import importlib.util
import io
from typing import Any

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


def booklet(content: bytes, *, binds_right: bool) -> bytes:
    """Return a PDF's booklet; the same PDF gives the same bytes. ``binds_right`` as the PDF itself."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as source, pikepdf.new() as made:
        forms = [made.copy_foreign(page.as_form_xobject()) for page in source.pages]
        widths = [float(form.BBox[2]) - float(form.BBox[0]) for form in forms]
        heights = [float(form.BBox[3]) - float(form.BBox[1]) for form in forms]
        width, height = max(widths), max(heights)
        for left, right in sheets(len(forms), binds_right=binds_right):
            sheet = made.add_blank_page(page_size=(2 * width, height))
            for number, start in ((left, 0.0), (right, width)):
                if number is not None:
                    _put(
                        made,
                        sheet,
                        number,
                        forms[number],
                        (start + (width - widths[number]) / 2, height - heights[number]),
                    )
        _describe(source, made, binds_right=binds_right)
        output = io.BytesIO()
        made.save(output, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output.getvalue()


def _put(made: Any, sheet: Any, number: int, form: Any, place: tuple[float, float]) -> None:
    """Draw a page on a sheet, its lower left corner at a place in points."""
    import pikepdf

    name = sheet.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(f"/Page{number}"))
    x, y = place[0] - float(form.BBox[0]), place[1] - float(form.BBox[1])
    sheet.contents_add(made.make_stream(f"q 1 0 0 1 {x:.4f} {y:.4f} cm {name} Do Q".encode()))


def _describe(source: Any, made: Any, *, binds_right: bool) -> None:
    """Say what the booklet is, in what language, and how it is printed."""
    import pikepdf

    for key in ("/Title", "/Author", "/Subject", "/Keywords"):
        if key in source.docinfo:
            made.docinfo[key] = str(source.docinfo[key])
    if "/Lang" in source.Root:
        made.Root.Lang = str(source.Root.Lang)
    made.Root.ViewerPreferences = pikepdf.Dictionary(
        DisplayDocTitle=True,
        Direction=pikepdf.Name.R2L if binds_right else pikepdf.Name.L2R,
        Duplex=pikepdf.Name.DuplexFlipShortEdge,
        PrintScaling=pikepdf.Name("/None"),
    )
