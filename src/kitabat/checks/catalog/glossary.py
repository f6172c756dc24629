r"""A translation uses the words of the glossary.

``locales/glossary.csv`` says what stands for a term in Urdu, and which words are not to be used; its columns are
``source``, ``urdu``, ``part of speech``, ``note``, ``forbidden`` and ``inflections``, with ``|`` between the forms in a
cell. Regular plural and oblique forms need not be listed. In the examples it has the row
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
from collections.abc import Iterable, Iterator, Mapping

from kitabat.checks.glossary import Term
from kitabat.checks.plain import plain
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity

HINT = "Use the glossary's word, or add the form that is right here to its inflections"
WORD = re.compile(r"\w+")
ENDINGS = {"": "", "s": "", "es": "", "ies": "y"}
"""Of English plurals, with what stands there in the singular."""


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check; the glossary goes from any other language into Urdu."""
    if subject.catalog.language != "ur" or subject.article.front.source == "ur":
        return
    by_word = by_first_word(subject.around.terms)
    for pair in subject.pairs if by_word else ():
        source, target = plain(pair.source.nodes, pair.key.source).text, plain(pair.target.nodes, pair.text)
        for term in terms_in(source, by_word):
            rest = term.right.sub(lambda found: " " * len(found[0]), target.text)
            wrong = term.wrong.search(rest) if term.wrong else None
            if wrong:
                message = f"Unexpected `{wrong[0]}`, expected `{term.urdu}` for `{term.source}`"
                yield Finding(message, subject.place(pair.key, target.place(wrong.start())), HINT)
            elif rest == target.text:
                message = f"Missing `{term.urdu}` for `{term.source}` in the translation"
                yield Finding(message, subject.place(pair.key), HINT)


def by_first_word(terms: Iterable[Term]) -> Mapping[str, list[Term]]:
    """Return the terms by the word that a text must have for one of them to be in it."""
    found: defaultdict[str, list[Term]] = defaultdict(list)
    for term in terms:
        word = WORD.search(term.source.lower())
        if word:
            found[word[0]].append(term)
    return found


def terms_in(text: str, by_word: Mapping[str, list[Term]]) -> Iterator[Term]:
    """Yield the terms of a text, the longest first; a term inside another one is none."""
    words = {
        word.removesuffix(plural) + single for word in WORD.findall(text.lower()) for plural, single in ENDINGS.items()
    }
    candidates = {id(term): term for word in words for term in by_word.get(word, ())}
    for term in sorted(candidates.values(), key=lambda term: (-len(term.source), term.source, term.part)):
        rest = term.in_source.sub(" ", text)
        if rest != text:
            text = rest
            yield term


RULE = Rule("catalog/glossary", Severity.WARNING, find)
