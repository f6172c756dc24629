"""Where translations come from, and what of them is sure."""

from __future__ import annotations

import dataclasses

import pytest
from tests.catalogs.articles import article, read
from tests.catalogs.merging import EDITED, HEADER, LONG, OWN, PATH, TARGET, entry, merged

from kitabat.catalogs.extract import article_entries
from kitabat.catalogs.memory import Memory
from kitabat.catalogs.merge import MergeReport, merge
from kitabat.catalogs.po_entry import Previous

FIRST = "The minister opened a bridge over the river in April."
SECOND = "Nobody in the town had expected so many guests."
WHOLE = f"{FIRST} {SECOND}"


def test_a_split_paragraph_parts_its_translation() -> None:
    old = HEADER + entry("x", WHOLE, "پہلا۔ دوسرا۔", "# mine\n")
    one, two = read(merged(old, ("x", FIRST), ("x", SECOND)).content).entries
    assert (one.msgstr, one.comments, one.previous) == (("پہلا۔",), ("mine",), Previous("x", WHOLE))
    assert (two.msgstr, two.comments, two.previous) == (("دوسرا۔",), (), Previous("x", WHOLE))
    assert one.is_fuzzy
    assert two.is_fuzzy
    uneven = old.replace("پہلا۔ دوسرا۔", "پہلا اور دوسرا۔")
    assert [found.msgstr for found in read(merged(uneven, ("x", FIRST), ("x", SECOND)).content).entries] == [
        ("پہلا اور دوسرا۔",)
    ] * 2


def test_joined_paragraphs_bring_both_translations() -> None:
    old = HEADER + entry("x", FIRST, "پہلا۔", "# one\n", 1) + entry("x", SECOND, "دوسرا۔", "# two\n#, no-wrap\n", 3)
    made = merged(old, ("x", WHOLE))
    [found] = read(made.content).entries
    assert (found.msgstr, found.comments, found.flags) == (("پہلا۔ دوسرا۔",), ("one", "two"), ("fuzzy", "no-wrap"))
    assert found.previous == Previous("x", WHOLE)
    assert (made.report, read(made.content).obsolete) == (MergeReport(changed=1), ())
    nothing = merged(old.replace("پہلا۔", "").replace("دوسرا۔", ""), ("x", WHOLE))
    [found] = read(nothing.content).entries
    assert (found.msgstr, found.flags, found.previous) == (("",), ("no-wrap",), None)


@pytest.mark.parametrize("new", ["He said “a *new* day”.", 'He said "a _new_ day".', 'He  said "a *new*  day".'])
def test_an_edit_that_a_translation_does_not_see(new: str) -> None:
    old = HEADER + entry("x", 'He said \\"a *new* day\\".', "اس نے کہا *نیا* دن۔") + entry("x", LONG, "ماسکو")
    made = merged(old, ("x", new), ("x", LONG))
    found = read(made.content).entries[0]
    assert (found.msgid, found.msgstr, found.flags, found.previous) == (new, ("اس نے کہا *نیا* دن۔",), (), None)
    assert made.report == MergeReport(corrected=1, unchanged=1)
    own = merged(HEADER + entry("x", LONG, LONG), ("x", LONG.replace(" ", "  ")), target=OWN)
    assert read(own.content).entries[0].msgstr == (LONG.replace(" ", "  "),)


def test_of_two_that_are_alike_neither_is_sure() -> None:
    old = HEADER + entry("x", "A *new* day", "ایک", number=1) + entry("x", "A _new_ day", "دو", number=3)
    made = merged(old, ("x", "A  *new* day"), ("x", "A  _new_ day"))
    assert [(found.msgstr, found.is_fuzzy) for found in read(made.content).entries] == [
        (("ایک",), True),
        (("دو",), True),
    ]


def test_corrected_spelling_is_no_edit_where_the_editor_says_so() -> None:
    old = HEADER + entry("x", LONG.replace("pledged", "plegded"), "ماسکو")
    [found] = read(merged(old, ("x", LONG)).content).entries
    assert found.is_fuzzy
    typo = dataclasses.replace(TARGET, typo=True)
    made = merged(old, ("x", LONG), target=typo)
    [found] = read(made.content).entries
    assert (found.msgid, found.msgstr, found.flags, found.previous) == (LONG, ("ماسکو",), (), None)
    assert made.report == MergeReport(corrected=1)
    [found] = read(merged(old, ("x", LONG.replace("Moscow", "The Kremlin")), target=typo).content).entries
    assert found.is_fuzzy


