"""What a copy-editor would change in the words of a message, by language and kind; and the changes that are certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kitabat.checks.rule import Finding
from kitabat.checks.subject import CatalogSubject, SourceSubject
from kitabat.checks.view import languages, primary, view
from kitabat.language import english, quotes
from kitabat.language.misprint import Look, Misprint, applied
from kitabat.language.registry import LANGUAGES
from kitabat.language.spaces import double_spaces
from kitabat.language.urdu import digits, joiners, letters, punctuation, spacing
from kitabat.markup.inline import NO_REFERENCES, Inline, InlineKind, References, parse

LOOKS: Mapping[str, Mapping[str, Look]] = {
    "en": {
        "letters": english.letters,
        "spacing": double_spaces,
        "dashes": english.dashes,
        "straight-quotes": quotes.straight,
    },
    "ur": {
        "letters": letters.misprints,
        "joiners": joiners.joiners,
        "punctuation": punctuation.punctuation,
        "spacing": spacing.spacing,
        "digits": digits.digit_systems,
        "straight-quotes": quotes.straight,
    },
}
"""By language and kind."""
NO_HOUSE_STYLE: Mapping[str, str] = {}


def looks(tag: str, house: Mapping[str, str]) -> Mapping[str, Look]:
    """Return what is looked for in a language, its quotation marks those of the house or else its own."""
    if tag not in LOOKS:
        return {}
    row = LANGUAGES[tag]
    own = house.get(tag) or "".join(row.quotes)
    return {**LOOKS[tag], "quotes": lambda text: quotes.unlike_house(text, own, row.name)}


FIX = "Run `kitabat check --fix`; what it leaves, mend by hand"
ROUNDS = 8
"""One change can make room for another, but no chain of them is longer than a few."""


def misprints(
    nodes: Sequence[Inline], text: str, language: str, kind: str, house: Mapping[str, str] = NO_HOUSE_STYLE
) -> Iterator[Misprint]:
    """Yield the misprints of one kind in a parsed message, language by language."""
    chosen = [(tag, looks(tag, house).get(kind)) for tag in languages(nodes, language)]
    yield from sorted(one for tag, look in chosen if look for one in look(view(nodes, text, primary(language), tag)))


def in_catalog(subject: CatalogSubject, kind: str, hint: str) -> Iterator[Finding]:
    """Yield the misprints of one kind in the translations that are published."""
    for pair in subject.pairs:
        for one in misprints(pair.target.nodes, pair.text, subject.catalog.language, kind, subject.around.quotes):
            yield Finding(one.message, subject.place(pair.key, one.offset), FIX if one.certain else hint)


def in_source(subject: SourceSubject, kind: str, hint: str) -> Iterator[Finding]:
    """Yield the misprints of one kind in an article's own text."""
    references = subject.references
    for message, locate in subject.messages():
        text = message.source
        nodes = parse(text, references).nodes
        for one in misprints(nodes, text, subject.article.front.source, kind, subject.quotes):
            yield Finding(one.message, locate(one.offset), FIX if one.certain else hint)


def summed(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the first of some findings for all of them, with their number."""
    found = list(findings)
    if found:
        first, _, rest = found[0].message.partition(", ")
        texts = f" in {len(found)} texts" if len(found) > 1 else ""
        yield Finding(f"{first}{texts}, {rest}", found[0].location, found[0].hint)


def edits(
    text: str, language: str, references: References = NO_REFERENCES, house: Mapping[str, str] = NO_HOUSE_STYLE
) -> tuple[Misprint, ...]:
    """Return the changes of a message that are certain, in order, none over another.

    A change that would alter anything but words of its language - markup, addresses, code - is none of them.
    """
    nodes = parse(text, references).nodes
    found = [
        one
        for tag in languages(nodes, language)
        for look in looks(tag, house).values()
        for one in look(view(nodes, text, primary(language), tag))
        if one.certain
    ]
    kept: list[Misprint] = []
    for one in sorted(found):
        is_free = not kept or one.offset > kept[-1].offset + max(len(kept[-1].found) - 1, 0)
        if is_free and skeleton(applied(text, one), references) == skeleton(text, references):
            kept.append(one)
    return tuple(kept)


def mended(
    text: str, language: str, references: References = NO_REFERENCES, house: Mapping[str, str] = NO_HOUSE_STYLE
) -> tuple[str, int]:
    """Return a message with all that is certain mended, and the number of changes; a second time it changes nothing.

    >>> mended("کیا, `a,` *یہ* ہے.", "ur")
    ('کیا، `a,` *یہ* ہے۔', 2)
    """
    number = 0
    for _ in range(ROUNDS):
        chosen = edits(text, language, references, house)
        if not chosen:
            break
        new = all_applied(text, chosen)
        if skeleton(new, references) != skeleton(text, references):
            chosen = chosen[:1]
            new = all_applied(text, chosen)
        text, number = new, number + len(chosen)
    return text, number


def all_applied(text: str, chosen: Sequence[Misprint]) -> str:
    """Return the text with changes that are in order and not over another."""
    for one in reversed(chosen):
        text = applied(text, one)
    return text


def skeleton(text: str, references: References) -> list[object]:
    """Return a parsed message without its words: what a change of words leaves as it is."""
    return [part for node in parse(text, references).nodes for part in _skeleton(node)]


def _skeleton(node: Inline) -> Iterator[object]:
    """Yield a node's kind and attributes, code itself, and what stands in it."""
    words = node.text if node.kind is InlineKind.CODE else ""
    yield node.kind, words, dict(node.attributes), len(node.children)
    if node.kind is InlineKind.IMAGE:
        yield from skeleton(node.text, NO_REFERENCES)
    for child in node.children:
        yield from _skeleton(child)
