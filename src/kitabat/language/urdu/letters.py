"""Letters of Urdu, and the look-alikes from Arabic and from old encodings that break search."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from kitabat.language.lookalike import Lookalike
from kitabat.language.numerals import ARABIC_INDIC, to_digits

HAMZA_ABOVE = "\u0654"
TATWEEL = "\u0640"

URDU_FOR: Mapping[str, str] = {
    "\u064a": "ی",
    "\u0649": "ی",
    "\u0643": "ک",
    "\u0647": "ہ",
    "\u06c0": "ۂ",
    "\u06d5\u0654": "ۂ",
    "\u0629": "ۃ",
    "\u065b": "\u0652",
    TATWEEL: "",
    **dict(zip(ARABIC_INDIC, to_digits(ARABIC_INDIC, "urdu"), strict=True)),
}
"""What Urdu writes instead of each look-alike; U+06D5 U+0654 is what NFD makes of U+06C0."""

SYMBOLS = frozenset("ﷺ﷽")
"""Presentation forms that are signs of their own, and stay."""

_SUSPECT = re.compile(
    f"\u06d5\u0654|[{''.join(found for found in URDU_FOR if len(found) == 1)}\ufb50-\ufdff\ufe70-\ufefc]"
)
_FORM = re.compile("<(?:isolated|initial|medial|final)>")


def lookalikes(text: str) -> tuple[Lookalike, ...]:
    """Return the look-alikes of a text, in order, with what Urdu uses instead.

    The text may be NFC or NFD: U+064A is right before a hamza above, where it is the yeh of ئ.

    >>> [(one.offset, one.expected) for one in lookalikes("اپر\u064aل، \u0643تاب، 4\u0664، \ufefb")]
    [(3, 'ی'), (7, 'ک'), (14, '۴'), (17, 'لا')]
    >>> lookalikes("ئ"), lookalikes(unicodedata.normalize("NFD", "ئ ۂ ۓ")), lookalikes("محمد ﷺ")
    ((), (), ())
    """
    found = []
    for match in _SUSPECT.finditer(text):
        expected = _expected(match[0], text[match.end() :][:8])
        if expected is not None:
            found.append(Lookalike(match.start(), match[0], expected))
    return tuple(found)


def _expected(found: str, after: str) -> str | None:
    """Return what Urdu uses instead, or None where the letter is right after all."""
    if found == "\u064a" and _takes_hamza(after):
        return None
    if found in URDU_FOR:
        return URDU_FOR[found]
    if found in SYMBOLS or not _FORM.match(unicodedata.decomposition(found)):
        return None
    letters = unicodedata.normalize("NFKC", found).strip()
    return "".join(URDU_FOR.get(letter, letter) for letter in letters)


def _takes_hamza(after: str) -> bool:
    """Tell whether a hamza above is among the marks that follow a letter."""
    for mark in after:
        if mark == HAMZA_ABOVE:
            return True
        if not unicodedata.combining(mark):
            return False
    return False
