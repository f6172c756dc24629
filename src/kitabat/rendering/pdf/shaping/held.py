"""A line's layout that need not be made again to be drawn; imported once WeasyPrint is there."""

from __future__ import annotations

from typing import Any

from weasyprint.text.line_break import Layout

from kitabat.rendering.pdf.shaping.runs import Run
from kitabat.rendering.pdf.shaping.setting import Setting


class Held(Layout):  # type: ignore[misc] # WeasyPrint has no types
    """WeasyPrint's layout of a line with the runs that Pango found in it, without a layout of Pango's own.

    That one is made when somebody asks for it.
    """

    def __init__(self, setting: Setting, text: str, spacing: float, max_width: float | None) -> None:
        self.setting, self.text, self.justification_spacing, self.max_width = setting, text, spacing, max_width
        self.runs: tuple[Run, ...] = ()
        """Without what justification makes of them."""
        self.first_line_direction = 0
        self.waiting: Any = setting.style
        """The style that the layout is to be made with; None while it is not active."""
        self.__dict__ |= setting.metrics

    def __getattr__(self, name: str) -> Any:
        """Return what only an active layout has."""
        style = self.__dict__.get("waiting")
        if name not in ("layout", "language", "style") or style is None:
            raise AttributeError(name)
        self.waiting = None
        Layout.reactivate(self, style)
        return self.__dict__[name]

    def reactivate(self, style: Any) -> None:
        """Be ready to be drawn."""
        self.waiting = style

    def deactivate(self) -> None:
        """Free what Pango holds."""
        self.waiting = None
        for name in ("layout", "language", "style"):
            self.__dict__.pop(name, None)
