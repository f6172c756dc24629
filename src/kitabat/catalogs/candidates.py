"""Where the translation of a message may come from: a table of searches, from the surest to the least sure."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterator, Sequence

from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.pool import Claim, Pool, Trust
from kitabat.catalogs.similarity import Profile, aligned, profile, similarity

ALIKE = 0.5
"""Similarity from which a text of the same section is taken for an older form of a new one."""
REWRITTEN = 0.2
"""The same where both stand between the same neighbours, and nothing likelier has been found."""
MOST_PAIRS = 100_000
"""Pairs of texts that are compared in one place; of more, only those that are about as far from its beginning."""

Search = Callable[[Pool], Iterator[Claim]]
NumberedSource = tuple[int, PoEntry]


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
    for number, source in pool.waiting():
        entry = pool.active.get((pool.section(source), source.msgid))
        if entry is not None:
            yield Claim(number, entry, Trust.MOVED)


def same_text_elsewhere(pool: Pool) -> Iterator[Claim]:
    """Find the message in a section that it has left; sure only where no other message or entry has this text."""
    messages = Counter(source.msgid for source in pool.sources)
    entries = Counter(entry.msgid for entry in pool.active.values())
    by_text: dict[str, deque[PoEntry]] = {}
    for entry in pool.left():
        by_text.setdefault(entry.msgid, deque()).append(entry)
    for number, source in pool.waiting():
        sure = messages[source.msgid] == 1 == entries[source.msgid]
        if by_text.get(source.msgid):
            yield Claim(number, by_text[source.msgid].popleft(), Trust.MOVED if sure else Trust.EDITED)


def edited_in_place(pool: Pool) -> Iterator[Claim]:
    """Find what was edited between the same neighbours of the same section."""
    yield from _between_neighbours(pool, ALIKE)


def edited_in_section(pool: Pool) -> Iterator[Claim]:
    """Find what was edited, and moved within its section."""
    new: dict[Hashable, list[NumberedSource]] = {}
    for number, source in pool.waiting():
        new.setdefault(pool.section(source), []).append((number, source))
    old: dict[Hashable, list[PoEntry]] = {}
    for entry in pool.left():
        old.setdefault(entry.msgctxt, []).append(entry)
    for place, messages in new.items():
        yield from _alike(messages, old.get(place, []), ALIKE)


def rewritten_in_place(pool: Pool) -> Iterator[Claim]:
    """Find what is left of a text between the same neighbours of the same section."""
    yield from _between_neighbours(pool, REWRITTEN)


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
    edited_in_place,
    edited_in_section,
    rewritten_in_place,
    same_text_obsolete,
)
"""In the order in which they are asked."""


def claims(pool: Pool) -> dict[int, Claim]:
    """Ask every search; what one has given, the next does not see."""
    for search in SEARCHES:
        for claim in list(search(pool)):
            pool.take(claim)
    return pool.claims


def _between_neighbours(pool: Pool, least: float) -> Iterator[Claim]:
    of_sources, of_entries = pool.neighbours()
    new: dict[Hashable, list[NumberedSource]] = {}
    for number, source in pool.waiting():
        new.setdefault((pool.section(source), of_sources[number]), []).append((number, source))
    old: dict[Hashable, list[PoEntry]] = {}
    for entry in pool.left():
        old.setdefault((entry.msgctxt, of_entries[entry.key]), []).append(entry)
    for place, messages in new.items():
        yield from _alike(messages, old.get(place, []), least)


def _alike(new: Sequence[NumberedSource], old: Sequence[PoEntry], least: float) -> Iterator[Claim]:
    """Align the messages and entries of one place by the likeness of their texts."""
    if not old:
        return
    known = [_profiles(entry) for entry in old]
    reach = max(1, MOST_PAIRS // (2 * len(new)))
    weights: list[dict[int, float]] = []
    for row, (_, source) in enumerate(new):
        text = profile(source.msgid)
        middle = row * len(old) // len(new)
        columns = range(max(0, middle - reach), min(len(old), middle + reach + 1))
        scores = {column: max(similarity(text, other) for other in known[column]) for column in columns}
        weights.append({column: score for column, score in scores.items() if score >= least})
    for row, column in aligned(weights, len(old)):
        yield Claim(new[row][0], old[column], Trust.EDITED)


def _profiles(entry: PoEntry) -> list[Profile]:
    """Return profiles of the text that an entry has now, and of that which its translation was made from."""
    texts = {entry.msgid, entry.previous.msgid} if entry.previous and entry.is_fuzzy else {entry.msgid}
    return [profile(text) for text in texts]
