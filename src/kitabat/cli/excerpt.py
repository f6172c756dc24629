"""The line of a file that a diagnostic speaks of, safe to print, with the place marked."""

from __future__ import annotations

import re
import unicodedata

from kitabat.cli.terminal import ARABIC

WIDEST = 100
"""Of an excerpt, in characters; a longer line is cut around the place."""
LONGEST_PIECE = 24
CONTROLS = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)


def safe(text: str) -> str:
    r"""Return text for a terminal: what would move the cursor, colour or turn the line is named instead.

    >>> safe("a\tb\x1b[31m\u202e")
    'a b<U+001B>[31m<U+202E>'
    """
    return CONTROLS.sub(lambda found: " " if found[0] == "\t" else f"<U+{ord(found[0]):04X}>", text)


def width(text: str) -> int:
    """Return how many cells of a terminal a text takes.

    >>> width("a\u0301漢")
    3
    """
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    bare = sum(unicodedata.combining(sign) > 0 or unicodedata.category(sign) in {"Mn", "Cf"} for sign in text)
    return len(text) + wide - bare


def excerpt(line: str, column: int) -> tuple[str, ...]:
    r"""Return the line, and below it a caret or words that say where the column is.

    A caret would point at the wrong letter of a line that holds right-to-left text, because the terminal or the
    reader's viewer reorders it: there the text that begins at the column is quoted instead.

    >>> excerpt("titel: x", 1)
    ('titel: x', '^')
    >>> excerpt("یہ **متن", 4)
    ('یہ **متن', 'at column 4: `**متن`')
    """
    if not column or column > len(line) + 1:
        return (safe(around(line, 1)[0]),)
    cut, offset = around(line, column)
    if not ARABIC.search(cut):
        return safe(cut), " " * width(safe(cut[:offset])) + "^"
    piece = line[column - 1 : column - 1 + LONGEST_PIECE]
    what = f"`{safe(piece)}`" if piece else "the end of the line"
    return safe(cut), f"at column {column}: {what}"


def around(line: str, column: int) -> tuple[str, int]:
    """Return the part of a long line around a column, and the column's offset in it."""
    if len(line) <= WIDEST:
        return line, column - 1
    start = max(0, min(column - 1 - WIDEST // 2, len(line) - WIDEST))
    before, after = "…" if start else "", "…" if start + WIDEST < len(line) else ""
    return f"{before}{line[start : start + WIDEST]}{after}", column - 1 - start + len(before)
