"""Proof-reading a PDF: does it say what its document says? Read with PDFium, which knows nothing of how it was made."""

from __future__ import annotations

import importlib.util
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise
from typing import NamedTuple

WORD = re.compile(
    r"[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06e1-\u06ef\u06fa-\u06ff\u0750-\u077f]+"
    r"|[0-9]+|[\u06f0-\u06f9]+|[\u0660-\u0669]+|[^\W\d_]+"
)
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
INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup u var wbr".split()  # noqa: SIM905
)
"""Elements inside which a word may begin and end outside."""
APART = frozenset({"footnote", "noteref"})
"""Classes of inline elements that stand apart from the words around them."""
UNSAID = frozenset({"head", "title", "script", "style", "template", "svg", "math"})
RUNNING = frozenset({"running", "folio", "masthead", "footnote-again"})
"""Classes of what stands in the margins of some pages, or of none, and of notes that their page has already."""
WITHOUT_END = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905
)
STRANGE = 0.005
"""Share of words that no source has above which a PDF says something else."""
LONGEST = 8
"""Words that a finding quotes."""


class Lost(NamedTuple):
    """Words that a PDF should say and does not, or the other way round."""

    page: int
    """From 1: where they should be; 0 where no word says where."""
    line: int
    """On that page, from 1."""
    words: str
    number: int
    """How many words."""
    strange: bool = False
    """They are in the PDF and in no source."""


class Place(NamedTuple):
    """A page and a line, from 1."""

    page: int
    line: int


def can_read() -> bool:
    """Tell whether the reader is installed: it is an extra, ``kitabat[verify]``."""
    return importlib.util.find_spec("pypdfium2") is not None


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared.

    >>> words("“نئی دہلی” Naïve-style ۱۹۴۷ء")
    ['نئی', 'دہلی', 'naïve', 'style', '۱۹۴۷', 'ء']
    """
    plain = BEYOND.sub(" ", unicodedata.normalize("NFC", text))
    return WORD.findall(plain.translate(SPELT_OUT | INVISIBLE).casefold())


def proofread(html: str, content: bytes, drawn: str = "") -> tuple[Lost, ...]:
    """Return what a PDF does not say of its document, and what it says beside it; nothing where all is well.

    ``drawn`` are the sources of its pictures, whose words it may say.
    Generated text, such as folios, leaders and running parts, is not looked for.
    """
    wanted = expected(html)
    found = Extract.of(read(content))
    short = Counter(word for word in wanted if word) - found.counts
    for word in [word for word in short if found.divides(word)]:
        del short[word]
    return tuple(_lost(wanted, found, short)) + tuple(_strange(html + drawn, wanted, found))


def expected(html: str) -> list[str]:
    """Return the words of a document in order, with an empty word between blocks.

    >>> expected("<p>ایک <b>دو</b>تین<br>چار<td>پانچ")
    ['', 'ایک', 'دوتین', '', 'چار', '', 'پانچ']
    """
    return [word for block in blocks(html) for word in ("", *words(block))][1:]


def blocks(html: str) -> list[str]:
    """Return the text of each block of a document that is seen, in order.

    >>> blocks("<p>ایک <b>دو</b>تین<td>چار۔")
    ['', 'ایک دوتین', 'چار۔']
    """
    parser = _Said()
    parser.feed(html)
    parser.close()
    return "".join(parser.texts).split("\x00")


class _Said(HTMLParser):
    """Gathers the text of a document that is seen."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._open: list[_Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Part the text where a block begins."""
        classes = set((dict(attrs).get("class") or "").split())
        apart = tag not in INLINE or bool(APART & classes)
        if apart:
            self.texts.append("\x00")
        if tag not in WITHOUT_END:
            inside = bool(self._open) and self._open[-1].unsaid
            self._open.append(_Element(tag, apart, inside or tag in UNSAID or bool(RUNNING & classes)))

    def handle_endtag(self, tag: str) -> None:
        """Part the text where a block ends."""
        while any(element.tag == tag for element in self._open):
            ended = self._open.pop()
            if ended.apart:
                self.texts.append("\x00")
            if ended.tag == tag:
                break

    def handle_data(self, data: str) -> None:
        """Keep what is seen."""
        if not self._open or not self._open[-1].unsaid:
            self.texts.append(data.replace("\x00", " "))


