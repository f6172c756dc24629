"""Full stops, commas and question marks of another script, or twice, after Urdu words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kitabat.language.misprint import MARKUP, Misprint
from kitabat.language.urdu.letters import LETTERS, MARKS

URDU_SIGN = {".": "۔", ",": "،", ";": "؛", "?": "؟"}

LETTER_NAMES = frozenset(
    re.findall(
        r"\w+", "اے بی سی ڈی ای ایف جی ایچ آئی جے کے ایل ایم این او پی کیو آر ایس ٹی یو وی ڈبلیو ایکس وائی زیڈ زی"
    )
)
"""English letters as Urdu spells them: a full stop after one most often shortens a name or a degree."""
TITLES = frozenset(re.findall(r"\w+", "ڈاکٹر پروفیسر مسٹر مسز مولانا جناب انجینئر"))
"""What a few writers put a full stop after, as in English, before a name."""

WORD = f"[{LETTERS}{MARKS}\u200c]"
_SIGN = re.compile(
    f"(?<={WORD})[ {MARKUP}]*(?P<sign>[.,;?])"
    f"(?! ?[.,;?])(?![0-9\u06f0-\u06f9\u0660-\u0669=&/_@-])(?=(?:[\\s{MARKUP})\\]”“’‘»!؟]|{WORD}|\\Z))"
)
_LAST_WORD = re.compile(f"(?:\\S*[.]{MARKUP}*)?({WORD}+){MARKUP}*\\Z")
_NUMBER_NEXT = re.compile("\\s*[0-9\u06f0-\u06f9]")
"""A number after a sign may belong to the word before it: صفحہ. ۱۲."""
_DOTS = re.compile(f"(?<={WORD})(?P<gap>[ {MARKUP}]*)(?<![.])[.]{{3}}(?![.])")
_TWICE = re.compile("(?<!۔)۔۔(?!۔)|(?<!،)،،(?!،)")
_DOUBLED = re.compile(r"(?<![?؟])(?:؟\?|\?؟)(?![?؟])|(?<![.۔])(?:۔\.|\.۔)(?![.۔])|،,(?!,)|,،(?!،)|؛;|;؛")


def punctuation(text: str) -> tuple[Misprint, ...]:
    """Return the signs of Latin script after Urdu words, and signs in both scripts at once; in order.

    Signs in numbers and abbreviations are no fault. Between two words without a space it is not certain whose
    the sign is: programs keep lists so.

    >>> [(one.offset, one.expected, one.certain) for one in punctuation("کیا, یہ ہے. کیوں؟?")]
    [(3, '،', True), (10, '۔', True), (16, '؟', True)]
    >>> [(one.offset, one.expected, one.certain) for one in punctuation("اور... پھر۔۔")]
    [(3, '…', True), (10, '۔', False)]
    >>> punctuation("ایم. اے. اور ا.د. اور Word, word. 1,5 اور۔۔۔")
    ()
    """
    doubled = [*_doubled(text)]
    taken = {place for one in doubled for place in range(one.offset, one.offset + len(one.found))}
    single = [one for one in _signs(text) if one.offset not in taken]
    return tuple(sorted((*doubled, *single, *_rows(text))))


def _doubled(text: str) -> Iterator[Misprint]:
    for match in _DOUBLED.finditer(text):
        sign = next(sign for sign in match[0] if sign in URDU_SIGN.values())
        yield Misprint(match.start(), match[0], sign, f"Unexpected `{match[0]}`, expected `{sign}`", certain=True)


def _rows(text: str) -> Iterator[Misprint]:
    """Yield three dots of Latin script after an Urdu word, and a sign twice: a slip, or an ellipsis too short."""
    for match in _DOTS.finditer(text):
        yield Misprint(match.end("gap"), "...", "…", "Unexpected `...` after an Urdu word, expected `…`", certain=True)
    for match in _TWICE.finditer(text):
        sign = match[0][0]
        expected = "`۔`, or `…` where something is left out" if sign == "۔" else "`،`"
        yield Misprint(match.start(), match[0], sign, f"Unexpected `{match[0]}`, expected {expected}", certain=False)


def _signs(text: str) -> Iterator[Misprint]:
    for match in _SIGN.finditer(text):
        offset, sign = match.start("sign"), match["sign"]
        inside = re.match(WORD, text[offset + 1 : offset + 2]) is not None
        if inside and sign == "," and " " not in text and text.count(",") > 1:
            continue  # A list that a program takes apart: ہاں,نہیں,شاید
        if sign == "." and _is_abbreviation(text[max(0, offset - 80) : offset].rstrip(), inside=inside):
            continue
        expected = URDU_SIGN[sign]
        message = f"Unexpected `{sign}` after an Urdu word, expected `{expected}`"
        yield Misprint(offset, sign, expected, message, certain=not inside and not _NUMBER_NEXT.match(text, offset + 1))


def _is_abbreviation(before: str, *, inside: bool) -> bool:
    """Tell whether the word that a text ends with is one letter, a letter's name, a title, or dotted before."""
    last = _LAST_WORD.search(before)
    if last is None:
        return True
    word = re.sub(f"[{MARKS}\u200c]", "", last[1])
    return len(word) < 2 or word in LETTER_NAMES | TITLES or "." in last[0] or (inside and len(word) < 3)
