"""Which words are looked at, and how often one is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.checks.examples import po_subject, source_subject

from kitabat.checks import spelling
from kitabat.checks.catalog import spelling as of_catalogs
from kitabat.checks.source import spelling as of_articles
from kitabat.checks.spelling import Text, unknown_words, words
from kitabat.markup.inline import parse


class Nothing:
    """A speller that knows no word but a few."""

    word_list = "locales/words.txt"

    def __init__(self, *known: str, near: dict[str, tuple[str, ...]] | None = None) -> None:
        self.known = known
        self.near = near or {}

    def knows(self, word: str) -> bool:
        return word in self.known

    def suggestions(self, word: str) -> tuple[str, ...]:
        return self.near.get(word, ())


def seen(text: str, language: str = "en") -> list[str]:
    nodes = parse(text).nodes
    return [word.text for word in words(Text(nodes, text, 0), language, {"en", "ur"})]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Run `sync` at https://a.example or a@b.example, or [here](c.html).", ["Run", "at", "or", "or", "here"]),
        ("see kitabat.toml and/or x_y in v2 of 2nd", ["see", "in", "of"]),
        ("un*believ*able *word*", ["unbelievable", "word"]),
        ("the DPRK, iPhone and NATO’s men", ["the", "and", "men"]),
        ("don’t stop well-known e.g. this", ["don’t", "stop", "well-known", "this"]),
        ("{name} said %s and %(count)d", ["said", "and"]),
        ("line\\\nnext", ["line", "next"]),
        ("café [كتاب]{lang=ar} [لفظ]{lang=ur} لفظ", ["café", "لفظ"]),
        ("![a picture](b.jpg) of", ["picture", "of"]),
    ],
)
def test_words_of_english(text: str, found: list[str]) -> None:
    assert seen(text) == found


@pytest.mark.parametrize(("end", "is_first"), [("ended. “Then", True), ("ended Then", False)])
def test_a_word_is_known_to_begin_a_sentence_however_long_the_text(end: str, is_first: bool) -> None:
    text = "word " * 20 + end
    *_, last = words(Text(parse(text).nodes, text, 0), "en", {"en"})
    assert (last.text, last.is_first) == ("Then", is_first)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("صدر Putin نے ”کہا“، ۲۰۱۹ میں۔", ["صدر", "نے", "کہا", "میں"]),
        ("یہ *کتاب* ہے؟", ["یہ", "کتاب", "ہے"]),
        ("یہ \u0643تاب و۲", ["یہ"]),
    ],
)
def test_words_of_urdu(text: str, found: list[str]) -> None:
    assert seen(text, "ur") == found


def unknown(*texts: str, speller: Nothing) -> list[str]:
    parsed = [Text(parse(text).nodes, text, number) for number, text in enumerate(texts)]
    return [f"{one.number}:{one.offset} {one.message}" for one in unknown_words(parsed, "en", {"en": speller})]


def test_a_word_is_told_once_with_its_number() -> None:
    found = unknown("a teh *teh*", "and teh", speller=Nothing("and"))
    assert found == ["0:2 Unexpected `teh` 3 times, expected a word of the dictionary"]


def test_names_are_let_alone_and_slips_at_the_beginning_are_not() -> None:
    near: dict[str, tuple[str, ...]] = {"teh": ("the",), "karim": ("karma",), "wil": ("will",)}
    speller = Nothing("to", "me", "spoke", "and", near=near)
    found = unknown("Teh spoke. Karim spoke to Wil.", "Wil spoke", "Pyongyang spoke", speller=speller)
    assert found == ["0:0 Unexpected `Teh`, expected a word of the dictionary"]


def test_a_flood_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "MOST_WORDS", 2)
    found = unknown("aa bb cc dd", speller=Nothing())
    assert len(found) == 3
    assert found[2] == "0:6 Unexpected `cc` and 1 more words, expected words of the dictionary"


def test_the_hint_has_suggestions_and_the_list() -> None:
    near: dict[str, tuple[str, ...]] = {"teh": ("the", "ten")}
    text = "teh zzz"
    first, second = unknown_words([Text(parse(text).nodes, text, 0)], "en", {"en": Nothing(near=near)})
    assert first.hint == "Write `the` or `ten`, or add the word to locales/words.txt"
    assert second.hint == "Correct it, or add the word to locales/words.txt"


def test_the_catalog_of_the_articles_own_language_repeats_nothing() -> None:
    entries = 'msgid "it reched us"\nmsgstr "it reched us"\n\nmsgid "so"\nmsgstr "so it reched"\n'
    found = of_catalogs.RULE.check(po_subject(entries, language="en", source="en"))
    assert [str(one.location) for one in found] == ["locales/ur/LC_MESSAGES/example.po:5:15"]


def test_without_a_dictionary_nothing_is_said() -> None:
    subject = source_subject("---\ntitle: t\nsource: en\n---\n\nreched\n")
    assert of_articles.RULE.check(subject)
    assert of_articles.RULE.check(replace(subject, spellers={})) == ()
