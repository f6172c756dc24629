"""Letters that look right and are other letters to a search: by language, and said in one finding a letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from kitabat.checks.words import pieces
from kitabat.language import english
from kitabat.language.lookalike import Lookalike
from kitabat.language.urdu import letters as urdu
from kitabat.markup.inline import Inline

LOOKALIKES: Mapping[str, Callable[[str], tuple[Lookalike, ...]]] = {
    "en": english.lookalikes,
    "ur": urdu.lookalikes,
}

HINT = "Type the letter of the language's own keyboard; mark a quotation in another language with `[…]{lang=ar}`"


class WrongLetter(NamedTuple):
    """A look-alike in a message."""

    message: str
    offset: int
    """Of the first one."""
    letter: str


def wrong_letters(nodes: Iterable[Inline], text: str, language: str) -> Iterator[WrongLetter]:
    """Yield a finding for each look-alike that a message holds, however often it does."""
    found: dict[str, list[tuple[int, str]]] = {}
    for piece in pieces(nodes, text, language):
        look = LOOKALIKES.get(piece.language.partition("-")[0])
        for one in look(piece.text) if look else ():
            found.setdefault(one.found, []).append((piece.offset + one.offset, one.expected))
    for letter, places in found.items():
        times = f" {len(places)} times" if len(places) > 1 else ""
        offset, expected = places[0]
        yield WrongLetter(f"Unexpected {named(letter)}{times}, expected {named(expected)}", offset, letter)


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
