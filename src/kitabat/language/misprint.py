"""What is reported of a place where the letters of a text are right and its printing is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

MARKUP = "\ufdd0"
"""Stands in a text for a character of its markup: words on both sides of it are neighbours to a reader."""

Look = Callable[[str], tuple["Misprint", ...]]
"""Text in, what is misprinted out, in the order of places. ``stretches.ATOM`` stands for code and foreign words."""


class Misprint(NamedTuple):
    """A place that a copy-editor would change."""

    offset: int
    """In characters, from the beginning of the text."""
    found: str
    """Empty where something is missing."""
    expected: str
    """What stands there instead; empty for nothing."""
    message: str
    """Reads "Unexpected `X`, expected `Y`"."""
    certain: bool
    """No native reader would object to the change, whatever the text is about."""


def applied(text: str, misprint: Misprint) -> str:
    """Return the text with what is expected.

    >>> applied("a  b", Misprint(1, "  ", " ", "", True))
    'a b'
    """
    return text[: misprint.offset] + misprint.expected + text[misprint.offset + len(misprint.found) :]
