"""Two articles side by side: what is a pair, what is certain, and where they part."""

from __future__ import annotations

import pytest
from tests.catalogs.adoption.articles import aligned

from kitabat.catalogs.adoption.align import Match
from kitabat.catalogs.adoption.parting import parting

FRONT = "---\ntitle: {}\nsource: {}\n---\n\n"
EN, UR = FRONT.format("The treaty", "en"), FRONT.format("معاہدہ", "ur")


def pairs(source: str, target: str) -> dict[str, tuple[str, str]]:
    """Each text with its translation and the doubt in it; texts that are several have a bar between them."""
    return {
        _joined(match, 0): (_joined(match, 1), match.doubt)
        for match in aligned(EN + source, UR + target).matches
        if match.is_pair
    }


def _joined(match: Match, side: int) -> str:
    return " | ".join(node.key.source for node in (match.sources, match.targets)[side] if node.key)


def test_a_parallel_text_is_certain() -> None:
    found = pairs("One river.\n\n- Ravi\n- Beas\n", "ایک دریا۔\n\n- راوی\n- بیاس\n")
    assert found == {
        "The treaty": ("معاہدہ", ""),
        "One river.": ("ایک دریا۔", ""),
        "Ravi": ("راوی", ""),
        "Beas": ("بیاس", ""),
    }


def test_blocks_of_two_kinds_are_never_a_pair() -> None:
    found = pairs("- In 1960 the treaty was signed.\n", "۱۹۶۰ میں معاہدے پر دستخط ہوئے۔\n")
    assert list(found) == ["The treaty"]


def test_a_missing_item_shifts_no_other() -> None:
    source = "- The first bridge of 1901\n- The second one of 1932\n- The last, of 1985\n"
    target = "- ۱۹۰۱ کا پہلا پل\n- ۱۹۸۵ کا آخری پل\n"
    found = pairs(source, target)
    assert found["The first bridge of 1901"][0] == "۱۹۰۱ کا پہلا پل"
    assert found["The last, of 1985"] == ("۱۹۸۵ کا آخری پل", "")
    assert "The second one of 1932" not in found


def test_names_tell_neighbours_apart() -> None:
    source = "Moscow answered on the same day.\n\nPutin spoke for one hour.\n\nKarachi was silent all week.\n"
    target = "پوتن ایک گھنٹہ بولے۔\n\nکراچی پورا ہفتہ خاموش رہا۔\n"
    found = pairs(source, target)
    assert found["Putin spoke for one hour."][0] == "پوتن ایک گھنٹہ بولے۔"
    assert found["Karachi was silent all week."][0] == "کراچی پورا ہفتہ خاموش رہا۔"


def test_where_nothing_tells_neighbours_apart_none_is_certain() -> None:
    found = pairs("- red\n- dry\n- old\n", "- سرخ\n- پرانا\n")
    assert all(doubt for source, (_, doubt) in found.items() if source != "The treaty")


@pytest.mark.parametrize(
    ("source", "target", "doubt"),
    [
        ("It opened in 1932.", "یہ ۱۹۳۳ میں کھلا۔", "the numbers differ: 1932 and 1933"),
        ("Three men came.", "۳ آدمی آئے۔", ""),
        ("About 20 million people came.", "تقریباً دو کروڑ لوگ آئے۔", ""),
        ("About 20 million people came.", "تقریباً دو لاکھ لوگ آئے۔", "the numbers differ: 20000000 and none"),
        ("From 1950 to 1953.", "۱۹۵۰ سے ۵۳ تک۔", ""),
        ("See [it](https://a.example).", "[اسے](https://b.example) دیکھیے۔", "the addresses differ"),
        ("Run `sync` now.", "اب `build` چلائیے۔", "the code differs"),
        ("It ended.[^1]\n\n[^1]: In May.", "یہ ختم ہوا۔\n\n[^1]: مئی میں۔", "the footnote marks differ: 1 and 0"),
        ("It rains.", "یہاں بارش ہوتی ہے " * 12, "the lengths differ far"),
    ],
)
def test_what_contradicts_is_not_certain(source: str, target: str, doubt: str) -> None:
    found = pairs(f"{source}\n", f"{target}\n")
    told = found[source.split("\n", maxsplit=1)[0]][1]
    assert told.startswith(doubt)
    assert bool(told) == bool(doubt)


