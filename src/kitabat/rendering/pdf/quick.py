"""Shorter ways to what WeasyPrint 70 asks of its styles again and again; the answers are its own.

A document of ten pages asks a hundred thousand times for a property that no style sheet sets, or for a length that is
pixels already, and each goes through all that such a thing might be. Here what is plain is answered at once, and
anything else by WeasyPrint. Delete what it does as quickly itself.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from math import inf
from operator import itemgetter
from types import SimpleNamespace
from typing import Any

from kitabat.rendering.pdf.guard import everywhere, fits, takes

REPLACED = {
    "css.functions.check_math": ("token",),
    "css.ComputedStyle.__init__": (
        "self", "parent_style", "cascaded", "pseudo_type", "root_style", "base_url", "font_config",
        "initial_page_sizes",
    ),
    "css.ComputedStyle.__missing__": ("self", "key"),
    "css.AnonymousStyle.__init__": ("self", "parent_style"),
    "layout.percent.percentage": ("value", "computed", "refer_to"),
    "layout.percent.adjust_box_sizing": ("box", "axis"),
    "layout.percent.resolve_percentages": ("box", "containing_block"),
    "formatting_structure.boxes.Box.is_in_normal_flow": ("self",),
}  # fmt: skip
"""What is replaced or called, and the parameters that it must have."""
APART = frozenset({"page", "position", "float", "display"})
"""Properties that are found in ways of their own, as are those whose names begin as follows."""
DECORATION = "text_decoration_"
ACROSS = ("margin_left", "margin_right", "padding_left", "padding_right", "width", "min_width", "max_width")
ALONG = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
HEIGHTS = ("height", "min_height", "max_height")
BORDERS = ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width")
PARTS = frozenset({"first-letter", "first-line"})
"""Of these WeasyPrint's layout takes over whatever is in the style: here too, only what was asked for."""
AROUND = {"float": "position", "display": "float"}
"""Properties of which a style also keeps what was said, and the one that it must know before."""
MOST = 5000
"""Sets of lengths that are kept in pixels."""
LEAST = ("min_width", "min_height")
"""Of these, ``auto`` is nothing."""
FLOATED = frozenset({"left", "right", "inline-start", "inline-end", "footnote"})
POSITIONED = frozenset({"absolute", "fixed"})
TAKEN_OUT = frozenset({"running()", "note()"})

Function = Callable[..., Any]


def install(version: str) -> bool:
    """Put the short ways before WeasyPrint's own once a process; False where it is not what they were written for."""
    if not fits(version):
        return False
    from weasyprint.css import AnonymousStyle, ComputedStyle, computed_values, functions
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.layout import percent

    if hasattr(functions.check_math, "remedied"):
        return True
    if not takes(REPLACED):
        return False
    everywhere(functions.check_math, checked(functions.check_math))
    # The same few names are asked for: the name of a logical property by that of a physical one and the direction.
    names = computed_values.PHYSICAL_FUNCTIONS
    names.update({key: functools.cache(name) for key, name in names.items()})
    ComputedStyle.__missing__ = computed(ComputedStyle.__missing__)
    ComputedStyle.__init__ = prepared(ComputedStyle.__init__)
    AnonymousStyle.__init__ = filled(AnonymousStyle.__init__)
    everywhere(percent.percentage, resolved(percent.percentage))
    everywhere(percent.resolve_percentages, lengths(percent.resolve_percentages))
    Box.is_in_normal_flow = is_in_normal_flow
    return True


def checked(check_math: Function) -> Function:
    """Return the question whether a value has arithmetic in it."""
    from weasyprint.css.properties import Dimension

    plain = frozenset({Dimension, str, int, float, bool, type(None)})

    def check(token: Any) -> Any:
        kind = type(token)
        if kind in plain:
            return None
        if kind is tuple:
            for item in token:
                if type(item) not in plain:
                    return check_math(token)
            return False
        return check_math(token)

    return check


