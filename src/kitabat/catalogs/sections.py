"""Which section of an article is which section of its catalog, where an id has changed or has passed to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.similarity import profile, similarity

ALIKE = 0.5
"""Similarity of all that two sections say, from which one is taken for the other under a new name."""
MOST_PAIRS = 2_500
"""Pairs of sections that are compared as a whole; of more, only those that share a text of their own."""
SAME_NAME = 0.5
"""What the same id counts for, by itself: less than one text that no other section has."""
SAME_SECTION = 1_000_000
"""What it counts for where the two share such a text: whatever else has left it, the section is the same."""
NOWHERE = "\4"
"""The former id of a section that is new, though another had its id; no catalog can hold this character."""

Section = str | None
Texts = Mapping[Section, list[str]]


class Former(NamedTuple):
    """What a section was in the catalog."""

    section: Section
    sure: bool
    """The two say much the same, or only the id tells them apart: what they share is the same message."""


def former_sections(sources: Iterable[PoEntry], active: Iterable[PoEntry]) -> dict[Section, Former]:
    """Pair the sections of an article with those of its catalog; a section that is what it was is left out.

    A text that stands in one section only, now as then, says more than an id: where the first of two sections
    “Summary” goes, the second gets its id. Sections without such a text are what their id says, and those whose id is
    new or gone are compared as a whole.

    >>> former_sections([PoEntry("Text", msgctxt="new")], [PoEntry("Text", msgctxt="old")])
    {'new': Former(section='old', sure=True)}
    """
    then, now = _by_section(active), _by_section(sources)
    places = {context: place for place, context in enumerate(now)}
    pairs = _paired([(-score, places[new], new, old) for (new, old), score in _scores(now, then).items()])
    fresh = {context: texts for context, texts in now.items() if context not in pairs}
    gone = {context: texts for context, texts in then.items() if context not in pairs.values()}
    pairs |= _paired([(-score, places[new], new, old) for new, old, score in _likenesses(fresh, gone)])
    found = {new: Former(old, _alike(now[new], then[old])) for new, old in pairs.items() if new != old}
    return found | {new: Former(NOWHERE, sure=False) for new in fresh if new in then and new not in pairs}


def _by_section(entries: Iterable[PoEntry]) -> dict[Section, list[str]]:
    sections: dict[Section, list[str]] = {}
    for entry in entries:
        sections.setdefault(entry.msgctxt, []).append(entry.msgid)
    return sections


def _paired(scored: list[tuple[float, int, Section, Section]]) -> dict[Section, Section]:
    """Pair the best first; no section is in two pairs."""
    pairs: dict[Section, Section] = {}
    used: set[Section] = set()
    for _, _, new, old in sorted(scored, key=lambda each: (each[0], each[1], each[3] or "")):
        if new not in pairs and old not in used:
            pairs[new] = old
            used.add(old)
    return pairs


def _scores(now: Texts, then: Texts) -> dict[tuple[Section, Section], float]:
    """Return how many texts of their own two sections share, with something for the id."""
    scores = {(context, context): SAME_NAME for context in now if context in then}
    here, there = _holders(now), _holders(then)
    for text, new in here.items():
        old = there.get(text)
        if new is not None and old is not None:
            scores[new, old] = scores.get((new, old), 0) + (SAME_SECTION if new == old else 1)
    return scores


def _holders(sections: Texts) -> dict[str, Section]:
    """Return the section of each text that stands in one alone."""
    count = Counter(text for texts in sections.values() for text in set(texts))
    return {text: context for context, texts in sections.items() for text in texts if count[text] == 1}


def _likenesses(fresh: Texts, gone: Texts) -> Iterator[tuple[Section, Section, float]]:
    """Yield pairs that are alike as a whole."""
    if len(fresh) * len(gone) > MOST_PAIRS:
        return
    wholes = {context: profile("\n".join(texts)) for context, texts in gone.items() if context is not None}
    for new, texts in fresh.items():
        if new is None:
            continue
        whole = profile("\n".join(texts))
        for old, other in wholes.items():
            score = similarity(whole, other)
            if score >= ALIKE:
                yield new, old, score


def _alike(texts: list[str], others: list[str]) -> bool:
    return similarity(profile("\n".join(texts)), profile("\n".join(others))) >= ALIKE
