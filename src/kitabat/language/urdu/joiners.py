"""Zero width non-joiners where they do nothing, or nothing but keep a search from a word."""

from __future__ import annotations

import re

from kitabat.language.misprint import MARKUP, Misprint
from kitabat.language.stretches import ATOM
from kitabat.language.urdu.letters import LETTERS, MARKS

ZWNJ = "\u200c"
NON_JOINING = "اآأإٱدڈذرڑزژوؤےۓءۃة\u06d5"
"""Letters that no letter after them is joined to."""

_RUN = re.compile(f"{ZWNJ}+")
_AFTER_NON_JOINING = re.compile(f"[{NON_JOINING}][{MARKS}]*\\Z")
_NEXT = re.compile(f"[{LETTERS}]")
_LAST = re.compile(f"[{LETTERS}][{MARKS}]*\\Z")


def joiners(text: str) -> tuple[Misprint, ...]:
    """Return the non-joiners that are doubled, at a word's edge, or after a letter that never joins; in order.

    >>> [(one.offset, one.expected) for one in joiners("کار\u200cخانہ خوب\u200c\u200cصورت ہے\u200c۔")] == [
    ...     (3, ""), (12, "\u200c"), (21, "")
    ... ]
    True
    >>> joiners("خوب\u200cصورت")
    ()
    """
    found = []
    for match in _RUN.finditer(text):
        before, after = text[max(0, match.start() - 16) : match.start()], text[match.end() : match.end() + 1]
        if before.endswith((MARKUP, ATOM)) or after in (MARKUP, ATOM):
            continue
        if not _LAST.search(before) or not _NEXT.match(after):
            expected, where = "", "at the edge of a word"
        elif _AFTER_NON_JOINING.search(before):
            expected, where = "", "after a letter that never joins"
        elif len(match[0]) > 1:
            expected, where = ZWNJ, "twice"
        else:
            continue
        wanted = "one" if expected else "none"
        message = f"Unexpected invisible U+200C (zero width non-joiner) {where}, expected {wanted}"
        found.append(Misprint(match.start(), match[0], expected, message, certain=True))
    return tuple(found)