class _Element(NamedTuple):
    """An element that is not ended yet."""

    tag: str
    apart: bool
    """Words do not go on across its border."""
    unsaid: bool
    """Its text is nowhere on the page, or only on some pages."""


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
            yield text.get_text_range()
            text.close()
            page.close()
    finally:
        document.close()


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

    def divides(self, word: str) -> bool:
        """Tell whether a word is there in two parts."""
        halves = ((word[:at], word[at:]) for at in range(1, len(word)))
        return any(
            one in self.places and other in self.places and (one in self.parts or other in self.parts)
            for one, other in halves
        )

    @classmethod
    def of(cls, pages: Iterable[str]) -> Extract:
        """Return the words of pages; what a hyphen divides counts as one word and as two."""
        counts: Counter[str] = Counter()
        pairs: dict[tuple[str, str], Place] = {}
        places: dict[str, list[Place]] = defaultdict(list)
        parts: set[str] = set()
        before = ""
        for page, text in enumerate(pages, 1):
            for match in DIVIDED.finditer(text):
                start = re.search(r"[^\W\d_]*$", text[: match.start()])
                end = re.match(r"[^\W\d_]*", text[match.end() :])
                counts.update(words((start[0] if start else "") + (end[0] if end else "")))
            parts.update(word for match in HYPHENED.finditer(text) for word in words(match[0]))
            for line, row in enumerate(text.splitlines(), 1):
                for word in words(row.replace("\ufffe", " ").replace("\x02", " ")):
                    counts[word] += 1
                    places[word].append(Place(page, line))
                    pairs.setdefault((before, word), Place(page, line))
                    before = word
        return cls(counts, pairs, places, frozenset(parts))


def _lost(wanted: Sequence[str], found: Extract, short: Counter[str]) -> Iterator[Lost]:
    """Yield the words that are missing, neighbours together, each with the place behind the word before them."""
    if not short:
        return
    said = [pair in found.pairs for pair in pairwise(["", *wanted, ""])]
    alone = [
        number for number, word in enumerate(wanted) if word in short and not said[number] and not said[number + 1]
    ]
    others = [number for number, word in enumerate(wanted) if word in short and number not in set(alone)]
    taken: set[int] = set()
    for number in (*alone, *others):
        if short[wanted[number]] > 0:
            short[wanted[number]] -= 1
            taken.add(number)
    for first, last in _stretches(sorted(taken), wanted):
        quoted = [word for word in wanted[first : last + 1] if word]
        text = " ".join(quoted[:LONGEST]) + (" …" if len(quoted) > LONGEST else "")
        yield Lost(*_place(wanted, found, said, first), text, len(quoted))


def _stretches(numbers: Sequence[int], wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of numbers that stand together, empty words between them aside."""
    start = before = None
    for number in numbers:
        if before is not None and start is not None and any(wanted[before + 1 : number]):
            yield start, before
            start = None
        start = number if start is None else start
        before = number
    if start is not None and before is not None:
        yield start, before


def _place(wanted: Sequence[str], found: Extract, said: Sequence[bool], number: int) -> Place:
    for at in range(number - 1, -1, -1):
        if wanted[at] and said[at]:
            return found.pairs[wanted[at - 1] if at else "", wanted[at]]
    for word in wanted[:number][::-1]:
        if word in found.places:
            return found.places[word][0]
    return Place(1, 1)


def _strange(html: str, wanted: Iterable[str], found: Extract) -> Iterator[Lost]:
    """Yield words of letters that the document has nowhere, neither in its text nor in what is generated from it."""
    known = set(wanted) | set(words(unicodedata.normalize("NFKC", html)))
    strange = {
        word: places
        for word, places in found.places.items()
        if word not in known and word.isalpha() and not word.isascii()  # parts of divided English words are no words
    }
    number = sum(map(len, strange.values()))
    if number > STRANGE * found.counts.total():
        place = min(places[0] for places in strange.values())
        yield Lost(*place, " ".join(list(strange)[:LONGEST]), number, strange=True)
