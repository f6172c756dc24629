"""Shorter ways to what WeasyPrint 70's layout finds anew for each page, line and box; the answers are its own.

Each page gets styles of its own for itself and for the sixteen boxes in its margins, and nearly all pages look alike;
each line is put beside floats, where there is none; and each box of a page is asked for backgrounds and round corners
that it does not have. Delete what WeasyPrint does as quickly itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kitabat.rendering.pdf.guard import put

REPLACED = {
    "layout.page.set_page_type_computed_styles": ("page_type", "html", "style_for"),
    "layout.float.avoid_collisions": ("context", "box", "containing_block", "outer"),
    "layout.background.layout_box_backgrounds": (
        "page", "box", "get_image_from_uri", "layout_children", "style",
    ),
    "layout.background.resolve_radii_percentages": ("box",),
    "css.StyleFor._page_type_match": ("page_selector_type", "page_type"),
}  # fmt: skip
"""What is replaced or called, and the parameters that it must have."""
RADII = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))

Function = Callable[..., Any]


def install(version: str) -> bool:
    """Put the short ways before WeasyPrint's own once a process; False where it is not what they were written for."""
    return put(
        version,
        REPLACED,
        {
            "layout.page.set_page_type_computed_styles": shared,
            "layout.float.avoid_collisions": free,
            "layout.background.layout_box_backgrounds": unadorned,
        },
    )


def shared(plain: Function) -> Function:
    """Return what gives a page its styles: those of another page that the same rules are for, if there is one."""

    def set_styles(page_type: Any, html: Any, style_for: Any) -> None:
        selectors = (
            selector
            for sheet, _, _ in style_for._sheets  # noqa: SLF001 - no other way to them
            for _, selectors, _ in sheet.page_rules
            for _, _, selector in selectors
        )
        matches = tuple(style_for._page_type_match(selector, page_type) for selector in selectors)  # noqa: SLF001
        # Lengths in shares of the first page are not known before it is made.
        key = matches, *map(style_for.initial_page_sizes.get, ("box", "area"))
        known = getattr(style_for, "pages_alike", None)
        if known is None:
            known = style_for.pages_alike = {}
        computed = style_for.get_computed_styles()
        if key in known:
            computed.update({(page_type, part): style for part, style in known[key].items()})
            return
        plain(page_type, html, style_for)
        parts = {part for element, part in style_for.get_cascaded_styles() if element == page_type}
        known[key] = {part: computed[page_type, part] for part in sorted(parts | {None}, key=str)}

    return set_styles


def free(plain: Function) -> Function:
    """Return what finds the room of a box beside floats: all the width, for a line where nothing floats."""
    from weasyprint.formatting_structure.boxes import LineBox

    def avoid(
        context: Any,
        box: Any,
        containing_block: Any,
        outer: bool = True,  # noqa: FBT001 - WeasyPrint's own signature
    ) -> Any:
        if type(box) is not LineBox or context.excluded_shapes or box.style["float"] != "none":
            return plain(context, box, containing_block, outer)
        left, top = containing_block.content_box_x(), box.position_y
        right = left + containing_block.width
        if outer:
            return right if containing_block.style["direction"] == "rtl" else left, top, right - left
        left += box.margin_left
        right -= box.margin_right
        start = right if containing_block.style["direction"] == "rtl" else left
        # Margins are added and taken away again as WeasyPrint does, which rounds so.
        return start - box.margin_left, top + box.margin_top - box.margin_top, right - left

    return avoid


def unadorned(plain: Function) -> Function:
    """Return what notes a box's background and round corners, and those of the boxes in it."""

    def note(
        page: Any,
        box: Any,
        get_image_from_uri: Any,
        layout_children: bool = True,  # noqa: FBT001 - WeasyPrint's own signature
        style: Any = None,
    ) -> None:
        own = box.style
        if style is not None or box is page or not (own.bare if hasattr(own, "bare") else _is_bare(own)):
            plain(page, box, get_image_from_uri, layout_children, style)
            return
        for name in RADII:
            setattr(box, name, (0, 0))
        if layout_children:
            for child in box.all_children():
                note(page, child, get_image_from_uri)
        box.background = None

    return note


def _is_bare(style: Any) -> bool:
    """Tell whether boxes of a style have neither background, shadow, picture at the border, nor round corners."""
    from weasyprint.draw.color import get_color

    style.bare = (
        all((0, "px") in style[name] for name in RADII)
        and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
        and style["visibility"] != "hidden"
        and not style["box_shadow"]
        and all(kind != "url" and not value for kind, value in style["background_image"])
        and get_color(style, "background_color").alpha == 0
    )
    return bool(style.bare)
