"""Invisible characters that turn text round."""

from __future__ import annotations

import re
import unicodedata

from kitabat.language.direction import CONTROLS

EXPLICIT = re.compile(f"[{CONTROLS}]")
"""Embeddings, overrides, isolates and their ends; plain marks (U+200E, U+200F, U+061C) cannot reach past a word."""

HINT = "Delete the invisible character: the toolkit isolates foreign words itself; mark a language with `[…]{lang=en}`"


def message(sign: str) -> str:
    """Return what is wrong with one of them.

    >>> message(chr(0x202E))
    'Unexpected invisible U+202E (right-to-left override), expected text without bidi controls'
    """
    name = unicodedata.name(sign).lower()
    return f"Unexpected invisible U+{ord(sign):04X} ({name}), expected text without bidi controls"
