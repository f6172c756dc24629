"""Quotation marks that a typewriter left, or that stand the wrong way round."""

from __future__ import annotations

import re

from kitabat.language.enclosures import pairs
from kitabat.language.misprint import MARKUP, Misprint

_STRAIGHT = re.compile('"')
QUOTES = "“”„‟‘’‚‛«»‹›\"' "
SINGLE = frozenset("‘’‚‛‹›")
STRAIGHT = frozenset("\"'")
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
    """
    kept = [index for index, sign in enumerate(text) if sign != MARKUP]
    bare = text if len(kept) == len(text) else "".join(text[index] for index in kept)
    found = []
    for pair in pairs(bare):
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


def _is_own(inside: str, name: str, *, alone: bool) -> bool:
    """Tell whether quoted words are the language's; those between single marks have to be without a doubt."""
    if alone and name == "English":
        return False  # rock ’n’ roll
    letters = ARABIC if name == "Urdu" else LATIN
    return bool(letters.match(inside.lstrip(QUOTES))) if alone else bool(letters.search(inside))
