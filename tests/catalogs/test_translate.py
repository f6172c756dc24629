"""From .po files to versions of articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.catalogs.articles import article

from kitabat.catalogs.translate import WORD, Fuzzy, coverage, read_catalog, version, word_count
from kitabat.model.diagnostic import Location
from kitabat.model.message import Catalog, MessageKey, TranslationState
from kitabat.model.standing import Coverage
from kitabat.workspace import Memory

PATH = "locales/ur/LC_MESSAGES/a.po"
HEADER = 'msgid ""\nmsgstr ""\n"Language: ur\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
PO = (
    HEADER
    + """\
msgctxt "x"
msgid "Done"
msgstr "ہو گیا"

#, fuzzy
#| msgctxt "x"
#| msgid "Olde words"
msgctxt "x"
msgid "Old words"
msgstr "پرانے الفاظ"

#, fuzzy
#| msgctxt "y"
#| msgid "Elsewhere"
msgctxt "x"
msgid "Guessed"
msgstr "قیاس"

#, fuzzy
msgctxt "x"
msgid "Unsure"
msgstr "شاید"

msgctxt "x"
msgid "Blank"
msgstr "  "

#, fuzzy
#| msgid "No context"
msgctxt "x"
msgid "Empty and fuzzy"
msgstr ""

#~ msgctxt "x"
#~ msgid "Gone"
#~ msgstr "گیا"
"""
)
ONE = article(
    *(("x", text) for text in ("Done", "Old words", "Guessed", "Unsure", "Blank", "Empty and fuzzy", "Gone", "New"))
)


@pytest.mark.parametrize("date", ["0001-01-01 00:00+0000", "9999-12-31 23:59-1200", "2026-02-30 09:05+0500", "soon"])
def test_a_date_that_cannot_be_is_none(date: str) -> None:
    po = HEADER.replace('"Language', f'"PO-Revision-Date: {date}\\n"\n"Language')
    catalog = read_catalog(Memory({PATH: po}), "ur", PATH).value
    assert catalog is not None
    assert (catalog.language, catalog.revised) == ("ur", None)


def test_a_flag_in_a_line_of_the_new_sign_is_heeded() -> None:
    po = HEADER + '#= fuzzy\nmsgctxt "x"\nmsgid "One"\nmsgstr "ایک"\n'
    catalog = read_catalog(Memory({PATH: po}), "ur", PATH).value
    assert catalog is not None
    assert catalog.translations[MessageKey("x", "One")].state is TranslationState.FUZZY


def read(content: str, language: str = "ur") -> Catalog:
    outcome = read_catalog(Memory({PATH: content}), language, PATH)
    assert outcome.value is not None
    return outcome.value


def test_states_and_places() -> None:
    found = read(PO).translations
    states = {key.source: translation.state.value for key, translation in found.items()}
    assert states == {
        "Done": "translated",
        "Old words": "fuzzy",
        "Guessed": "fuzzy",
        "Unsure": "fuzzy",
        "Blank": "untranslated",
        "Empty and fuzzy": "untranslated",
    }
    assert [key.source for key, translation in found.items() if translation.edited_in_place] == ["Old words"]
    assert found[MessageKey("x", "Done")].location == Location(PATH, 8, 9)


@pytest.mark.parametrize(
    ("fuzzy", "shown"),
    [
        ("source", "ur ہو گیا translated|en Old words fuzzy|en Guessed fuzzy|en Unsure fuzzy"),
        ("keep", "ur ہو گیا translated|ur پرانے الفاظ fuzzy|en Guessed fuzzy|en Unsure fuzzy"),
    ],
)
def test_a_version(fuzzy: Fuzzy, shown: str) -> None:
    made = version(ONE, read(PO), "ur", fuzzy)
    rest = "en Blank untranslated|en Empty and fuzzy untranslated|en Gone untranslated|en New untranslated"
    texts = [f"{text.language} {text.text} {text.state.value}" for text in made.texts.values()]
    assert "|".join(texts) == f"{shown}|{rest}"
    assert (made.article, made.language) == (ONE, "ur")
    assert made.texts[MessageKey("x", "New")].location == Location("content/a.md", 15)


def test_the_version_in_the_language_of_the_source() -> None:
    own = read(PO, "en")
    texts = list(version(ONE, own, "en", "keep").texts.values())
    assert [text.text for text in texts[:3]] == ["ہو گیا", "Old words", "Guessed"]
    assert {text.state for text in texts} == {TranslationState.SOURCE}
    assert {text.language for text in texts} == {"en"}
    assert [text.text for text in version(ONE, None, "en").texts.values()] == [
        key.source for key in version(ONE, None, "en").texts
    ]


def test_coverage_counts_messages_and_words_of_the_source() -> None:
    assert coverage(ONE, read(PO), "ur") == Coverage(1, 3, 4, 1, 4, 11)
    assert coverage(ONE, None, "ur") == Coverage(0, 0, 8, 0, 0, 11)
    assert coverage(ONE, None, "en").share == 1.0
    assert coverage(article(), None, "ur").share == 1.0
    assert word_count("*The* [38th](https://a.b) __parallel__, اُردُو۔") == 7


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_words_of_ascii_are_counted_like_any_others(text: str) -> None:
    assert word_count(text) == len(WORD.findall(text))


def test_catalogs_that_cannot_be_read() -> None:
    assert read_catalog(Memory({}), "ur", PATH).diagnostics == ()
    outside = read_catalog(Memory({}), "ur", "../a.po")
    assert [fault.rule for fault in outside.diagnostics] == ["catalog/unreadable"]
    broken = read_catalog(Memory({PATH: "<<<<<<< a\n"}), "ur", PATH)
    assert broken.value is None
    assert not broken.ok


@pytest.mark.parametrize(
    ("named", "warned"), [("ur", False), ("ur_PK", False), ("UR", False), ("", False), ("fa", True)]
)
def test_the_language_of_the_header(named: str, warned: bool) -> None:
    outcome = read_catalog(Memory({PATH: PO.replace("Language: ur", f"Language: {named}")}), "ur", PATH)
    assert outcome.value is not None
    assert outcome.ok
    assert [(fault.rule, str(fault.location)) for fault in outcome.diagnostics] == [
        ("catalog/language", f"{PATH}:3:12")
    ] * warned


@pytest.mark.parametrize(
    ("previous", "shown"),
    [
        ("The dam was built in 1976 on the Indus.", "ur"),
        ("The council met in Lahore to vote on taxes.", "en"),
        ("Dam.", "en"),
    ],
)
def test_a_text_that_was_replaced_by_another_is_not_kept(previous: str, shown: str) -> None:
    now = "The dam was built in 1977 on the river Indus."
    entry = f'\n#, fuzzy\n#| msgctxt "x"\n#| msgid "{previous}"\nmsgctxt "x"\nmsgid "{now}"\nmsgstr "بند"\n'
    made = version(article(("x", now)), read(PO + entry), "ur", "keep")
    assert made.texts[MessageKey("x", now)].language == shown
