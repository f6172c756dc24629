"""Silences, ``kitabat: ignore RULE[, RULE]``, in an entry's own comment or above a block, and what becomes of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import Enum

import msgspec

from kitabat.model.diagnostic import Diagnostic, Location
from kitabat.model.message import MessageKey, Remark

IGNORE = re.compile(r"kitabat:[ \t]*ignore\b(.*)")
NAME = re.compile(r"[^,\s]+")


class Fate(Enum):
    """What became of a silence."""

    USED = "used"
    UNUSED = "unused"
    UNKNOWN = "unknown"
    """No check has this name, of catalogs or of articles, as the case may be."""
    MALFORMED = "malformed"
    """It is no silence at all; ``rule`` is the comment."""


class Silence(msgspec.Struct, frozen=True):
    """One rule that somebody silenced for one message."""

    key: MessageKey
    rule: str
    location: Location
    fate: Fate = Fate.UNUSED


def silences(key: MessageKey, remarks: Iterable[Remark]) -> Iterator[Silence]:
    """Yield the silences of an entry, those of no rule at all as malformed.

    >>> remark = Remark("kitabat: ignore catalog/letters, catalog/end", Location("a.po", 3, 3))
    >>> [(silence.rule, silence.location.column) for silence in silences(MessageKey("", "a"), [remark])]
    [('catalog/letters', 19), ('catalog/end', 36)]
    """
    for remark in remarks:
        place = remark.location
        found = IGNORE.match(remark.text)
        names = list(NAME.finditer(remark.text, found.start(1))) if found else []
        if not names:
            yield Silence(key, remark.text, place, Fate.MALFORMED)
        for name in names:
            yield Silence(key, name[0], Location(place.path, place.line, place.column + name.start()))


def judged(
    given: Iterable[Silence], found: Iterable[Diagnostic], owners: Mapping[Location, MessageKey], rules: Collection[str]
) -> tuple[list[Diagnostic], tuple[Silence, ...]]:
    """Return the findings that nothing silences, and each silence with its fate.

    ``owners`` tells which entry a place is in; a finding without an owner is of the whole catalog and stays.
    """
    by_entry: defaultdict[tuple[MessageKey | None, str], list[Silence]] = defaultdict(list)
    for silence in given:
        by_entry[silence.key, silence.rule].append(silence)
    used: set[tuple[MessageKey | None, str]] = set()
    kept = []
    for diagnostic in found:
        owner = owners.get(diagnostic.location) if diagnostic.location else None
        if (owner, diagnostic.rule) in by_entry:
            used.add((owner, diagnostic.rule))
        else:
            kept.append(diagnostic)
    return kept, tuple(_fated(by_entry.values(), used, rules))


def of_blocks(fated: Iterable[Silence]) -> tuple[Silence, ...]:
    """Return the silences of an article, each once: one above a list is of all its items, and used by any of them."""
    found: dict[Location, Silence] = {}
    for silence in fated:
        if silence.location not in found or silence.fate is Fate.USED:
            found[silence.location] = silence
    return tuple(found.values())


def _fated(
    groups: Iterable[list[Silence]], used: Collection[tuple[MessageKey | None, str]], rules: Collection[str]
) -> Iterator[Silence]:
    for group in groups:
        for number, silence in enumerate(group):
            fate = silence.fate
            if fate is not Fate.MALFORMED and silence.rule not in rules:
                fate = Fate.UNKNOWN
            elif (silence.key, silence.rule) in used and number == 0:
                fate = Fate.USED
            yield Silence(silence.key, silence.rule, silence.location, fate)
