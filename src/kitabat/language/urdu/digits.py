"""Numbers of one text in two systems of digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kitabat.language.misprint import Misprint
from kitabat.language.numerals import DIGITS, to_digits

_WESTERN, _URDU = DIGITS["latin"].digits, DIGITS["urdu"].digits
_NUMBER = re.compile(f"[{_WESTERN}{_URDU}](?:[{_WESTERN}{_URDU}.,٬٫]*[{_WESTERN}{_URDU}])?")
_GROUP = f"[{_URDU}]{{3}}(?![{_URDU}])"
_SEPARATORS = (
    (re.compile(f"(?<=[{_URDU}]),(?=(?:[{_URDU}]{{2,3}},)*{_GROUP})"), "٬", True),
    (re.compile(f"(?<![.])(?<=[{_URDU}])\\.(?=[{_URDU}]{{1,6}}(?![.{_URDU}]))"), "٫", False),
    (re.compile(f"(?<=[{_URDU}])%"), "٪", True),
)
_LATIN_BEFORE = re.compile("[A-Za-z][^ ]* ?\\Z|[-/_.:#+]\\Z|[+][0-9][0-9 ()-]*\\Z")
_LATIN_AFTER = re.compile("\\A(?:[-_/:+]| ?[A-Za-z])")


def digit_systems(text: str) -> tuple[Misprint, ...]:
    """Return the numbers that mix Urdu and Western digits, or else the first number in the rarer system of a text.

    Numbers beside Latin words are part of those, and numbers in codes part of the codes. A number that mixes gets Urdu
    digits for certain; for a text that mixes, it is for the editor to choose.

    >>> [(one.offset, one.expected, one.certain) for one in digit_systems("سن ۱9۴۷ اور Windows 10")]
    [(3, '۱۹۴۷', True)]
    >>> [(one.offset, one.expected, one.certain) for one in digit_systems("سن ۱۹۴۷ سے 1971 تک")]
    [(11, '۱۹۷۱', False)]
    >>> [(one.offset, one.expected, one.certain) for one in digit_systems("۲,۵۰۰ میں سے ۳.۵، یعنی ۵۰%")]
    [(1, '٬', True), (14, '٫', False), (25, '٪', True)]
    """
    numbers = [match for match in _NUMBER.finditer(text) if _is_own(text, match)]
    both = [match for match in numbers if set(match[0]) & set(_WESTERN) and set(match[0]) & set(_URDU)]
    if both:
        return tuple(_misprint(match, "urdu", certain=True) for match in both)
    signs = tuple(sorted(_separators(text)))
    western = [match for match in numbers if match[0][0] in _WESTERN]
    urdu = [match for match in numbers if match[0][0] in _URDU]
    if not western or not urdu:
        return signs
    rarer, system = (western, "urdu") if len(western) <= len(urdu) else (urdu, "latin")
    return tuple(sorted((_misprint(rarer[0], system, certain=False), *signs)))


def _separators(text: str) -> Iterator[Misprint]:
    """Yield signs of Western numbers in Urdu ones; a dot may be that of a clause, and is not certain."""
    for pattern, expected, certain in _SEPARATORS:
        for match in pattern.finditer(text):
            message = f"Unexpected `{match[0]}` in a number with Urdu digits, expected `{expected}`"
            yield Misprint(match.start(), match[0], expected, message, certain=certain)


def _is_own(text: str, match: re.Match[str]) -> bool:
    """Tell whether a number stands among Urdu words."""
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 2]
    return not _LATIN_BEFORE.search(before) and not _LATIN_AFTER.match(after)


def _misprint(match: re.Match[str], system: str, *, certain: bool) -> Misprint:
    row = DIGITS[system]
    other = DIGITS["latin" if system == "urdu" else "urdu"]
    expected = to_digits(match[0], system).translate({ord(other.group): row.group, ord(other.decimal): row.decimal})
    why = "digits of one kind" if certain else "one kind of digits in one text"
    message = f"Unexpected `{match[0]}`, expected {why}: `{expected}`"
    return Misprint(match.start(), match[0], expected, message, certain)
