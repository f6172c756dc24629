"""Urdu in terminals: most neither reorder nor join letters, so there, and only there, the toolkit does both itself.

The one importer of arabic-reshaper and python-bidi. Text on its way to a file, a page or a renderer never comes
here: pre-shaped text cannot be searched, and loses glyphs.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from kitabat.language.bidi.levels import levels

if TYPE_CHECKING:
    from arabic_reshaper import ArabicReshaper

MODES = ("auto", "visual", "logical")

ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
MARKS_BEFORE_BASE = re.compile(rf"([{MARKS}]+)([^{MARKS}])")
MIRROR = dict(zip("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤", strict=True))
INVISIBLE = re.compile(r"[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069]")

Environment = Mapping[str, str]

TERMINALS: tuple[tuple[Callable[[Environment], bool], bool], ...] = (
    # xterm.js of VS Code has no bidi, and the variables of the terminal that started it remain: first.
    (lambda env: env.get("TERM_PROGRAM") == "vscode", False),
    (lambda env: "INSIDE_EMACS" in env, True),
    (lambda env: env.get("TERM_PROGRAM") in {"Apple_Terminal", "mintty"}, True),
    (lambda env: "MLTERM" in env or env.get("TERM") == "mlterm", True),
    # kitty turns each right-to-left word round by itself: what is turned already would be turned back.
    (lambda env: "KITTY_WINDOW_ID" in env or env.get("TERM") == "xterm-kitty", True),
    (lambda env: "KONSOLE_VERSION" in env, True),
    # GNOME Terminal and its kin, from VTE 0.58.
    (lambda env: number(env.get("VTE_VERSION", "")) >= 5800, True),
)
"""How a terminal is known, and whether it reorders and joins by itself; the first row that fits decides.

One that is not here (xterm, foot, Alacritty, WezTerm, Windows Terminal, the Linux console) does neither.
"""


def number(text: str) -> int:
    """Return a version's number; 0 where there is none."""
    return int(text) if text.isdecimal() and text.isascii() else 0


def is_visual(mode: str, environment: Environment, *, is_terminal: bool) -> bool:
    """Tell whether text must be put into visual order; what goes into a file or a pipe never is, unless asked for.

    >>> is_visual("auto", {"TERM": "xterm"}, is_terminal=True), is_visual("auto", {}, is_terminal=False)
    (True, False)
    >>> is_visual("auto", {"VTE_VERSION": "7600"}, is_terminal=True), is_visual("visual", {}, is_terminal=False)
    (False, True)
    """
    if mode != "auto" or not is_terminal:
        return mode == "visual"
    for is_this, sets_urdu in TERMINALS:
        if is_this(environment):
            return not sets_urdu
    return True


def shown(text: str, *, visual: bool) -> str:
    """Return one line of text for a terminal: joined letters in visual order where ``visual``, else as it is.

    The line's base direction is left to right, as a terminal's is.

    >>> shown("اردو ABC", visual=False)
    'اردو ABC'
    >>> [f"{ord(sign):04X}" for sign in shown("با", visual=True)]
    ['FE8E', 'FE91']
    """
    if not visual or not ARABIC.search(text):
        return text
    import bidi

    joined = INVISIBLE.sub("", reshaper().reshape(text.replace("\u06c2", "\u06c1\u0654")))
    turned = mirrored(joined, str(bidi.get_display(joined, base_dir="L")))
    # UAX #9, L3: a terminal puts a mark on the letter before it, so marks go back behind their letter.
    return MARKS_BEFORE_BASE.sub(r"\2\1", turned)


def mirrored(text: str, turned: str) -> str:
    """Return a line in visual order with the brackets of its right-to-left runs mirrored (UAX #9, L4).

    The compiled half of python-bidi orders, and leaves this to whoever draws the characters: a terminal does not.

    >>> mirrored("ا (ب)", ")ب( ا")
    '(ب) ا'
    """
    depths = levels(text, "ltr")
    places = visual_order(depths)
    if any(text[place] != sign for place, sign in zip(places, turned, strict=True)):
        return turned
    signs = (MIRROR.get(sign, sign) if depths[place] % 2 else sign for place, sign in zip(places, turned, strict=True))
    return "".join(signs)


def visual_order(depths: Sequence[int]) -> list[int]:
    """Return the places of characters from left to right (UAX #9, L2).

    >>> visual_order((0, 1, 1, 2, 2, 0))
    [0, 3, 4, 2, 1, 5]
    """
    places = list(range(len(depths)))
    for depth in range(max(depths, default=0), 0, -1):
        start = 0
        for is_deep, run in itertools.groupby(places, lambda place: depths[place] >= depth):  # noqa: B023 - used at once
            size = len(list(run))
            if is_deep:
                places[start : start + size] = places[start : start + size][::-1]
            start += size
    return places


@functools.cache
def reshaper() -> ArabicReshaper:
    """Return the joiner of letters; it keeps aerab, and makes no ligature but lam-alef, which all fonts have."""
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper({"delete_harakat": False, "support_ligatures": True, "ARABIC LIGATURE ALLAH": False})
