"""Pairs of brackets and quotation marks in a text, in either language's shapes."""

from __future__ import annotations

import msgspec

from kitabat.language.bidi.classes import paired_brackets

_FAMILY = {mark: family for family in ('"“”„‟', "'‘’‚‛", "«»", "‹›") for mark in family}
"""Quotation marks by likeness: which of a family opens depends on the language, so the neighbours decide."""

_DEEPEST = 63
"""Marks that may be open at once, as in UAX #9; what is nested deeper is no text for people."""

_BEFORE_OPENING = frozenset("([{—–-/")


class Pair(msgspec.Struct, frozen=True):
    """An opening mark and its closing one, by position."""

    opening: int
    closing: int
    quotes: bool


def pairs(text: str) -> tuple[Pair, ...]:
    """Return the pairs of a text, in the order of their opening marks; nested or apart, never crossing.

    No pair reaches across a line feed. An apostrophe is no quotation mark, and a mark without a partner is passed over.

    >>> pairs("He said “it’s ‘fine’ (so)”.")
    (Pair(opening=8, closing=25, quotes=True), Pair(opening=14, closing=19, quotes=True), \
Pair(opening=21, closing=24, quotes=False))
    >>> pairs("اس نے کہا: ”ٹھیک ہے“۔")
    (Pair(opening=11, closing=19, quotes=True),)
    """
    brackets = paired_brackets()
    open_ones: list[tuple[str, int]] = []
    found: list[Pair] = []
    for index, mark in enumerate(text):
        family = _FAMILY.get(mark, "")
        if family:
            key, opens, closes = family, _may_open(text, index), _may_close(text, index)
        elif mark in brackets:
            opens, key = brackets[mark]
            closes = not opens
        else:
            if mark == "\n":
                open_ones.clear()
            continue
        depth = _innermost(open_ones, key) if closes else None
        if depth is not None:
            found.append(Pair(open_ones[depth][1], index, bool(family)))
            del open_ones[depth:]
        elif opens and len(open_ones) < _DEEPEST:
            open_ones.append((key, index))
    return tuple(sorted(found, key=lambda pair: pair.opening))


def _innermost(open_ones: list[tuple[str, int]], key: str) -> int | None:
    return next((depth for depth in range(len(open_ones) - 1, -1, -1) if open_ones[depth][0] == key), None)


def _may_open(text: str, index: int) -> bool:
    """Tell whether a quotation mark stands where a quotation begins: before a word, after none."""
    before = text[index - 1 : index] if index else ""
    after = text[index + 1 : index + 2]
    return (
        bool(after)
        and not after.isspace()
        and (not before or before.isspace() or before in _BEFORE_OPENING or before in _FAMILY)
    )


def _may_close(text: str, index: int) -> bool:
    """Tell whether a quotation mark stands where a quotation ends: after something, and before no letter."""
    before = text[index - 1 : index] if index else ""
    after = text[index + 1 : index + 2]
    return bool(before) and not before.isspace() and not after.isalnum()
