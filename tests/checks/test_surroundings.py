"""One text translated twice: all over a publication, and so that nobody sees it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.checks.examples import po_subject

from kitabat.checks.catalog import consistency, same_to_the_eye
from kitabat.checks.surroundings import Surroundings, by_source
from kitabat.model.diagnostic import Location
from kitabat.model.message import Catalog, MessageKey, Translation, TranslationState


def catalog(path: str, *entries: tuple[str, str, TranslationState]) -> Catalog:
    translations = {
        MessageKey("", source): Translation(text, state, location=Location(path, line))
        for line, (source, text, state) in enumerate(entries, 1)
    }
    return Catalog("ur", path, translations)


def test_the_first_by_path_and_line_is_the_model() -> None:
    done, fuzzy = TranslationState.TRANSLATED, TranslationState.FUZZY
    one = catalog("b.po", ("x y", "ب", done), ("z", "ز", done))
    other = catalog("a.po", ("x y", "ا", done), ("z", "ژ", fuzzy))
    found = by_source([one, other])
    assert {source: [str(known.location) for known in ways] for source, ways in found.items()} == {
        "x y": ["a.po:1", "b.po:1"]
    }


@pytest.mark.parametrize(
    ("source", "text", "consistent", "same"),
    [
        ("one text", "ایک متن", 0, 0),
        ("one text", "دوسرا متن", 1, 0),
        ("one text", "ایک\u00a0متن", 0, 1),
        ("one text", "ایک متن\u200b", 0, 1),
        ("text", "دوسرا متن", 0, 0),
    ],
)
def test_against_another_catalog(source: str, text: str, consistent: int, same: int) -> None:
    first = catalog("a.po", (source, "ایک متن", TranslationState.TRANSLATED))
    subject = po_subject(f'msgctxt "a"\nmsgid "{source}"\nmsgstr "{text}"\n')
    subject = replace(subject, around=Surroundings((), by_source([first, subject.catalog])))
    assert len(consistency.RULE.check(subject)) == consistent
    assert len(same_to_the_eye.RULE.check(subject)) == same


def test_a_difference_at_the_end_is_named() -> None:
    entry = 'msgctxt "{}"\nmsgid "one text"\nmsgstr "{}"\n\n'
    (fault,) = same_to_the_eye.RULE.check(po_subject(entry.format("a", "ایک متن\u200b") + entry.format("b", "ایک متن")))
    assert fault.message.startswith("Unexpected the end, expected U+200B (zero width space) as in ")


def test_long_sources_are_shortened() -> None:
    entry = 'msgctxt "{}"\nmsgid "' + "word " * 12 + '"\nmsgstr "{}"\n\n'
    (fault,) = consistency.RULE.check(po_subject(entry.format("a", "ا ") + entry.format("b", "ب ")))
    assert "`word word word word word word word word…`" in fault.message
