"""Direction of text: its base, and the runs in it that go the other way and must be isolated.

A renderer that lays out each inline element on its own (WeasyPrint) cannot apply UAX #9 across elements. It needs
none where every run of the other direction stands in an element of its own. ``runs`` finds these runs: they are what
UAX #9 resolves, put right where it has too little to go by:

* What ``language.expressions`` keeps together goes from left to right as a whole.
* Brackets and quotation marks go in pairs: both with the run, or both with the sentence around it.
* A comma tells by its script whose it is: names listed with ``،`` in Urdu, or with ``,`` in English, are runs of
  their own, so that the list reads in the direction of its sentence.
* A quotation that is of the other direction for half of it or more, and begins and ends with it, is one run, with
  its own runs inside; so is a name with a translation in brackets before it goes on.
* The full stop after an English sentence in Urdu is English; ``!`` between Urdu words and more English is Urdu.
* In Urdu, a number before its Urdu ending, a month or what it counts is Urdu, whatever stands before it: Google ۲۰۰۰ء.
* In English, a Western number after Urdu words is the sentence's, and an Urdu number before Urdu words is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from kitabat.language.bidi.classes import INITIATORS, bidi_class, bidi_classes, first_strong
from kitabat.language.edges import settled
from kitabat.language.expressions import Kind, expressions, has_beginning
from kitabat.language.stretches import ATOM, RTL_RANGES, stretches, subject_of
from kitabat.model.language import Direction

__all__ = ["ATOM", "CONTROLS", "Run", "base_direction", "may_have_runs", "runs", "without_controls"]

CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Embeddings, overrides and isolates: invisible, able to make a text read as what it is not (CVE-2021-42574)."""

_STRONG: Mapping[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_TELLING = INITIATORS.union(_STRONG)
_RTL = re.compile(f"[{RTL_RANGES}]")
_LTR = re.compile(f"[^\\W\\d_{RTL_RANGES}]")
_CONTROL = re.compile(f"[{CONTROLS}]")


class Run(msgspec.Struct, frozen=True, gc=False):
    """A part of a text, from ``start`` up to ``end``, that goes against the direction of what surrounds it."""

    start: int
    end: int
    direction: Direction


def base_direction(text: str, default: Direction) -> Direction:
    """Return the direction of the first strong character outside isolates (P2, P3), or the default without one.

    >>> base_direction("12: سلام", "ltr"), base_direction("12", "rtl")
    ('rtl', 'rtl')
    """
    # Nearly every text begins with a letter, before any isolate: the rest is not looked at.
    first = next(filter(_TELLING.__contains__, map(bidi_class, text)), "")
    if first in INITIATORS:
        level = first_strong(bidi_classes(text))
        return default if level is None else "rtl" if level else "ltr"
    return _STRONG.get(first, default)


def without_controls(text: str) -> tuple[str, tuple[int, ...]]:
    r"""Return the text without ``CONTROLS``, and where in the given text they stood; marks (LRM, RLM, ALM) stay.

    >>> without_controls("a\u202eb\u200ec")
    ('ab\u200ec', (1,))
    """
    if text.isascii() or text.isprintable() or not _CONTROL.search(text):
        return text, ()
    return _CONTROL.sub("", text), tuple(found.start() for found in _CONTROL.finditer(text))


def may_have_runs(text: str, base: Direction) -> bool:
    """Tell whether it takes more than a look to know the runs of a text: nearly all texts have none.

    What is true of a text is true of what has more in it: a message without runs may be asked for with its markup.

    >>> may_have_runs("the word", "ltr"), may_have_runs("لفظ کتاب", "rtl"), may_have_runs("لفظ book", "rtl")
    (False, False, True)
    """
    if base == "ltr":
        return not text.isascii() and _RTL.search(text) is not None
    return has_beginning(text) or _LTR.search(text) is not None


@lru_cache(maxsize=4096)
def runs(text: str, base: Direction) -> tuple[Run, ...]:
    """Return the runs that must be isolated in a text of this direction, in order, apart from each other.

    A run neither begins nor ends with a space, and cuts no grapheme. What goes the base's way again inside a run is
    found by asking for the runs of its own text in its own direction. ``ATOM`` counts as a neutral character, a line
    feed ends every run, ``CONTROLS`` are ignored. A plain number needs no run. The answers are kept for a while, as
    every edition of an article asks for the same texts.

    >>> text = "نیا New York Times اخبار، ص 10–12"
    >>> [text[run.start : run.end] for run in runs(text, "rtl")]
    ['New York Times', '10–12']
    >>> [run.direction for run in runs("the word کتاب", "ltr")], runs("plain", "ltr")
    (['rtl'], ())
    """
    if not may_have_runs(text, base):
        return ()
    found = tuple(expressions(text))
    if base == "rtl" and not _LTR.search(text) and all(one.kind is Kind.NUMBER for one in found):
        return ()
    subject = subject_of(text, base, found)
    way: Direction = "ltr" if base == "rtl" else "rtl"
    runs_found: list[Run] = []
    for stretch in stretches(subject):
        for start, end in settled(subject, stretch, runs_found[-1].end if runs_found else 0):
            runs_found.append(Run(start, end, way))
    return tuple(runs_found)
