"""Edges of runs: where a stretch against the base direction truly begins and ends."""

from __future__ import annotations

import re
import unicodedata

from kitabat.language.stretches import Subject

_URDU_DIGITS = frozenset("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩")
_OF_URDU_NUMBERS = _URDU_DIGITS | frozenset("٫٬٪.,:/–−-،؍ \u00a0")
_URDU_NUMBERS = re.compile("[۰-۹٠-٩].*[^\\S\n]", re.DOTALL)
_WESTERN_DIGIT = re.compile("[0-9]")
_MARKS = frozenset("\u200e\u200f\u061c")
_ZWJ = "\u200d"
_EXTENDERS = frozenset((_ZWJ, "\u200c", *map(chr, range(0x1F3FB, 0x1F400)), *map(chr, range(0xE0020, 0xE0080))))
_FILLING = {"rtl": frozenset(" \u00a0!?.,;:…"), "ltr": frozenset(" \u00a0!?…۔،؛؟")}
"""What may stand between a run and the marks around it and still be the run's, by the base direction."""
_PARTICLES = "of|the|and|for|in|on|at|to|by|or|a|an|with|from|de|du|des|la|le|del|van|von|der|den|al|el|bin|ibn|y|e"
_ENGLISH_SENTENCE = re.compile(rf"[A-Z].*?[\s(](?!(?:{_PARTICLES})\b)[a-z]", re.DOTALL)
"""Begins a text that is more than a name: a capital first, and later a small word that names do not have."""
_CLOSING = {"rtl": re.compile("[.!?…]+(?!\\w)"), "ltr": re.compile("[!?…]+(?=[ \u00a0][a-z])")}
"""Marks that close a sentence of the run inside one of the base, by the base direction."""

Span = tuple[int, int]


def settled(subject: Subject, stretch: Span, after: int) -> list[Span]:
    """Return a stretch as spans whose edges are right, none of them before ``after``.

    There are none where the stretch holds only plain numbers or invisible marks; there are several where a pair of
    marks belongs in part to the sentence.
    """
    waiting, done = [stretch], []
    while waiting:
        span = _trimmed(subject, *waiting.pop())
        if not _needed(subject, *span):
            continue
        parts = _paired(subject, *span)
        if parts == [span]:
            done.append(span)
        else:
            waiting += parts
    spans: list[Span] = []
    for span in sorted(done):
        start, end = _filled(subject, *_closed(subject, *_adopted(subject, *span)))
        start, end = _on_graphemes(subject.text, start, end, after)
        if start < end:
            spans.append((start, end))
            after = end
    return spans


def _needed(subject: Subject, start: int, end: int) -> bool:
    """Tell whether a part holds a letter of the other direction or an expression that must stay whole."""
    if subject.base == "rtl" and not subject.covered.isdisjoint(range(start, end)):
        return True
    return any(subject.foreign(index) and subject.text[index] not in _MARKS for index in range(start, end))


def _trimmed(subject: Subject, start: int, end: int) -> Span:
    """Take from the edges of a part what is neutral, but for a mark whose partner is inside too."""
    partners = subject.partners
    if subject.base == "ltr" and not _among_foreign(subject, start, end):
        end = _without_numbers(subject, start, end)
    while start < end and not subject.core(start) and not start < partners.get(start, -1) < end:
        start += 1
    while start < end and not subject.core(end - 1) and not start <= partners.get(end - 1, -1) < end - 1:
        end -= 1
    return start, end


def _among_foreign(subject: Subject, start: int, end: int) -> bool:
    """Tell whether a part stands between two marks with nothing of the base's way, or in a text with nothing of it."""
    if not subject.native(0, len(subject.text)):
        return True
    pair = subject.innermost[start]
    while pair and pair.closing < end:
        pair = subject.innermost[pair.opening]
    return pair is not None and not subject.native(pair.opening, start) and not subject.native(end, pair.closing)


