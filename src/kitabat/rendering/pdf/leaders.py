"""A remedy for where WeasyPrint 70 breaks a line with a leader; `render.REMEDIES` alone knows of it.

Where an entry of a list of contents just fills its line, WeasyPrint breaks it before the dots, which then stand alone
on the next line with the number. Here nothing parts dots from what stands before them, so that the entry's last word
goes along. Delete this module when WeasyPrint does so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kitabat.rendering.pdf.guard import fits

FIRST_LETTER = 3
"""Place in what `split_inline_box` returns: whether a line may end before the box, or the letter that decides."""

Split = Callable[..., tuple[Any, ...]]


def install(version: str) -> bool:
    """Wrap WeasyPrint's breaking of boxes within lines once a process; False where it is another version."""
    if not fits(version):
        return False
    from weasyprint.layout import inline

    if not hasattr(inline.split_inline_box, "remedied"):
        inline.split_inline_box = remedied(inline.split_inline_box)
    return True


def remedied(split_inline_box: Split) -> Split:
    """Return the function with leaders that stay with what is before them."""

    def split(context: Any, box: Any, *rest: Any, **named: Any) -> tuple[Any, ...]:
        found = split_inline_box(context, box, *rest, **named)
        if not box.is_leader:
            return found
        return (*found[:FIRST_LETTER], False, *found[FIRST_LETTER + 1 :])

    split.remedied = split_inline_box  # type: ignore[attr-defined]
    return split
