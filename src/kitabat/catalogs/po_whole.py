"""Entries of .po files that are written as editors and gettext's tools write them, so that each can be taken whole."""

from __future__ import annotations

import re

from kitabat.catalogs import po_lexer

STRING_WRITTEN = r'"[^"\\\n\r\4]*(?:\\["\\nt][^"\\\n\r\4]*)*"'
STRINGS = rf"{STRING_WRITTEN}(?:\n{STRING_WRITTEN})*"
ENTRY = re.compile(
    r"\n?((?:#(?![~|])[^\n\r]*\n)*)"
    rf"(?:msgctxt ({STRINGS})\n)?msgid ({STRINGS})\nmsgstr ({STRINGS})\n"
    r'(?=\n*(?:#(?![~|])|(?:#~ |#\| |#~\| )?(?:msgctxt|msgid)[ \t"]|\Z))'
)
"""An entry as editors and gettext's tools write it, with the blank line before it; any other is read word by word."""
JOINT = '"\n"'


def joined(strings: str) -> str:
    """Return what the strings of one field say."""
    inside = strings[1:-1]
    return po_lexer.unescape(inside.replace(JOINT, "")) if '"' in inside or "\\" in inside else inside


def first_character(strings: str, line: int) -> tuple[int, int]:
    """Return line and column of the first character of ``msgstr``, whose keyword is in a line."""
    pieces = strings.split("\n")
    place = next((place for place, piece in enumerate(pieces) if len(piece) > len('""')), len(pieces) - 1)
    return line + place, 2 if place else len('msgstr ""')
