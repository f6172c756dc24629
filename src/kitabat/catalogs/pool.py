"""Messages that look for a translation, and entries that look for a message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.sections import former_sections

Key = tuple[str | None, str]


class Trust(Enum):
    """What is thought of a claim."""

    SAME = "same"
    """The translation is of this very text: it keeps its state."""
    REVIVED = "revived"
    """The same, from an obsolete entry."""
    MOVED = "moved"
    """The same, from a section that is gone, or that this message has left."""
    EDITED = "edited"
    """The translation is of an older or a similar text: fuzzy."""


class Claim(NamedTuple):
    """A message of the source, by number, and the entry that has its translation."""

    number: int
    entry: PoEntry
    trust: Trust


class Pool:
    """What is to be matched, and what has been."""

    def __init__(self, sources: Sequence[PoEntry], active: Sequence[PoEntry], obsolete: Sequence[PoEntry]) -> None:
        self.sources = sources
        self.keys = {source.key for source in sources}
        self.active = {entry.key: entry for entry in active}
        self.obsolete = {entry.key: entry for entry in obsolete}
        self.former = former_sections(sources, active)
        self.claims: dict[int, Claim] = {}
        self.taken: set[Key] = set()

    def take(self, claim: Claim) -> None:
        """Give an entry to a message, unless either is given already."""
        if claim.number not in self.claims and claim.entry.key not in self.taken:
            self.claims[claim.number] = claim
            self.taken.add(claim.entry.key)

    def waiting(self) -> Iterator[tuple[int, PoEntry]]:
        """Yield the messages without a translation, in order."""
        return ((number, source) for number, source in enumerate(self.sources) if number not in self.claims)

    def left(self) -> Iterator[PoEntry]:
        """Yield active entries that no message has, in the catalog's order."""
        return (entry for key, entry in self.active.items() if key not in self.taken and key not in self.keys)

    def section(self, source: PoEntry) -> str | None:
        """Return the context that a message's section had in the catalog."""
        return self.former.get(source.msgctxt, source.msgctxt)

    def neighbours(self) -> tuple[dict[int, int], dict[Key, int]]:
        """Return the last matched message before each message, by number, and before each entry, by key."""
        numbers = {claim.entry.key: number for number, claim in self.claims.items()}
        of_sources: dict[int, int] = {}
        last = -1
        for number in range(len(self.sources)):
            last = number if number in self.claims else last
            of_sources[number] = last
        of_entries: dict[Key, int] = {}
        last = -1
        for key in self.active:
            last = numbers.get(key, last)
            of_entries[key] = last
        return of_sources, of_entries
