"""Messages that look for a translation, and entries that look for a message."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from kitabat.catalogs.memory import Memory
from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.sections import former_sections
from kitabat.catalogs.similarity import Profile, profile
from kitabat.catalogs.spelling import Vocabulary

Key = tuple[str | None, str]
NumberedSource = tuple[int, PoEntry]
MOST_PAIRS = 100_000
"""Pairs of texts that are compared in one place; of more, only those that are about as far from its beginning."""
PLACE = re.compile(r"(.*?)(?::([0-9]+))?\Z", re.DOTALL)


class Trust(Enum):
    """What is thought of a claim."""

    SAME = "same"
    """The translation is of this very text: it keeps its state."""
    REVIVED = "revived"
    """The same, from an obsolete entry."""
    MOVED = "moved"
    """The same, from a section that is gone, or that this message has left."""
    CORRECTED = "corrected"
    """The text has changed in nothing that a translation sees: it keeps its state."""
    REMEMBERED = "remembered"
    """The translation of another article's same text in the same context."""
    EDITED = "edited"
    """The translation is of an older or a similar text: fuzzy."""


STAYS = (Trust.SAME, Trust.CORRECTED)
"""What is said of messages that stand where they stood."""


class Claim(NamedTuple):
    """A message of the source, by number, and the entry that has its translation."""

    number: int
    entry: PoEntry
    trust: Trust
    text: str | None = None
    """The part of the entry's translation that is due to the message; None for all of it."""
    joined: tuple[PoEntry, ...] = ()
    """The entries whose texts are this message's together, ``entry`` first; none where it has one alone."""
    copied: bool = False
    """The entry is another message's, or another article's: nothing but its translation comes from it."""
    offer: PoEntry | None = None
    """Another entry, whose translation ``entry`` is to have, for it has none."""


def reading_order(entries: Sequence[PoEntry], order: Sequence[Key] = ()) -> Sequence[PoEntry]:
    """Return entries as they were read, so that a catalog that some tool has sorted merges as well.

    ``order`` tells it where it has them all, else the references do; then those of one line stay as they are, and so
    do all where any has no line.
    """
    ranks = {key: rank for rank, key in enumerate(order)}
    if all(entry.key in ranks for entry in entries):
        return sorted(entries, key=lambda entry: ranks[entry.key])
    places = []
    for entry in entries:
        match = PLACE.match(entry.references[0]) if entry.references else None
        if match is None or match[2] is None:
            return entries
        places.append((match[1], int(match[2])))
    ordered = sorted(range(len(entries)), key=places.__getitem__)
    return [entries[number] for number in ordered]


