"""Quotation marks that a typewriter left, or that stand the wrong way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kitabat.language.enclosures import pairs
from kitabat.language.misprint import MARKUP, Misprint

_STRAIGHT = re.compile('"')
QUOTES = "“”„‟‘’‚‛«»‹›\"' "
SINGLE = frozenset("‘’‚‛‹›")
STRAIGHT = frozenset("\"'")
_TWINS = re.compile('([‘’])\\1(?=[^\\s‘’])([^‘’“”"]+)(?<=\\S)([‘’])\\3(?![‘’])')
"""Two single marks for one double, as typists of InPage write them, around words without another mark."""
SHOWN = 38
"""Characters of a quotation that a finding repeats."""
ARABIC, LATIN = re.compile("[\u0600-\u06ff]"), re.compile("[A-Za-z\u00c0-\u024f]")


def straight(text: str) -> tuple[Misprint, ...]:
    """Return the first straight quotation mark of a text: editions turn all of them into the language's own.

    >>> [one.offset for one in straight('the "big" one')], straight("the “big” one")
    ([4], ())
    """
    match = _STRAIGHT.search(text)
    if match is None:
        return ()
    message = "Unexpected straight `\"`, expected the language's own quotation marks; editions show those"
    return (Misprint(match.start(), '"', "", message, certain=False),)


def unlike_house(text: str, marks: str, name: str) -> tuple[Misprint, ...]:
    """Return the quotation marks of a text that are not the house's, in order.

    ``marks`` are its four: opening and closing, then those of a quotation inside; ``name`` is the language's. Only
    pairs are told. Straight marks are let alone, and so are single ones around words of another script: an
    apostrophe looks like one of them.

    >>> [(one.offset, one.expected) for one in unlike_house("اس نے “کتاب” کہا، ‘قلم’ اور «لفظ»", "”“’‘", "Urdu")]
    [(6, '”'), (11, '“'), (18, '’'), (22, '‘'), (28, '”'), (32, '“')]
    >>> unlike_house("اس نے ”کتاب“ کہا، اور ’قلم‘", "”“’‘", "Urdu")
    ()
    >>> [(one.offset, one.found, one.expected) for one in unlike_house("کہا: ’’نہیں۔‘‘", "”“’‘", "Urdu")]
    [(5, '’’', '”'), (12, '‘‘', '“')]
    """
    kept = [index for index, sign in enumerate(text) if sign != MARKUP]
    bare = text if len(kept) == len(text) else "".join(text[index] for index in kept)
    twins = [one for one in _twins(bare, marks, name) if kept[one.offset + 1] == kept[one.offset] + 1]
    taken = {place for one in twins for place in (one.offset, one.offset + 1)}
    found = [one._replace(offset=kept[one.offset]) for one in twins]
    for pair in pairs(bare):
        if not taken.isdisjoint((pair.opening, pair.closing)):
            continue
        opening, closing = bare[pair.opening], bare[pair.closing]
        inside = bare[pair.opening + 1 : pair.closing]
        is_single = opening in SINGLE
        if not pair.quotes or opening in STRAIGHT or closing in STRAIGHT or not _is_own(inside, name, alone=is_single):
            continue
        expected = marks[2:] if is_single and not SINGLE.issuperset(marks[:2]) else marks[:2]
        if (opening, closing) in ((marks[0], marks[1]), (marks[2], marks[3])):
            continue
        shown = f"`{opening}{inside}{closing}`" if len(inside) < SHOWN else f"`{opening}…{closing}`"
        for place, sign, wanted, does in (
            (pair.opening, opening, expected[0], "opens"),
            (pair.closing, closing, expected[1], "closes"),
        ):
            if sign != wanted:
                message = f"Unexpected `{sign}` in {shown}, expected `{wanted}`, which {does} a quotation in {name}"
                found.append(Misprint(kept[place], sign, wanted, message, certain=True))
    return tuple(sorted(found))


def _twins(text: str, marks: str, name: str) -> Iterator[Misprint]:
    """Yield both ends of each quotation that has two single marks for a double one."""
    for match in _TWINS.finditer(text):
        if not _is_own(match[2], name, alone=False):
            continue
        shown = f"`{match[0]}`" if len(match[0]) <= SHOWN else f"`{match[1] * 2}…{match[3] * 2}`"
        for place, sign, wanted, does in (
            (match.start(), match[1] * 2, marks[0], "opens"),
            (match.end() - 2, match[3] * 2, marks[1], "closes"),
        ):
            message = f"Unexpected `{sign}` in {shown}, expected `{wanted}`, which {does} a quotation in {name}"
            yield Misprint(place, sign, wanted, message, certain=True)


def _is_own(inside: str, name: str, *, alone: bool) -> bool:
    """Tell whether quoted words are the language's; those between single marks have to be without a doubt."""
    if alone and name == "English":
        return False  # rock ’n’ roll
    letters = ARABIC if name == "Urdu" else LATIN
    return bool(letters.match(inside.lstrip(QUOTES))) if alone else bool(letters.search(inside))
