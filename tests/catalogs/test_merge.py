"""Catalogs brought up to date."""

from __future__ import annotations

import codecs
import dataclasses
import re

import pytest
from tests.catalogs.articles import article, read
from tests.catalogs.gettext_oracle import run
from tests.catalogs.merging import EDITED, HEADER, LONG, NOW, OWN, TARGET, entry, merged

from kitabat.catalogs.extract import article_entries
from kitabat.catalogs.merge import MergeReport, merge
from kitabat.catalogs.po_entry import PoEntry, Previous


def test_a_new_catalog() -> None:
    made = merged(None, ("x", "One"), ("x", "Two"))
    assert made.report == MergeReport(added=2)
    assert (
        made.content.decode()
        == """\
msgid ""
msgstr ""
"Project-Id-Version: a\\n"
"POT-Creation-Date: 2026-03-03 00:00+0000\\n"
"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n"
"Last-Translator: \\n"
"Language-Team: \\n"
"Language: ur\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#. paragraph
#: content/a.md:1
msgctxt "x"
msgid "One"
msgstr ""

#. paragraph
#: content/a.md:3
msgctxt "x"
msgid "Two"
msgstr ""
"""
    )
    assert merged(b"", ("x", "One"), ("x", "Two")).content == made.content


def test_what_has_not_changed_is_the_same_object() -> None:
    old = (
        HEADER
        + entry("x", "One", "ایک", "#  mine \n#, no-wrap\n")
        + entry("x", "Two", "", number=3)
        + '\n\n#~ msgid "z"\n#~ msgstr "ز"\n\n\n'
    ).encode()
    sources = article_entries(article(("x", "One"), ("x", "Two")))
    outcome = merge(old, sources, TARGET)
    assert outcome.value is not None
    assert outcome.value.content is old
    assert outcome.value.report == MergeReport(unchanged=2)


def test_references_alone_do_not_change_the_date() -> None:
    old = HEADER + entry("x", "One", "ایک", "# mine\n#, no-wrap\n", number=40)
    made = merged(old, ("x", "One"))
    assert made.content.decode() == old.replace("md:40", "md:1")


def test_only_the_date_of_the_header_changes() -> None:
    old = (HEADER + entry("x", "One", "ایک")).replace("\n", "\r\n")
    made = merged(old, ("x", "One"), ("x", "Two")).content.decode()
    assert made.startswith(old.replace("2025-01-01 00:00", "2026-03-03 00:00"))
    assert "\n" not in made.replace("\r\n", "")


def test_an_edited_message_is_fuzzy_with_its_previous_source() -> None:
    old = (
        HEADER
        + entry("x", "Before.", "پہلے۔")
        + entry("x", LONG, "ماسکو", "# mine\n#, no-wrap\n")
        + entry("x", "After.", "بعد۔")
    )
    made = merged(old, ("x", "Before."), ("x", EDITED), ("x", "After."))
    assert made.report == MergeReport(changed=1, unchanged=2)
    found = read(made.content).entries[1]
    assert found.msgstr == ("ماسکو",)
    assert (found.flags, found.previous, found.comments) == (("fuzzy", "no-wrap"), Previous("x", LONG), ("mine",))
    twice = merged(made.content, ("x", "Before."), ("x", EDITED.replace("pledged", "vowed")), ("x", "After."))
    assert read(twice.content).entries[1].previous == Previous("x", LONG)
    back = merged(twice.content, ("x", "Before."), ("x", LONG), ("x", "After."))
    assert read(back.content).entries[1].msgstr == ("ماسکو",)
    assert read(back.content).entries[1].is_fuzzy


def test_a_message_rewritten_between_the_same_neighbours_keeps_its_translation() -> None:
    old = HEADER + entry("x", "Before.", "پہلے۔") + entry("x", LONG, "ماسکو") + entry("x", "After.", "بعد۔")
    rewritten = "Its quarrel with Washington has brought Pyongyang a pledge from the Kremlin to help."
    assert read(merged(old, ("x", "Before."), ("x", rewritten), ("x", "After.")).content).entries[1].msgstr == (
        "ماسکو",
    )
    assert merged(old, ("x", "Before."), ("x", "Quite another story"), ("x", "After.")).report.obsolete == 1


