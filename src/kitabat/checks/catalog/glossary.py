r"""A translation uses the words of the glossary.

``locales/glossary.csv`` says which English term and which Urdu one stand for each other, and which words are not to be
used; its columns are ``source`` (English), ``urdu``, ``part of speech``, ``note``, ``forbidden`` and ``inflections``,
with ``|`` between the forms in a cell, which may be of either language. Regular plural and oblique forms need not be
listed. It works in both directions; where a term has several rows, any of them will do. In the examples it has the row
``ceasefire,جنگ بندی,noun,,سیز فائر,``.

Clean::

    msgctxt "@lead"
    msgid "The ceasefire holds"
    msgstr "جنگ بندی برقرار ہے"

Faulty::

    msgctxt "@lead"
    msgid "The ceasefire holds"
    msgstr "سیز فائر برقرار ہے"

    msgctxt "summary"
    msgid "Both ceasefires"
    msgstr "دونوں وقفے"

Report::

    locales/ur/LC_MESSAGES/example.po:3:9: warning: Unexpected `سیز فائر`, expected `جنگ بندی` for `ceasefire`
      [catalog/glossary]
    locales/ur/LC_MESSAGES/example.po:7:9: warning: Missing `جنگ بندی` for `ceasefire` in the translation
      [catalog/glossary]
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kitabat.checks.glossary import AERAB, Term, is_latin
from kitabat.checks.plain import plain
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity

HINT = "Use the glossary's word, or add the form that is right here to its inflections"
WORD = re.compile(r"\w+")
MARK = re.compile(AERAB[:-1])
LETTERS_OF_URDU = 2
"""At the beginning of a word, by which terms are looked up: its end may change."""
ENDINGS = {"": "", "s": "", "es": "", "ies": "y"}
"""Of English plurals, with what stands there in the singular."""


class Side(NamedTuple):
    """How terms are read in one direction."""

    keys: Callable[[Term], Iterable[str]]
    """The words that a text must have one of for the term to be in it."""
    words: Callable[[str], set[str]]
    """A text's words as ``keys`` has them."""
    name: Callable[[Term], str]
    pattern: Callable[[Term], re.Pattern[str]]
    other: Callable[[Term], str]
    right: Callable[[Term], re.Pattern[str]]
    wrong: Callable[[Term], re.Pattern[str] | None]


def english_keys(term: Term) -> list[str]:
    """Return the first word of each English form."""
    found = (WORD.search(form.lower()) for form in (term.source, *filter(is_latin, term.inflections)))
    return [word[0] for word in found if word]


def english_words(text: str) -> set[str]:
    """Return the words of a text, and what they may be the plurals of."""
    words = WORD.findall(text.lower())
    return {
        word.removesuffix(plural) + single
        for word in words
        for plural, single in ENDINGS.items()
        if word.endswith(plural)
    }


def urdu_keys(term: Term) -> list[str]:
    """Return the beginning of each Urdu form's first word, without its last letter."""
    firsts = (form.split()[0] for form in term.urdu_forms)
    return [first[: min(LETTERS_OF_URDU, max(1, len(first) - 1))] for first in (MARK.sub("", one) for one in firsts)]


def urdu_words(text: str) -> set[str]:
    """Return the beginnings of a text's words, without aerab."""
    words = set(WORD.findall(MARK.sub("", text)))
    return {word[:length] for word in words for length in range(1, LETTERS_OF_URDU + 1)}


ENGLISH = Side(
    english_keys,
    english_words,
    lambda term: term.source,
    lambda term: term.in_source,
    lambda term: term.urdu,
    lambda term: term.right,
    lambda term: term.wrong,
)
URDU = Side(
    urdu_keys,
    urdu_words,
    lambda term: term.urdu,
    lambda term: term.right,
    lambda term: term.source,
    lambda term: term.in_source,
    lambda term: term.wrong_english,
)
SIDES = {("en", "ur"): ENGLISH, ("ur", "en"): URDU}
"""By the languages of the article and of the catalog."""


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check, whichever of its two languages the article is written in."""
    side = SIDES.get((subject.article.front.source, subject.catalog.language))
    if side is None or not subject.around.terms:
        return
    by_key = by_word(subject.around.terms, side)
    for pair in subject.pairs:
        source, target = plain(pair.source.nodes, pair.key.source).text, plain(pair.target.nodes, pair.text)
        for terms in terms_in(source, by_key, side):
            for message, index in judged(terms, target.text, side):
                yield Finding(message, subject.place(pair.key, target.place(index) if index else 0), HINT)


def judged(terms: Sequence[Term], text: str, side: Side) -> Iterator[tuple[str, int]]:
    """Yield what is wrong with the translation of a term, and where; any of its rows may be meant."""
    rest = text
    for term in terms:
        rest = side.right(term).sub(lambda found: " " * len(found[0]), rest)
    expected = " or ".join(dict.fromkeys(f"`{side.other(term)}`" for term in terms))
    of = f"for `{side.name(terms[0])}`"
    wrong = [found for term in terms if (pattern := side.wrong(term)) and (found := pattern.search(rest))]
    if wrong:
        first = min(wrong, key=lambda found: found.start())
        yield f"Unexpected `{first[0]}`, expected {expected} {of}", first.start()
    elif rest == text:
        yield f"Missing {expected} {of} in the translation", 0


def by_word(terms: Iterable[Term], side: Side) -> Mapping[str, list[Term]]:
    """Return the terms by the words that a text must have for one of them to be in it."""
    found: defaultdict[str, list[Term]] = defaultdict(list)
    for term in terms:
        for key in dict.fromkeys(side.keys(term)):
            found[key].append(term)
    return found


def terms_in(text: str, by_key: Mapping[str, list[Term]], side: Side) -> Iterator[list[Term]]:
    """Yield the rows of each term of a text, the longest terms first; a term inside another one is none."""
    candidates = {id(term): term for word in side.words(text) for term in by_key.get(word, ())}
    names: defaultdict[str, list[Term]] = defaultdict(list)
    for term in sorted(candidates.values(), key=lambda term: (term.source, term.urdu, term.part)):
        names[side.name(term)].append(term)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        rest = text
        for term in names[name]:
            rest = side.pattern(term).sub(" ", rest)
        if rest != text:
            text = rest
            yield names[name]


RULE = Rule("catalog/glossary", Severity.WARNING, find)
