"""Invisible characters that came along by accident."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kitabat.checks.placeholders import FORMAT

STRAY = re.compile("[\u00ad\u180e\u200b\u2060-\u2064\ufeff]|(?<=[^\\W\\d_])[\u00a0\u202f](?=[^\\W\\d_])")
"""Signs that are never meant, and no-break spaces between two letters."""
SPACES = "\u00a0\u202f"

HINT = "Delete the character, or type a space; paste text without its formatting"


def stray(text: str) -> Iterator[tuple[int, str, str]]:
    r"""Yield the offset of each one, the character, and what is wrong.

    >>> [(offset, message[:27]) for offset, _, message in stray("a\u200bb c\u00a0d 10\u00a0km")]
    [(1, 'Unexpected invisible U+200B'), (5, 'Unexpected invisible U+00A0')]
    """
    filled = FORMAT.sub(lambda place: " " * len(place[0]), text)  # a number, most often
    for found in STRAY.finditer(filled):
        name = unicodedata.name(found[0]).lower()
        expected = "a space" if found[0] in SPACES else "nothing in its place"
        yield found.start(), found[0], f"Unexpected invisible U+{ord(found[0]):04X} ({name}), expected {expected}"
