"""Latin words and digits within Urdu: as large as it looks, and on its baseline."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from tests.rendering.pdf.test_render import FONTS, STYLE

from kitabat import resources
from kitabat.rendering.fonts import NAMES
from kitabat.rendering.pdf.render import PdfJob, render_pdf
from kitabat.rendering.style import HOUSE_STYLE, NASKH, SHEETS

SHEET = STYLE + "".join(
    (resources.root() / "templates" / name).read_text(encoding="utf-8")
    for name in (*SHEETS["print"], HOUSE_STYLE.format(style="report"))
)
SIZE = 100
"""Points."""


def drawn(kind: str, inside: str) -> tuple[float, float]:
    """Return how far ink reaches above and below the baseline, in em of the Urdu text.

    A hairline stands on the baseline beside it, so that both are measured on the same page.
    """
    properties = {"--urdu-family": f'"{NAMES[kind]}"', **(NASKH if kind == "naskh" else {})}
    style = ":root{" + "".join(f"{name}:{value};" for name, value in properties.items()) + "}"
    style += f"@page{{size:900pt 600pt}}p{{font-size:{SIZE}pt!important;margin:0}}i{{display:inline-block;width:9pt;height:.2pt;background:red}}"
    html = f'<!doctype html><html lang="ur" dir="rtl"><title>ن</title><body><p><i></i>{inside}'
    with pypdfium2.PdfDocument(render_pdf(PdfJob("a.pdf", html, SHEET + style, FONTS)).content) as document:
        picture = document[0].render(scale=2).to_pil().convert("RGB")
    red, _, blue = picture.split()
    base = blue.point(lambda value: 255 * (value < 128))
    line = [
        row for row in range(base.height) if base.crop((0, row, base.width, row + 1)).getbbox() and is_red(picture, row)
    ]
    ink = red.point(lambda value: 255 * (value < 128)).getbbox()
    assert ink
    return (line[-1] + 1 - ink[1]) / 2 / SIZE, (ink[3] - line[-1] - 1) / 2 / SIZE


def is_red(picture: object, row: int) -> bool:
    crop = picture.crop((0, row, picture.width, row + 1))  # type: ignore[attr-defined] # Pillow's image
    return any(one[0] > 180 and one[1] < 120 for _, one in crop.getcolors(crop.width))


def latin(text: str) -> str:
    return f'<bdi dir="ltr" lang="en">{text}</bdi>'


@pytest.mark.parametrize("kind", sorted(NAMES))
def test_latin_words_are_as_large_as_urdu_looks_and_on_its_baseline(kind: str) -> None:
    low = sum(drawn(kind, letter)[0] for letter in "ہد") / 2
    assert drawn(kind, latin("x"))[0] == pytest.approx(low, rel=0.1)
    capital, digit = drawn(kind, latin("H")), drawn(kind, "۱")
    assert capital[0] == pytest.approx(digit[0], rel=0.12)
    for text in (latin("xH"), latin("15"), "<bdi dir=ltr>۱۵</bdi>", "12"):
        assert drawn(kind, text)[1] == pytest.approx(0, abs=0.03), text


def test_both_fonts_have_a_size_for_latin() -> None:
    assert re.search(r"--urdu-latin: \.92em", SHEET)
    assert NASKH["--urdu-latin"] == ".84em"
