"""Spaces around the signs of Urdu, inside a month's name, and signs that a line may not begin or end with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kitabat.language.misprint import MARKUP, Misprint
from kitabat.language.spaces import double_spaces
from kitabat.language.urdu.punctuation import LETTER_NAMES, WORD

MONTHS = re.findall(r"\w+", "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر")
WORDS_APART = frozenset({"جو لائی"})
"""What is written like a split name and is two words."""

_BEFORE = re.compile(f"(?<=[^\\s(۔،؛؟!.?,:;”‘«{MARKUP}])[ \u00a0]+(?=([۔،؛؟!])(?!\\1| \\1|[=.?!؟]))")
_INITIAL = re.compile(f"(?<!{WORD}){WORD}\\Z")
"""One letter, for a name or a unit: ج ۔ ب is as good as any way to write it."""
_AFTER = re.compile(f"([،؛؟]|(?<!۔)۔)(?=({WORD}{{1,24}}))")
_WORD_BEFORE = re.compile(f"{WORD}*\\Z")
_SPLIT = {
    f"{name[:cut]} {name[cut:]}": name
    for name in MONTHS
    for cut in range(1, len(name))
    if f"{name[:cut]} {name[cut:]}" not in WORDS_APART
}
_MONTH = re.compile(f"(?<!{WORD})(?:{'|'.join(_SPLIT)})(?!{WORD})")
_LINE_START = re.compile('(?<=\n)[ \t]*([۔،؛؟!»)]|["“”‘’](?=[\\s۔،؛؟!:)]|\\Z))')
_LINE_END = re.compile(f'([«(]|(?<=\\s)["“”‘’])[ \t]*{MARKUP}*(?=\n)')
"""Which quotation marks close and open is told by the spaces around them, whatever the house's marks."""


def spacing(text: str) -> tuple[Misprint, ...]:
    r"""Return what is wrong with the spaces of a text, and with the ends of its lines, in order.

    >>> [(one.offset, one.found, one.expected) for one in spacing("مار چ ،اپریل ۔")]
    [(0, 'مار چ', 'مارچ'), (5, ' ', ''), (7, '', ' '), (12, ' ', '')]
    >>> spacing("پی۔ایچ۔ڈی، ایم۔اے اور … ۔ ۔ ۔")
    ()
    """
    found = (*_before(text), *_after(text), *_months(text), *_lines(text), *double_spaces(text))
    return tuple(sorted(found))


def _before(text: str) -> Iterator[Misprint]:
    for match in _BEFORE.finditer(text):
        if match[1] == "۔" and _INITIAL.search(text[: match.start()][-3:]):
            continue
        yield Misprint(
            match.start(), match[0], "", f"Unexpected space before `{match[1]}`, expected none", certain=True
        )


def _after(text: str) -> Iterator[Misprint]:
    for match in _AFTER.finditer(text):
        sign, after = match.groups()
        last = _WORD_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
        before = last[0] if last else ""
        message = f"Missing space after `{sign}`"
        certain = sign != "۔" or not (_may_be_letter(before) or _may_be_letter(after))
        if certain or not (_may_be_letter(before) and _may_be_letter(after)):
            yield Misprint(match.end(1), "", " ", message, certain=certain)


def _may_be_letter(word: str) -> bool:
    return len(word) < 2 or word in LETTER_NAMES


def _months(text: str) -> Iterator[Misprint]:
    for match in _MONTH.finditer(text):
        name = _SPLIT[match[0]]
        yield Misprint(match.start(), match[0], name, f"Unexpected `{match[0]}`, expected `{name}`", certain=True)


def _lines(text: str) -> Iterator[Misprint]:
    for match in _LINE_START.finditer(text):
        message = f"Unexpected `{match[1]}` at the beginning of a line, expected it at the end of the one before"
        yield Misprint(match.start(1), match[1], "", message, certain=False)
    for match in _LINE_END.finditer(text):
        message = f"Unexpected `{match[1]}` at the end of a line, expected it at the beginning of the next"
        yield Misprint(match.start(1), match[1], "", message, certain=False)
