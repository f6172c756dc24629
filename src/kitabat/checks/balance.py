"""Brackets and quotation marks without their partners."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kitabat.checks.placeholders import without_placeholders
from kitabat.checks.plain import Plain
from kitabat.language.enclosures import pairs

KINDS: Mapping[str, tuple[str, ...]] = {
    "brackets": ("()", "[]"),
    "quotation marks": ('"“”„‟', "«»"),
}
"""By name; the marks of one string belong together. Single quotation marks are apostrophes too."""

NUMBERED = re.compile(r"(?:(?<=\s)|\A)(?:[0-9۰-۹]{1,3}|[ivx]{1,4}|[^\W\d_])\)")
"""The number of a point, as in ``2)``."""
INCHES = re.compile(r"(?<=[0-9])\"")
OF_NO_PAIR = re.compile(f"{NUMBERED.pattern}|{INCHES.pattern}|[:;]-?[()]")
HINT = "Add the other one of the pair, or delete this one"


def unpaired(text: Plain) -> Iterator[tuple[str, str, int]]:
    """Yield, for each family of marks that is not in pairs, what it is, its marks, and where the lone one stands."""
    for what, families in KINDS.items():
        for family in families:
            lone = lonely(without_placeholders(text.text), family)
            if lone is not None:
                yield what, family, lone


def message(what: str, sign: str) -> str:
    """Return what is wrong.

    >>> message("brackets", "(")
    'Unexpected `(` without a partner, expected pairs of brackets'
    """
    return f"Unexpected `{sign}` without a partner, expected pairs of {what}"


def lonely(text: str, family: str) -> int | None:
    """Return where a mark stands whose partner is missing: the first of them, None where all are in pairs.

    >>> lonely("(a) word)", "()"), lonely("“a” (b", "()"), lonely("“a” “b”", "“”"), lonely("(a) b) c", "()")
    (8, 4, None, None)
    """
    if is_even(text, family):
        return None
    text = OF_NO_PAIR.sub(lambda found: " " * len(found[0]), text)
    if is_even(text, family):
        return None
    marks = [index for index, sign in enumerate(text) if sign in family]
    paired = {index for pair in pairs(text.replace("\n", " ")) for index in (pair.opening, pair.closing)}
    return next((index for index in marks if index not in paired), marks[-1])


def is_even(text: str, family: str) -> bool:
    """Tell whether every mark has a partner: as many open as close, where the shape tells which does."""
    if family in ("()", "[]", "«»"):
        return text.count(family[0]) == text.count(family[1])
    return sum(text.count(mark) for mark in family) % 2 == 0
