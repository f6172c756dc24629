"""Where the translation of a message may come from: a table of searches, from the surest to the least sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence

from kitabat.catalogs.changes import bare
from kitabat.catalogs.memory import VERY_NEAR, Remembered
from kitabat.catalogs.nearest import Nearest
from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.pool import Claim, NumberedSource, Pool, Trust, reach
from kitabat.catalogs.regrouping import split_by_heading, split_or_joined
from kitabat.catalogs.similarity import aligned, similarity
from kitabat.catalogs.spelling import is_typo

ALIKE = 0.5
"""Similarity from which a text of the same section is taken for an older form of a new one."""
ALIKE_OBSOLETE = 0.6
"""The same where the older form left the article earlier."""
REWRITTEN = 0.2
"""The same where both stand between the same neighbours, and nothing likelier has been found."""

Search = Callable[[Pool], Iterator[Claim]]


def same_key(pool: Pool) -> Iterator[Claim]:
    """Find the message as it was, in its section, which may have a new id.

    Not sure where the section was parted, and two of its parts say the same.
    """
    for number, source in pool.waiting():
        entry = pool.active.get((pool.section(source), source.msgid))
        if entry is not None and pool.is_sure(source):
            doubt = entry.key != source.key and pool.is_parted_with(source)
            sure = Trust.SAME if entry.key == source.key else Trust.MOVED
            yield Claim(number, entry, Trust.EDITED if doubt else sure)


def same_key_obsolete(pool: Pool) -> Iterator[Claim]:
    """Find a message that comes back to its section; an id may have been another section's when it went."""
    for number, source in pool.waiting():
        entry = pool.obsolete.get((pool.section(source), source.msgid))
        if entry is not None and pool.is_sure(source):
            doubt = entry.key != source.key and pool.is_said_more_often(source)
            yield Claim(number, entry, Trust.EDITED if doubt else Trust.REVIVED)


def same_text_elsewhere(pool: Pool) -> Iterator[Claim]:
    """Find the message in a section that it has left; sure only where no other message or entry has this text."""
    yield from _same_text(pool, list(pool.left()))


def _same_text(pool: Pool, entries: Sequence[PoEntry]) -> Iterator[Claim]:
    """Find messages in any section, first in that which theirs may have been."""
    messages = Counter(source.msgid for source in pool.sources)
    known = Counter(text for text, _ in {(entry.msgid, entry.msgstr) for entry in pool.known()})
    by_text: dict[str, list[PoEntry]] = {}
    for entry in entries:
        by_text.setdefault(entry.msgid, []).append(entry)
    for number, source in pool.waiting():
        if found := by_text.get(source.msgid):
            sure = messages[source.msgid] == 1 >= known[source.msgid]
            place = next((place for place, entry in enumerate(found) if entry.msgctxt == pool.section(source)), 0)
            yield Claim(number, found.pop(place), Trust.MOVED if sure else Trust.EDITED)


def same_words(pool: Pool) -> Iterator[Claim]:
    """Find what was edited in nothing that a translation sees; sure where one message and one entry can be meant."""
    new: dict[Hashable, list[NumberedSource]] = {}
    for number, source in pool.waiting():
        new.setdefault((pool.section(source), bare(source.msgid)), []).append((number, source))
    old: dict[Hashable, list[PoEntry]] = {}
    for entry in pool.left() if new else ():
        old.setdefault((entry.msgctxt, bare(entry.msgid)), []).append(entry)
    for key, messages in new.items():
        found = old.get(key, [])
        sure = len(messages) == 1 == len(found)
        for (number, _), entry in zip(messages, found, strict=False):
            yield Claim(number, entry, Trust.CORRECTED if sure else Trust.EDITED)


def same_text_in_use(pool: Pool) -> Iterator[Claim]:
    """Find the text of another message, which keeps its entry: a sentence that an article now says twice.

    A copy is offered: that the other section has these words does not make its translation this one's.
    """
    by_text: dict[str, PoEntry] = {}
    for entry in pool.in_use():
        by_text.setdefault(entry.msgid, entry)
    for number, source in pool.waiting():
        if source.msgid in by_text:
            yield Claim(number, by_text[source.msgid], Trust.EDITED, copied=True)


def edited_in_place(pool: Pool) -> Iterator[Claim]:
    """Find what was edited between the same neighbours of the same section."""
    yield from _between_neighbours(pool, ALIKE)


def edited_in_section(pool: Pool) -> Iterator[Claim]:
    """Find what was edited, and moved within its section."""
    for messages, entries in pool.by_section(list(pool.left())):
        yield from _alike(pool, messages, entries, ALIKE)


def translated_from(pool: Pool) -> Iterator[Claim]:
    """Find a text that comes back beside what was made of it: that entry's translation is still of the older text."""
    by_previous = {entry.previous[:2]: entry for entry in pool.active.values() if entry.is_fuzzy and entry.previous}
    for number, source in pool.waiting():
        if source.key in by_previous:
            yield Claim(number, by_previous[source.key], Trust.EDITED, copied=True)


def rewritten_in_place(pool: Pool) -> Iterator[Claim]:
    """Find a text of which little is left, between the same neighbours of the same section.

    It may be another text that took the place of the first: a copy is offered, and the entry becomes obsolete, to be
    found again if its own text comes back.
    """
    for claim in _between_neighbours(pool, REWRITTEN):
        yield claim._replace(copied=True)


def edited_in_article(pool: Pool) -> Iterator[Claim]:
    """Find what was edited, and moved to another section."""
    yield from _anywhere(pool, list(pool.left()), ALIKE)


def same_text_obsolete(pool: Pool) -> Iterator[Claim]:
    """Find the text among obsolete entries of other sections; sure only where nothing else has this text."""
    yield from _same_text(pool, list(pool.left_obsolete()))


