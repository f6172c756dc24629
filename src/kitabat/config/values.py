"""What a setting's value may be: each function takes TOML's value and returns it, checked, or raises ``UnfitError``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar, cast
from urllib.parse import urlsplit

from kitabat.config.record import UTC

Parse = Callable[[object], object]
T = TypeVar("T")

MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
"""The units that a length may have."""

PAGE_SIZES = {
    "A3": (297.0, 420.0),
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "A6": (105.0, 148.0),
    "B5": (176.0, 250.0),
    "Letter": (215.9, 279.4),
    "Legal": (215.9, 355.6),
    "Tabloid": (279.4, 431.8),
}
"""Width and height in millimetres."""

SIZE = re.compile(r"([0-9]{1,6}) ?(MB|GB)")
SMALLEST_PAGE, LARGEST_PAGE = 50.0, 2000.0

STYLE_SHEETS = {"report": "A4", "newspaper": "A4", "reader": "A5"}
"""The print styles, each with the page size that its style sheet names; a test holds the two to each other."""

DICTIONARY = re.compile(r"[A-Za-z][\w.-]{0,60}")
LENGTH = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,3})?)(mm|cm|in|pt)|0")
MAIL = re.compile(r"mailto:[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
QUOTATION_MARKS = frozenset("“”„‟‘’‚‛«»‹›")
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
TYPE_NAMES = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "list", dict: "table"}


class UnfitError(Exception):
    """A value is not what the setting takes; ``path`` leads to the part at fault."""

    def __init__(self, message: str, hint: str, path: tuple[str, ...] = (), rule: str = "settings/value") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path
        self.rule = rule


def shown(value: object) -> str:
    """Return a value as a message shows it, short and on one line.

    >>> shown("a" * 100)
    '`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…`'
    >>> shown(True), shown([1])
    ('`true`', 'list')
    """
    if isinstance(value, list | dict):
        return TYPE_NAMES[type(value)]
    text = str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())
    text = "".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in text)
    return f"`{text}`" if len(text) <= 40 else f"`{text[:39]}…`"


def unfit(value: object, expected: str, hint: str) -> UnfitError:
    """Return the fault in the house's words."""
    return UnfitError(f"Unexpected {shown(value)}, expected {expected}", hint)


def of_type(value: object, wanted: type[T], expected: str, hint: str) -> T:
    """Return the value where it has the TOML type; a truth value is no number, a whole number is a number."""
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return value  # type: ignore[return-value]  # Python's own rule: an int serves where a float is asked for
    if isinstance(value, wanted) and not isinstance(value, bool):
        return value
    what = TYPE_NAMES.get(type(value), "a date")
    found = what if isinstance(value, list | dict) else f"{shown(value)} ({what})"
    raise UnfitError(f"Unexpected {found}, expected {expected}", hint, rule="settings/type")


def line_of_text(value: object) -> str:
    """Return one line of text; control characters would reach page titles and file headers.

    >>> line_of_text("  Aaina ")
    'Aaina'
    """
    hint = "Write the text on one line, in quotation marks"
    text = of_type(value, str, "text", hint).strip()
    if not text:
        raise UnfitError("Unexpected empty text, expected one line of text", hint)
    for sign in text:
        no_character = ord(sign) & 0xFFFE == 0xFFFE or "\ufdd0" <= sign <= "\ufdef"  # which no feed may hold
        if no_character or unicodedata.category(sign) in {"Cc", "Zl", "Zp"} or sign in BIDI_CONTROLS:
            raise UnfitError(f"Unexpected U+{ord(sign):04X}, expected text without control characters", hint)
    return text


def one_of(*allowed: str) -> Parse:
    """Return a parser of one of the words.

    >>> one_of("source", "keep")("keep")
    'keep'
    """
    expected = " or ".join(f"`{word}`" for word in allowed) if len(allowed) < 4 else "one of those that are allowed"

    def parse(value: object) -> str:
        hint = f"Write {nearest(str(value), allowed)}"
        word = of_type(value, str, expected, hint)
        if word not in allowed:
            raise unfit(word, expected, hint)
        return word

    return parse


