"""The word that a line ends with divided by its hyphenation, as WeasyPrint divides it, with less shaping.

WeasyPrint shapes the whole line again with each part of the word that may stand on it, the longest first. Here those
that are too wide by far are left out; the others are tried as there.
"""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

from kitabat.rendering.pdf.shaping.paragraphs import Line, Measured, Paragraph
from kitabat.rendering.pdf.shaping.setting import Setting

MARGIN = 0.3
"""Of the font's size: what a part of a word with a hyphen may take less than its letters do in the word."""
KEPT = 50_000
"""Words whose parts are kept, for all documents."""


class Divided(NamedTuple):
    """A line that ends with a part of a word."""

    text: str
    """With the hyphen."""
    measured: Measured
    end: int
    """Where the rest of the word begins, in bytes from the start of the line."""
    hyphen: int
    """Bytes of the hyphen."""


def divided(setting: Setting, paragraph: Paragraph, start: int, line: Line, room: float) -> Divided | None:
    """Return a line that ends with a part of the next word; None where no part of it fits.

    ``room`` is in pixels; ``line`` is the line without a part of a word.
    """
    style = setting.style
    before = paragraph.text[start : line.end].decode()
    following = paragraph.text[line.end : line.following].decode()
    hyphen = style["hyphenate_character"]
    taken = paragraph.width(start, line.end)
    for part in parts(setting, following):
        size = len(part.encode())
        if taken + paragraph.width(line.end, line.end + size) > room + MARGIN * setting.size:
            continue
        text = before + part + hyphen
        measured = setting.fitting(text, room)
        if measured:
            return Divided(text, measured, line.end - start + size, len(hyphen.encode()))
    return None


def parts(setting: Setting, text: str) -> tuple[str, ...]:
    """Return what of a text can stand before a hyphen in its first long word, the longest first."""
    if not setting.hyphenates:
        return ()
    return _parts(text, setting.style["lang"], setting.hyphenates, setting.style["hyphenate_limit_chars"])


@functools.lru_cache(maxsize=KEPT)
def _parts(text: str, tag: str, language: str, limits: tuple[int, int, int]) -> tuple[str, ...]:
    from weasyprint.text.line_break import get_next_word_boundaries

    total, left, right = limits
    place = 0
    while boundaries := get_next_word_boundaries(text[place:], tag):
        first, last = boundaries
        if last - first >= total:
            word = text[place + first : place + last]
            return tuple(text[: place + first] + part for part, _ in _dictionary(language, left, right).iterate(word))
        place += last
    return ()


@functools.lru_cache(maxsize=16)
def _dictionary(language: str, left: int, right: int) -> Any:
    from weasyprint.text.line_break import pyphen

    return pyphen.Pyphen(lang=language, left=left, right=right)