def computed(missing: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """Return how a style finds a property that it was not asked for yet."""
    from weasyprint.css import COMPUTER_FUNCTIONS, functions
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    apart = APART | {name for name in INITIAL_VALUES if name.startswith(DECORATION)}
    check = functions.check_math
    initial = {
        name: value for name, value in INITIAL_VALUES.items() if name not in INHERITED | apart and not check(value)
    }
    computing = {name: COMPUTER_FUNCTIONS[name] for name in INITIAL_NOT_COMPUTED if name in COMPUTER_FUNCTIONS}
    inherited = INHERITED - apart
    logical = _logical()
    relative = frozenset().union(*logical.values())

    def find(style: Any, key: str) -> Any:
        cascaded = style.cascaded
        if key in cascaded:
            return missing(style, key)
        if key in initial:
            value = initial[key]
        elif style.parent_style is not None and (key in inherited or key[:2] == "__"):
            value = style.parent_style[key]
            if check(value):
                return missing(style, key)
        elif key in AROUND:
            style[AROUND[key]]
            value = style.specified[key] = INITIAL_VALUES[key]
        else:
            return missing(style, key)
        if key in logical:
            own = style.__dict__
            said = own["said"] if "said" in own else own.setdefault("said", not relative.isdisjoint(cascaded))
            if said and not logical[key].isdisjoint(cascaded):
                return missing(style, key)
        if key in computing:
            value = computing[key](style, key, value)
        style[key] = value
        return value

    find.remedied = missing  # type: ignore[attr-defined]
    return find


def _ready() -> dict[str, Any]:
    """Return the properties that are not inherited, and as their initial values wherever no style sheet sets them."""
    from weasyprint.css import functions
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    return {
        name: value
        for name, value in INITIAL_VALUES.items()
        if name not in INHERITED | INITIAL_NOT_COMPUTED | APART
        and not name.startswith(DECORATION)
        and not functions.check_math(value)
    }


def prepared(plain: Function) -> Function:
    """Return the making of a style, which knows at once what no style sheet sets."""
    logical = _logical()
    relative = frozenset().union(*logical.values())
    ready = _ready()
    names = ready.keys()

    def made(style: Any, parent_style: Any, cascaded: Any, pseudo_type: Any, *more: Any) -> None:
        plain(style, parent_style, cascaded, pseudo_type, *more)
        if pseudo_type in PARTS:
            return
        style.update(ready)
        for name in names & cascaded.keys():
            del style[name]
        if not relative.isdisjoint(cascaded):
            for name in names & logical.keys():
                style.pop(name, None)

    made.remedied = plain  # type: ignore[attr-defined]
    return made


def filled(plain: Function) -> Function:
    """Return the making of an anonymous box's style, which knows at once what is not inherited."""
    ready = _ready()

    def made(style: Any, parent_style: Any) -> None:
        style.update(ready)
        plain(style, parent_style)

    made.remedied = plain  # type: ignore[attr-defined]
    return made


def _logical() -> dict[str, frozenset[str]]:
    """Return what properties such as ``margin_left`` may be called by the direction of the text."""
    from weasyprint.css import PHYSICAL_FUNCTIONS

    return {
        key: frozenset(name(block="ttb", inline=direction) for direction in ("ltr", "rtl"))
        for key, name in PHYSICAL_FUNCTIONS.items()
    }


def resolved(percentage: Function) -> Function:
    """Return what makes pixels of a percentage of a length."""
    from weasyprint.css.properties import Dimension

    def resolve(value: Any, computed: Any, refer_to: Any) -> Any:
        if type(value) is Dimension:
            number, unit = value
            if unit is not None:
                return refer_to * number / 100 if unit == "%" else number
        return percentage(value, computed, refer_to)

    return resolve


def lengths(plain: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return what notes a box's lengths in pixels on it."""
    from weasyprint.css.properties import Dimension
    from weasyprint.formatting_structure.boxes import PageBox
    from weasyprint.layout import percent

    asked = itemgetter("border_collapse", *ACROSS, *ALONG, *HEIGHTS, *BORDERS)
    known: dict[Any, dict[str, Any]] = {}

    def resolve(box: Any, containing_block: Any) -> None:
        style = box.style
        width, height = _size(containing_block)
        is_page = isinstance(box, PageBox)
        key = asked(style), width, height, is_page
        try:
            found = known.get(key)
        except TypeError:  # arithmetic
            plain(box, containing_block)
            return
        if found is None:
            scratch = SimpleNamespace(style=style)
            if (
                style["border_collapse"] == "collapse"
                or not _noted(scratch, ACROSS, width, Dimension)
                or not _noted(scratch, ALONG, height if is_page else width, Dimension)
                or not _heights_noted(scratch, height, Dimension)
            ):
                plain(box, containing_block)
                return
            if len(known) >= MOST:
                known.clear()
            found = known[key] = {**vars(scratch), **{name: style[name] for name in BORDERS}}
            del found["style"]
        box.__dict__.update(found)
        if style["box_sizing"] != "content-box":
            percent.adjust_box_sizing(box, "width")
            percent.adjust_box_sizing(box, "height")

    return resolve


def _noted(box: Any, names: tuple[str, ...], whole: Any, dimension: Any) -> bool:
    """Note lengths, and return whether all are such that it was possible."""
    style, noted = box.style, box.__dict__
    for name in names:
        value = style[name]
        if type(value) is dimension:
            number, unit = value
            if unit is None:
                return False
            noted[name] = whole * number / 100 if unit == "%" else number
        elif value == "auto":
            noted[name] = 0 if name in LEAST else value
        else:
            return False
    return True


def _heights_noted(box: Any, whole: Any, dimension: Any) -> bool:
    """Note the heights, where a percentage of one that is not known yet is none."""
    if whole != "auto":
        return _noted(box, HEIGHTS, whole, dimension)
    own = box.style["height"]
    if own != "auto" and (type(own) is not dimension or own.unit not in ("px", "%")):
        return False
    box.__dict__["height"] = "auto" if own == "auto" or own.unit == "%" else own.value
    least, most = HEIGHTS[1:]
    return _noted(box, (least,), 0, dimension) and _noted(box, (most,), inf, dimension)


def _size(block: Any) -> Any:
    """Return width and height of what a box stands in, which may be these two alone."""
    return block if isinstance(block, tuple) else (block.width, block.height)


def is_in_normal_flow(box: Any) -> bool:
    """Tell whether a box is where its neighbours leave it."""
    style = box.style
    position = style["position"]
    return style["float"] not in FLOATED and position not in POSITIONED and position[0] not in TAKEN_OUT
