"""Remedies for how WeasyPrint 70 spaces out lines: no wider than a reader bears, and flush on both sides in Urdu.

WeasyPrint gives a line's missing width to its spaces, however few they are; in a narrow column the gaps of one line
then meet those of the next. Here a space grows by `MOST` at most, and what is still missing stays at the line's end.

Where a right-to-left line ends with a space that is to go, WeasyPrint keeps the text as it was shaped with the space,
and moves the box instead. Once the line is spaced out, it is shaped anew without the space, and stands that far beside
the margin. So the text is shaped anew as soon as the space goes. And WeasyPrint indents the first line of a
right-to-left paragraph at its end. Delete each part when WeasyPrint does so itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kitabat.rendering.pdf.guard import fits

MOST = 0.5
"""What a space may gain, as a share of the font size: Latin's own is about a quarter, Nastaliq's an eighth."""

Justify = Callable[[Any, Any, float], None]
Strip = Callable[[Any, Any], None]


def install(version: str) -> bool:
    """Wrap WeasyPrint's two functions once a process; False where it is another version."""
    if not fits(version):
        return False
    from weasyprint.layout import inline

    if not hasattr(inline.justify_line, "remedied"):
        inline.justify_line = limited(inline.justify_line, inline.count_expandable_spaces)
        inline.remove_last_whitespace = reshaped(inline.remove_last_whitespace)
    return True


def limited(justify_line: Justify, count_spaces: Callable[[Any], int]) -> Justify:
    """Return the function with a limit to what each space gains."""

    def justify(context: Any, line: Any, extra_width: float) -> None:
        most = MOST * line.style["font_size"] * count_spaces(line)
        justify_line(context, line, min(extra_width, most))

    justify.remedied = justify_line  # type: ignore[attr-defined]
    return justify


def reshaped(remove_last_whitespace: Strip) -> Strip:
    """Return the function with a last box whose shape and place are those of its text, and the indent at the right."""

    def remove(context: Any, line: Any) -> None:
        if line.text_indent and line.style["direction"] == "rtl":
            for child in line.children:
                child.translate(dx=-line.text_indent, ignore_floats=True)
        chain = _last_boxes(line)
        last = chain[-1]
        before, width = getattr(last, "text", ""), getattr(last, "width", 0)
        remove_last_whitespace(context, line)
        text = getattr(last, "text", "")
        if not text or text == before or not last.pango_layout.first_line_direction % 2:
            return
        from weasyprint.layout.inline import create_layout

        layout = create_layout(text, last.style, context, None, last.justification_spacing)
        layout.deactivate()
        layout.max_width = last.pango_layout.max_width
        last.pango_layout = layout
        for box in chain[1:]:
            box.position_x += width - last.width

    remove.remedied = remove_last_whitespace  # type: ignore[attr-defined]
    return remove


def _last_boxes(line: Any) -> list[Any]:
    """Return a line, the last box in it, the last in that one, and so on; not those in a box of its own place."""
    from weasyprint.formatting_structure.boxes import InlineBox, LineBox

    chain = [line]
    while isinstance(chain[-1], LineBox | InlineBox) and chain[-1].children:
        chain.append(chain[-1].children[-1])
    return chain