def quotation_marks(value: object) -> str:
    """Return four quotation marks: opening and closing, then those of a quotation inside a quotation.

    >>> quotation_marks("«»‹›")
    '«»‹›'
    """
    expected = "four quotation marks: opening, closing, and those of a quotation inside"
    hint = "Write them without spaces, such as `”“’‘` for Urdu or `‘’“”` for English"
    marks = of_type(value, str, expected, hint)
    if len(marks) != 4 or not QUOTATION_MARKS.issuperset(marks) or {marks[0], marks[1]} & {marks[2], marks[3]}:
        raise unfit(marks, expected, hint)
    return marks


def nearest(word: str, allowed: Sequence[str]) -> str:
    """Return the allowed words for a hint, the nearest one named first.

    >>> nearest("A44", ("A4", "Letter"))
    '`A4`; allowed: A4, Letter'
    >>> nearest("x", ("A4", "Letter"))
    'one of A4, Letter'
    """
    from difflib import get_close_matches

    close = get_close_matches(word[:80], allowed, n=1)
    listed = ", ".join(allowed)
    return f"`{close[0]}`; allowed: {listed}" if close else f"one of {listed}"


def dictionary(value: object) -> str:
    """Return the name of a dictionary.

    >>> dictionary("en_GB")
    'en_GB'
    """
    hint = 'Write it as its files are named, without folder and ending, or "none"'
    name = of_type(value, str, "the name of a dictionary such as en_GB", hint)
    if not DICTIONARY.fullmatch(name):
        raise unfit(value, "the name of a dictionary such as en_GB", hint)
    return name


def several_of(*allowed: str) -> Parse:
    """Return a parser of a list of different words, at least one."""
    expected = f"a list of {', '.join(f'`{word}`' for word in allowed)}"

    def parse(value: object) -> tuple[str, ...]:
        hint = f"Write at least one of {', '.join(allowed)}, each once, in square brackets"
        words = of_type(value, list, expected, hint)
        if not words:
            raise UnfitError(f"Unexpected empty list, expected {expected}", hint)
        for place, word in enumerate(words):
            if word not in allowed:
                raise UnfitError(f"Unexpected {shown(word)}, expected {expected}", hint, (str(place),))
            if word in words[:place]:
                raise UnfitError(f"Unexpected second {shown(word)}, expected each once", hint, (str(place),))
        return tuple(words)

    return parse


def number(low: float, high: float) -> Parse:
    """Return a parser of a number between two others, both allowed."""
    expected = f"a number from {low:g} to {high:g}"

    def parse(value: object) -> float:
        hint = f"Write {expected}, without quotation marks"
        asked = of_type(value, float, expected, hint)
        if not low <= asked <= high:
            raise unfit(value, expected, hint)
        return float(asked)

    return parse


def flag(value: object) -> bool:
    """Return a truth value; TOML has its own words for them.

    >>> flag(True)
    True
    """
    if isinstance(value, bool):
        return value
    found = TYPE_NAMES[type(value)] if isinstance(value, list | dict) else shown(value)
    hint = "Write true or false, without quotation marks"
    raise UnfitError(f"Unexpected {found}, expected true or false", hint, rule="settings/type")


def line_height(value: object) -> float | str:
    """Return a multiple of the font size, or ``auto``."""
    if value == "auto":
        return "auto"
    if isinstance(value, str):
        raise unfit(value, "a number from 1 to 4 or `auto`", 'Write a number such as 2.3, or "auto" in quotation marks')
    return cast("float", number(1, 4)(value))


def columns(value: object) -> int:
    """Return how many columns a newspaper has."""
    expected, hint = "2 or 3", "Write 2 or 3, without quotation marks"
    asked = of_type(value, int, expected, hint)
    if asked not in {2, 3}:
        raise unfit(asked, expected, hint)
    return asked


def jobs(value: object) -> int:
    """Return a number of worker processes."""
    expected, hint = "a whole number from 1 to 256", "Write a whole number, or leave `jobs` out for one a processor"
    asked = of_type(value, int, expected, hint)
    if not 1 <= asked <= 256:
        raise unfit(asked, expected, hint)
    return asked


def former_outputs(value: object) -> int:
    """Return how many former outputs are kept."""
    expected, hint = "a whole number from 0 to 100", "Write a whole number; 0 keeps no former output"
    asked = of_type(value, int, expected, hint)
    if not 0 <= asked <= 100:
        raise unfit(asked, expected, hint)
    return asked


