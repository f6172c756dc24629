"""The short ways to what WeasyPrint asks of its styles: its own answers, for every property and kind of length."""

from __future__ import annotations

import functools
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.rendering.pdf import quick, render

SHEETS = (
    "",
    "direction: rtl; margin-inline-start: 3em; padding-left: 2px; border-left: solid; float: left",
    "position: absolute; inset-inline-end: 10%; width: calc(50% - 2px); font-size: calc(1em + 2px); color: var(--x)",
    "--x: red; display: inline; text-decoration: underline; border: 3px double; columns: 2; page: wide",
)


@functools.cache
def cascade(declarations: str) -> dict[str, tuple[Any, Any]]:
    """Return what a style sheet says, in WeasyPrint's form."""
    from weasyprint.css import preprocess_declarations, tinycss2

    found = preprocess_declarations("http://test", tinycss2.parse_blocks_contents(declarations))
    return {name: (value, (1, 0, (0, 0, 0))) for name, value, _ in found}


def style(declarations: str, *, parent: Any) -> Any:
    """Return a style of its own with nothing computed in it."""
    from weasyprint.css import ComputedStyle

    made = ComputedStyle(parent, cascade(declarations), None, None, None, None, {})
    made.root_style = parent or made
    return made


@pytest.mark.parametrize("declarations", SHEETS)
@pytest.mark.parametrize("family", SHEETS)
def test_a_style_finds_for_every_property_what_weasyprint_finds(declarations: str, family: str) -> None:
    render.load()
    from weasyprint.css import ComputedStyle
    from weasyprint.css.properties import INITIAL_VALUES

    own = [(made, getattr(ComputedStyle, made)) for made in ("__missing__", "__init__")]
    for name in sorted({*INITIAL_VALUES, "__x"} - {"font_family"}):
        answers = []
        for ways in (own, [(made, way.remedied) for made, way in own]):
            for made, way in ways:
                setattr(ComputedStyle, made, way)
            try:
                child = style(declarations, parent=style(family, parent=None))
                answers.append(repr((child[name], child.specified)))
            finally:
                for made, way in own:
                    setattr(ComputedStyle, made, way)
        assert answers[0] == answers[1], name


@pytest.mark.parametrize("declarations", SHEETS)
def test_an_anonymous_box_has_the_style_that_weasyprint_gives_it(declarations: str) -> None:
    render.load()
    from weasyprint.css import AnonymousStyle
    from weasyprint.css.properties import INITIAL_VALUES

    parent = style(declarations, parent=style("", parent=None))
    parent.cache = {}
    own = AnonymousStyle.__new__(AnonymousStyle)
    AnonymousStyle.__init__.remedied(own, parent)
    assert len(own) < len(AnonymousStyle(parent))
    # Logical properties are never asked for by their own names: there WeasyPrint has no answer to some.
    logical = {name for name in INITIAL_VALUES if "block_" in name or "inline_" in name}
    for name in sorted({*INITIAL_VALUES, "__x"} - {"font_family"} - logical):
        assert repr(AnonymousStyle(parent)[name]) == repr(own[name]), name


def test_the_style_of_a_first_letter_has_nothing_that_it_was_not_asked_for() -> None:
    render.load()
    from weasyprint.css import ComputedStyle

    for part in quick.PARTS:
        assert not ComputedStyle(None, {}, part, None, None, None, {})


@given(st.data())
def test_a_box_has_the_lengths_that_weasyprint_gives_it(data: st.DataObject) -> None:
    render.load()
    from weasyprint.css.properties import Dimension
    from weasyprint.formatting_structure.boxes import PageBox
    from weasyprint.layout import percent

    lengths = st.builds(Dimension, st.integers(0, 300), st.sampled_from(("px", "%"))) | st.just("auto")
    names = (*quick.ACROSS, *quick.ALONG, *quick.HEIGHTS)
    values: dict[str, Any] = {name: data.draw(lengths) for name in names}
    for name in ("max_width", "max_height"):
        values[name] = Dimension(data.draw(st.sampled_from((40, float("inf")))), "px")
    for name in ("padding_left", "padding_right", "padding_top", "padding_bottom"):
        values[name] = Dimension(data.draw(st.integers(0, 30)), "px")
    values |= dict.fromkeys(quick.BORDERS, data.draw(st.integers(0, 9)))
    values["border_collapse"] = data.draw(st.sampled_from(("separate", "collapse")))
    values["box_sizing"] = data.draw(st.sampled_from(("content-box", "border-box", "padding-box")))
    around = (data.draw(st.integers(1, 900)), data.draw(st.integers(1, 900) | st.just("auto")))
    page = around[1] != "auto" and data.draw(st.booleans())
    noted = []
    for way in (percent.resolve_percentages, percent.resolve_percentages.remedied):
        box = PageBox.__new__(PageBox) if page else SimpleNamespace()
        box.style = values
        way(box, around)
        noted.append(vars(box))
    assert noted[0] == noted[1]


def test_arithmetic_is_left_to_weasyprint() -> None:
    render.load()
    from weasyprint.css import functions
    from weasyprint.css.properties import Dimension

    (token,) = style("width: calc(50% - 2px)", parent=None).cascaded["width"][:1]
    for value in (token, (token, "auto"), (Dimension(1, "px"), "auto"), "auto", None, 0, Dimension(1, "%")):
        assert bool(functions.check_math(value)) == bool(functions.check_math.remedied(value))
    assert functions.check_math(token)


def test_another_weasyprint_is_left_alone() -> None:
    assert not quick.install("71.0")
