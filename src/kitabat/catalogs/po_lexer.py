r"""The words of a .po file, as GNU gettext reads them.

A line of one keyword and one string, as nearly all are, is matched by one expression; anything else that GNU accepts
(several words in a line, a backslash that joins two lines) goes through ``tokens``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

STRING = "string"
PREVIOUS_STRING = "#| string"
NUMBER = "number"
BRACKET = "bracket"
COMMENT = "comment"
UNCLOSED = "unclosed"
JUNK = "junk"
DOMAIN = "domain"
KEYWORDS = frozenset(("msgctxt", "msgid", "msgid_plural", "msgstr"))
PREVIOUS_KEYWORDS = frozenset(("msgctxt", "msgid", "msgid_plural"))

PLAIN = re.compile(
    r"(#~\||#~|#\|)?[ \t]*"
    r"(?:(msgid_plural|msgctxt|msgid|msgstr)(?:\[([0-9]+)\])?[ \t]*)?"
    r'"([^"\\\n]*(?:\\.[^"\\\n]*)*)"[ \t\r]*\n?\Z'
)
LOGICAL = re.compile(r"[^\n]*(?:(?<=\\)\n[^\n]*)*\n?")
"""A line, with those that a backslash at its end joins to it."""
WORD = re.compile(
    r"(?P<blank>[ \t\r\f\v]+)|(?P<newline>\n)|(?P<mark>#~\||#~|#\|)|(?P<comment>#[^\n]*)"
    r'|"(?P<string>[^"\\\n]*(?:\\[^\n][^"\\\n]*)*)"|(?P<unclosed>"[^\n]*)'
    r"|(?P<name>[A-Za-z_$][A-Za-z0-9_$]*)|(?P<number>[0-9]+)|(?P<bracket>[\[\]])|(?P<junk>[^\s]+|.)"
)
FOLD = "\\\n"

SIMPLE = {"n": "\n", "t": "\t", "b": "\b", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "\\": "\\", '"': '"'}
ESCAPE = re.compile(r'\\(?:([ntbrfva\\"])|([0-7]{1,3})|x([0-9A-Fa-f]+))')
CHARACTER = re.compile(r'\\(?:[ntbrfva\\"]|[0-7]{1,3}|x[0-9A-Fa-f]+)|[^\\]', re.DOTALL)
LONE = 0xDC00
"""A byte from an escape stands as this plus its value until its neighbours are known."""


class Token(NamedTuple):
    """A word of the file."""

    kind: str
    """A keyword (``msgid``; ``#| msgid`` where it is of the previous source) or one of the names above."""
    value: str
    """Of a string: what stands between the quotation marks, escapes and all."""
    line: int
    column: int
    end: int
    """Offset just past the word, in the text given."""
    start: int
    obsolete: bool


def lines(text: str) -> list[str]:
    r"""Split at line feeds only, ends kept; a line that ends in a backslash goes on in the next.

    >>> lines('a\r\nb\\\nc\n')
    ['a\r\n', 'b\\\nc\n']
    """
    if FOLD in text:
        return [line for line in LOGICAL.findall(text) if line]
    return [line + "\n" for line in text[:-1].split("\n")] if text.endswith("\n") else _unended(text)


def _unended(text: str) -> list[str]:
    """Split a text whose last line has no end."""
    whole, end, rest = text.rpartition("\n")
    return ([line + "\n" for line in whole.split("\n")] if end else []) + ([rest] if rest else [])


def tokens(text: str, line: int = 1, column: int = 1, offset: int = 0) -> Iterator[Token]:
    r"""Yield the words of a piece of text that begins at the line and column given.

    >>> [(token.kind, token.value) for token in tokens('#~ msgid "a" # b')]
    [('msgid', 'msgid'), ('string', 'a'), ('comment', '# b')]
    """
    plain, folds = _unfolded(text)
    obsolete = previous = False
    origin = 1 - column
    pending = 0
    for match in WORD.finditer(plain):
        group = str(match.lastgroup)
        while pending < len(folds) and folds[pending] <= match.start():
            line, origin = line + 1, folds[pending]
            pending += 1
        if group == "newline":
            line, origin = line + 1, match.end()
            obsolete = previous = False
        elif group == "mark":
            obsolete = obsolete or match[0].startswith("#~")
            previous = previous or match[0].endswith("|")
        elif group != "blank":
            start, end = (_refolded(place, folds) + offset for place in match.span())
            kind = _kind(group, match[0], previous=previous)
            yield Token(kind, match[group], line, match.start() - origin + 1, end, start, obsolete)


def _kind(group: str, word: str, *, previous: bool) -> str:
    if group == STRING:
        return PREVIOUS_STRING if previous else STRING
    if group != "name":
        return JUNK if group == COMMENT and previous else group
    if previous:
        return f"#| {word}" if word in PREVIOUS_KEYWORDS else JUNK
    return word if word in KEYWORDS or word == DOMAIN else JUNK


def _unfolded(text: str) -> tuple[str, list[int]]:
    """Take out each backslash with a line feed after it; the second value is where they were in what is left."""
    parts = text.split(FOLD)
    return "".join(parts), list(accumulate(len(part) for part in parts[:-1]))


def _refolded(place: int, folds: Sequence[int]) -> int:
    """Return the offset in the text as it was."""
    return place + len(FOLD) * bisect_left(folds, place) if folds else place


def bad_escape(raw: str) -> int:
    r"""Return the offset of the first escape that gettext does not know, or -1.

    >>> bad_escape("a\\n"), bad_escape("ab\\e")
    (-1, 2)
    """
    place = 0
    while (place := raw.find("\\", place)) >= 0:
        match = ESCAPE.match(raw, place)
        if match is None:
            return place
        place = match.end()
    return -1


def unescape(raw: str, codec: str = "utf-8") -> str:
    r"""Return the string that is meant; as in C, it ends at a NUL that is written as an escape.

    >>> unescape("a\\n\\\"b\\\" \\xd8\\xa7")
    'a\n"b" ا'
    """
    if "\\" not in raw:
        return raw
    text = ESCAPE.sub(_meant, raw)
    if any(LONE <= ord(char) < LONE + 256 for char in text):
        text = text.encode(codec, "surrogateescape").decode(codec, "replace")
    return text.partition("\0")[0]


def _meant(match: re.Match[str]) -> str:
    if match[1]:
        return SIMPLE[match[1]]
    code = (int(match[2], 8) if match[2] else int(match[3], 16)) & 0xFF
    return chr(code if code < 0x80 else LONE + code)


def widths(raw: str) -> list[int]:
    r"""Return how many characters of the file each character of the decoded string takes.

    >>> widths('a\\n\\"')
    [1, 2, 2]
    """
    return [len(piece) for piece in CHARACTER.findall(raw)]
