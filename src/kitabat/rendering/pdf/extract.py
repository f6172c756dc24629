"""What a PDF says: the words that PDFium reads on its pages, which knows nothing of how they were made."""

from __future__ import annotations

import ctypes
import functools
import importlib.util
import itertools
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

URDU = r"\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06e1-\u06ef\u06fa-\u06ff\u0750-\u077f"
"""Letters of Arabic script with their marks."""
OF_URDU = re.compile(f"[{URDU}]")
WORD = re.compile(rf"[{URDU}]+|[0-9]+|[\u06f0-\u06f9]+|[\u0660-\u0669]+|(?:(?![{URDU}])[^\W\d_])+")
"""A run of letters of one script with their marks, or of digits of one system."""
INVISIBLE = dict.fromkeys(
    [0xAD, 0x061C, 0x0640, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
)
"""Joiners, marks of direction, tatweel: not part of a word's letters."""
SPELT_OUT = dict.fromkeys([*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF)], " ")
"""Ligatures such as ﷺ, which PDFium spells out."""
BEYOND = re.compile("[\U00010000-\U0010ffff]")
"""What PDFium gives nothing back of, emoji and old scripts among it."""
DIVIDED = re.compile("(?<=[^\\W\\d_])[-\u2010\ufffe\x02]\\s*(?=[^\\W\\d_])")
"""Where a word goes on in the next line, or a compound is written with a hyphen."""
HYPHENED = re.compile("[^\\W\\d_]+(?=[-\u2010\ufffe\x02])|(?<=[-\u2010\ufffe\x02])[^\\W\\d_]+")
LEVEL = 0.5
"""Points within which baselines are one."""
JOINERS = "\u200c\u200d"
MARKED = re.compile(rf"[{URDU}{JOINERS}]+")
FARTHEST = 64
"""Letters beside a hyphen that are looked at."""
LONG = 24
"""Letters of a word that a line may be too short for, so that it is broken wherever the line ends."""


class Place(NamedTuple):
    """A page and a line, from 1."""

    page: int
    line: int


def can_read() -> bool:
    """Tell whether the reader is installed: it is an extra, ``kitabat[verify]``."""
    return importlib.util.find_spec("pypdfium2") is not None


def is_urdu(word: str) -> bool:
    """Tell whether a word is one of Arabic script."""
    return bool(OF_URDU.match(word))


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared; signs that stand for others, such as ½, are those others.

    >>> words("“نئی دہلی” Naïve-style ۱۹۴۷ء ½ Journalز")
    ['نئی', 'دہلی', 'naïve', 'style', '۱۹۴۷', 'ء', '1', '2', 'journal', 'ز']
    """
    plain = BEYOND.sub(" ", unicodedata.normalize("NFC", text)).translate(SPELT_OUT)
    return WORD.findall(unicodedata.normalize("NFKC", plain).translate(INVISIBLE).casefold())


def read(content: bytes) -> Iterator[str]:
    """Yield the text of each page; raises ValueError where it is no PDF."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        raise ValueError("it is no PDF") from fault
    try:
        for page in document:
            text = page.get_textpage()
            yield in_lines(text.get_text_range(), functools.partial(_baseline, text))
            text.close()
            page.close()
    finally:
        document.close()


def in_lines(text: str, baseline: Callable[[int], float]) -> str:
    r"""Return the text of a page in the lines of the page: in a file bound right words come back as lines.

    ``baseline`` gives the height of a character's baseline, by its number; see `right_bound`.

    >>> in_lines("On\r\n \r\nthe\r\n, \r\nend\r\n.\r\nNext\r\n \r\nline", lambda number: 9 if number < 24 else 5)
    'On the, end.\r\nNext line'
    >>> in_lines("at\r\n \r\n ,once\r\na", lambda number: 9)
    'at  ,once a'
    """
    if "\n \r" not in text:
        return text
    lines: list[str] = []
    start, before = 0, math.nan
    for row in text.split("\r\n"):
        if row and abs(baseline(start) - before) < LEVEL:
            # A sign that PDFium has turned round took the space with it.
            lines[-1] += f" {row}" if lines[-1][-1:].isalnum() and row[0].isalnum() else row
        else:
            lines.append(row)
        start += len(row) + 2
        before = baseline(start - 3) if row else math.nan
    return "\r\n".join(lines)


