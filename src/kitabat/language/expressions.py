"""Expressions that read from left to right as a whole, whatever surrounds them: numbers with signs, addresses, names.

UAX #9 takes ``C++``, ``+92 300 1234567`` or ``1950–1953`` apart in right-to-left text. The table below says what
stays together; decisions that are matters of taste:

* A range of numbers, in whichever digits, reads from left to right in Urdu too, as newspapers set it.
* A number keeps its sign, currency and unit at the side where it was written: ``50%``, ``۵۰٪``, ``$5.2bn``, ``10 km``,
  ``500/-``, ``$40/bbl``, ``100+``, ``2½``; and the clauses of a law, ``62(1)(f)``.
* A full stop, comma or closing bracket after an address belongs to the sentence, a slash to the address.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from enum import Enum

import msgspec

_DIGIT = "[0-9۰-۹٠-٩]"
_SPACE = "[ \u00a0\u202f]"
_LATIN = "A-Za-z\u00c0-\u024f"
_NAME = f"[{_LATIN}0-9]"
_PLAIN = f"{_DIGIT}+(?:[.,٫٬]{_DIGIT}+)*"
_SIGN = "[-+−±~≈<>≤≥×]"
_CURRENCY = "(?:(?:US|A|C|HK|NZ|S)?\\$|[€£¥₹₨₩₽₺₴¢฿])"
_UNIT = (
    "(?:km|cm|mm|nm|kg|mg|µg|GB|MB|KB|TB|kB|GW|MW|kW|TWh|GWh|MWh|kWh|GHz|MHz|kHz|Hz|mph|bn|mn|tn|ppm|"
    "USD|EUR|GBP|PKR|INR|CNY|SAR|AED|JPY|million|billion|trillion|percent|per cent|"
    f"a\\.m\\.|p\\.m\\.|am|pm|AM|PM|GMT|UTC|BCE|BC|CE|AD|m|g|k|K|V|W|A|L)(?![{_LATIN}0-9])"
)
_FRACTION = "[¼-¾⅐-⅞]"
_TAIL = (
    f"(?:/-(?!\\w)|{_FRACTION}|\\+(?![\\w+])|(?:\\((?:{_DIGIT}{{1,3}}|[A-Za-z]{{1,3}})\\))+|{_SPACE}?[%٪‰]|{_SPACE}?°{_SPACE}?[CFKNSEW]?|{_SPACE}?{_CURRENCY}|[′″’']{_DIGIT}+[″\"”]?|[{_LATIN}]+)?"
    f"(?:{_SPACE}{_UNIT}|/[{_LATIN}]{{1,12}}[²³]?(?![{_LATIN}0-9/]))?"
)
_QUANTITY = f"{_SIGN}?{_SPACE}?(?:{_CURRENCY}{_SPACE}?)?{_SIGN}?{_PLAIN}{_TAIL}"
_QUANTITY_START = (
    f"(?:(?<![\\w.]){_SIGN}{_SPACE}?(?:{_CURRENCY}{_SPACE}?)?|{_CURRENCY}{_SPACE}?{_SIGN}?|[#№§©]{_SPACE}?|[%٪])?"
)
_JOIN = f"(?:{_SPACE}[-–—−+×÷=*/]{_SPACE}|[-–—−/:+×÷=*^])"
_SHORTENED = (
    "Inc|Ltd|Pvt|Corp|Bros|Co|Jr|Sr|Dr|Mr|Mrs|Ms|Prof|Gen|Lt|Maj|Capt|Brig|Col|Adm|Sgt|Gov|Sen|Rep|Hon|Rev|St|Mt|Ft|"
    "etc|et al|vs|viz|cf|ca|vol|Vol|ed|eds|pp|No|Rs"
)
_ADDRESS = '[^\\s<>"“”«»\ufffc]'

_TECHNICAL = (
    f"(?:[A-Za-z][A-Za-z0-9+.-]{{0,30}}://|(?:mailto|tel|urn|doi):(?=[A-Za-z0-9+])|www\\.){_ADDRESS}+",
    "[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63})+",
    f"(?:[A-Za-z0-9-]{{1,63}}+\\.){{1,9}}[A-Za-z]{{2,24}}/{_ADDRESS}*",
    f"[A-Za-z]:\\\\{_ADDRESS}+",
    f"(?<![\\w/])(?:~|\\.{{1,2}})?(?:/[{_LATIN}0-9_.+@%*-]+)+/?",
    f"(?=[0-9_.-]{{0,64}}[{_LATIN}])[{_LATIN}0-9_.-]{{1,128}}+(?:/[{_LATIN}0-9_.*-]+)+/?",
    "(?<![\\w-])(?:--[A-Za-z][A-Za-z0-9-]*(?:=[^\\s]+)?|-[A-Za-z](?!\\w))",
    "(?<!\\w)[@#][A-Za-z0-9_](?:[A-Za-z0-9_.]*[A-Za-z0-9_])?",
    "\\$[A-Za-z_][A-Za-z0-9_]*",
    "</?[A-Za-z][A-Za-z0-9-]*/?>",
    f"(?<![\\w.])\\.[A-Za-z]{_NAME}*",
    f"(?:(?:[{_LATIN}]|[A-Z][a-z]{{1,4}})\\.){{2,}}",
    f"\\b(?:{_SHORTENED})\\.(?!\\w)",
    f"(?=[0-9]{{0,9}}[{_LATIN}]){_NAME}*+(?:\\+{{1,2}}|#)(?![\\w+#])",
    "(?<!\\w)(?:AB|[ABO])[-−](?!\\w)",
    f"[0-9]+(?:[-–/.&+][{_LATIN}0-9]+)*[-–/.&+][{_LATIN}]+(?:[-–/.&+][{_LATIN}0-9]+)*",
)
_NUMERIC = (
    f"\\+(?=(?:[ ().\u00a0-]{{0,3}}{_DIGIT}){{7}}){_DIGIT}[0-9۰-۹٠-٩ ().\u00a0-]*{_DIGIT}",
    f"(?<![\\w+])\\(?(?=(?:[ ()\u00a0-]{{0,3}}{_DIGIT}){{9}})[0۰]{_DIGIT}+\\)?(?:[ \u00a0-]{_DIGIT}{{2,}})+",
    f"(?<![\\w-])111(?P<gap>[ -]){_DIGIT}{{3}}(?P=gap){_DIGIT}{{3}}(?![\\w-])",
    f"{_QUANTITY_START}{_PLAIN}{_TAIL}(?:{_JOIN}{_QUANTITY})*",
)
_FIRST = f"[{_LATIN}0-9۰-۹٠-٩+−±~≈<>≤≥×$€£¥₹₨₩₽₺₴¢฿#№§©%٪@./(-]"
_START = f"(?={_FIRST})"
_ANY = f"{_START}(?:(?<!{_NAME})(?P<technical>{'|'.join(_TECHNICAL)})|(?:{'|'.join(_NUMERIC)}))"
_BEGINNING = re.compile(_FIRST)
"""What any of them begins with: Urdu without numbers has none of it, and is not tried character by character."""
_PLAIN_NUMBER = re.compile(_PLAIN)
_OPEN_TO_SENTENCE = ".,;:!?…'’‘)]}۔،؛؟"


class Kind(Enum):
    """What an expression is, and so how it meets its neighbours."""

    NUMBER = "number"
    """Digits and separators: right wherever it stands."""
    AMOUNT = "amount"
    """A number with more: a sign, a unit, a second number. Beside other words it behaves as a number does."""
    TECHNICAL = "technical"
    """A name or an address: beside other words it behaves as a Latin word does."""


class Expression(msgspec.Struct, frozen=True):
    """A part of a text, from ``start`` up to ``end``."""

    start: int
    end: int
    kind: Kind


def has_beginning(text: str) -> bool:
    """Tell whether a text has a character that an expression can begin with."""
    return _BEGINNING.search(text) is not None


def expressions(text: str) -> Iterator[Expression]:
    """Yield the expressions of a text in order; they do not overlap.

    >>> text = "C++ میں +92 300 1234567 اور ۱۹۵۰–۱۹۵۳، 2,500، https://example.org/a/."
    >>> [(text[found.start : found.end], found.kind.value) for found in expressions(text)][:3]
    [('C++', 'technical'), ('+92 300 1234567', 'amount'), ('۱۹۵۰–۱۹۵۳', 'amount')]
    >>> [(text[found.start : found.end], found.kind.value) for found in expressions(text)][3:]
    [('2,500', 'number'), ('https://example.org/a/', 'technical')]
    >>> [(found.start, found.end) for found in expressions("گھنٹے 2½ بعد")]
    [(6, 8)]
    """
    first = _BEGINNING.search(text)
    if first is None:
        return
    place, pattern = first.start(), _pattern()
    while found := pattern.search(text, place):
        start, end = found.span()
        technical = found["technical"] is not None
        if technical:
            end = _without_sentence(text, start, end)
            kind = Kind.TECHNICAL
        else:
            kind = Kind.NUMBER if _PLAIN_NUMBER.fullmatch(text, start, end) else Kind.AMOUNT
        yield Expression(start, end, kind)
        place = end


@functools.cache
def _pattern() -> re.Pattern[str]:
    """Return the expression for all of them; compiled when it is first asked for, as that takes a page's time."""
    return re.compile(_ANY)


def _without_sentence(text: str, start: int, end: int) -> int:
    """Return the end of an address without the punctuation of the sentence; a bracket that it opens, it may close."""
    if not any(mark in text[start:end] for mark in ("/", "@", ":", "www.")):
        return end
    while end > start + 1 and text[end - 1] in _OPEN_TO_SENTENCE:
        opening = {")": "(", "]": "[", "}": "{"}.get(text[end - 1])
        if opening and text.count(opening, start, end) >= text.count(text[end - 1], start, end):
            break
        end -= 1
    return end