def size_in_bytes(value: object) -> int:
    """Return a number of bytes.

    >>> size_in_bytes("500 MB"), size_in_bytes("2GB")
    (500000000, 2000000000)
    """
    expected = "a size in MB or GB"
    hint = 'Write a size such as "500 MB"; 0 MB keeps nothing from one build to the next'
    text = of_type(value, str, expected, hint)
    match = SIZE.fullmatch(text)
    if not match:
        raise unfit(text, expected, hint)
    return int(match[1]) * {"MB": 10**6, "GB": 10**9}[match[2]]


def web_address(value: object) -> str:
    """Return an address of the output's root, with a ``/`` at its end.

    >>> web_address("https://example.org/news")
    'https://example.org/news/'
    """
    expected = "an address that begins with `https://` or `http://`"
    hint = 'Write an address such as "https://example.org/", without `?` and `#`'
    text = of_type(value, str, expected, hint)
    if not is_web_address(text, ("https", "http")) or "?" in text or "#" in text:
        raise unfit(value, expected, hint)
    return text if text.endswith("/") else f"{text}/"


def reply_address(value: object) -> str:
    """Return where replies go to."""
    expected = "an address that begins with `mailto:` or `https:`"
    hint = 'Write an address such as "mailto:editor@example.org", or leave `replies` out for no reply form'
    text = of_type(value, str, expected, hint)
    if not (MAIL.fullmatch(text) or is_web_address(text, ("https",))):
        raise unfit(value, expected, hint)
    return text


def is_web_address(text: str, schemes: tuple[str, ...]) -> bool:
    """Tell whether the text is an absolute address without anything that HTML or CSS could take amiss."""
    if any(sign.isspace() or not sign.isprintable() or sign in "\"'<>\\`{}|^()" for sign in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def time_zone(value: object) -> str:
    """Return the name of a time zone that this machine knows; UTC needs no data."""
    expected, hint = "a time zone's name", 'Write an IANA name such as "Asia/Karachi" or "UTC"'
    name = of_type(value, str, expected, hint)
    if name == UTC:
        return name
    try:
        from zoneinfo import ZoneInfo

        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise unfit(value, expected, f"{hint}; where it is right, install the machine's `tzdata`") from None
    return name


def millimetres(length: str) -> float | None:
    """Return a CSS length in millimetres; None where it is none.

    >>> millimetres("2cm"), millimetres("0"), millimetres("2em")
    (20.0, 0.0, None)
    """
    if not (match := LENGTH.fullmatch(length)):
        return None
    return float(match[1]) * MILLIMETRES[match[2]] if match[1] else 0.0


def length(value: object) -> str:
    """Return a margin's length; nothing else can reach the style sheet."""
    expected = "a length from 0 to 200mm in mm, cm, in or pt"
    hint = 'Write a length such as "20mm"'
    text = of_type(value, str, expected, hint)
    measure = millimetres(text)
    if measure is None or measure > 200:
        raise unfit(text, expected, hint)
    return text


def page_size(value: object) -> str:
    """Return a page's width and height as CSS has them.

    >>> page_size("a5"), page_size("A4 landscape"), page_size("5in 200mm")
    ('148mm 210mm', '297mm 210mm', '127mm 200mm')
    """
    expected = f"{', '.join(PAGE_SIZES)} or a width and a height"
    hint = f'Write {nearest(str(value), tuple(PAGE_SIZES))}, or two lengths such as "170mm 240mm", each 50mm to 2000mm'
    text = of_type(value, str, expected, hint)
    name, _, turn = text.partition(" ")
    named = {size.lower(): sides for size, sides in PAGE_SIZES.items()}.get(name.lower())
    if named and turn in {"", "portrait", "landscape"}:
        sides = named[::-1] if turn == "landscape" else named
        return f"{sides[0]:g}mm {sides[1]:g}mm"
    measures = [millimetres(part) for part in text.split(" ")]
    if len(measures) != 2 or any(side is None or not SMALLEST_PAGE <= side <= LARGEST_PAGE for side in measures):
        raise unfit(value, expected, hint)
    return " ".join(f"{side:g}mm" for side in measures)
