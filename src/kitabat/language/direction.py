"""Direction of text: its base, and the runs in it that go the other way and must be isolated.

A renderer that lays out each inline element on its own (WeasyPrint) cannot apply UAX #9 across elements. It needs
none where every run of the other direction stands in an element of its own. ``runs`` finds these runs: they are what
UAX #9 resolves, put right where it has too little to go by:

* What ``language.expressions`` keeps together goes from left to right as a whole.
* Brackets and quotation marks go in pairs: both with the run, or both with the sentence around it.
* A comma tells by its script whose it is: names listed with ``،`` in Urdu, or with ``,`` in English, are runs of
  their own, so that the list reads in the direction of its sentence.
* A quotation that is mostly of the other direction, and begins and ends with it, is one run, with its own runs inside.
* In English, a Western number after Urdu words is the sentence's, and an Urdu number before Urdu words is theirs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kitabat.language.bidi.classes import EXPLICIT, bidi_classes, first_strong
from kitabat.language.bidi.levels import resolved
from kitabat.language.enclosures import Pair, pairs
from kitabat.language.expressions import Expression, Kind, expressions
from kitabat.model.language import Direction

ATOM = "\ufffc"
"""Stands in a text for what has no text here: an image, code, the mark of a note, an element with its own direction."""

CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Embeddings, overrides and isolates: invisible, able to make a text read as what it is not (CVE-2021-42574)."""

_RTL_RANGES = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
_RTL = re.compile(f"[{_RTL_RANGES}]")
_LTR = re.compile(f"[^\\W\\d_{_RTL_RANGES}]")
_CONTROL = re.compile(f"[{CONTROLS}]")
_TAGGED = re.compile(f"(?<!\\w)[#@](?=[{_RTL_RANGES}])")
_URDU_NUMBER_BEFORE = re.compile(r"[۰-۹٠-٩](?:[۰-۹٠-٩٫٬٪.,:/–−-]*[۰-۹٠-٩٪])?\s+$")
_URDU_DIGITS = frozenset("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩")
_MARKS = frozenset("\u200e\u200f\u061c")
_ZWJ = "\u200d"
_EXTENDERS = frozenset((_ZWJ, "\u200c", *map(chr, range(0x1F3FB, 0x1F400)), *map(chr, range(0xE0020, 0xE0080))))
_WESTERN_DIGIT = re.compile("[0-9]")
_COMMAS = {"rtl": "،", "ltr": ",;"}
_FILLING = {"ltr": re.compile(r"[\s!?.,;:…]*"), "rtl": re.compile(r"[\s!?…۔،؛؟]*")}
"""What may stand between a run and the marks around it and still be the run's, by the run's direction."""


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a text, from ``start`` up to ``end``, that goes against the direction of what surrounds it."""

    start: int
    end: int
    direction: Direction


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with what the rules ask of it."""

    text: str
    base: Direction
    classes: Sequence[str]
    pairs: Sequence[Pair]
    expressions: Sequence[Expression]
    covered: frozenset[int]
    """Positions inside an expression other than a plain number."""

    def foreign(self, index: int) -> bool:
        """Tell whether a character goes against the base direction for certain."""
        return self.classes[index] == "L" if self.base == "rtl" else self.classes[index] in ("R", "AL")

    def native(self, index: int) -> bool:
        """Tell whether a character holds text of the base direction, a number or an atom."""
        name = self.classes[index]
        own = name in ("R", "AL") if self.base == "rtl" else name == "L"
        return own or name in ("EN", "AN") or self.text[index] == ATOM

    def core(self, index: int) -> bool:
        """Tell whether a character alone is reason enough for a run to hold it at its edge."""
        return self.foreign(index) or self.classes[index] in ("EN", "AN") or index in self.covered


def base_direction(text: str, default: Direction) -> Direction:
    """Return the direction of the first strong character outside isolates (P2, P3), or the default without one.

    >>> base_direction("12: سلام", "ltr"), base_direction("12", "rtl")
    ('rtl', 'rtl')
    """
    level = first_strong(bidi_classes(text))
    return default if level is None else "rtl" if level else "ltr"


def without_controls(text: str) -> tuple[str, tuple[int, ...]]:
    r"""Return the text without ``CONTROLS``, and where in the given text they stood; marks (LRM, RLM, ALM) stay.

    >>> without_controls("a\u202eb\u200ec")
    ('ab\u200ec', (1,))
    """
    if not _CONTROL.search(text):
        return text, ()
    return _CONTROL.sub("", text), tuple(found.start() for found in _CONTROL.finditer(text))


