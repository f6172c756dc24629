"""Names across two scripts: the consonants that Moscow and ماسکو have in common."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

LEAST = 3
"""Consonants that a name must have to be told from common words by them."""
SPELLINGS = (
    (re.compile("tch|ch|kh|gh|ck|qu"), "k"),
    (re.compile("sch|sh"), "s"),
    (re.compile("ph"), "f"),
    (re.compile("zh"), "z"),
    (re.compile("([tbdj])h"), r"\1"),
    (re.compile("c(?=[eiy])"), "s"),
    (re.compile("x"), "ks"),
)
"""English spellings of one sound; in this order."""
LATIN = dict(zip("bcdfghjklmnpqrstvwz", "bkdfkhjklmnpkrstwwz", strict=True))
"""Sounds that either language spells as it likes are one: g and k, ch and kh; vowels are none."""
URDU = dict(
    zip("بپتٹطثسصشجچخقکگغدڈذزضظژرڑفلمنںحہو", "bptttssssjkkkkkkddzzzzzrrflmnnhhw", strict=True),
)
"""ع and the vowels have no sound of their own here, and ھ only changes the one before it."""
CAPITALISED = re.compile("[A-Z][A-Za-z’']+")
WORD = re.compile("[\u0620-\u064a\u0671-\u06d3]+")
DOUBLED = re.compile(r"(.)\1+")
POSSESSIVE = re.compile("[’']s?$")
HALF_VOWELS = str.maketrans("", "", "wh")


def skeletons(text: str, language: str) -> frozenset[str]:
    """Return the consonants of each word of a text that may be a name, in Latin letters whatever its script.

    >>> sorted(skeletons("Putin flew to Moscow", "en")), sorted(skeletons("پوتن ماسکو گئے", "ur"))
    (['msk', 'ptn'], ['msk', 'ptn'])
    >>> skeletons("Karachi, Ukraine’s", "en") == skeletons("کراچی، یوکرین", "ur")
    True
    """
    found = _of_urdu(text) if language.partition("-")[0] == "ur" else _of_latin(text)
    return frozenset(name for name in found if len(name) >= LEAST)


def _of_latin(text: str) -> Iterator[str]:
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    for word in CAPITALISED.findall(bare):
        letters = POSSESSIVE.sub("", word).lower()
        for spelling, sound in SPELLINGS:
            letters = spelling.sub(sound, letters)
        yield _skeleton(letters, LATIN)


def _of_urdu(text: str) -> Iterator[str]:
    for word in WORD.findall(unicodedata.normalize("NFC", text)):
        yield _skeleton(word, URDU)


def _skeleton(word: str, table: Mapping[str, str]) -> str:
    """Return a word's sounds without those that spellings leave out or write twice."""
    first, *rest = (table.get(letter, "") for letter in word)
    return DOUBLED.sub(r"\1", first + "".join(rest).translate(HALF_VOWELS))