def test_an_untranslated_message_that_is_edited_is_not_fuzzy() -> None:
    old = HEADER + entry("x", LONG, "", "# keep me\n")
    made = merged(old, ("x", EDITED))
    found = read(made.content).entries[0]
    assert (found.flags, found.previous, found.comments) == ((), None, ("keep me",))
    assert read(made.content).obsolete == ()


def test_messages_that_vanish_keep_all_they_had_and_come_back() -> None:
    old = (
        HEADER
        + entry("x", "One", "ایک", "# mine\n#, no-wrap\n")
        + entry("x", "Two", "", "")
        + entry("x", "Three", "تین", "#, fuzzy\n").replace("\nmsgctxt", '\n#| msgid "3"\nmsgctxt')
    )
    gone = merged(old, ("y", "Something else altogether"))
    assert gone.report == MergeReport(added=1, obsolete=2)
    first, third = read(gone.content).obsolete
    assert (first.comments, first.flags, first.references, first.extracted) == (
        ("mine",),
        ("no-wrap",),
        (),
        ("paragraph",),
    )
    assert (third.flags, third.previous) == (("fuzzy",), Previous(None, "3"))
    assert '#~| msgid "3"' in gone.content.decode()
    back = merged(gone.content, ("x", "One"), ("x", "Two"), ("x", "Three"))
    assert back.report == MergeReport(added=1, revived=2)
    one, _, three = read(back.content).entries
    assert (one.msgstr, one.flags, one.comments) == (("ایک",), ("no-wrap",), ("mine",))
    assert (three.msgstr, three.is_fuzzy, three.previous) == (("تین",), True, Previous(None, "3"))


def test_two_sections_that_share_a_sentence_never_swap() -> None:
    shared, new = "He said that it was a new day.", "He said that it was a brand new day."
    old = HEADER + entry("b", shared, "بی") + entry("a", shared, "اے")
    made = merged(old, ("a", shared), ("b", shared))
    assert [found.msgstr[0] for found in read(made.content).entries] == ["اے", "بی"]
    edited = merged(old, ("a", new), ("b", new))
    assert [(found.msgstr[0], found.previous) for found in read(edited.content).entries] == [
        ("اے", Previous("a", shared)),
        ("بی", Previous("b", shared)),
    ]


def test_a_sentence_that_an_article_says_once_more_is_offered_its_translation() -> None:
    old = HEADER + entry("a", LONG, "ماسکو", "# mine\n")
    made = merged(old, ("a", LONG), ("b", LONG), ("c", LONG.replace("its quarrel", "a quarrel")))
    first, second, third = read(made.content).entries
    assert (first.msgstr, first.is_fuzzy, first.comments) == (("ماسکو",), False, ("mine",))
    assert (second.msgstr, second.previous, second.comments) == (("ماسکو",), Previous("a", LONG), ())
    assert (third.msgstr, third.previous, third.comments) == (("ماسکو",), Previous("a", LONG), ())


def test_a_section_with_a_new_id_keeps_its_translations() -> None:
    old = (
        HEADER
        + entry("introduction", "Introduction", "تعارف")
        + entry("introduction", LONG, "ماسکو")
        + entry("end", LONG, "اختتام")
    )
    made = merged(old, ("an-introduction", "An introduction"), ("an-introduction", LONG), ("end", LONG))
    heading, text, end = read(made.content).entries
    assert (heading.msgstr, heading.previous) == (("تعارف",), Previous("introduction", "Introduction"))
    assert (text.msgstr, text.flags, end.msgstr) == (("ماسکو",), (), ("اختتام",))
    assert made.report == MergeReport(changed=1, moved=1, unchanged=1)


def test_a_renamed_section_of_one_edited_message() -> None:
    old = HEADER + entry("old", LONG, "ماسکو")
    [found] = read(merged(old, ("new", EDITED)).content).entries
    assert (found.msgstr, found.previous) == (("ماسکو",), Previous("old", LONG))


