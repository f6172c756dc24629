"""The line of a file that a diagnostic speaks of, safe to print, with the place marked."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from kitabat.cli.terminal import ARABIC
from kitabat.cli.visual import TRANSPARENT, ZWNJ, Sign, clusters, in_visual_order

WIDEST = 100
"""Of an excerpt, in cells; a longer line is cut around the place."""
LONGEST_PIECE = 24
LONGEST_LINE = 4000
"""In characters; of a longer line, only so much around the place is put into visual order."""
CONTROLS = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
RLM = "\u200f"


@functools.cache
def backwards() -> re.Pattern[str]:
    """Return what finds letters that are written from right to left; a command without faults needs none."""
    from kitabat.language.stretches import RTL_RANGES

    return re.compile(f"[{RTL_RANGES}]")


def safe(text: str) -> str:
    r"""Return text for a terminal: what would move the cursor, colour or turn the line is named instead.

    >>> safe("a\tb\x1b[31m\u202e")
    'a b<U+001B>[31m<U+202E>'
    """
    return CONTROLS.sub(lambda found: " " if found[0] == "\t" else f"<U+{ord(found[0]):04X}>", text)


def excerpt(line: str, column: int, *, visual: bool = False, widest: int = WIDEST) -> tuple[str, ...]:
    r"""Return the line, and below it a caret, or words that say what stands at the column.

    ``visual`` puts the line into visual order, so that the caret stands below the very cell of the character. Without
    it the order on the screen is the terminal's or the viewer's own: below a line with right-to-left text, where a
    caret would point at another letter, the character is named.

    >>> excerpt("titel: x", 1)
    ('titel: x', '^')
    >>> excerpt("یہ **متن", 4)
    ('یہ **متن', 'column 4: ⟪*⟫ begins **متن')
    >>> excerpt("a یہ", 3, visual=True)[1]
    '   ^'
    """
    is_known = 0 < column <= len(line) + 1
    first = max(0, column - LONGEST_LINE // 2) if is_known and len(line) > LONGEST_LINE else 0
    line = line[first : first + LONGEST_LINE]
    text, at = safe(line), len(safe(line[: column - 1 - first])) if is_known else 0
    turned = visual and ARABIC.search(text) is not None
    signs = in_visual_order(text) if turned else tuple(clusters((sign, (at,)) for at, sign in enumerate(text)))
    target = sign_at(signs, at)
    start, end = window([sign.width for sign in signs], target, widest)
    shown = "".join(sign.text for sign in signs[start:end])
    before, after = "…" if start else "", "…" if end < len(signs) else ""
    if not turned:
        before, after = edges(shown, before, after)
    cut = f"{before}{shown}{after}"
    if not is_known:
        return (cut,)
    if not visual and backwards().search(shown):
        return cut, f"column {column}: {named(text, at, signs[target])}"
    cells = len(before) + sum(sign.width for sign in signs[start:target])
    if at == len(text) and signs and not signs[target].backwards:
        cells += signs[target].width
    return cut, " " * cells + "^"


def sign_at(signs: Sequence[Sign], place: int) -> int:
    """Return the number of the sign that shows a character; of its neighbour, where nothing shows it."""
    last = (-1, 0)
    following = None
    for number, sign in enumerate(signs):
        if place in sign.places:
            return number
        last = max(last, (max(sign.places), number))
        ahead = [one for one in sign.places if one > place]
        if ahead and (following is None or min(ahead) < following[0]):
            following = min(ahead), number
    return following[1] if following else last[1]


def window(widths: Sequence[int], at: int, widest: int) -> tuple[int, int]:
    """Return the signs to show, from one up to another, around one of them; ellipses at the cut ends find room too.

    >>> window([1, 1, 1], 1, 80), window([1] * 100, 50, 12), window([2] * 100, 99, 12)
    ((0, 3), (45, 55), (95, 100))
    """
    if sum(widths) <= widest:
        return 0, len(widths)
    start, end, room = at, at, widest - 2
    while start and sum(widths[start - 1 : at]) <= room // 2:
        start -= 1
    while end < len(widths) and sum(widths[start : end + 1]) <= room:
        end += 1
    while start and sum(widths[start - 1 : end]) <= room:
        start -= 1
    return start, end


def edges(shown: str, before: str, after: str) -> tuple[str, str]:
    """Return the ellipses of a cut line that a viewer reorders: each on the side where the text goes on.

    >>> edges("abc", "…", "…"), edges("متن abc", "…", "…") == ("\u200f…", "…")
    (('…', '…'), True)
    """
    if before and backwards().match(shown):
        before = RLM + before
    if after and backwards().match(shown[-1:]):
        after += RLM
    return before, after


def named(text: str, at: int, sign: Sign) -> str:
    """Return what stands at a place, and what it begins: apart from each other, so that no viewer can mix them."""
    if at >= len(text):
        return "the end of the line"
    character = text[at]
    if character == ZWNJ or TRANSPARENT.match(character):
        shown, end = f"U+{ord(character):04X}", at + 1
    else:
        shown, end = sign.text, max(sign.places) + 1
    begun = text[at : at + LONGEST_PIECE].strip()
    return f"⟪{shown}⟫ begins {begun}" if text[end:].strip() else f"⟪{shown}⟫, at the end of the line"
