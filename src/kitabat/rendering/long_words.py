"""Words longer than a line can be, such as addresses or a line typed without spaces, in parts.

A line may end between two parts. A renderer breaks such a word nowhere, or with a hyphen that is not in it; in a table
it makes a column as wide as the word, and pushes the others off the page. In Nastaliq its letters climb over other
lines.
"""

from __future__ import annotations

import re

LONGEST = 40
"""Letters of a word that fits on a line; no word of Urdu or English has so many."""
PART = 12
BREAK = "\u200b"
"""A line may end here; it is never seen, and no reader of a PDF is told of it."""
APART = "\u200c"
"""Letters of Urdu would join across a break."""
MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200c\u200d"
LONG = re.compile(rf"[\w{MARKS}]{{{LONGEST + 1},}}")
PARTS = re.compile(rf"[\w{MARKS}]{{{PART}}}[{MARKS}]*(?=\w)")
URDU = re.compile("[\u0600-\u06ff\u0750-\u077f]")


def in_parts(text: str) -> str:
    """Return a text whose longest words have places to break.

    >>> in_parts("short " + "a" * 41).split(BREAK)
    ['short aaaaaaaaaaaa', 'aaaaaaaaaaaa', 'aaaaaaaaaaaa', 'aaaaa']
    """
    return LONG.sub(lambda word: PARTS.sub(_part, word[0]), text)


def _part(part: re.Match[str]) -> str:
    return part[0] + (APART if URDU.match(part[0][-1]) else "") + BREAK


def shortened(text: str) -> str:
    """Return a text with the beginnings of its longest words, for a place that has one line.

    >>> shortened("short " + "a" * 41)
    'short aaaaaaaaaaaa…'
    """
    return LONG.sub(lambda word: word[0][:PART] + "…", text)