def test_a_message_that_moves_is_sure_only_where_its_text_is_unique() -> None:
    old = (
        HEADER
        + entry("a", "Alone.", "تنہا")
        + entry("a", "Both.", "اے")
        + entry("b", "Both.", "بی")
        + entry("c", "Stays.", "رہا")
    )
    made = merged(old, ("c", "Stays."), ("c", "Alone."), ("c", "Both."), ("b", "Both."))
    stays, alone, both, _ = read(made.content).entries
    assert (alone.msgstr, alone.is_fuzzy) == (("تنہا",), False)
    assert (both.msgstr, both.flags, both.previous) == (("اے",), ("fuzzy",), Previous("a", "Both."))
    assert not stays.is_fuzzy


def test_an_obsolete_text_of_another_section_is_sure_where_no_other_has_it() -> None:
    gone = '\n#~ msgctxt "gone"\n#~ msgid "Alone."\n#~ msgstr "تنہا"\n'
    [found] = read(merged(HEADER + gone, ("new", "Alone.")).content).entries
    assert (found.msgstr, found.flags, found.previous) == (("تنہا",), (), None)
    two = gone + gone.replace("gone", "gone-too").replace("تنہا", "اکیلا")
    [found] = read(merged(HEADER + two, ("new", "Alone.")).content).entries
    assert (found.msgstr, found.flags, found.previous) == (("تنہا",), ("fuzzy",), Previous("gone", "Alone."))


def test_a_section_that_has_anothers_id_has_not_its_translations() -> None:
    old = HEADER + "".join(
        entry(context, text, f"{context}: {text}", number=number)
        for number, (context, text) in enumerate(
            [
                ("s", "Summary"),
                ("s", "First."),
                ("s", "Shared."),
                ("s-2", "Summary"),
                ("s-2", "Second."),
                ("s-2", "Shared."),
            ]
        )
    )
    second = [("s", "Summary"), ("s", "Second."), ("s", "Shared.")]
    gone = read(merged(old, *second).content)
    assert [(found.msgstr[0], found.is_fuzzy) for found in gone.entries] == [
        (f"s-2: {text}", False) for _, text in second
    ]
    assert {(found.key, found.msgstr[0]) for found in gone.obsolete} == {
        (("s-2", "Summary"), "s: Summary"),
        (("s", "First."), "s: First."),
        (("s-2", "Shared."), "s: Shared."),
    }
    third = [("s", "Summary"), ("s", "Third."), ("s", "Shared.")]
    first = [("s-2", "Summary"), ("s-2", "First."), ("s-2", "Shared.")]
    more = read(merged(old, *third, *first, *(("s-3", text) for _, text in second)).content).entries
    assert [(found.msgstr[0], found.is_fuzzy) for found in more[3:]] == [
        *((f"s: {text}", False) for _, text in first),
        *((f"s-2: {text}", False) for _, text in second),
    ]
    assert all(found.is_fuzzy or not found.msgstr[0] for found in more[:3])


def test_a_new_section_with_a_sentence_of_one_that_is_gone_is_not_that_section() -> None:
    old = HEADER + "".join(
        entry(context, text, f"{context}: {text}", number=number)
        for number, (context, text) in enumerate([("a", "Alpha."), ("a", "Shared."), ("b", LONG), ("b", "Shared.")])
    )
    made = read(
        merged(
            old, ("a", "Alpha."), ("a", "Shared."), ("c", "Of fishing boats, and quite unlike."), ("c", "Shared.")
        ).content
    )
    assert (made.entries[1].msgstr, made.entries[1].flags) == (("a: Shared.",), ())
    assert (made.entries[3].msgstr, made.entries[3].previous) == (("b: Shared.",), Previous("b", "Shared."))


def test_near_identical_items_keep_their_order() -> None:
    items = [f"Item {number} costs {number}00 rupees." for number in range(1, 6)]
    old = HEADER + "".join(entry("x", item, f"شے {number}") for number, item in enumerate(items, 1))
    made = merged(old, *(("x", item.replace("rupees", "dollars")) for item in items))
    assert [found.msgstr[0] for found in read(made.content).entries] == [f"شے {number}" for number in range(1, 6)]


