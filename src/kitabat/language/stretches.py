"""Stretches of a text that go against its base direction: what UAX #9 embeds, told about expressions and quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from kitabat.language.bidi.classes import EXPLICIT, bidi_classes
from kitabat.language.bidi.levels import resolved
from kitabat.language.enclosures import Pair, pairs
from kitabat.language.expressions import Expression, Kind
from kitabat.language.urdu.spacing import MONTHS
from kitabat.model.language import Direction

ATOM = "\ufffc"
"""Stands in a text for what has no text here: an image, code, the mark of a note, an element with its own direction."""

RTL_RANGES = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
"""Blocks of right-to-left scripts, for a character class of a regular expression."""

_UNITS = (
    "فیصد|فی صد|سو|ہزار|لاکھ|کروڑ|ارب|کھرب|ملین|بلین|ٹریلین|ڈالر|ڈالرز|روپے|روپئے|روپیہ|یورو|پاؤنڈ|ریال|درہم|"
    "سال|برس|ماہ|مہینے|ہفتے|دن|روز|گھنٹے|منٹ|سیکنڈ|افراد|لوگ|کلومیٹر|میٹر|کلوگرام|کلو|ٹن|بجے"
)
_COUNTED = re.compile(f"(?=[{RTL_RANGES}])[^\\W\\d_]|[ \u00a0](?:{'|'.join(MONTHS)}|{_UNITS})(?!\\w)")
"""Stands after a number that belongs to Urdu words, whatever stands before it: its ending, a month, what it counts."""
_TAGGED = re.compile(f"(?<!\\w)[#@](?=[{RTL_RANGES}])(?!\\d)")
_SPACES = " \u00a0"
_COMMAS = {"rtl": "،", "ltr": ",;"}


@dataclass(frozen=True, slots=True)
class Subject:
    """A text with what the rules ask of it."""

    text: str
    base: Direction
    classes: Sequence[str]
    """Bidi classes, as the expressions and quotations of the text have them."""
    pairs: Sequence[Pair]
    partners: Mapping[int, int]
    """For each mark of ``pairs``, the place of the other."""
    innermost: Sequence[Pair | None]
    """For each position, the closest pair around it; for a mark itself, the pair around its own."""
    expressions: Sequence[Expression]
    covered: frozenset[int]
    """Positions inside an expression other than a plain number."""
    natives: Sequence[int]
    """How many characters before each position go the base direction for certain."""

    def foreign(self, index: int) -> bool:
        """Tell whether a character goes against the base direction for certain."""
        return self.classes[index] == "L" if self.base == "rtl" else self.classes[index] in ("R", "AL")

    def native(self, start: int, end: int) -> bool:
        """Tell whether something between two positions goes the base direction for certain."""
        return start < end and self.natives[start] < self.natives[end]

    def core(self, index: int) -> bool:
        """Tell whether a character alone is reason enough for a run to hold it at its edge."""
        return self.foreign(index) or self.classes[index] in ("EN", "AN") or index in self.covered

    def holds(self, start: int, end: int) -> bool:
        """Tell whether a part holds text, a number or an atom, of whichever direction."""
        return self.native(start, end) or any(
            self.core(index) or self.text[index] == ATOM for index in range(start, end)
        )


def subject_of(text: str, base: Direction, found: tuple[Expression, ...]) -> Subject:
    """Gather what the rules need, with the classes that expressions give to their characters."""
    classes = ["BN" if name in EXPLICIT else name for name in bidi_classes(text)]
    covered: set[int] = set()
    for one in found:
        inside = range(one.start, one.end)
        # After Latin words UAX #9 gives them an EN, and never an AN.
        number = "AN" if base == "rtl" and _COUNTED.match(text, one.end) else "EN"
        if one.kind is not Kind.NUMBER:
            covered.update(inside)
        for index in inside:
            if one.kind is Kind.TECHNICAL and classes[index] not in ("R", "AL"):
                classes[index] = "L"
            elif one.kind is not Kind.TECHNICAL and classes[index] != "L":
                classes[index] = number
    if base == "ltr":
        for tag in _TAGGED.finditer(text):
            classes[tag.start()] = "R"
    outer = tuple(pair for pair in pairs(text) if pair.opening not in covered and pair.closing not in covered)
    for pair in outer:
        if pair.quotes:
            _unite(classes, base, pair)
        else:
            _keep_gloss(text, classes, base, pair)
    partners = {pair.opening: pair.closing for pair in outer} | {pair.closing: pair.opening for pair in outer}
    own = ("L",) if base == "ltr" else ("R", "AL")
    natives = tuple(accumulate((name in own for name in classes), initial=0))
    return Subject(
        text, base, classes, outer, partners, _innermost(outer, len(text)), found, frozenset(covered), natives
    )


def _innermost(outer: Sequence[Pair], length: int) -> Sequence[Pair | None]:
    """Return the closest pair around each position; the pairs are in order and do not cross."""
    around: list[Pair | None] = [None] * length
    for pair in outer:
        around[pair.opening + 1 : pair.closing] = [pair] * (pair.closing - pair.opening - 1)
    return around


def _unite(classes: list[str], base: Direction, pair: Pair) -> None:
    """Make the words of a quotation one run where half of it, the first and the last go against the base."""
    strong = [index for index in range(pair.opening + 1, pair.closing) if classes[index] in ("L", "R", "AL")]
    against = [index for index in strong if (classes[index] == "L") == (base == "rtl")]
    if against and (against[0], against[-1]) == (strong[0], strong[-1]) and 2 * len(against) >= len(strong):
        name = "L" if base == "rtl" else "R"
        for index in range(strong[0], strong[-1] + 1):
            if classes[index] not in ("B", "BN"):
                classes[index] = name


def _keep_gloss(text: str, classes: list[str], base: Direction, pair: Pair) -> None:
    """Make words of the base in brackets a part of the name that goes on after them: ``The Valley (وادی) of Swat``."""
    before, after = pair.opening - 1, pair.closing + 1
    while before >= 0 and text[before] in _SPACES:
        before -= 1
    while after < len(text) and text[after] in _SPACES:
        after += 1
    other = ("L",) if base == "rtl" else ("R", "AL")
    if before < 0 or after == len(text) or classes[before] not in other or classes[after] not in other:
        return
    strong = [index for index in range(pair.opening + 1, pair.closing) if classes[index] in ("L", "R", "AL")]
    if not any(classes[index] in other for index in strong):
        for index in strong:
            classes[index] = other[0]


def stretches(subject: Subject) -> Iterator[tuple[int, int]]:
    """Yield the maximal parts that UAX #9 embeds, cut at the sentence's commas and at the edges of addresses."""
    text, base = subject.text, subject.base
    threshold = 2 if base == "rtl" else 1
    inside = [level >= threshold for level in resolved(text, subject.classes, base)]
    edges: set[int] = set()
    for one in subject.expressions:
        if one.kind is not Kind.TECHNICAL:
            continue
        if base == "rtl":
            inside[one.start : one.end] = [True] * (one.end - one.start)
        elif not all(inside[one.start : one.end]):
            edges |= {one.start, one.end}
    for index in _commas(subject):
        inside[index] = False
    start = 0
    for index in range(len(text) + 1):
        if index == len(text) or not inside[index] or text[index] == "\n" or index in edges:
            if start < index:
                yield start, index
            start = index if index in edges and index < len(text) and inside[index] else index + 1


def _commas(subject: Subject) -> Iterator[int]:
    """Yield the commas that are the sentence's own: in its script, outside numbers and quotations of the other way."""
    marks = _COMMAS[subject.base]
    quoted: set[int] = set()
    for pair in subject.pairs:
        inside = range(pair.opening + 1, pair.closing)
        if pair.quotes and not subject.native(inside.start, inside.stop):
            quoted.update(inside)
    for index, character in enumerate(subject.text):
        if (
            character in marks
            and subject.classes[index] not in ("EN", "AN")
            and index not in subject.covered
            and index not in quoted
        ):
            yield index
