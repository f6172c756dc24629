"""A remedy for how WeasyPrint 70 breaks lines of Nastaliq; it and its like in `render.REMEDIES` alone reach into it.

Nastaliq takes another width when fewer words stand on its line, so that a line which Pango broke to fit can come out a
little wider than what it was to fit. WeasyPrint then takes the line for one that no break can mend, and puts its first
word alone on it, with room for a dozen more. Asked again for a slightly narrower line, it breaks one word earlier,
and the line fits. Delete this module when WeasyPrint asks again itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kitabat.rendering.pdf.guard import fits

SHRINKING = (0.99, 0.98, 0.96, 0.94, 0.9)
"""Shares of the width to ask for, one after the other."""
ROOM = 0.5
"""A line that fills less than this of its width and holds one word only was broken too early."""

Split = Callable[..., tuple[Any, int, int | None, float, float, float]]


def install(version: str) -> bool:
    """Wrap WeasyPrint's line breaking once a process; False where it is not the version that this was written for."""
    if not fits(version):
        return False
    from weasyprint.layout import inline

    if not hasattr(inline.split_first_line, "remedied"):
        inline.split_first_line = remedied(inline.split_first_line)
    return True


def remedied(split_first_line: Split) -> Split:
    """Return the function with a second try for lines that hold their first word only."""

    def split(
        text: str,
        style: Any,
        context: Any,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,  # noqa: FBT001 - WeasyPrint's own signature
        minimum: bool = False,  # noqa: FBT001
    ) -> tuple[Any, int, int | None, float, float, float]:
        line = split_first_line(text, style, context, max_width, justification_spacing, is_line_start, minimum)
        if minimum or max_width is None or not _broken_too_early(text, line, max_width):
            return line
        for share in SHRINKING:
            other = split_first_line(
                text, style, context, max_width * share, justification_spacing, is_line_start, minimum
            )
            if other[1] > line[1] and other[3] <= max_width:
                return other
        return line

    split.remedied = True  # type: ignore[attr-defined]
    return split


def _broken_too_early(text: str, line: tuple[Any, int, int | None, float, float, float], max_width: float) -> bool:
    _, length, resume, width, _, _ = line
    if resume is None or width > ROOM * max_width:
        return False
    return " " not in text.encode()[:length].decode("utf-8", "ignore").strip(" ")
