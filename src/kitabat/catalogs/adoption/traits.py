"""What a text has that its translation has too: numbers, addresses, code, pictures, names, words in one script."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from kitabat.language.consonants import skeletons
from kitabat.language.counting import numbers, said
from kitabat.language.number_words import spoken
from kitabat.markup.inline import Inline, InlineKind, References, parse, plain

NUMBER, ADDRESS, CODE, PICTURE, WORD, NAME = "number", "address", "code", "picture", "word", "name"
KEPT = {NUMBER: 0.9, ADDRESS: 0.95, CODE: 0.9, PICTURE: 0.95, WORD: 0.8, NAME: 0.6}
"""How often a translation has what its source has, of those that both articles have somewhere."""
LITERAL = frozenset({ADDRESS, CODE, PICTURE})
"""What a translation takes over as it is."""
STRONG = LITERAL | {NUMBER}
"""What most translations have where their sources do."""
LETTERS = re.compile(r"[^\W\d_]{3,}")
URL = re.compile(r"(?:https?://|www\.)[^\s<>)]+|[\w.+-]+@[\w-]+\.[\w.-]+")

Trait = tuple[str, str]
"""Kind and value."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of a text, or of all texts of a block."""

    length: int = 0
    """Characters that a reader sees."""
    leaves: int = 0
    """Texts, and code that is never translated."""
    found: frozenset[Trait] = frozenset()
    notes: int = 0
    """Footnote marks."""
    marked: int = 0
    """Pieces of emphasis."""
    text: str = ""
    """What a reader sees; of one text only."""
    language: str = ""

    def __add__(self, other: Traits) -> Traits:
        return Traits(
            self.length + other.length,
            self.leaves + other.leaves,
            self.found | other.found,
            self.notes + other.notes,
            self.marked + other.marked,
            f"{self.text} {other.text}" if self.text and other.text else self.text or other.text,
            self.language or other.language,
        )


def together(traits: Iterable[Traits]) -> Traits:
    """Return what several texts have together."""
    return reduce(Traits.__add__, traits, Traits())


def of_literal(text: str) -> Traits:
    """Return the traits of code, which is the same in every language."""
    return Traits(len(text), 1, frozenset({(CODE, " ".join(text.split()))}))


def of_message(text: str, references: References, language: str) -> Traits:
    """Return the traits of a text in Markdown.

    >>> sorted(of_message("The 1,953 men of *Busan*[^1]", References(notes=frozenset({"1"})), "en").found)[:2]
    [('name', 'bsn'), ('number', '1953')]
    """
    tops = parse(text, references).nodes
    nodes = [inner for node in tops for inner in node.walk()]
    shown = plain(tops)
    bare = URL.sub(" ", shown)
    found: set[Trait] = {(ADDRESS, address.rstrip(".,;:۔،")) for address in URL.findall(shown)}
    found |= {trait for node in nodes for trait in _of_node(node)}
    found |= {(NUMBER, value(number.scaled)) for number in numbers(bare) if not number.is_name}
    found |= {(NAME, name) for name in skeletons(bare, language)}
    found |= {(WORD, word.casefold()) for word in LETTERS.findall(bare)}
    return Traits(
        len(" ".join(shown.split())),
        1,
        frozenset(found),
        sum(node.kind is InlineKind.NOTE for node in nodes),
        sum(node.kind in (InlineKind.EMPHASIS, InlineKind.STRONG) for node in nodes),
        bare,
        language,
    )


def value(number: Decimal) -> str:
    """Return a number as text, the same for 2.50 and 2.5.

    >>> value(Decimal("2.50")), value(Decimal("2500"))
    ('2.5', '2500')
    """
    return f"{number.normalize():f}"


def _of_node(node: Inline) -> Iterable[Trait]:
    if node.kind is InlineKind.CODE:
        yield CODE, node.text
    elif node.kind is InlineKind.IMAGE:
        yield PICTURE, node.attributes.get("src", "")
    elif node.kind is InlineKind.LINK and not node.attributes.get("href", "").startswith("#"):
        yield ADDRESS, node.attributes.get("href", "").removeprefix("mailto:")


def conflict(source: Traits, target: Traits) -> str:
    """Return in words how a text contradicts that it is another's translation; empty where it does not.

    >>> conflict(of_message("In 1950", References(), "en"), of_message("۱۹۵۳ میں", References(), "ur"))
    'the numbers differ: 1950 and 1953'
    >>> conflict(of_message("Two men", References(), "en"), of_message("2 آدمی", References(), "ur"))
    ''
    """
    lost, added = _unlike(source, target, NUMBER), _unlike(target, source, NUMBER)
    lost = [number for number in lost if not _says(target, number, added)]
    added = [number for number in added if not _says(source, number, _unlike(source, target, NUMBER))]
    if lost or added:
        return f"the numbers differ: {_listed(lost)} and {_listed(added)}"
    for kind, name in ((ADDRESS, "addresses"), (CODE, "code"), (PICTURE, "pictures")):
        lost, added = _unlike(source, target, kind), _unlike(target, source, kind)
        if lost or added:
            return f"the {name} differ: {_listed(lost)} and {_listed(added)}" if kind != CODE else "the code differs"
    if source.notes != target.notes:
        return f"the footnote marks differ: {source.notes} and {target.notes}"
    return ""


def contradicts(source: Traits, target: Traits) -> bool:
    """Tell whether two texts both have numbers, addresses, code or pictures, and none in common."""
    for kind in (NUMBER, *sorted(LITERAL)):
        ours, theirs = ({trait for trait in one.found if trait[0] == kind} for one in (source, target))
        if ours and theirs and not ours & theirs:
            return True
    return False


def _unlike(one: Traits, other: Traits, kind: str) -> list[str]:
    return sorted(trait[1] for trait in one.found - other.found if trait[0] == kind)


def _says(traits: Traits, number: str, others: list[str]) -> bool:
    """Tell whether a text has a number in a word, or a year by its last two digits."""
    if said(Decimal(number), traits.text, traits.language) or Decimal(number) in spoken(traits.text, traits.language):
        return True
    return any(sorted((len(number), len(other))) == [2, 4] and (number[-2:] == other[-2:]) for other in others)


def _listed(values: list[str]) -> str:
    shown = ", ".join(value if len(value) <= 40 else f"{value[:39]}…" for value in values[:3])
    return f"{shown} …" if len(values) > 3 else shown or "none"
