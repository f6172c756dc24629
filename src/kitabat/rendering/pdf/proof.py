"""Proof-reading a PDF: does it say what its document says? Read with PDFium, which knows nothing of how it was made."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from itertools import pairwise
from typing import NamedTuple

from kitabat.rendering.pdf.extract import LONG, Extract, Place, is_urdu, read, turned, words
from kitabat.rendering.pdf.sequence import Move, moved

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
CELLS = frozenset({"td", "th"})
BREAK = "\x00"
"""Stands between blocks."""
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
    astray: bool = False
    """They are in the PDF, in another order."""


def proofread(html: str, content: bytes, drawn: str = "", *, two_ways: bool = False) -> tuple[Lost, ...]:
    """Return what a PDF does not say of its document, and what it says beside it; nothing where all is well.

    ``drawn`` are the sources of its pictures, whose words it may say; ``two_ways`` tells that it goes both ways.
    Generated text, such as folios, leaders and running parts, is not looked for.
    """
    wanted = expected(html)
    found = Extract.of(read(content))
    short = Counter(word for word in wanted if word) - found.counts
    back = turned(html)
    for word in list(short):
        short[word] -= found.counts[back[word]] if word in back else 0
        if short[word] <= 0 or found.says(word):
            del short[word]
    lost = tuple(_lost(wanted, found, short.copy()))
    astray = (
        _astray(wanted, move)
        for move in moved(steady(html), words(" ".join(_read(html).running)), found, two_ways=two_ways)
        if not short.keys() & (about := {*wanted[move.first : move.last + 1]})
        # A word that goes on in the next line stands beside whatever its parts stand beside.
        if not any(word and found.divided(word) for word in about)
    )
    return *lost, *astray, *_strange(html + drawn, {*wanted, *back.values()}, found)


def expected(html: str) -> list[str]:
    """Return the words of a document in order, with an empty word between blocks.

    >>> expected("<p>ایک <b>دو</b>تین<br>چار<td>پانچ")
    ['', 'ایک', 'دوتین', '', 'چار', '', 'پانچ']
    """
    return [word for block in blocks(html) for word in ("", *words(block))][1:]


def steady(html: str) -> list[str]:
    """Return the same words, with an empty one for each that does not run in its block's direction.

    How many of those follow one another, and in which order a reader takes them, is the reader's own affair.

    >>> steady("<p dir='rtl'>شہر <b>New</b> York میں ۱۹۴۷ تک")
    ['', 'شہر', '', '', 'میں', '', 'تک']
    """
    found = _read(html)
    return [
        word if is_urdu(word) == rtl and word.isalpha() else ""
        for block, rtl in zip("".join(found.texts).split(BREAK), found.directions, strict=True)
        for word in ("", *words(block))
    ][1:]


def blocks(html: str) -> list[str]:
    """Return the text of each block of a document that is seen, in order.

    >>> blocks("<p>ایک <b>دو</b>تین<td>چار۔")
    ['', 'ایک دوتین', 'چار۔']
    """
    return "".join(_read(html).texts).split(BREAK)


def _read(html: str) -> _Said:
    parser = _Said()
    parser.feed(html)
    parser.close()
    return parser


class _Said(HTMLParser):
    """Gathers the text of a document that is seen."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.directions: list[bool | None] = [False]
        """Of each block, whether it runs from right to left; None in a cell, whose lines readers join to others."""
        self.running: list[str] = []
        """What stands in the margins, or nowhere."""
        self._open: list[_Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Part the text where a block begins."""
        classes = set((dict(attrs).get("class") or "").split())
        apart = tag not in INLINE or bool(APART & classes)
        around = self._open[-1] if self._open else _Element(tag="", apart=True, unsaid=False, rtl=False)
        # What has a direction among the words of a block is no block.
        direction = dict(attrs).get("dir") if apart else None
        rtl = None if tag in CELLS or around.rtl is None else direction == "rtl" if direction else around.rtl
        if apart:
            self._part(rtl=rtl)
        if tag not in WITHOUT_END:
            unsaid = around.unsaid or tag in UNSAID or bool(RUNNING & classes)
            self._open.append(_Element(tag, apart, unsaid, rtl))

    def handle_endtag(self, tag: str) -> None:
        """Part the text where a block ends."""
        while any(element.tag == tag for element in self._open):
            ended = self._open.pop()
            if ended.apart:
                self._part(rtl=self._open[-1].rtl if self._open else False)
            if ended.tag == tag:
                break

    def handle_data(self, data: str) -> None:
        """Keep what is seen."""
        if not self._open or not self._open[-1].unsaid:
            self.texts.append(data.replace(BREAK, " "))
        else:
            self.running.append(data)

    def _part(self, *, rtl: bool | None) -> None:
        """Begin another block."""
        self.texts.append(BREAK)
        self.directions.append(rtl)


class _Element(NamedTuple):
    """An element that is not ended yet."""

    tag: str
    apart: bool
    """Words do not go on across its border."""
    unsaid: bool
    """Its text is nowhere on the page, or only on some pages."""
    rtl: bool | None
    """It runs from right to left; None in a cell of a table."""


def _lost(wanted: Sequence[str], found: Extract, short: Counter[str]) -> Iterator[Lost]:
    """Yield the words that are missing, neighbours together, each with the place behind the word before them."""
    if not short:
        return
    said = [pair in found.pairs for pair in pairwise(["", *wanted, ""])]
    alone = [
        number for number, word in enumerate(wanted) if word in short and not said[number] and not said[number + 1]
    ]
    known = set(alone)
    others = [number for number, word in enumerate(wanted) if word in short and number not in known]
    taken: set[int] = set()
    for number in (*alone, *others):
        if short[wanted[number]] > 0:
            short[wanted[number]] -= 1
            taken.add(number)
    for first, last in _stretches(sorted(taken), wanted):
        quoted, number = _quoted(wanted, first, last)
        yield Lost(*_place(wanted, found, said, first), quoted, number)


def _astray(wanted: Sequence[str], move: Move) -> Lost:
    """Return the finding that words have changed places."""
    return Lost(*move.place, *_quoted(wanted, move.first, move.last), astray=True)


def _quoted(wanted: Sequence[str], first: int, last: int) -> tuple[str, int]:
    """Return words of a document as a finding quotes them, and how many there are."""
    quoted = [word for word in wanted[first : last + 1] if word]
    return " ".join(quoted[:LONGEST]) + (" …" if len(quoted) > LONGEST else ""), len(quoted)


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
    long = [word for word in known if len(word) >= LONG]
    strange = {
        word: places
        for word, places in found.places.items()
        if word not in known and word.isalpha() and not word.isascii()  # parts of divided English words are no words
        if not any(word in one for one in long)
    }
    number = sum(map(len, strange.values()))
    if number > STRANGE * found.counts.total():
        place = min(places[0] for places in strange.values())
        yield Lost(*place, " ".join(list(strange)[:LONGEST]), number, strange=True)
