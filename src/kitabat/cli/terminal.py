"""Urdu in terminals: most neither reorder nor join letters, so there, and only there, the toolkit does both itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

ISOLATE = {"ltr": "\u2066", "rtl": "\u2067"}
END_OF_ISOLATE = "\u2069"

MODES = ("auto", "visual", "logical")

ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")

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


def in_a_cell(text: str, *, visual: bool, reorders: bool) -> str:
    r"""Return text that stands beside others in a line, in its own direction and apart from what is around it.

    In visual order it needs nothing more. Where the terminal ``reorders`` it, isolates keep it apart from its
    neighbours; files and pipes get it as it is.

    >>> [f"{ord(sign):04X}" for sign in in_a_cell("با a…", visual=True, reorders=True)]
    ['2026', '0061', '0020', 'FE8E', 'FE91']
    >>> ascii(in_a_cell("با", visual=False, reorders=True)), in_a_cell("با", visual=False, reorders=False)
    ("'\\u2067\\u0628\\u0627\\u2069'", 'با')
    """
    if not ARABIC.search(text) or not (visual or reorders):
        return text
    from kitabat.language.direction import base_direction

    base = base_direction(text, "ltr")
    if visual:
        from kitabat.cli.visual import in_visual_order

        return "".join(sign.text for sign in in_visual_order(text, base))
    return f"{ISOLATE[base]}{text}{END_OF_ISOLATE}"


def shown(text: str, *, visual: bool) -> str:
    """Return one line of text for a terminal: joined letters in visual order where ``visual``, else as it is.

    >>> shown("اردو ABC", visual=False)
    'اردو ABC'
    >>> [f"{ord(sign):04X}" for sign in shown("با", visual=True)]
    ['FE8E', 'FE91']
    """
    if not visual or not ARABIC.search(text):
        return text
    from kitabat.cli.visual import in_visual_order

    return "".join(sign.text for sign in in_visual_order(text))
