"""Line heights that are measured from the text."""

from __future__ import annotations

import pytest

from kitabat import resources
from kitabat.rendering.fonts import FACES, NAMES
from kitabat.rendering.leading import AIR, LEAST, SHARES, Extents, Font, css, leadings

FONTS = {
    kind: [Font((resources.root() / "fonts" / face.path).read_bytes()) for face in FACES if face.family == family]
    for kind, family in NAMES.items()
}
FLAT, TALL, DEEP = "اب وہ دن", "کشمکش کھینچی", "مستحکم فریقِ"


def test_extents_are_those_of_the_shaped_word() -> None:
    font = FONTS["nastaliq"][0]
    # A letter by itself is the font's own; a word climbs with every letter that is joined to it.
    heights = [font.extents([word]).above for word in ("ب", "بب", "ببب", "بببب")]
    assert heights == sorted(set(heights))
    assert font.extents(["کشمکش"]).above > font.line.above
    assert font.extents(["مستحکم"]).below > font.line.below - 0.05
    assert font.extents([]) == Extents(0, 0)


@pytest.mark.parametrize("kind", sorted(NAMES))
def test_the_last_height_is_safe_and_those_before_it_are_closer(kind: str) -> None:
    found = leadings([f"{FLAT} {TALL} {DEEP}"], [TALL], FONTS[kind], kind)
    both = Extents(0, 0)
    for font in FONTS[kind]:
        both = both.beside(font.extents(f"{FLAT} {TALL} {DEEP}".split()))
    assert found[-1].text == found[-1].small == pytest.approx(max(LEAST[kind], both.above + both.below + AIR))
    assert [one.text for one in found] == sorted({one.text for one in found})
    assert 1 <= len(found) <= len(SHARES)
    assert all(one.text >= LEAST[kind] for one in found)


def test_each_text_has_its_own_height() -> None:
    flat, tall = (leadings([text], [], FONTS["nastaliq"], "nastaliq")[-1] for text in (FLAT, TALL))
    assert flat.text == flat.head == LEAST["nastaliq"]
    assert tall.text > 2.6
    heading = leadings([FLAT], [TALL], FONTS["nastaliq"], "nastaliq")[-1]
    assert heading.head > 2.6
    assert leadings([TALL], [FLAT], FONTS["nastaliq"], "nastaliq")[-1].head == LEAST["nastaliq"]


def test_style_sheets_get_custom_properties() -> None:
    sheet = css(leadings([TALL], [TALL], FONTS["nastaliq"], "nastaliq")[-1])
    names = ("line-height", "line-head", "line-small", "above", "below")
    assert sheet.startswith(":root{")
    assert all(f"--urdu-{name}:" in sheet for name in names)