def edited_obsolete(pool: Pool) -> Iterator[Claim]:
    """Find a message that comes back edited."""
    yield from _anywhere(pool, list(pool.left_obsolete()), ALIKE_OBSOLETE)


def same_text_in_other_articles(pool: Pool) -> Iterator[Claim]:
    """Find the text in the catalogs of other articles."""
    if pool.memory is not None:
        yield from _remembered(pool, pool.memory.same)


def edited_in_use(pool: Pool) -> Iterator[Claim]:
    """Find a text that is nearly another message's, which keeps its entry."""
    waiting, known = list(pool.waiting()), list(pool.in_use())
    if not waiting or not known:
        return
    nearest = Nearest([entry.msgid for entry in known], pool.profile)
    for number, source in waiting:
        found = [(-score, place) for score, place in nearest.like(source.msgid, VERY_NEAR)]
        if found:
            yield Claim(number, known[min(found)[1]], Trust.EDITED, copied=True)


def edited_in_other_articles(pool: Pool) -> Iterator[Claim]:
    """Find a text that is nearly it in the catalogs of other articles."""
    if pool.memory is not None:
        yield from _remembered(pool, pool.memory.near)


def _remembered(pool: Pool, find: Callable[[PoEntry, str], Remembered | None]) -> Iterator[Claim]:
    for number, source in pool.waiting():
        found = find(source, pool.path)
        if found is not None:
            trust = Trust.REMEMBERED if found.sure else Trust.EDITED
            yield Claim(number, found.entry, trust, found.entry.msgstr[0], copied=True)


LAST_SEARCHES: tuple[Search, ...] = (
    same_text_in_use,
    same_text_obsolete,
    edited_obsolete,
    same_text_in_other_articles,
    edited_in_use,
    edited_in_other_articles,
)
"""Asked too for a message whose own entry has changed, and has no translation."""

SEARCHES: tuple[Search, ...] = (
    same_key,
    same_key_obsolete,
    same_text_elsewhere,
    same_words,
    same_text_in_use,
    split_or_joined,
    split_by_heading,
    edited_in_place,
    edited_in_section,
    translated_from,
    edited_in_article,
    *LAST_SEARCHES[1:-2],
    rewritten_in_place,
    *LAST_SEARCHES[-2:],
)
"""In the order in which they are asked. What is left of a text is the last that its own catalog is asked for."""


def claims(pool: Pool) -> dict[int, Claim]:
    """Ask every search until each message has a claim; what one has given, the next does not see.

    What has changed and was not translated keeps its entry, and is offered a translation from farther away.
    """
    _ask(pool, SEARCHES)
    kept = pool.untranslated()
    for number in kept:
        del pool.claims[number]
    pool.asking = frozenset(kept)
    _ask(pool, LAST_SEARCHES)
    for number, claim in kept.items():
        offer = pool.claims.get(number)
        pool.claims[number] = claim if offer is None else claim._replace(trust=offer.trust, offer=offer.entry)
    return pool.claims


def _ask(pool: Pool, searches: Sequence[Search]) -> None:
    for search in searches:
        if len(pool.claims) == len(pool.sources):
            break
        for claim in list(search(pool)):
            pool.take(claim)


def _between_neighbours(pool: Pool, least: float) -> Iterator[Claim]:
    of_sources, of_entries = pool.neighbours()
    new: dict[Hashable, list[NumberedSource]] = {}
    for number, source in pool.waiting():
        new.setdefault((pool.section(source), of_sources[number]), []).append((number, source))
    old: dict[Hashable, list[PoEntry]] = {}
    for entry in pool.left():
        old.setdefault((entry.msgctxt, of_entries[entry.key]), []).append(entry)
    for place, messages in new.items():
        yield from _alike(pool, messages, old.get(place, []), least)


def _alike(pool: Pool, new: Sequence[NumberedSource], old: Sequence[PoEntry], least: float) -> Iterator[Claim]:
    """Align the messages and entries of one place by the likeness of their texts."""
    if not old:
        return
    known = [[pool.profile(text) for text in _texts(entry)] for entry in old]
    near = reach(len(new))
    weights: list[dict[int, float]] = []
    for row, (_, source) in enumerate(new):
        text = pool.profile(source.msgid)
        middle = row * len(old) // len(new)
        columns = range(max(0, middle - near), min(len(old), middle + near + 1))
        scores = {column: max(similarity(text, other) for other in known[column]) for column in columns}
        weights.append({column: score for column, score in scores.items() if score >= least})
    for row, column in aligned(weights, len(old)):
        number, source = new[row]
        corrected = pool.typo and is_typo(old[column].msgid, source.msgid, pool.vocabulary)
        yield Claim(number, old[column], Trust.CORRECTED if corrected else Trust.EDITED)


def _anywhere(pool: Pool, old: Sequence[PoEntry], least: float) -> Iterator[Claim]:
    """Pair messages with entries wherever they stand, the likeliest first."""
    waiting = list(pool.waiting())
    if not old or not waiting:
        return
    texts = [(text, entry) for entry in old for text in sorted(_texts(entry))]
    nearest = Nearest([text for text, _ in texts], pool.profile)
    found = [
        (-score, number, place) for number, source in waiting for score, place in nearest.like(source.msgid, least)
    ]
    for _, number, place in sorted(found):
        yield Claim(number, texts[place][1], Trust.EDITED)


def _texts(entry: PoEntry) -> set[str]:
    """Return the text that an entry has now, and that which its translation was made from."""
    return {entry.msgid, entry.previous.msgid} if entry.previous and entry.is_fuzzy else {entry.msgid}
