"""The structure of a PDF, for readers who hear it: what is a heading, a list, a table, a note, and in which language.

WeasyPrint 70 tags what it lays out box by box: without languages, with parts of a paragraph on two pages as two
paragraphs, with running heads that are neither content nor artifacts, contents and footnotes that are nothing. This
package puts its own tree in the place of WeasyPrint's. For another WeasyPrint it stands aside, and that one's own tags
are written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kitabat.rendering.pdf.guard import fits
from kitabat.rendering.pdf.tags.boxes import structure
from kitabat.rendering.pdf.tags.write import Writer

Tagging = Callable[[Any, Any, Any, list[Any]], None]


def install(version: str) -> bool:
    """Replace WeasyPrint's tags once a process; False where it is another version."""
    if not fits(version):
        return False
    from weasyprint import pdf

    if not hasattr(pdf.add_tags, "remedied"):
        pdf.add_tags = remedied(pdf.add_tags)
    return True


def remedied(add_tags: Tagging) -> Tagging:
    """Return what is called in the function's place; PDF 2.0 has other elements, and is left to the function itself."""

    def tag(pdf: Any, document: Any, version: Any, streams: list[Any]) -> None:
        # None, where no standard is asked for, stands for PDF 1.7.
        if version and str(version) >= "2.0":
            add_tags(pdf, document, version, streams)
        else:
            write_tags(pdf, document, streams)

    tag.remedied = True  # type: ignore[attr-defined]
    return tag


def write_tags(pdf: Any, document: Any, streams: list[Any]) -> None:
    """Write the document's structure into the PDF, and the marks that PDF/UA asks for beside it."""
    import pydyf

    root, artifacts = structure(document, [stream._tags for stream in streams])  # noqa: SLF001 - kept nowhere else
    for stream, numbers in zip(streams, artifacts, strict=True):
        _unmark(stream.stream, numbers)
    Writer(pdf).write(root)
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


def _unmark(operations: list[Any], numbers: set[int]) -> None:
    """Turn marks of content into artifacts: ``/Span <</MCID 3>> BDC`` to ``/Artifact <</Type /Pagination>> BDC``."""
    for place, operation in enumerate(operations):
        if isinstance(operation, dict) and operation.get("MCID") in numbers:
            del operation["MCID"]
            operation["Type"] = "/Pagination"
            operations[place - 1] = "/Artifact"