def test_the_catalog_of_the_source_language_follows_its_source() -> None:
    new = merged(None, ("x", LONG), ("x", "Two"), target=OWN)
    assert [found.msgstr[0] for found in read(new.content).entries] == [LONG, "Two"]
    follows = merged(new.content, ("x", EDITED), target=OWN)
    [found] = read(follows.content).entries
    assert (found.msgstr, found.flags, found.previous) == ((EDITED,), (), None)
    assert read(follows.content).obsolete == ()
    edited = follows.content.replace(b'msgstr ""\n"Moscow', b'msgstr ""\n"The Kremlin')
    assert edited != follows.content
    again = merged(edited, ("x", LONG), target=OWN)
    [found] = read(again.content).entries
    assert found.msgstr[0].startswith("The Kremlin")
    assert (found.flags, found.previous) == (("fuzzy",), Previous("x", EDITED))


def test_plural_messages_of_templates() -> None:
    source = PoEntry("%(n)s page", ("", ""), msgid_plural="%(n)s pages", references=("t.j2:1",))
    made = merge(None, [source], dataclasses.replace(TARGET, plural_forms="nplurals=3; plural=n%3;")).value
    assert made is not None
    assert read(made.content).entries[0].msgstr == ("", "", "")
    own = merge(None, [source], OWN).value
    assert own is not None
    assert read(own.content).entries[0].msgstr == ("%(n)s page", "%(n)s pages")
    singular = PoEntry("%(n)s page", ("",), references=("t.j2:1",))
    less = merge(
        own.content.replace(b'"%(n)s pages"\n\n', b'"pages!"\n').replace(
            b'msgstr[1] "%(n)s pages"', b'msgstr[1] "pages!"'
        ),
        [singular],
        TARGET,
    ).value
    assert less is not None
    [entry] = read(less.content).entries
    assert (entry.msgstr, entry.comments, entry.previous) == (
        ("%(n)s page",),
        ("pages!",),
        Previous(None, "%(n)s page", "%(n)s pages"),
    )
    more = merge(less.content, [source], TARGET).value
    assert more is not None
    assert read(more.content).entries[0].msgstr == ("%(n)s page", "%(n)s page")
    assert (less.report, more.report) == (MergeReport(changed=1), MergeReport(changed=1))


def test_a_catalog_at_fault_is_not_merged() -> None:
    outcome = merge(b"<<<<<<< HEAD\n", (), TARGET)
    assert outcome.value is None
    assert not outcome.ok


def test_a_catalog_without_a_header_gets_one() -> None:
    made = merged('msgctxt "x"\nmsgid "One"\nmsgstr "ایک"\n', ("x", "One"))
    assert read(made.content).header["language"] == "ur"
    assert made.content.endswith(b'\nmsgctxt "x"\nmsgid "One"\nmsgstr "\xd8\xa7\xdb\x8c\xda\xa9"\n')


@pytest.mark.parametrize(
    "field", ["", '"POT-Creation-Date: 2025-01-01 \\n"\n"00:00+0000\\n"\n', '"POT-Creation-Date: "\n"2025\\n"\n']
)
def test_odd_headers_get_the_date_too(field: str) -> None:
    old = HEADER.replace('"POT-Creation-Date: 2025-01-01 00:00+0000\\n"\n', field)
    assert read(merged(old, ("x", "One")).content).header["pot-creation-date"] == NOW


UNWRAPPED = "".join(entry("x", f"{LONG} {LONG} {number}", f"{LONG} {number}", number=3 + number) for number in range(3))


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("others", ["", UNWRAPPED])
def test_a_merge_keeps_byte_order_mark_line_ends_and_width(newline: str, mark: bytes, others: str) -> None:
    old = HEADER + others + entry("y", LONG, "ماسکو", "# mine\n", number=20)
    content = mark + old.replace("\n", newline).encode()
    kept = [(found.msgctxt or "", found.msgid) for found in read(old.encode()).entries[:-1]]
    sources = article_entries(article(*kept, ("y", EDITED)))
    made = merge(content, sources, TARGET).value
    assert made is not None
    assert made.content.startswith(mark)
    text = made.content.removeprefix(mark).decode()
    assert set(re.findall(r"\r\n|\r|\n", text)) == {newline}
    lines = text.split(newline)
    touched = ('msgid "Moscow', '"POT-Creation-Date', "#:")
    assert {line for line in old.split("\n") if not line.startswith(touched)} <= set(lines)
    assert any(len(line) > 80 for line in lines) == bool(others)
    again = merge(made.content, sources, TARGET).value
    assert again is not None
    assert again.content is made.content