def reach(texts: int) -> int:
    """Return how far from its own share of the way a text looks for others, in a place of so many."""
    return max(1, MOST_PAIRS // (2 * texts))


class Pool:
    """What is to be matched, and what has been."""

    def __init__(
        self,
        sources: Sequence[PoEntry],
        active: Sequence[PoEntry],
        obsolete: Sequence[PoEntry],
        *,
        memory: Memory | None = None,
        path: str = "",
        typo: bool = False,
        order: Sequence[Key] = (),
    ) -> None:
        """``path`` is the catalog's, which is no other article's; ``typo`` lets corrected spelling pass as no edit.

        ``order`` is the reading order of the entries, where something tells it.
        """
        self.sources = sources
        self.active = {entry.key: entry for entry in reading_order(active, order)}
        self.obsolete = {
            entry.key: entry for entry in sorted(obsolete, key=lambda entry: (entry.key[0] or "", entry.key[1]))
        }
        self.former = former_sections(sources, tuple(self.active.values()))
        self.memory = memory
        self.path = path
        self.typo = typo
        self.profiles: dict[str, Profile] = {}
        self.claims: dict[int, Claim] = {}
        self.asking: frozenset[int] | None = None
        """Numbers of the only messages that still ask; None where all may."""
        self.taken: set[Key] = set()

    def take(self, claim: Claim) -> None:
        """Give an entry to a message, unless either has been given already.

        A copy leaves the entry to others, and so does an offer to a message that keeps an entry of its own.
        """
        wanted = (
            () if claim.copied or self.asking is not None else [entry.key for entry in claim.joined or (claim.entry,)]
        )
        if claim.number not in self.claims and self.taken.isdisjoint(wanted):
            self.claims[claim.number] = claim
            self.taken.update(wanted)

    def waiting(self) -> Iterator[tuple[int, PoEntry]]:
        """Yield the messages that have no claim yet, in order."""
        numbers = range(len(self.sources)) if self.asking is None else sorted(self.asking)
        return ((number, self.sources[number]) for number in numbers if number not in self.claims)

    def untranslated(self) -> dict[int, Claim]:
        """Return the claims of messages that are not what they were, on entries that have no translation."""
        return {
            number: claim
            for number, claim in self.claims.items()
            if claim.trust is not Trust.SAME and not any(form.strip() for form in claim.entry.msgstr)
        }

    def known(self) -> Iterator[PoEntry]:
        """Yield every entry that has a translation."""
        entries = (*self.active.values(), *self.obsolete.values())
        return (entry for entry in entries if any(form.strip() for form in entry.msgstr))

    def left(self) -> Iterator[PoEntry]:
        """Yield active entries that no message has, in the catalog's order."""
        return (entry for key, entry in self.active.items() if key not in self.taken)

    def in_use(self) -> Iterator[PoEntry]:
        """Yield active entries that a message has, and that have a translation, in the catalog's order."""
        return (entry for entry in self.known() if entry.key in self.taken and entry.key in self.active)

    def left_obsolete(self) -> Iterator[PoEntry]:
        """Yield obsolete entries that no message has, sorted."""
        return (entry for key, entry in self.obsolete.items() if key not in self.taken)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of this article and of others, now and before."""
        others = tuple(self.memory.texts(self.path)) if self.memory is not None else ()
        entries = (*self.active.values(), *self.obsolete.values())
        return Vocabulary(
            now=(*(source.msgid for source in self.sources), *others),
            before=(*(entry.msgid for entry in entries), *others),
        )

    def profile(self, text: str) -> Profile:
        """Return the profile of a text; each is made once."""
        known = self.profiles.get(text)
        if known is None:
            known = self.profiles[text] = profile(text)
        return known

    def section(self, source: PoEntry) -> str | None:
        """Return the context that a message's section had in the catalog."""
        former = self.former.get(source.msgctxt)
        return former.section if former else source.msgctxt

    def is_sure(self, source: PoEntry) -> bool:
        """Tell whether the message's section is certainly the one that it is taken for."""
        former = self.former.get(source.msgctxt)
        return former is None or former.sure

    def is_said_more_often(self, source: PoEntry) -> bool:
        """Tell whether more sections have a message's text now than had it before."""
        return len(self.holders[source.msgid]) > max(1, self.times[source.msgid])

    def is_parted_with(self, source: PoEntry) -> bool:
        """Tell whether the section that a message stood in was parted, and several parts have the message's text."""
        sections = self.holders[source.msgid]
        if len(sections) == 1:
            return False
        former = self.section(source)
        return sum(any((former, text) in self.active for text in self.own[one]) for one in sections) > 1

    @cached_property
    def holders(self) -> dict[str, list[str | None]]:
        """The sections that have each text now."""
        found: dict[str, list[str | None]] = {}
        for source in self.sources:
            found.setdefault(source.msgid, []).append(source.msgctxt)
        return found

    @cached_property
    def times(self) -> Counter[str]:
        """In how many sections each text stood."""
        return Counter(text for _, text in self.active)

    @cached_property
    def own(self) -> dict[str | None, list[str]]:
        """The texts of each section that no other has now."""
        found: dict[str | None, list[str]] = {source.msgctxt: [] for source in self.sources}
        for text, sections in self.holders.items():
            if len(sections) == 1:
                found[sections[0]].append(text)
        return found

    def by_section(self, entries: Sequence[PoEntry]) -> Iterator[tuple[list[NumberedSource], list[PoEntry]]]:
        """Yield the waiting messages of each section, with the entries of the section that it was."""
        new: dict[Hashable, list[NumberedSource]] = {}
        for number, source in self.waiting():
            new.setdefault(self.section(source), []).append((number, source))
        old: dict[Hashable, list[PoEntry]] = {}
        for entry in entries:
            old.setdefault(entry.msgctxt, []).append(entry)
        return ((messages, old[place]) for place, messages in new.items() if place in old)

    def rows(self) -> tuple[dict[int, int], dict[Key, int]]:
        """Return the place of each message, by number, and of each entry, by key, among what has not moved.

        Those between which nothing stands but what has moved in, or out, are neighbours.
        """
        moved = [claim for claim in self.claims.values() if claim.trust not in STAYS]
        numbers, keys = {claim.number for claim in moved}, {claim.entry.key for claim in moved}
        stayed = (number for number in range(len(self.sources)) if number not in numbers)
        kept = (key for key in self.active if key not in keys)
        return (
            {number: place for place, number in enumerate(stayed)},
            {key: place for place, key in enumerate(kept)},
        )

    def neighbours(self) -> tuple[dict[int, int], dict[Key, int]]:
        """Return the last matched message before each message, by number, and before each entry, by key."""
        numbers = {claim.entry.key: number for number, claim in self.claims.items() if not claim.copied}
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
