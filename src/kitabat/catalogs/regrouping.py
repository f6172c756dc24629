"""Searches for paragraphs that were split, and for such as were joined; with a heading between, or without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kitabat.catalogs.pieces import Text, groups, parted
from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.pool import Claim, Key, NumberedSource, Pool, Trust, reach


def split_or_joined(pool: Pool) -> Iterator[Claim]:
    """Find paragraphs of a section that were split, and such as were joined."""
    numbers, places = pool.rows()
    for messages, entries in pool.by_section(list(pool.left())):
        yield from _regrouped(pool, messages, entries, numbers, places)


def split_by_heading(pool: Pool) -> Iterator[Claim]:
    """Find paragraphs that a new heading has split, and such as were joined where a heading went."""
    headings = _beginnings(pool.sources), _beginnings(pool.active.values())
    numbers, places = pool.rows()
    rows = (number for number in numbers if pool.sources[number].key not in headings[0])
    lines = (key for key in places if key not in headings[1])
    yield from _regrouped(
        pool,
        [(number, source) for number, source in pool.waiting() if source.key not in headings[0]],
        [entry for entry in pool.left() if entry.key not in headings[1]],
        {number: row for row, number in enumerate(rows)},
        {key: line for line, key in enumerate(lines)},
    )


def _beginnings(entries: Iterable[PoEntry]) -> set[Key]:
    """Return the keys of the first text of each section."""
    firsts: dict[str | None, Key] = {}
    for entry in entries:
        firsts.setdefault(entry.msgctxt, entry.key)
    return set(firsts.values())


def _regrouped(
    pool: Pool,
    messages: Sequence[NumberedSource],
    entries: Sequence[PoEntry],
    numbers: Mapping[int, int],
    places: Mapping[Key, int],
) -> Iterator[Claim]:
    """Pair entries with the messages that they were split into, and messages with the entries that they join.

    ``numbers`` and ``places`` tell which messages, and which entries, are neighbours.
    """
    entries = [entry for entry in entries if entry.msgid_plural is None and entry.key in places]
    messages = [(number, source) for number, source in messages if number in numbers]
    if not messages or not entries:
        return
    news = [Text(numbers[number], source.msgid) for number, source in messages]
    olds = [Text(places[entry.key], entry.msgid) for entry in entries]
    near = reach(len(news) + len(olds))
    used: set[int] = set()
    for group in groups(olds, news, pool.profile, near):
        entry, pieces = entries[group.whole], [messages[piece] for piece in group.pieces]
        used.add(group.whole)
        parts = parted(entry.msgstr[0], [source.msgid for _, source in pieces])
        for (number, _), part in zip(pieces, parts, strict=True):
            yield Claim(number, entry, Trust.EDITED, part, copied=number != pieces[0][0])
    for group in groups(news, olds, pool.profile, near):
        if used.isdisjoint(group.pieces):
            joined = tuple(entries[piece] for piece in group.pieces)
            text = " ".join(entry.msgstr[0] for entry in joined if entry.msgstr[0].strip())
            yield Claim(messages[group.whole][0], joined[0], Trust.EDITED, text, joined)
