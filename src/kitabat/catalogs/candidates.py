"""Where the translation of a message may come from: a table of searches, from the surest to the least sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.similarity import Profile, aligned, profile, similarity

ALIKE = 0.5
"""Similarity from which a text of the same section is taken for an older form of a new one."""
ALIKE_IN_PLACE = 0.2
"""The same where both stand between the same neighbours."""
SECTIONS_ALIKE = 0.5
"""Similarity of all that two sections say, from which one is taken for the other under a new name."""
IN_PLACE = 0.2
"""What the same neighbours add to a similarity."""

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
    """Messages that still look for a translation, and entries that still look for a message."""

    def __init__(self, sources: Sequence[PoEntry], active: Sequence[PoEntry], obsolete: Sequence[PoEntry]) -> None:
        self.sources = sources
        self.keys = {source.key for source in sources}
        self.active = {entry.key: entry for entry in active}
        self.obsolete = {entry.key: entry for entry in obsolete}
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


Search = Callable[[Pool], Iterator[Claim]]


def same_key(pool: Pool) -> Iterator[Claim]:
    """Find the message as it was."""
    for number, source in pool.waiting():
        if source.key in pool.active:
            yield Claim(number, pool.active[source.key], Trust.SAME)


def same_key_obsolete(pool: Pool) -> Iterator[Claim]:
    """Find a message that comes back."""
    for number, source in pool.waiting():
        if source.key in pool.obsolete:
            yield Claim(number, pool.obsolete[source.key], Trust.REVIVED)


def same_text_in_renamed_section(pool: Pool) -> Iterator[Claim]:
    """Find the message as it was, in a section that has a new id."""
    former = renamed_sections(pool)
    for number, source in list(pool.waiting()):
        context = former.get(source.msgctxt)
        entry = pool.active.get((context, source.msgid)) if context is not None else None
        if entry is not None and entry.key not in pool.keys:
            yield Claim(number, entry, Trust.MOVED)


def same_text_elsewhere(pool: Pool) -> Iterator[Claim]:
    """Find the message in a section that it has left; sure only where no other message or entry has this text."""
    waiting, left = list(pool.waiting()), list(pool.left())
    messages = Counter(source.msgid for source in pool.sources)
    entries = Counter(entry.msgid for entry in pool.active.values())
    by_text: dict[str, list[PoEntry]] = {}
    for entry in left:
        by_text.setdefault(entry.msgid, []).append(entry)
    for number, source in waiting:
        sure = messages[source.msgid] == 1 == entries[source.msgid]
        for entry in by_text.get(source.msgid, ())[:1]:
            by_text[source.msgid] = by_text[source.msgid][1:]
            yield Claim(number, entry, Trust.MOVED if sure else Trust.EDITED)


def edited_in_section(pool: Pool) -> Iterator[Claim]:
    """Find what was edited in its place, or near it in the same section."""
    yield from _edited(pool, {source.msgctxt: source.msgctxt for _, source in pool.waiting()})


def edited_in_renamed_section(pool: Pool) -> Iterator[Claim]:
    """Find what was edited in a section that has a new id: most often the heading that gave the id."""
    yield from _edited(pool, dict(renamed_sections(pool)))


def same_text_obsolete(pool: Pool) -> Iterator[Claim]:
    """Find the text among obsolete entries of other sections."""
    by_text = {entry.msgid: entry for key, entry in pool.obsolete.items() if key not in pool.taken}
    for number, source in pool.waiting():
        if source.msgid in by_text:
            yield Claim(number, by_text[source.msgid], Trust.EDITED)


SEARCHES: tuple[Search, ...] = (
    same_key,
    same_key_obsolete,
    same_text_in_renamed_section,
    same_text_elsewhere,
    edited_in_section,
    edited_in_renamed_section,
    same_text_obsolete,
)
"""In the order in which they are asked."""


def claims(pool: Pool) -> dict[int, Claim]:
    """Ask every search; what one has given, the next does not see."""
    for search in SEARCHES:
        for claim in list(search(pool)):
            pool.take(claim)
    return pool.claims


def renamed_sections(pool: Pool) -> dict[str | None, str | None]:
    """Pair sections that are new with sections that are gone: by the texts they share, else by likeness as a whole."""
    then = _by_section(pool.active.values())
    now = _by_section(pool.sources)
    gone = {context: texts for context, texts in then.items() if context not in now}
    fresh = {context: texts for context, texts in now.items() if context not in then}
    wholes = {context: profile("\n".join(texts)) for context, texts in (gone | fresh).items()}
    scored = sorted(
        (-score, place, new, old)
        for place, (new, texts) in enumerate(fresh.items())
        for old, former in gone.items()
        if new is not None and old is not None and (score := _likeness(texts, former, wholes[new], wholes[old])) > 0
    )
    pairs: dict[str | None, str | None] = {}
    for _, _, new, old in scored:
        if new not in pairs and old not in pairs.values():
            pairs[new] = old
    return pairs


def _by_section(entries: Iterable[PoEntry]) -> dict[str | None, list[str]]:
    sections: dict[str | None, list[str]] = {}
    for entry in entries:
        sections.setdefault(entry.msgctxt, []).append(entry.msgid)
    return sections


def _likeness(texts: Sequence[str], former: Sequence[str], whole: Profile, former_whole: Profile) -> float:
    shared = len(set(texts) & set(former))
    score = similarity(whole, former_whole)
    return shared + score if shared or score >= SECTIONS_ALIKE else 0.0


def _edited(pool: Pool, sections: dict[str | None, str | None]) -> Iterator[Claim]:
    """Align, section by section, what is new with what is gone."""
    left: dict[str | None, list[PoEntry]] = {}
    for entry in pool.left():
        left.setdefault(entry.msgctxt, []).append(entry)
    waiting: dict[str | None, list[tuple[int, PoEntry]]] = {}
    for number, source in pool.waiting():
        waiting.setdefault(source.msgctxt, []).append((number, source))
    slots = _slots(pool)
    for context, former in sections.items():
        new, old = waiting.get(context, []), left.get(former, [])
        if not new or not old:
            continue
        profiles = [_profiles(entry) for entry in old]
        weights = []
        for number, source in new:
            text, slot = profile(source.msgid), slots[number]
            row = zip(old, profiles, strict=True)
            weights.append([_weight(text, known, same=slots[entry.key] == slot) for entry, known in row])
        for line, column in aligned(weights):
            yield Claim(new[line][0], old[column], Trust.EDITED)


def _profiles(entry: PoEntry) -> list[Profile]:
    """Profiles of the text that an entry has now, and of that which its translation was made from."""
    texts = {entry.msgid, entry.previous.msgid} if entry.previous and entry.is_fuzzy else {entry.msgid}
    return [profile(text) for text in texts]


def _weight(text: Profile, known: Sequence[Profile], *, same: bool) -> float:
    score = max(similarity(text, other) for other in known)
    if same:
        return score + IN_PLACE if score >= ALIKE_IN_PLACE else 0.0
    return score if score >= ALIKE else 0.0


def _slots(pool: Pool) -> dict[int | Key, int]:
    """Return the last sure neighbour before each message (by number) and each entry (by key)."""
    slots: dict[int | Key, int] = {}
    last = -1
    numbers = {claim.entry.key: number for number, claim in pool.claims.items()}
    for number in range(len(pool.sources)):
        last = number if number in pool.claims else last
        slots[number] = last
    last = -1
    for key in pool.active:
        last = numbers.get(key, last)
        slots[key] = last
    return slots