def test_a_note_tells_which_number_or_name_is_another_until_somebody_has_looked() -> None:
    old = HEADER + entry("x", "In 2018 the two met in Hanoi, for talks.", "۲۰۱۸")
    once = merged(old, ("x", "In 2019 the two met in Hanoi, for talks."))
    assert read(once.content).entries[0].extracted == ("paragraph", "changed: 2018 → 2019")
    twice = merged(once.content, ("x", "In 2020 the two met in Seoul, for talks."))
    assert read(twice.content).entries[0].extracted == ("paragraph", "changed: 2018 → 2020, Hanoi → Seoul")
    text = twice.content.decode().replace("#, fuzzy\n", "")
    done = merged(text, ("x", "In 2020 the two met in Seoul, for talks."))
    assert read(done.content).entries[0].extracted == ("paragraph",)


def test_a_message_that_was_edited_and_moved_to_another_section() -> None:
    old = HEADER + entry("a", LONG, "ماسکو") + entry("a", "Stays.", "رہا") + entry("b", "Other.", "اور")
    made = merged(old, ("a", "Stays."), ("b", "Other."), ("b", EDITED))
    assert read(made.content).entries[2].previous == Previous("a", LONG)


def test_a_paragraph_that_was_replaced_by_another_comes_back_unfuzzy() -> None:
    old = HEADER + "".join(
        entry("x", source, text, before, number)
        for number, (source, text, before) in enumerate(
            [("Before.", "پہلے۔", ""), (LONG, "ماسکو", "# mine\n"), ("After.", "بعد۔", "")], 1
        )
    )
    other = "In its quarrel with Washington the North has found a friend at last."
    gone = merged(old, ("x", "Before."), ("x", other), ("x", "After."))
    offered = read(gone.content).entries[1]
    assert (offered.msgstr, offered.is_fuzzy, offered.previous) == (("ماسکو",), True, Previous("x", LONG))
    assert read(gone.content).obsolete[0].comments == ("mine",)
    back = merged(gone.content, ("x", "Before."), ("x", LONG), ("x", other), ("x", "After."))
    found = read(back.content).entries[1]
    assert (found.msgstr, found.flags, found.comments) == (("ماسکو",), (), ("mine",))


def test_a_paragraph_that_comes_back_beside_what_was_made_of_it() -> None:
    old = HEADER + entry("x", LONG, "ماسکو", "# mine\n")
    edited = merged(old, ("x", EDITED))
    both = read(merged(edited.content, ("x", LONG), ("x", EDITED)).content).entries
    assert [(found.msgstr, found.is_fuzzy, found.previous) for found in both] == [
        (("ماسکو",), True, Previous("x", LONG))
    ] * 2
    assert [found.comments for found in both] == [(), ("mine",)]


def test_a_message_that_comes_back_edited() -> None:
    old = HEADER + f'\n#~ msgctxt "gone"\n#~ msgid "{LONG}"\n#~ msgstr "ماسکو"\n'
    [found] = read(merged(old, ("new", EDITED)).content).entries
    assert (found.msgstr, found.previous) == (("ماسکو",), Previous("gone", LONG))


def remembered(*catalogs: str, path: str = "locales/ur/LC_MESSAGES/{}.po") -> Memory:
    return Memory(lambda: [read((HEADER + text).encode(), path.format(number)) for number, text in enumerate(catalogs)])


