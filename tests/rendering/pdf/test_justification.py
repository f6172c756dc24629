"""Justified lines are flush on both sides, and no space is wider than a reader bears."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from tests.rendering.pdf.boxes import Line, lines

from kitabat.rendering.pdf import justification, render

URDU = (
    "خبر دیر سے آتی تو کالم دوبارہ لکھنا پڑتا، اور یہ مشقت <em>ہر روز</em> نئے سرے سے ہوتی۔ پھر بھی "
    "<bdi dir=ltr lang=en>Ahmed Mirza Jamil</bdi> بیسویں صدی <bdi dir=ltr lang=en>(Monotype)</bdi> کے آخری "
    "<a href=x>برسوں تک بہت</a> سے اردو اخبار اسی طرح نکلتے رہے۔"
)
ENGLISH = (
    "The news came late and the column was <em>written</em> again, every day, in the hand of one scribe or another."
)
WIDTHS = range(230, 420, 7)
JUSTIFIED = "p { text-align: justify }"
NEAR = 0.6
"""CSS pixels: WeasyPrint measures text in steps of about a thousandth of a pixel, and shapes it anew."""


def all_lines(html: str, style: str, lang: str = "ur") -> list[Line]:
    found = [line for block in lines(html, WIDTHS, style, lang) for line in block]
    assert len(found) > len(WIDTHS)
    return found


@pytest.mark.parametrize(("html", "lang"), [(URDU, "ur"), (ENGLISH, "en")])
def test_lines_are_flush_on_both_sides(html: str, lang: str) -> None:
    found = all_lines(html, JUSTIFIED, lang)
    start, end = ("right", "left") if lang == "ur" else ("left", "right")
    assert [line for line in found if abs(getattr(line, start)) > NEAR] == []
    assert [line for line in found if getattr(line, end) < -NEAR] == []
    short = [line for line in found if not line.last and getattr(line, end) > NEAR]
    assert len(short) < 0.05 * len(found)


def test_the_last_line_is_not_stretched() -> None:
    ragged = [line.left for line in all_lines(URDU, "") if line.last]
    assert [line.left for line in all_lines(URDU, JUSTIFIED) if line.last] == pytest.approx(ragged, abs=NEAR)


def test_nor_is_a_line_before_a_break() -> None:
    (couplet,) = lines("قلم ہاتھ سے چھوٹ کر بھی رواں ہے<br>وہی دائرے ہیں، وہی کہکشاں ہے", [600], JUSTIFIED)
    assert all(line.left > 300 and abs(line.right) <= NEAR for line in couplet)


def test_spaces_grow_to_a_limit_only() -> None:
    (block,) = lines("دو لفظ " + "ب" * 60 + " اور", [160], JUSTIFIED)
    (plain,) = lines("دو لفظ " + "ب" * 60 + " اور", [160])
    assert block[0].text == plain[0].text == "دو لفظ"
    assert plain[0].left - block[0].left == pytest.approx(14 * justification.MOST, abs=NEAR)


def test_the_first_line_is_indented_at_its_beginning() -> None:
    found = all_lines(URDU, JUSTIFIED + "p { text-indent: 20px }")
    assert [line.right for line in found if line.first] == pytest.approx([20] * len(WIDTHS), abs=NEAR)
    assert [line for line in found if line.left < -NEAR] == []


def test_a_box_of_its_own_place_may_end_a_line() -> None:
    away = "<span style='position:absolute;width:40px'>اور متن </span>"
    assert [line.text.strip() for line in next(lines(f"متن {away}", [200]))] == ["متن"]


def test_plain_weasyprint_still_needs_the_remedies(monkeypatch: pytest.MonkeyPatch) -> None:
    render.load()
    from weasyprint.layout import inline

    for name in ("justify_line", "remove_last_whitespace"):
        monkeypatch.setattr(inline, name, getattr(inline, name).remedied)
    found = all_lines(URDU, JUSTIFIED + "p { text-indent: 20px }")
    assert [line for line in found if line.left < -NEAR] != [], "lines are flush by themselves"
    assert [line for line in found if line.first and line.right > 10] == [], "lines are indented on the right"


def test_another_version_is_left_alone() -> None:
    assert justification.install("71.0") is False
    assert justification.install("70.9") is True


def test_a_line_without_text_is_let_through() -> None:
    line: Any = SimpleNamespace(style={"direction": "ltr"}, text_indent=0, width=0, children=())
    seen = []
    justification.reshaped(lambda _, found: seen.append(found))(None, line)
    assert seen == [line]