def runs(text: str, base: Direction) -> tuple[Run, ...]:
    """Return the runs that must be isolated in a text of this direction, in order, apart from each other.

    A run neither begins nor ends with a space, and cuts no grapheme. What goes the base's way again inside a run is
    found by asking for the runs of its own text in its own direction. ``ATOM`` counts as a neutral character, a line
    feed ends every run, ``CONTROLS`` are ignored. A plain number needs no run.

    >>> text = "نیا New York Times اخبار، ص 10–12"
    >>> [text[run.start : run.end] for run in runs(text, "rtl")]
    ['New York Times', '10–12']
    >>> [run.direction for run in runs("the word کتاب", "ltr")], runs("plain", "ltr")
    (['rtl'], ())
    """
    if base == "ltr" and not _RTL.search(text):
        return ()
    found = tuple(expressions(text))
    if base == "rtl" and not _LTR.search(text) and all(one.kind is Kind.NUMBER for one in found):
        return ()
    subject = _subject(text, base, found)
    spans: list[tuple[int, int]] = []
    for span in _stretches(subject):
        for settled in _settled(subject, span):
            start, end = _on_graphemes(text, settled, spans[-1][1] if spans else 0)
            if start < end:
                spans.append((start, end))
    way: Direction = "ltr" if base == "rtl" else "rtl"
    return tuple(Run(start, end, way) for start, end in spans)


def _subject(text: str, base: Direction, found: tuple[Expression, ...]) -> _Text:
    """Gather what the rules need, with the classes that expressions give to their characters."""
    classes = ["BN" if name in EXPLICIT else name for name in bidi_classes(text)]
    covered: set[int] = set()
    for one in found:
        inside = range(one.start, one.end)
        if one.kind is not Kind.NUMBER:
            covered.update(inside)
        for index in inside:
            if one.kind is Kind.TECHNICAL and classes[index] not in ("R", "AL"):
                classes[index] = "L"
            elif one.kind is not Kind.TECHNICAL and classes[index] != "L":
                classes[index] = "EN"
    if base == "ltr":
        for tag in _TAGGED.finditer(text):
            classes[tag.start()] = "R"
    outer = tuple(pair for pair in pairs(text) if pair.opening not in covered and pair.closing not in covered)
    for pair in outer:
        if pair.quotes:
            _unite(classes, base, pair)
    return _Text(text, base, classes, outer, found, frozenset(covered))


def _unite(classes: list[str], base: Direction, pair: Pair) -> None:
    """Make the words of a quotation one run where most of them, the first and the last go against the base."""
    strong = [index for index in range(pair.opening + 1, pair.closing) if classes[index] in ("L", "R", "AL")]
    against = [index for index in strong if (classes[index] == "L") == (base == "rtl")]
    if against and (against[0], against[-1]) == (strong[0], strong[-1]) and 2 * len(against) > len(strong):
        name = "L" if base == "rtl" else "R"
        for index in range(strong[0], strong[-1] + 1):
            if classes[index] not in ("B", "BN"):
                classes[index] = name


def _stretches(subject: _Text) -> Iterator[tuple[int, int]]:
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


def _commas(subject: _Text) -> Iterator[int]:
    """Yield the commas that are the sentence's own: in its script, outside numbers and quotations of the other way."""
    marks = _COMMAS[subject.base]
    quoted = [pair for pair in subject.pairs if pair.quotes and _all_foreign(subject, pair)]
    for index, character in enumerate(subject.text):
        if (
            character in marks
            and index not in subject.covered
            and subject.classes[index] != "EN"
            and not any(pair.opening < index < pair.closing for pair in quoted)
        ):
            yield index


def _all_foreign(subject: _Text, pair: Pair) -> bool:
    """Tell whether nothing between two marks goes the base's way."""
    own = ("R", "AL") if subject.base == "rtl" else ("L",)
    return not any(subject.classes[index] in own for index in range(pair.opening + 1, pair.closing))


def _settled(subject: _Text, span: tuple[int, int]) -> list[tuple[int, int]]:
    """Return a stretch as runs whose edges are right; none where it holds nothing that needs one."""
    waiting, done = [span], []
    while waiting:
        start, end = _trimmed(subject, *waiting.pop())
        if not _needed(subject, start, end):
            continue
        parts = _paired(subject, start, end)
        if parts == [(start, end)]:
            done.append((start, end))
        else:
            waiting += parts
    return sorted(_filled(subject, *_adopted(subject, *one)) for one in done)


