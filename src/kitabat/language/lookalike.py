"""What is reported of a character that only looks right."""

from __future__ import annotations

from typing import NamedTuple


class Lookalike(NamedTuple):
    """A character that search, sorting and fonts take for another than the reader does."""

    offset: int
    """In characters, from the beginning of the text."""
    found: str
    expected: str
    """What the language uses instead; empty for what it does not use at all."""
