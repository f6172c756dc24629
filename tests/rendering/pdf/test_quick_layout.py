"""The short ways through WeasyPrint's layout: pages, lines and boxes as it makes them itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.rendering.pdf import quick_layout, render

PAGES = """
@page { margin: 10vw; size: 300px 200px; @bottom-center { content: counter(page) ' of ' counter(pages) } }
@page :first { margin: 5px; @top-left { content: 'First'; width: 10vh } }
@page :left { margin-left: 30px; @left-middle { content: string(title) } }
@page :nth(4) { background: yellow }
@page wide { size: 400px 200px; counter-increment: page 2 }
@page wide:nth(2 of wide) { margin: 7% }
section { break-before: page } h1 { string-set: title content() } .wide { page: wide } .right { break-before: right }
"""
BOXES = (
    "",
    "border-radius: 4px 0 5% 0",
    "direction: rtl; border-start-start-radius: 9px",
    "background-color: rgb(255 0 0 / 0%)",
    "background-color: currentColor; color: transparent",
    "background-color: red; visibility: hidden; border-radius: 2px",
    "background-image: url(x.png)",
    "background-image: linear-gradient(red, blue)",
    "background-image: none, none",
    "box-shadow: 1px 1px red",
    "border-image-source: url(x.png)",
)

numbers = st.integers(-500, 500) | st.floats(-500, 500)


def pages(monkeypatch: pytest.MonkeyPatch, *, own: bool) -> list[Any]:
    """Return the boxes of the pages of a document, with styles shared or as WeasyPrint makes them by itself."""
    weasyprint = render.load()
    from weasyprint.layout import page

    shared = page.set_page_type_computed_styles
    with monkeypatch.context() as patch:
        patch.setattr(page, "set_page_type_computed_styles", shared.remedied if own else shared)
        html = "".join(
            f"<section class='{kind}'><h1>{kind}<p>text" for kind in ("", "", "", "wide", "wide", "", "right")
        )
        return [one._page_box for one in weasyprint.HTML(string=html + f"<style>{PAGES}</style>").render().pages]


def described(box: Any) -> Any:
    """Return where a box is, what it says, and its children."""
    size = [getattr(box, name) for name in ("position_x", "position_y", "width", "height", "margin_left", "margin_top")]
    children = [described(child) for child in getattr(box, "children", ())]
    return type(box).__name__, size, getattr(box, "text", None), box.style["background_color"], children


def test_pages_are_laid_out_as_weasyprint_lays_them_out(monkeypatch: pytest.MonkeyPatch) -> None:
    made, own = pages(monkeypatch, own=False), pages(monkeypatch, own=True)
    assert list(map(described, made)) == list(map(described, own))
    assert len(made) > 7
    styles = [{id(page.style) for page in found} for found in (made, own)]
    assert len(styles[0]) < len(styles[1]) == len(own)
    for name in ("counter_increment", "counter_reset", "overflow", "size", "margin_top"):
        assert [page.style[name] for page in made] == [page.style[name] for page in own]


@given(st.data())
def test_a_line_has_the_room_that_weasyprint_gives_it(data: st.DataObject) -> None:
    render.load()
    from weasyprint.formatting_structure.boxes import LineBox
    from weasyprint.layout.float import avoid_collisions

    def block(**more: Any) -> Any:
        sides = ("margin_left", "margin_right", "margin_top", "margin_bottom", "padding_left", "padding_right")
        box = LineBox.__new__(LineBox)
        vars(box).update({name: data.draw(numbers) for name in (*sides, "position_x", "position_y", "width", "height")})
        edges = (
            "padding_top",
            "padding_bottom",
            *(f"border_{side}_width" for side in ("left", "right", "top", "bottom")),
        )
        vars(box).update(dict.fromkeys(edges, data.draw(numbers)), **more)
        return box

    around = block(style={"direction": data.draw(st.sampled_from(("ltr", "rtl"))), "float": "none"})
    line = block(style={"float": data.draw(st.sampled_from(("none", "none", "left"))), "direction": "ltr"})
    shapes = [block(style={"float": "left"})] if data.draw(st.booleans()) else []
    context, outer = SimpleNamespace(excluded_shapes=shapes), data.draw(st.booleans())
    assert avoid_collisions(context, line, around, outer) == avoid_collisions.remedied(context, line, around, outer)


def drawn(box: Any) -> Any:
    """Return what is drawn behind a box."""
    if box.background is None:
        return None
    colour, layers, _ = box.background
    return str(colour), [(type(image).__name__, *more) for image, *more in layers]


@pytest.mark.parametrize("declarations", BOXES)
def test_a_box_has_the_background_and_corners_that_weasyprint_gives_it(declarations: str) -> None:
    weasyprint = render.load()
    from weasyprint.layout.background import layout_box_backgrounds

    html = f"<style>div {{ {declarations} }} img {{ border-radius: 1px }}</style><div>a<p>b <i>c</i> <div>d</div></p></div>"
    noted = []
    for way in (layout_box_backgrounds, layout_box_backgrounds.remedied):
        page = weasyprint.HTML(string=html).render().pages[0]._page_box
        boxes = [page, *page.descendants()]
        for box in boxes:
            for name in (*quick_layout.RADII, "background"):
                vars(box).pop(name, None)
        asked: list[str] = []

        def image(url: str, asked: list[str] = asked, **_: Any) -> None:
            asked.append(url)

        way(page, page, image)
        noted.append(([([vars(box)[name] for name in quick_layout.RADII], drawn(box)) for box in boxes], asked))
    assert noted[0] == noted[1]


def test_another_weasyprint_is_left_alone() -> None:
    assert not quick_layout.install("71.0")
