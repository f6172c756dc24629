"""Letters of Urdu, and the look-alikes from Arabic and from old encodings that break search."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from kitabat.language.lookalike import Lookalike
from kitabat.language.misprint import Misprint
from kitabat.language.numerals import ARABIC_INDIC, to_digits

MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
"""Marks above and below letters, for a character class of a regular expression."""
LETTERS = "\u0621-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
"""Letters as Urdu texts have them, look-alikes included, for a character class."""
ASPIRABLE = "بپتٹجچدڈرڑکگلمن\u0643"
"""Letters that ھ makes aspirates of."""

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
    "\u06d5": "ہ",
    "\u06aa": "ک",
    "\u065b": "\u0652",
    "\u0674": "\u0654",
    "\u0675": "أ",
    "\u0676": "ؤ",
    "\u0678": "ئ",
    TATWEEL: "",
    **dict(zip(ARABIC_INDIC, to_digits(ARABIC_INDIC, "urdu"), strict=True)),
}
"""What Urdu writes instead of each look-alike; U+06D5 U+0654 is what NFD makes of U+06C0."""

SYMBOLS = frozenset("ﷺ﷽")
"""Presentation forms that are signs of their own, and stay."""

_WITH_HAMZA = {"و": "ؤ", "ی": "ئ", "\u064a": "ئ", "ہ": "ۂ", "\u0647": "ۂ", "ے": "ۓ", "ا": "أ"}
"""Letters that have a hamza above as a letter of their own."""
_HIGH_HAMZA = re.compile(f"[{''.join(_WITH_HAMZA)}]\u0674")
_IZAFAT = re.compile(f"(?<=[{LETTERS}{MARKS}])ہ[\u0621\u0654\u0674]+(?![{LETTERS}{MARKS}])")
"""A hamza typed behind a last heh, for the vowel that joins two words: نقطہء نظر."""
_SEAT = re.compile("(?<=[بپتٹجسشصعغفقکلمن])[\u0654\u0674](?=[لتکمنر])")
"""A hamza on a letter that bears none, where a yeh is its seat: مسٔلہ for مسئلہ."""
_SUSPECT = re.compile(
    f"\u06d5\u0654|[{''.join(found for found in URDU_FOR if len(found) == 1)}\ufb50-\ufdff\ufe70-\ufefc]"
)
_FORM = re.compile("<(?:isolated|initial|medial|final)>")
WORD_SIGNS = frozenset("\ufdf0\ufdf1\ufdf3\ufdf4\ufdf5\ufdf6\ufdf7\ufdf8\ufdf9\ufdfb\ufdfc")
"""Presentation forms of whole words, some set on purpose; that of اللہ is none of them, as every font joins it."""

_VOWELLED = 2
"""Signs for short vowels in a word and the one before it, from which they are taken for a quotation from Arabic."""
_VOWELS = re.compile("[\u064b-\u0652]")
_BEFORE = re.compile(f"([{LETTERS}])[{MARKS}{TATWEEL}]*\\Z")
_OF_GOD = re.compile("(?:^|[^\u0644])\u0644\u0644[\u0651\u0670]*\\Z")
"""What stands before the heh of اللہ, and of hardly any word with an aspirate."""
_CLUSTER = re.compile("[^\\W\\d_][\u0610-\u061a\u064b-\u065f]*[\u0653-\u0655][\u0610-\u061a\u064b-\u065f]*")
_INITIAL_HEH = re.compile(f"(?<![{LETTERS}{MARKS}0-9\u06f0-\u06f9\\w\u200c])\u06be(?=[{LETTERS}])")
_OTHER_HEH = re.compile(f"(?<=[اآویےعغحخسشصضطظفقزژثذ])\u06be(?![{MARKS}])")


def misprints(text: str) -> tuple[Misprint, ...]:
    """Return every letter of a text that is not Urdu's own, or not in one piece, in order.

    U+0647 after a letter that has an aspirate may stand for ہ or for ھ, and a word with several short vowels is often
    a quotation from Arabic: neither is certain.

    >>> [(one.offset, one.expected, one.certain) for one in misprints("\u0647م ب\u0647ی ھے")]
    [(0, 'ہ', True), (4, 'ہ', False), (7, 'ہ', True)]
    >>> [one.expected for one in misprints("مسی\u0654لہ")]
    ['ئ']
    """
    hamzas = _hamzas(text)
    inside = {place for one in hamzas for place in range(one.offset, one.offset + len(one.found))}
    found = [_misprint(one.offset, one.found, one.expected, certain=_is_certain(text, one)) for one in lookalikes(text)]
    found = [*hamzas, *(one for one in found if one.offset not in inside)]
    taken = inside | {one.offset for one in found}
    found += [one for one in (*_hehs(text), *_clusters(text)) if one.offset not in taken]
    return tuple(sorted(found))


def _misprint(offset: int, found: str, expected: str, *, certain: bool) -> Misprint:
    return Misprint(offset, found, expected, "", certain)


def _is_certain(text: str, one: Lookalike) -> bool:
    near = text[max(0, one.offset - 24) : one.offset]
    words = [*near.split(" ")[-2:], text[one.offset : one.offset + 24].split(" ", maxsplit=1)[0]]
    if len(_VOWELS.findall(unicodedata.normalize("NFKD", " ".join(words)))) >= _VOWELLED:
        return False
    if one.found in WORD_SIGNS:
        return False
    if not unicodedata.normalize("NFKC", one.found).startswith("\u0647"):
        return True
    if _OF_GOD.search(near):
        return True
    before = _BEFORE.search(near)
    letter = unicodedata.normalize("NFKC", before[1])[-1:] if before else ""
    return letter not in ASPIRABLE or not letter


def _hehs(text: str) -> Iterator[Misprint]:
    """Yield ھ where no aspirate can be: at a word's beginning for certain, after other letters most likely."""
    for match in _INITIAL_HEH.finditer(text):
        yield _misprint(match.start(), match[0], "ہ", certain=True)
    for match in _OTHER_HEH.finditer(text):
        yield _misprint(match.start(), match[0], "ہ", certain=False)


def _hamzas(text: str) -> list[Misprint]:
    """Return the letters with a hamza beside them that should be above them, and hamzas on a letter that bears none.

    >>> [(one.found, one.expected, one.certain) for one in _hamzas("نقطہء نظر، مو\u0674ثر، مس\u0654لہ")] == [
    ...     ("ہء", "ۂ", True), ("و\u0674", "ؤ", True), ("\u0654", "ئ", False)
    ... ]
    True
    """
    found = [_misprint(match.start(), match[0], "ۂ", certain=True) for match in _IZAFAT.finditer(text)]
    taken = {one.offset for one in found}
    for match in _HIGH_HAMZA.finditer(text):
        if match.start() not in taken:
            found.append(_misprint(match.start(), match[0], _WITH_HAMZA[match[0][0]], certain=True))
    found += [_misprint(match.start(), match[0], "ئ", certain=False) for match in _SEAT.finditer(text)]
    return sorted(found)


def _clusters(text: str) -> Iterator[Misprint]:
    """Yield letters with a hamza or madda of their own that Unicode has in one piece."""
    for match in _CLUSTER.finditer(text):
        cluster = match[0]
        base = "\u064a" if cluster[0] == "ی" and HAMZA_ABOVE in cluster else cluster[0]
        whole = unicodedata.normalize("NFC", base + cluster[1:])
        if len(whole) < len(cluster) and whole[0] != base:
            yield _misprint(match.start(), cluster, whole, certain=True)


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