def test_headings_of_another_level_are_not_certain() -> None:
    found = pairs("## History\n\nOne.\n", "### تاریخ\n\nایک۔\n")
    assert found["History"] == ("تاریخ", "the heading is of another level")


def test_a_missing_heading_leaves_what_is_below_it_paired() -> None:
    source = "## The pledge of 1961\n\nIt had 4 parts.\n\n## The war of 1950\n\nIt lasted 37 months.\n"
    target = "## ۱۹۶۱ کا وعدہ\n\nاس کے ۴ حصے تھے۔\n\nیہ ۳۷ مہینے چلی۔\n"
    found = pairs(source, target)
    assert found["It lasted 37 months."][0] == "یہ ۳۷ مہینے چلی۔"
    assert "The war of 1950" not in found


def test_columns_are_told_by_their_place_and_by_what_is_in_them() -> None:
    source = "| River | Length | Flow |\n|---|---|---|\n| Indus | 3180 | 110 |\n| Ravi | 720 | 8 |\n"
    target = "| دریا | بہاؤ |\n|---|---|\n| سندھ | ۱۱۰ |\n| راوی | ۸ |\n"
    found = pairs(source, target)
    assert found["110"][0] == "۱۱۰"
    assert found["Flow"][0] == "بہاؤ"
    assert "3180" not in found


def test_pictures_are_told_by_their_files() -> None:
    source = '![A bridge](a.jpg "Old")\n\n![A dam](b.jpg "New")\n'
    found = pairs(source, '![بند](b.jpg "نیا")\n')
    assert found["A dam"] == ("بند", "")
    assert found["New"] == ("نیا", "")
    assert "A bridge" not in found


def test_front_matter_is_paired_by_its_keys() -> None:
    source = "---\ntitle: One\nauthor: Khan\nsource: en\ntags: [Water, Trade]\n---\n\nText\n"
    target = "---\nsource: ur\ntags: [پانی, تجارت]\nauthor: خان\ntitle: ایک\nsummary: خلاصہ\n---\n\nمتن\n"
    found = {_joined(match, 0): _joined(match, 1) for match in aligned(source, target).matches}
    assert found == {"One": "ایک", "Khan": "خان", "Water": "پانی", "Trade": "تجارت", "": "خلاصہ", "Text": "متن"}


def test_code_and_empty_cells_are_no_texts() -> None:
    source = "```\nx = 1\n```\n\n| a | |\n|---|---|\n| | b |\n\n- \n"
    target = "```\nx = 1\n```\n\n| الف | |\n|---|---|\n| | ب |\n\n- متن\n"
    assert pairs(source, target) == {"The treaty": ("معاہدہ", ""), "a": ("الف", ""), "b": ("ب", "")}


def test_the_report_names_lines_of_both_texts() -> None:
    source = "Red and long.\n\n- Of 1901\n- Of 1932\n\nThe end came in May.\n"
    target = "سرخ اور لمبا۔\n\n- ۱۹۰۱ کا\n\nانجام مئی میں ہوا۔ یہ بات سب جانتے ہیں۔\n\n> ایک اقتباس\n"
    told = list(parting(aligned(EN + source, UR + target).matches, "content/a.md", "a.ur.md"))
    assert told[0] == "content/a.md:9 | a.ur.md, after line 8: list item without a translation: Of 1932"
    assert told[-1] == "content/a.md, after line 11 | a.ur.md:12: quotation without a source, left out: ایک اقتباس"
