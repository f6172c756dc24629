"""Resolved embedding levels of plain text: UAX #9, rules P1, W1 to W7, N0 to N2, I1, I2 and L1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kitabat.language.bidi.classes import INITIATORS, REMOVED, bidi_classes, paired_brackets
from kitabat.language.bidi.explicit import IsolatingRun, isolating_runs
from kitabat.model.language import Direction

Brackets = Mapping[int, tuple[bool, str]]
"""By position: whether the bracket opens, and the key that it shares with its partner."""

ABSENT = -1
"""Level of a character that rule X9 takes out."""

_MAX_OPEN_BRACKETS = 63
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"})
_DIRECTION = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
"""The direction that a resolved class lends to the neutrals beside it."""


def levels(text: str, base: Direction) -> tuple[int, ...]:
    """Return the resolved level of each character; each paragraph of the text has the base direction.

    A character that the algorithm takes out (a control, a joiner) has the level of the one before it.

    >>> levels("اردو abc", "rtl")
    (1, 1, 1, 1, 1, 2, 2, 2)
    """
    classes = bidi_classes(text)
    return resolved(text, classes, base)


def resolved(text: str, classes: Sequence[str], base: Direction) -> tuple[int, ...]:
    """Return the levels of a text whose characters have these classes, which may be other than their own."""
    level = 1 if base == "rtl" else 0
    found: list[int] = []
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and classes[end] != "B":
            end += 1
        end = min(end + 1, len(text))
        found += paragraph_levels(classes[start:end], level, _brackets(text[start:end], classes[start:end]))
        start = end
    last = level
    for index, value in enumerate(found):
        last = found[index] = last if value == ABSENT else value
    return tuple(found)


def paragraph_levels(classes: Sequence[str], base: int, brackets: Brackets) -> list[int]:
    """Return the level of each character of one paragraph, from its classes; ``ABSENT`` for those that X9 removes."""
    working = list(classes)
    found, sequences = isolating_runs(working, base)
    for sequence in sequences:
        names = [working[index] for index in sequence.indices]
        before_weak = [classes[index] for index in sequence.indices]
        _weak(names, sequence.sos)
        if brackets:
            _paired(names, sequence, brackets, before_weak)
        _neutral(names, sequence)
        for index, name in zip(sequence.indices, names, strict=True):
            found[index] += _implicit(name, found[index])
    return _whitespace(found, classes, base)


def _brackets(text: str, classes: Sequence[str]) -> dict[int, tuple[bool, str]]:
    table = paired_brackets()
    return {
        index: table[character] for index, character in enumerate(text) if character in table and classes[index] == "ON"
    }


def _weak(names: list[str], sos: str) -> None:
    """Apply W1 to W7."""
    _marks_and_arabic_numbers(names, sos)
    _separators(names)
    _terminators(names)
    strong = sos
    for index, name in enumerate(names):
        if name in ("ES", "ET", "CS"):
            names[index] = "ON"
        elif name in ("L", "R"):
            strong = name
        elif name == "EN" and strong == "L":
            names[index] = "L"


def _marks_and_arabic_numbers(names: list[str], sos: str) -> None:
    """Apply W1 to W3."""
    previous = strong = sos
    for index, own in enumerate(names):
        name = own
        if own == "NSM":
            name = "ON" if previous in INITIATORS or previous == "PDI" else previous
        previous = name
        if name in ("L", "R", "AL"):
            strong = name
        names[index] = "AN" if name == "EN" and strong == "AL" else name
    for index, name in enumerate(names):
        if name == "AL":
            names[index] = "R"


def _separators(names: list[str]) -> None:
    """Apply W4: one separator between two numbers of a kind joins them."""
    for index in range(1, len(names) - 1):
        name, before = names[index], names[index - 1]
        if before == names[index + 1] and (
            (before == "EN" and name in ("ES", "CS")) or (before == "AN" and name == "CS")
        ):
            names[index] = before


def _terminators(names: list[str]) -> None:
    """Apply W5: terminators beside a European number join it."""
    index = 0
    while index < len(names):
        if names[index] != "ET":
            index += 1
            continue
        end = index
        while end < len(names) and names[end] == "ET":
            end += 1
        if (index and names[index - 1] == "EN") or (end < len(names) and names[end] == "EN"):
            names[index:end] = ["EN"] * (end - index)
        index = end


def _bracket_pairs(names: Sequence[str], indices: Sequence[int], brackets: Brackets) -> list[tuple[int, int]]:
    """Return the pairs of BD16, as places in the sequence, in the order of their opening brackets."""
    open_ones: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, index in enumerate(indices):
        if index not in brackets or names[place] != "ON":
            continue
        opens, key = brackets[index]
        if opens:
            if len(open_ones) == _MAX_OPEN_BRACKETS:
                return []
            open_ones.append((key, place))
            continue
        for depth in range(len(open_ones) - 1, -1, -1):
            if open_ones[depth][0] == key:
                pairs.append((open_ones[depth][1], place))
                del open_ones[depth:]
                break
    return sorted(pairs)


def _paired(names: list[str], sequence: IsolatingRun, brackets: Brackets, before_weak: Sequence[str]) -> None:
    """Apply N0."""
    own = "R" if sequence.level & 1 else "L"
    for opening, closing in _bracket_pairs(names, sequence.indices, brackets):
        inside = {_DIRECTION.get(name) for name in names[opening + 1 : closing]}
        if own in inside:
            found = own
        elif inside & {"L", "R"}:
            before = next((way for name in reversed(names[:opening]) if (way := _DIRECTION.get(name))), sequence.sos)
            found = before if before != own else own
        else:
            continue
        for place in (opening, closing):
            names[place] = found
            for mark in range(place + 1, len(names)):
                if before_weak[mark] != "NSM":
                    break
                names[mark] = found


def _neutral(names: list[str], sequence: IsolatingRun) -> None:
    """Apply N1 and N2."""
    own = "R" if sequence.level & 1 else "L"
    place = 0
    while place < len(names):
        if names[place] not in _NEUTRAL:
            place += 1
            continue
        end = place
        while end < len(names) and names[end] in _NEUTRAL:
            end += 1
        before = _DIRECTION[names[place - 1]] if place else sequence.sos
        after = _DIRECTION[names[end]] if end < len(names) else sequence.eos
        names[place:end] = [before if before == after else own] * (end - place)
        place = end


def _implicit(name: str, level: int) -> int:
    """Return what I1 and I2 add to a level."""
    if level & 1:
        return 0 if name == "R" else 1
    return {"R": 1, "L": 0}.get(name, 2)


def _whitespace(found: list[int], classes: Sequence[str], base: int) -> list[int]:
    """Apply L1 to a paragraph on one line, and mark what X9 took out."""
    trailing = True
    for index in range(len(found) - 1, -1, -1):
        name = classes[index]
        if name in REMOVED:
            found[index] = ABSENT
        elif name in ("B", "S"):
            found[index] = base
            trailing = True
        elif trailing and (name == "WS" or name in INITIATORS or name == "PDI"):
            found[index] = base
        else:
            trailing = False
    return found
