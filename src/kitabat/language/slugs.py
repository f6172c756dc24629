"""Names for addresses and files, made from text in any script."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile("[\u200b-\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff\u0640]")
AERAB = re.compile("[\u064b-\u065f\u0670]")
NOT_A_WORD = re.compile(r"[\W_]+")


def slug(text: str, fallback: str) -> str:
    """Return a text as one word: NFC, lower case, hyphens for all that is neither letter nor digit.

    Vowel signs and invisible characters are dropped, so that the same word gets the same address however it was
    typed; ``fallback`` where nothing is left.

    >>> slug("Putin’s motives: 2019", "section"), slug("نئی صف بندی", "section"), slug("؟", "section")
    ('putin-s-motives-2019', 'نئی-صف-بندی', 'section')
    """
    bare = AERAB.sub("", INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    # Combining marks that stay are no word characters to `\W`, but part of their word.
    words = NOT_A_WORD.sub(
        lambda match: "".join(mark for mark in match[0] if unicodedata.combining(mark)) or "-", bare.lower()
    )
    return words.strip("-") or fallback