def _baseline(text: Any, number: int) -> float:
    import pypdfium2.raw

    x, y = ctypes.c_double(), ctypes.c_double()
    return y.value if pypdfium2.raw.FPDFText_GetCharOrigin(text, number, x, y) else math.nan


@dataclass(frozen=True, slots=True)
class Extract:
    """The words that a PDF says."""

    counts: Counter[str]
    pairs: dict[tuple[str, str], Place]
    """Neighbouring words, and where they stand first."""
    places: dict[str, list[Place]]
    """Where each word stands."""
    parts: frozenset[str]
    """Parts of words beside a hyphen; between columns, and in a file bound right, the rest stands elsewhere."""
    lines: tuple[tuple[Place, tuple[str, ...]], ...]
    """The words of each line."""

    def says(self, word: str) -> bool:
        """Tell whether a word is there all the same: in two parts, or in several where it is long."""
        return self._divides(word) or self._breaks(word)

    def divided(self, word: str) -> bool:
        """Tell whether a word that is there goes on in the next line somewhere, or everywhere."""
        return word not in self.places or self.counts[word] > len(self.places[word])

    def _divides(self, word: str) -> bool:
        halves = ((word[:at], word[at:]) for at in range(1, len(word)))
        return any(
            one in self.places and other in self.places and (one in self.parts or other in self.parts)
            for one, other in halves
        )

    def _breaks(self, word: str) -> bool:
        """Tell whether a long word is made of words that are there."""
        if len(word) < LONG:
            return False
        longest = max(map(len, self.places), default=0)
        ends = {0}
        """How many letters some parts make up."""
        for end in range(1, len(word) + 1):
            if any(
                end - length in ends and word[end - length : end] in self.places for length in range(1, longest + 1)
            ):
                ends.add(end)
        return len(word) in ends

    @classmethod
    def of(cls, pages: Iterable[str]) -> Extract:
        """Return the words of pages; what a hyphen divides counts as one word and as two."""
        counts: Counter[str] = Counter()
        pairs: dict[tuple[str, str], Place] = {}
        places: dict[str, list[Place]] = defaultdict(list)
        parts: set[str] = set()
        lines: list[tuple[Place, tuple[str, ...]]] = []
        before = ""
        for page, text in enumerate(pages, 1):
            for match in DIVIDED.finditer(text):
                start = re.match(r"[^\W\d_]*", text[: match.start()][: -FARTHEST - 1 : -1])
                end = re.match(r"[^\W\d_]*", text[match.end() : match.end() + FARTHEST])
                counts.update(words((start[0][::-1] if start else "") + (end[0] if end else "")))
            parts.update(word for match in HYPHENED.finditer(text) for word in words(match[0]))
            for line, row in enumerate(text.splitlines(), 1):
                said = tuple(words(row.replace("\ufffe", " ").replace("\x02", " ")))
                lines.append((Place(page, line), said))
                for word in said:
                    counts[word] += 1
                    places[word].append(Place(page, line))
                    pairs.setdefault((before, word), Place(page, line))
                    before = word
        return cls(counts, pairs, places, frozenset(parts), tuple(lines))


def turned(text: str) -> dict[str, str]:
    """Return the words of a text that PDFium turns round where they stand in a line from left to right.

    It takes their marks and joiners for the ends of a stretch, and each stretch for itself.

    >>> sorted(turned("عُمان اور علیؓ").items())
    [('علیؓ', 'ؓعلی'), ('عُمان', 'مانُع')]
    """
    found = {}
    for word in set(MARKED.findall(unicodedata.normalize("NFC", text))):
        stretches = itertools.groupby(word, key=lambda one: one in JOINERS or bool(unicodedata.combining(one)))
        back = "".join(reversed(["".join(letters) for _, letters in stretches]))
        if back != word:
            found[word.translate(INVISIBLE)] = back.translate(INVISIBLE)
    return found