def _without_numbers(subject: Subject, start: int, end: int) -> int:
    """Return the end of a right-to-left part without the Western numbers that follow its last letter."""
    text = subject.text
    last = -1
    for index in range(start, end):
        closes_foreign = start <= subject.partners.get(index, end) <= last
        if subject.foreign(index) or text[index] in _URDU_DIGITS or closes_foreign:
            last = index
    return last + 1 if last >= 0 and _WESTERN_DIGIT.search(text, last + 1, end) else end


def _paired(subject: Subject, start: int, end: int) -> list[Span]:
    """Return a part again, or what it becomes when the first pair that it tears is put right."""
    if subject.partners.get(start) == end - 1:
        return [(start + 1, end - 1)]
    for index in range(start, end):
        other = subject.partners.get(index, start)
        if other >= end:
            return _torn_at_opening(subject, start, end, index)
        if other < start:
            return _torn_at_closing(subject, start, end, index)
    return [(start, end)]


def _torn_at_opening(subject: Subject, start: int, end: int, opening: int) -> list[Span]:
    """Return a part with both marks where only neutral characters lie between, else cut at the mark."""
    closing = subject.partners[opening]
    if not subject.holds(end, closing):
        return [(start, closing + 1)]
    return [(start, opening), (opening + 1, end)]


def _torn_at_closing(subject: Subject, start: int, end: int, closing: int) -> list[Span]:
    """Return a part with both marks where only neutral characters lie between, else cut at the mark."""
    opening = subject.partners[closing]
    if not subject.holds(opening + 1, start):
        return [(opening, end)]
    return [(start, closing), (closing + 1, end)]


def _adopted(subject: Subject, start: int, end: int) -> Span:
    """Give a right-to-left run the Urdu numbers before it and the Urdu comma after it."""
    if subject.base == "rtl":
        return start, end
    text, first = subject.text, start
    while first and text[first - 1] in _OF_URDU_NUMBERS:
        first -= 1
    if numbers := _URDU_NUMBERS.fullmatch(text, _first_urdu_digit(text, first, start), start):
        start = numbers.start()
    while end < len(text) and text[end] in "،٪":
        end += 1
    return start, end


def _first_urdu_digit(text: str, start: int, end: int) -> int:
    return next((index for index in range(start, end) if text[index] in _URDU_DIGITS), end)


def _closed(subject: Subject, start: int, end: int) -> Span:
    """Give a sentence the marks after it: all of them in English, and in Urdu those that English goes on after."""
    found = _CLOSING[subject.base].match(subject.text, end)
    if found and (subject.base == "ltr" or _ENGLISH_SENTENCE.match(subject.text, start, end)):
        return start, found.end()
    return start, end


def _filled(subject: Subject, start: int, end: int) -> Span:
    """Stretch a run to the marks around it where only its own punctuation stands between: “Yes!”."""
    text, filling = subject.text, _FILLING[subject.base]
    first, last = start, end
    while first and text[first - 1] in filling:
        first -= 1
    while last < len(text) and text[last] in filling:
        last += 1
    if not first or subject.partners.get(first - 1) != last:
        return start, end
    while text[first].isspace():
        first += 1
    while text[last - 1].isspace():
        last -= 1
    return first, last


def _on_graphemes(text: str, start: int, end: int, after: int) -> Span:
    """Move the edges of a run to the edges of graphemes: marks, joiners and emoji modifiers stay with their base."""
    start = max(start, after)
    while start < end and (_extends(text[start]) or text[start].isspace()):
        start += 1
    while end < len(text) and (_extends(text[end]) or _joined(text, end)):
        end += 1
    return start, end


def _joined(text: str, place: int) -> bool:
    """Tell whether a joiner ties two emoji at a place."""
    return text[place - 1] == _ZWJ and unicodedata.category(text[place]) == "So"


def _extends(character: str) -> bool:
    return character in _EXTENDERS or unicodedata.category(character) in ("Mn", "Me", "Mc")
