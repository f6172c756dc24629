"""Pairs on their way into a catalog: names of the source, certain ones clean, others fuzzy, nothing overwritten."""

from __future__ import annotations

import pytest
from tests.catalogs.adoption.articles import article

from kitabat.catalogs.adoption.align import align
from kitabat.catalogs.adoption.carried import UNTOLD, Carrier
from kitabat.catalogs.adoption.fill import TWICE, Filled, filled, offers
from kitabat.catalogs.adoption.tree import tree
from kitabat.catalogs.extract import article_entries
from kitabat.catalogs.po_file import PoFile

EN = "---\ntitle: The treaty\nsource: en\n---\n\n"
UR = "---\ntitle: معاہدہ\nsource: ur\n---\n\n"


def adopted(source: str, target: str, catalog: str = "") -> tuple[dict[str, str], list[str], Filled]:
    """What the catalog says, the doubts, and the counts; a fuzzy translation ends with a question mark in brackets."""
    ours, theirs = article(EN + source), article(UR + target, "a.ur.md")
    alignment = align(tree(ours), tree(theirs))
    found, told = offers(alignment.matches, Carrier(ours, theirs, alignment))
    file = PoFile.parse(catalog.encode(), "a.po").value
    assert file
    if not catalog:
        file = file.with_entries(article_entries(ours))
    result = filled(file, found)
    said = {entry.msgid: entry.msgstr[0] + (" (?)" if entry.is_fuzzy else "") for entry in result.file.entries}
    return said, [match.doubt for match in told if match.doubt], result


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("It ended.[^a]\n\n[^a]: In May.", "یہ ختم ہوا۔[^الف]\n\n[^الف]: مئی میں۔", "یہ ختم ہوا۔[^a]"),
        ("A [b](https://c.example).", "ایک [ب][د]۔\n\n[د]: https://c.example", "ایک [ب](https://c.example)۔"),
        ("A [b][x].\n\n[x]: https://c.example", "ایک [د]۔\n\n[د]: https://c.example", "ایک [د][x]۔"),
        ("A [b][x].\n\n[x]: https://c.example", "ایک [ب](https://c.example)۔", "ایک [ب](https://c.example)۔"),
        ("## End\n\nSee [it](#end).", "## انجام\n\n[اسے](#انجام) دیکھیے۔", "[اسے](#end) دیکھیے۔"),
        ("Write `[^1]` here.", "یہاں `[^1]` لکھیے۔", "یہاں `[^1]` لکھیے۔"),
        ("Not \\[a\\] link.", "یہ \\[ا\\] ربط نہیں۔", "یہ \\[ا\\] ربط نہیں۔"),
    ],
)
def test_names_become_those_of_the_source(source: str, target: str, expected: str) -> None:
    said, doubts, _ = adopted(f"{source}\n", f"{target}\n")
    assert expected in said.values()
    assert doubts == []


def test_what_cannot_be_carried_over_is_not_certain() -> None:
    said, doubts, _ = adopted("See [it](#lead).\n", "[اسے][^x] دیکھیے۔\n\n[^x]: حاشیہ\n")
    assert said["See [it](#lead)."].endswith(" (?)")
    assert doubts == ["the footnote marks differ: 0 and 1"]


def test_what_would_become_a_link_in_the_source_is_not_certain() -> None:
    said, doubts, _ = adopted("See [it](#lead).\n\n[sic]: https://x.example\n", "[اسے](#lead) [sic] دیکھیے۔\n")
    assert said["See [it](#lead)."] == "[اسے](#lead) [sic] دیکھیے۔ (?)"
    assert doubts == [UNTOLD]


def test_a_joined_paragraph_is_parted_by_sentences() -> None:
    source = "It rises in Tibet.[^1]\n\nIt flows a long way through Pakistan.\n\n[^1]: By most accounts.\n"
    target = "یہ تبت سے نکلتا ہے۔[^1] یہ پاکستان سے گزر کر دور تک بہتا ہے۔\n\n[^1]: اکثر کے نزدیک۔\n"
    said, doubts, result = adopted(source, target)
    assert said["It rises in Tibet.[^1]"] == "یہ تبت سے نکلتا ہے۔[^1] (?)"
    assert said["It flows a long way through Pakistan."] == "یہ پاکستان سے گزر کر دور تک بہتا ہے۔ (?)"
    assert doubts == ["two paragraphs became one paragraph"]
    assert (result.certain, result.fuzzy, result.kept, result.untranslated) == (2, 2, 0, 0)


def test_a_split_paragraph_brings_both_parts() -> None:
    source = "The river rises in Tibet, and it flows a long way through Pakistan to the sea.\n"
    said, doubts, _ = adopted(source, "دریا تبت سے نکلتا ہے۔\n\nیہ پاکستان میں دور تک بہہ کر سمندر میں جا گرتا ہے۔\n")
    assert said[source.strip()] == "دریا تبت سے نکلتا ہے۔ یہ پاکستان میں دور تک بہہ کر سمندر میں جا گرتا ہے۔ (?)"
    assert doubts == ["one paragraph became two paragraphs"]


def test_a_text_that_is_there_twice_with_two_translations_is_not_certain() -> None:
    said, doubts, _ = adopted("- Water\n- The market of 1932\n- Water\n", "- پانی\n- ۱۹۳۲ کا بازار\n- آب\n")
    assert said["Water"] == "پانی (?)"
    assert doubts == [TWICE]


def test_a_translators_work_is_kept_byte_for_byte() -> None:
    catalog = (
        '# mine\n#, fuzzy\nmsgctxt "@lead"\nmsgid "One river."\nmsgstr "میرا"\n\n'
        '#, no-wrap\nmsgctxt "@lead"\nmsgid "Two men."\nmsgstr ""\n\n#~ msgid "Old"\n#~ msgstr "پرانا"\n'
    )
    _, _, result = adopted("One river.\n\nTwo men.\n", "ایک دریا۔\n\nدو آدمی۔\n", catalog)
    assert result.file.content().decode() == catalog.replace('men."\nmsgstr ""', 'men."\nmsgstr "دو آدمی۔"')
    assert (result.certain, result.fuzzy, result.kept, result.untranslated) == (1, 0, 1, 0)


def test_a_catalog_with_nothing_open_is_not_touched() -> None:
    catalog = 'msgctxt "@lead"\nmsgid "One river."\nmsgstr "میرا"'
    _, _, result = adopted("One river.\n", "ایک دریا۔\n", catalog)
    assert result.file.content().decode() == catalog
