"""Paragraphs that were split or joined: one text here is several in a row there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from kitabat.catalogs.similarity import Profile, contained, similarity

CONTAINED = 0.8
"""Share of a piece that its whole must hold."""
TOGETHER = 0.8
"""Similarity of a whole and its pieces, put together."""
SHORTER = 0.95
"""What a piece may have of its whole's length: one that has all of it is the text itself."""
MOST_PIECES = 6
SENTENCE = re.compile(r"(?<=[.!?۔؟…])(?P<closing>[”’\"')\]*_]*(?:\[\^[^\]\s]+\])*)\s+")
MARKS = re.compile(r"\*+|_+|`+|\"")
PAIRS = (("“", "”"), ("‘", "’"), ("(", ")"), ("[", "]"))


class Text(NamedTuple):
    """A text and its number in reading order."""

    place: int
    text: str


class Group(NamedTuple):
    """A whole and its pieces, by index."""

    whole: int
    pieces: tuple[int, ...]


def groups(
    wholes: Sequence[Text], pieces: Sequence[Text], profile: Callable[[str], Profile], reach: int
) -> list[Group]:
    """Return which wholes are made of neighbouring pieces, the likeliest first; no text is in two groups.

    ``reach`` bounds how far from its own share of the way a whole looks for its pieces.
    """
    found: list[tuple[float, Group]] = []
    for number, whole in enumerate(wholes):
        middle = number * len(pieces) // len(wholes)
        near = range(max(0, middle - reach), min(len(pieces), middle + reach + 1))
        large = profile(whole.text)
        fit = [place for place in near if _fits(profile(pieces[place].text), large)]
        for run in _runs(fit, pieces):
            score = similarity(profile(" ".join(pieces[place].text for place in run)), large)
            if score >= TOGETHER:
                found.append((score, Group(number, run)))
    chosen: list[Group] = []
    used_wholes: set[int] = set()
    used_pieces: set[int] = set()
    for _, group in sorted(found, key=lambda each: (-each[0], each[1])):
        if group.whole not in used_wholes and used_pieces.isdisjoint(group.pieces):
            chosen.append(group)
            used_wholes.add(group.whole)
            used_pieces.update(group.pieces)
    return chosen


def _fits(piece: Profile, whole: Profile) -> bool:
    return piece.total < SHORTER * whole.total and contained(piece, whole) >= CONTAINED


def _runs(fit: Sequence[int], pieces: Sequence[Text]) -> Iterator[tuple[int, ...]]:
    """Yield every row of two or more neighbours."""
    for start in range(len(fit)):
        run = [fit[start]]
        for place in fit[start + 1 : start + MOST_PIECES]:
            if pieces[place].place != pieces[run[-1]].place + 1:
                break
            run.append(place)
            yield tuple(run)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, by their marks; a footnote's mark stays with the sentence before it.

    >>> sentences("“One.” Two? ۳٫۵ فیصد۔ آخر")
    ['“One.”', 'Two?', '۳٫۵ فیصد۔', 'آخر']
    >>> sentences("One.[^1] Two")
    ['One.[^1]', 'Two']
    """
    return SENTENCE.sub(lambda found: f"{found['closing']}\n", text.strip()).split("\n")


def parted(translation: str, pieces: Sequence[str]) -> list[str]:
    """Return what to offer to each piece of a text that was split.

    Its own sentences, where the translation has as many sentences as the pieces have together: then there is nothing
    to delete, and the previous msgid shows the whole. Else the whole translation to each, for a translator deletes
    faster than he looks up; also where a mark of emphasis or a bracket would be torn.

    >>> parted("ایک۔ دو۔", ["One.", "Two."])
    ['ایک۔', 'دو۔']
    >>> parted("ایک اور دو۔", ["One.", "Two."])
    ['ایک اور دو۔', 'ایک اور دو۔']
    """
    theirs = sentences(translation)
    counts = [len(sentences(piece)) for piece in pieces]
    if len(theirs) != sum(counts):
        return [translation] * len(pieces)
    parts, start = [], 0
    for count in counts:
        parts.append(" ".join(theirs[start : start + count]))
        start += count
    return parts if all(_is_whole(part) for part in parts) else [translation] * len(pieces)


def _is_whole(text: str) -> bool:
    even = all(count % 2 == 0 for count in Counter(MARKS.findall(text)).values())
    return even and all(text.count(opening) == text.count(closing) for opening, closing in PAIRS)
