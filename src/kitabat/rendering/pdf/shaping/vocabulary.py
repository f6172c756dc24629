"""What words look like alone: a text of words that are known needs no shaping.

Where spaces are widened from the beginning, as for Urdu, Pango takes each word for an item of its own (see *runs*), and
shapes it the same wherever it stands. So here each word is shaped once for all documents of a style sheet, and texts
are put together from what was found. Only texts are whose words and spaces no other can change: letters and digits of
one font, from right to left, with no signs but round brackets and those at words' ends.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple

from kitabat.rendering.pdf.shaping.paragraphs import LEVEL, OFFSET, Measured, widths_of
from kitabat.rendering.pdf.shaping.runs import UNITS, Run, moved

MOST = 10_000
"""Words kept for one way of setting text, and those of one text more."""
SOME = "ا"
"""A word to stand beside those that are shaped, so that spaces stand between words."""
LETTER = "[\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff]"
"""Arabic's and Urdu's, all of one script."""
ALONG = f"(?:{LETTER}|[\u064b-\u0655\u0670]|\u200c(?={LETTER}))"
NUMBER = "[۰-۹]++(?:[٫٬.,:][۰-۹]++)*+"
SIGN = "[،؛؟۔:!.]?"
END = f"{SIGN}[)]?{SIGN}"
WORD = f"[(]?{LETTER}{ALONG}*+{END}"
FIRST = f"[(]?[۰-۹]++(?:{LETTER}{ALONG}*+)?{END}"
"""A number that stands as it does behind words, and as it does before the first of them."""
OTHER = f"[(]?{NUMBER}(?:٪|{LETTER}{ALONG}*+)?{END}"
PLAIN = re.compile(
    f" ?(?:[)]{SIGN} )?(?:{FIRST} )*(?:{FIRST}|{WORD}(?: (?:{WORD}|{OTHER}))*+)(?: [(])? ?",
)
"""A text whose lines end at its spaces; it may be a part of one that has Latin words in brackets."""
ACROSS, AGAINST = 1, 2
"""Levels of text from right to left, and of numbers in it."""
SPACE = " "


class Word(NamedTuple):
    """A word, with the sign at its end, or a space."""

    runs: tuple[Run, ...]
    """In the order of the text, each placed from the word's start; none where the word does not stand for itself."""
    widths: tuple[int, ...]
    """Of its bytes, in Pango's units: a cluster is as wide as its glyphs, all of it at the first of its bytes."""
    blank: bool


class Composed(NamedTuple):
    """A text on one line."""

    measured: Measured
    widths: list[int]
    """Of its bytes, as those of words."""
    ends: list[int]
    """Where lines may end, in bytes; the last is the text's own end."""


class Vocabulary:
    """The words of one way of setting text; ``shape`` returns a text as Pango shapes it, on one line."""

    __slots__ = ("_apart", "_first", "_last", "_like", "_shape", "_space", "_words")

    def __init__(self, shape: Callable[[str], Measured]) -> None:
        self._shape, self._words = shape, dict[str, Word]()
        self._apart: set[str] = set()
        """Words that do not stand for themselves."""
        self._like = shape(f" {SOME} {SOME} ")
        """A text that is as high as any other of its font."""
        self._first, _, self._space, _, self._last = self._parted(self._like, (SPACE, SOME, SPACE, SOME, SPACE))

    def composed(self, text: str) -> Composed | None:
        """Return a text put together from words; None where it is not certain that Pango shapes it so."""
        if not PLAIN.fullmatch(text) or not self._space.runs:
            return None
        words, known = text.strip(" ").split(" "), self._words
        if len(known) > MOST:
            known.clear()
            self._apart.clear()
        unknown = [word for word in dict.fromkeys(words) if word not in known]
        if unknown:
            self._learn(unknown)
        if not self._apart.isdisjoint(words):
            return None
        parts = [part for word in words for part in (self._space, known[word])]
        parts[:1] = [self._first] if text[0] == " " else []
        if text[-1] == " ":
            parts.append(self._last)
        return _joined(parts, self._like)

    def _learn(self, words: Sequence[str]) -> None:
        """Note what words look like, all of them shaped at once."""
        parts = [part for word in words for part in (SPACE, word)]
        shaped = self._parted(self._shape("".join([SOME, *parts])), [SOME, *parts])
        found = dict(zip(words, shaped[2::2], strict=True))
        self._words |= found
        self._apart.update(word for word, known in found.items() if not known.runs)

    def _parted(self, measured: Measured, parts: Sequence[str]) -> list[Word]:
        """Return words and spaces of a text."""
        runs = sorted(measured.runs, key=OFFSET)
        found, place = [], 0
        for part in parts:
            size = len(part.encode())
            first = bisect_left(runs, place, key=OFFSET)
            own = runs[first : bisect_left(runs, place + size, lo=first, key=OFFSET)]
            if not self._stands_alone(own, size):
                own = []
            placed = tuple(moved(run, run.offset - place) for run in own)
            found.append(Word(placed, tuple(widths_of(placed, size)), part == SPACE))
            place += size
        return found

    def _stands_alone(self, runs: Sequence[Run], size: int) -> bool:
        """Tell whether runs are all of a part, in the font of spaces, and stand so whatever the text around is."""
        levels = [run.kind[0] & LEVEL for run in runs]
        return (
            sum(run.length for run in runs) == size
            and {run.address for run in runs} == {self._like.runs[0].address}
            and set(levels) <= {ACROSS, AGAINST}
            and levels.count(AGAINST) < 2
        )


def _joined(parts: Sequence[Word], like: Measured) -> Composed:
    """Return a text of words and the spaces around them, as high as another."""
    new, runs, widths, ends, place = tuple.__new__, list[Run](), list[int](), list[int](), 0
    for word in parts:
        for font, address, kind, offset, length, glyphs, clusters in word.runs:
            # As `moved`, for all at once.
            runs.append(new(Run, (font, address, kind, place + offset, length, glyphs, clusters)))
        widths += word.widths
        place += len(word.widths)
        if word.blank:
            ends.append(place)
    if not parts[-1].blank:
        ends.append(place)
    measured = like._replace(runs=tuple(runs[::-1]), length=place, width=sum(widths) / UNITS)
    return Composed(measured, widths, ends)
