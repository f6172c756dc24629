"""Letters that look right and are other letters to a search: by language, and said in one finding a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kitabat.checks.prose import FIX, misprints
from kitabat.language.misprint import Misprint
from kitabat.markup.inline import Inline

HINT = "Type the letter of the language's own keyboard; mark a quotation in another language with `[…]{lang=ar}`"


FORM = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
"""Letters as an old program joined them: a whole text has dozens of them, and one finding."""


class WrongLetter(NamedTuple):
    """A look-alike in a message."""

    message: str
    offset: int
    """Of the first one."""
    hint: str


def wrong_letters(nodes: Sequence[Inline], text: str, language: str) -> Iterator[WrongLetter]:
    """Yield a finding for each look-alike that a message holds, however often it does, and one for all joined forms."""
    found: dict[str, list[Misprint]] = {}
    for one in misprints(nodes, text, language, "letters"):
        found.setdefault("" if FORM.match(one.found) else one.found, []).append(one)
    for letter, places in found.items():
        first = places[0]
        times = f" {len(places)} times" if len(places) > 1 else ""
        if not letter:
            others = len(places) - 1
            times = f" and {others} more presentation form{'s' if others > 1 else ''}" if others else ""
        hint = FIX if all(one.certain for one in places) else HINT
        yield WrongLetter(
            f"Unexpected {named(first.found)}{times}, expected {named(first.expected)}", first.offset, hint
        )


def named(text: str) -> str:
    """Return a text with its characters' numbers, because it looks like another.

    >>> named("ک")
    '`ک` (U+06A9)'
    >>> named("")
    'nothing in its place'
    """
    if not text:
        return "nothing in its place"
    return f"`{text}` ({' '.join(f'U+{ord(sign):04X}' for sign in text)})"