@pytest.mark.parametrize(
    ("catalogs", "msgstr", "fuzzy"),
    [
        ([entry("x", LONG, "ماسکو")], "ماسکو", False),
        ([entry("y", LONG, "ماسکو")], "ماسکو", True),
        ([entry("y", LONG.replace("quarrel", "quarrels"), "ماسکو")], "ماسکو", True),
        ([entry("x", LONG, "ماسکو"), entry("x", LONG, "کریملن"), entry("x", LONG, "کریملن")], "کریملن", True),
        ([entry("x", LONG, "ماسکو"), entry("y", LONG, "کریملن"), entry("z", LONG, "کریملن")], "ماسکو", False),
        ([entry("x", LONG, "ماسکو", "#, fuzzy\n")], "", False),
        ([entry("x", LONG, LONG)], "", False),
        ([entry("x", "Quite another thing", "اور")], "", False),
        ([], "", False),
    ],
)
def test_other_articles_are_the_last_to_be_asked(catalogs: list[str], msgstr: str, fuzzy: bool) -> None:
    sources = article_entries(article(("x", LONG)))
    made = merge(None, sources, TARGET, remembered(*catalogs)).value
    assert made is not None
    [found] = read(made.content).entries
    assert (found.msgstr, found.is_fuzzy, found.comments) == ((msgstr,), fuzzy, ())
    assert made.report == MergeReport(**{"changed" if fuzzy else "remembered" if msgstr else "added": 1})
    own = merge(None, sources, TARGET, remembered(*catalogs, path=PATH)).value
    assert own is not None
    assert read(own.content).entries[0].msgstr == ("",)
    first = merge((HEADER + entry("x", EDITED, "یہ")).encode(), sources, TARGET, remembered(*catalogs)).value
    assert first is not None
    assert read(first.content).entries[0].msgstr == ("یہ",)


def test_pieces_stay_neighbours_though_something_moves_between_them() -> None:
    old = HEADER + entry("x", WHOLE, "پہلا۔ دوسرا۔") + entry("y", "Moves.", "چلا۔") + entry("y", "Stays.", "رہا۔")
    made = merged(old, ("x", FIRST), ("x", "Moves."), ("x", SECOND), ("y", "Stays."))
    assert [found.msgstr[0] for found in read(made.content).entries] == ["پہلا۔", "چلا۔", "دوسرا۔", "رہا۔"]
    parted = merged(old, ("x", FIRST), ("y", "Moves."), ("y", "Stays."), ("x", SECOND))
    assert read(parted.content).entries[3].msgstr == ("",)


GONE = '\n#~ msgctxt "gone"\n#~ msgid "{}"\n#~ msgstr "ماسکو"\n'
OTHER_TEXT = "Nobody had seen the like of it in all those years."


def test_a_changed_message_without_a_translation_is_offered_one_from_farther_away() -> None:
    sources = article_entries(article(("x", EDITED)))
    old = HEADER + entry("x", LONG, "", "# mine\n#, no-wrap\n")
    for rest, memory, offered in (
        (GONE.format(LONG), remembered(), ("gone", LONG)),
        ("", remembered(entry("y", EDITED, "ماسکو")), ("y", EDITED)),
        (
            "",
            remembered(entry("y", EDITED.replace("quarrel", "quarrels"), "ماسکو")),
            ("y", EDITED.replace("quarrel", "quarrels")),
        ),
    ):
        made = merge((old + rest).encode(), sources, TARGET, memory).value
        assert made is not None
        [found] = read(made.content).entries
        assert (found.msgid, found.msgstr, found.comments) == (EDITED, ("ماسکو",), ("mine",))
        assert (found.flags, found.previous) == (("fuzzy", "no-wrap"), Previous(*offered))
        assert made.report == MergeReport(changed=1)
        again = merge(made.content, sources, TARGET, memory).value
        assert again is not None
        assert again.content == made.content
        assert len(read(made.content).obsolete) == bool(rest)
    sure = merge(old.encode(), sources, TARGET, remembered(entry("x", EDITED, "ماسکو"))).value
    assert sure is not None
    [found] = read(sure.content).entries
    assert (found.msgstr, found.flags, found.comments, found.previous) == (("ماسکو",), ("no-wrap",), ("mine",), None)
    untouched = merge(
        (HEADER + entry("x", EDITED, "")).encode(), sources, TARGET, remembered(entry("x", EDITED, "ماسکو"))
    ).value
    assert untouched is not None
    assert read(untouched.content).entries[0].msgstr == ("",)


def test_the_same_text_of_another_article_is_asked_for_before_what_is_left_of_a_text_in_its_place() -> None:
    rewritten = "In its quarrel with Washington the North has found a friend at last."
    sources = article_entries(article(("x", "Before."), ("x", rewritten), ("x", "After.")))
    old = HEADER + "".join(
        entry("x", text, f"ترجمہ {number}", number=number) for number, text in enumerate(("Before.", LONG, "After."))
    )
    for other, said in ((rewritten, "یہی"), (OTHER_TEXT, "ترجمہ 1")):
        made = merge(old.encode(), sources, TARGET, remembered(entry("y", other, "یہی"))).value
        assert made is not None
        found = read(made.content).entries[1]
        assert (found.msgstr, found.is_fuzzy) == ((said,), True)
