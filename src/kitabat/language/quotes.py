"""Quotation marks that a typewriter left, or that stand the wrong way round."""

from __future__ import annotations

import re

from kitabat.language.misprint import MARKUP, Misprint

_STRAIGHT = re.compile('"')
_WESTERN = re.compile(f'(?<![^\\s({MARKUP}])“(?=[^\\s“”"])([^“”"\n]*)(?<=[^\\s“”"])”(?=[\\s۔،؛؟!:){MARKUP}]|\\Z)')


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


def western_order(text: str) -> tuple[Misprint, ...]:
    """Return the marks of quotations in an Urdu text that open with U+201C and close with U+201D, as in English.

    Urdu opens with ” and closes with “, as CLDR has it. Only a pair is told, with a gap or a sign on its outer sides.

    >>> [(one.offset, one.expected) for one in western_order("اس نے “کتاب” کہا")]
    [(6, '”'), (11, '“')]
    >>> western_order("اس نے ”کتاب“ کہا، اور ”قلم“")
    ()
    """
    found = []
    for match in _WESTERN.finditer(text):
        shown = f"`“{match[1]}”`".replace(MARKUP, "")
        if len(shown) > 40:
            shown = "`“…”`"
        for offset, sign, expected in ((match.start(), "“", "”"), (match.end() - 1, "”", "“")):
            end = "opens" if expected == "”" else "closes"
            message = f"Unexpected `{sign}` in {shown}, expected `{expected}`, which {end} a quotation in Urdu"
            found.append(Misprint(offset, sign, expected, message, certain=True))
    return tuple(found)