@pytest.mark.parametrize("width", [50, 65, 76, 79, 80, 100, 140])
def test_a_merge_wraps_as_the_tool_did_that_wrote_the_file(width: int) -> None:
    """GNU msgcat writes the catalog in a width, and has nothing to change in it after the merge."""
    words = f"{LONG} {EDITED}".split()
    texts = [" ".join([*words[number:], *words[:number]]) for number in range(20)]
    old = HEADER + "".join(entry("x", text, f"{text} ", number=number) for number, text in enumerate(texts))
    content = run("msgcat", f"--width={width}", "-", content=old.encode()).stdout
    made = merged(content, *(("x", text) for text in texts[1:]), ("x", f"{texts[0]} And more of it, on another line."))
    again = run("msgcat", f"--width={width}", "-", content=made.content).stdout
    strings = [line for line in again.splitlines() if not line.startswith(b"#:")]
    assert [line for line in made.content.splitlines() if not line.startswith(b"#:")] == strings


def test_a_paragraph_that_a_new_heading_splits_brings_both_parts_along() -> None:
    one, two = "Moscow has pledged to stand by Pyongyang.", "Washington has said nothing of it so far."
    whole, parts = f"{one} {two}", ("ماسکو ساتھ دے گا۔", "واشنگٹن خاموش ہے۔")
    old = HEADER + entry("a", "Heading", "سرخی") + entry("a", whole, " ".join(parts), number=3)
    made = merged(old, ("a", "Heading"), ("a", one), ("b", "New heading"), ("b", two))
    _, first, heading, second = read(made.content).entries
    assert [(found.msgstr[0], found.previous) for found in (first, second)] == [
        (part, Previous("a", whole)) for part in parts
    ]
    assert heading.msgstr == ("",)
    back = merged(
        HEADER
        + entry("a", "Heading", "سرخی")
        + entry("a", one, parts[0], number=3)
        + entry("b", "New heading", "نئی سرخی", number=5)
        + entry("b", two, parts[1], number=7),
        ("a", "Heading"),
        ("a", whole),
    )
    joined = read(back.content).entries[1]
    assert (joined.msgstr, joined.previous) == ((" ".join(parts),), Previous("a", whole))


def test_a_sentence_of_both_parts_of_a_parted_section_is_sure_in_neither() -> None:
    texts = ["One of the first.", "Shared.", "One of the second."]
    old = HEADER + "".join(entry("s", text, f"s: {text}", number=line) for line, text in enumerate(texts, 1))
    made = merged(old, ("b", texts[0]), ("b", "Shared."), ("c", "Shared."), ("c", texts[2]))
    one, *shared, two = read(made.content).entries
    assert [(found.msgstr[0], found.is_fuzzy) for found in shared] == [("s: Shared.", True)] * 2
    assert (one.msgstr, two.msgstr, one.is_fuzzy, two.is_fuzzy) == (
        (f"s: {texts[0]}",),
        (f"s: {texts[2]}",),
        False,
        False,
    )


def test_what_went_from_a_section_is_not_sure_in_another_that_has_its_id_since() -> None:
    gone = '\n#~ msgctxt "s"\n#~ msgid "Shared."\n#~ msgstr "first"\n'
    old = HEADER + entry("s", "Of the second.", "دوسرا") + gone
    made = merged(old, ("s", "Of the first."), ("s", "Shared."), ("s-2", "Of the second."), ("s-2", "Shared."))
    _, first, _, second = read(made.content).entries
    assert all(found.is_fuzzy or not found.msgstr[0] for found in (first, second))
