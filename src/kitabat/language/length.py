"""How many words a text has, counted without making each of them."""

from __future__ import annotations

from collections.abc import Callable

from kitabat.language.dates import minutes
from kitabat.model.article import ArticleVersion


def belonging(is_inside: Callable[[str], bool]) -> bytes:
    """Return a table for ``runs``: of each letter of ASCII, whether it belongs to a word."""
    return bytes(ord("a") if code < 128 and is_inside(chr(code)) else ord(" ") for code in range(256))


def runs(text: str, table: bytes) -> int:
    """Return how many runs a text of ASCII has of what belongs to words.

    >>> runs("In 2019 -- they met.", belonging(str.isalnum))
    4
    """
    return f" {text}".encode().translate(table).count(b" a")


SPACED = belonging(lambda sign: not sign.isspace())


def spaced(text: str) -> int:
    """Return how many pieces of a text stand between white space.

    >>> spaced("In 2019 -- they met."), spaced("اردو زبان")
    (5, 2)
    """
    return runs(text, SPACED) if text.isascii() else len(text.split())


def reading_time(version: ArticleVersion) -> int:
    """Return the minutes that reading a version takes."""
    return minutes(sum(spaced(text.text) for text in version.texts.values()), version.language)