def _needed(subject: _Text, start: int, end: int) -> bool:
    """Tell whether a part holds a letter of the other direction or an expression that must stay whole."""
    if subject.base == "rtl" and not subject.covered.isdisjoint(range(start, end)):
        return True
    return any(subject.foreign(index) and subject.text[index] not in _MARKS for index in range(start, end))


def _trimmed(subject: _Text, start: int, end: int) -> tuple[int, int]:
    """Take from the edges of a part what is neutral, but for a mark whose partner is inside too."""
    partners = {pair.opening: pair.closing for pair in subject.pairs}
    partners |= {closing: opening for opening, closing in partners.items()}
    if subject.base == "ltr" and not _within_foreign(subject, start, end):
        end = _without_numbers(subject, start, end)
    while start < end and not subject.core(start) and not start < partners.get(start, -1) < end:
        start += 1
    while start < end and not subject.core(end - 1) and not start <= partners.get(end - 1, -1) < end - 1:
        end -= 1
    return start, end


def _within_foreign(subject: _Text, start: int, end: int) -> bool:
    """Tell whether a part stands between two marks with nothing of the base's way, or in a text with nothing of it."""
    around = (pair for pair in subject.pairs if pair.opening < end and pair.closing >= end and pair.opening <= start)
    return any(_all_foreign(subject, pair) for pair in around) or not any(name == "L" for name in subject.classes)


def _without_numbers(subject: _Text, start: int, end: int) -> int:
    """Return the end of a right-to-left part without the Western numbers that follow its last letter."""
    text = subject.text
    last = max(
        (index for index in range(start, end) if subject.foreign(index) or text[index] in _URDU_DIGITS), default=-1
    )
    return last + 1 if last >= 0 and _WESTERN_DIGIT.search(text, last + 1, end) else end


def _paired(subject: _Text, start: int, end: int) -> list[tuple[int, int]]:
    """Return a part again, or what it becomes when the first pair that it tears is put right."""
    for pair in subject.pairs:
        opening, closing = pair.opening, pair.closing
        if (opening, closing) == (start, end - 1):
            return [(start + 1, end - 1)]
        if start <= opening < end <= closing:
            if not _holds(subject, start, opening):
                return [(opening + 1, end)]
            if not _holds(subject, end, closing):
                return [(start, closing + 1)]
            return [(start, opening), (opening + 1, end)]
        if opening < start <= closing < end:
            if not _holds(subject, closing + 1, end):
                return [(start, closing)]
            if not _holds(subject, opening + 1, start):
                return [(opening, end)]
            return [(start, closing), (closing + 1, end)]
    return [(start, end)]


def _holds(subject: _Text, start: int, end: int) -> bool:
    """Tell whether a part holds text, a number or an atom, of whichever direction."""
    return any(subject.native(index) or subject.core(index) for index in range(start, end))


def _adopted(subject: _Text, start: int, end: int) -> tuple[int, int]:
    """Give a right-to-left run the Urdu number before it and the Urdu comma after it."""
    if subject.base == "rtl":
        return start, end
    if number := _URDU_NUMBER_BEFORE.search(subject.text, 0, start):
        start = number.start()
    while end < len(subject.text) and subject.text[end] in "،٪":
        end += 1
    return start, end


def _filled(subject: _Text, start: int, end: int) -> tuple[int, int]:
    """Stretch a run to the marks around it where only its own punctuation stands between: “Yes!”."""
    filling = _FILLING["ltr" if subject.base == "rtl" else "rtl"]
    text = subject.text
    for pair in reversed(subject.pairs):
        first, last = pair.opening + 1, pair.closing
        if (
            first <= start
            and end <= last
            and filling.fullmatch(text, first, start)
            and filling.fullmatch(text, end, last)
        ):
            start = first + len(text[first:start]) - len(text[first:start].lstrip())
            return start, end + len(text[end:last].rstrip())
    return start, end


def _on_graphemes(text: str, span: tuple[int, int], after: int) -> tuple[int, int]:
    """Move the edges of a run to the edges of graphemes: marks, joiners and emoji modifiers stay with their base."""
    start, end = span
    while start > after and (_extends(text[start]) or text[start - 1] == _ZWJ):
        start -= 1
    while end < len(text) and (
        _extends(text[end]) or (text[end - 1] == _ZWJ and unicodedata.category(text[end]) == "So")
    ):
        end += 1
    return max(start, after), end


def _extends(character: str) -> bool:
    return character in _EXTENDERS or unicodedata.category(character) in ("Mn", "Me", "Mc")
