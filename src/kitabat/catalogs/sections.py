"""Which section of an article is which section of its catalog, where an id has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.similarity import profile, similarity

ALIKE = 0.5
"""Similarity of all that two sections say, from which one is taken for the other under a new name."""
MOST_PAIRS = 2_500
"""Pairs of sections that are compared as a whole; of more, only those that share a text."""

Section = str | None


def former_sections(sources: Iterable[PoEntry], active: Iterable[PoEntry]) -> dict[Section, Section]:
    """Pair sections that are new with sections that are gone: by the texts they share, else by likeness as a whole.

    >>> former_sections([PoEntry("Text", msgctxt="new")], [PoEntry("Text", msgctxt="old")])
    {'new': 'old'}
    """
    then, now = _by_section(active), _by_section(sources)
    gone = {context: texts for context, texts in then.items() if context not in now and context is not None}
    fresh = {context: texts for context, texts in now.items() if context not in then and context is not None}
    places = {context: place for place, context in enumerate(fresh)}
    scored = sorted((-score, places[new], new, old) for new, old, score in _scores(fresh, gone))
    pairs: dict[Section, Section] = {}
    used: set[Section] = set()
    for _, _, new, old in scored:
        if new not in pairs and old not in used:
            pairs[new] = old
            used.add(old)
    return pairs


def _by_section(entries: Iterable[PoEntry]) -> dict[Section, list[str]]:
    sections: dict[Section, list[str]] = {}
    for entry in entries:
        sections.setdefault(entry.msgctxt, []).append(entry.msgid)
    return sections


def _scores(fresh: Mapping[str, list[str]], gone: Mapping[str, list[str]]) -> Iterator[tuple[str, str, float]]:
    """Yield pairs that may be one section: a score above 1 counts the texts that they share."""
    holders: dict[str, list[str]] = {}
    for old, texts in gone.items():
        for text in texts:
            holders.setdefault(text, []).append(old)
    shared: dict[tuple[str, str], int] = {}
    for new, texts in fresh.items():
        for text in texts:
            for old in holders.get(text, ()):
                shared[new, old] = shared.get((new, old), 0) + 1
    for (new, old), count in shared.items():
        yield new, old, 1.0 + count
    if len(fresh) * len(gone) > MOST_PAIRS:
        return
    wholes = {context: profile("\n".join(texts)) for context, texts in gone.items()}
    for new, texts in fresh.items():
        whole = profile("\n".join(texts))
        for old in gone:
            score = similarity(whole, wholes[old])
            if score >= ALIKE and (new, old) not in shared:
                yield new, old, score
