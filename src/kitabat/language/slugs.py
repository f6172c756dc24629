"""Names for addresses and files, made from text in any script."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile("[\u200b-\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff\u0640]")
AERAB = re.compile("[\u064b-\u065f\u0670]")


def slug(text: str, fallback: str) -> str:
    """Return a text as one word: NFC, lower case, hyphens for all that is neither letter nor digit.

    Vowel signs and invisible characters are dropped, so that the same word gets the same address however it was
    typed; ``fallback`` where nothing is left.

    >>> slug("Putin’s motives: 2019", "section"), slug("نئی صف بندی", "section"), slug("؟", "section")
    ('putin-s-motives-2019', 'نئی-صف-بندی', 'section')
    """
    bare = AERAB.sub("", INVISIBLE.sub("", unicodedata.normalize("NFC", text))).lower()
    words = "".join(character if _of_a_word(character) else " " for character in bare).split()
    found = "-".join(word for word in map(_from_its_first_letter, words) if word)
    return unicodedata.normalize("NFC", found) or fallback


def _of_a_word(character: str) -> bool:
    """Tell whether a character is a letter or a digit, or a mark of one."""
    return character.isalnum() or unicodedata.category(character).startswith("M")


def _from_its_first_letter(word: str) -> str:
    """Drop marks that lost their letter."""
    first = next((index for index, character in enumerate(word) if character.isalnum()), len(word))
    return word[first:]
