r"""A translation has the numbers of its source, in whichever digits.

A mistyped digit changes a fact, and nobody notices. ``2,500``, ``۲٬۵۰۰`` and ``۲۵۰۰`` are one number, and so
are ``2.5 million`` and ``25 لاکھ``; a small or round number may be written as a word.

Clean::

    msgctxt "@lead"
    msgid "In the 1950s, 3 of 2,500 ships, or 0.12%, were lost"
    msgstr "۱۹۵۰ کی دہائی میں ۲٬۵۰۰ میں سے تین جہاز، یعنی ۰٫۱۲ فیصد، ڈوب گئے"

Faulty::

    msgctxt "@lead"
    msgid "2,500 ships between 1950 and 1953"
    msgstr "۱۹۵۰ سے ۱۹۵۴ تک بہت سے جہاز"

Report::

    locales/ur/LC_MESSAGES/example.po:3:17: warning: Unexpected number `۱۹۵۴`, expected `1953` in any digits
      [catalog/number]
    locales/ur/LC_MESSAGES/example.po:3:9: warning: Missing number `2,500` in the translation [catalog/number]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal

from kitabat.checks.addresses import without_addresses
from kitabat.checks.placeholders import without_placeholders
from kitabat.checks.plain import Plain, plain
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.language.counting import Number, numbers, said
from kitabat.language.number_words import spoken
from kitabat.language.numerals import to_digits
from kitabat.language.urdu.spacing import MONTHS
from kitabat.model.diagnostic import Severity

HINT = "Write the number as the source text has it, in the digits of the translation's language"
PERSIAN_POINT = re.compile("(?<=[۰-۹])/(?=[۰-۹])")
"""Persian writes ۲/۵ for 2.5."""
CENTURY = 100
LONGEST_SUM = 4
CLOCK = {Decimal("0.15"): Decimal("0.25"), Decimal("0.30"): Decimal("0.5"), Decimal("0.45"): Decimal("0.75")}
"""Minutes as they are written, 9.30, and as parts of an hour, as they are said: ساڑھے نو."""
DATE = re.compile(r"(?<![0-9])(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}([/.])[0-9]{1,2}\1[0-9]{4})(?![0-9])")
IDIOM = re.compile(r"(?<![0-9/])(?:9/11|24/7)(?![0-9/])")
DIGITS = re.compile("[0-9]+")
ENGLISH_MONTHS = re.findall(
    r"\w+", "January February March April May June July August September October November December"
)
MONTH_NAMES = {
    number: re.compile(rf"(?<!\w){urdu}(?!\w)|\b{english}\b|\b{english[:3]}\b")
    for number, (urdu, english) in enumerate(zip(MONTHS, ENGLISH_MONTHS, strict=True), 1)
}
HALVES = re.compile(r"(?<![0-9/])([1-9])/([2-9])(?![0-9/])")


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check; a number that only the translation has may be a word in the source."""
    for pair in subject.pairs:
        source = plain(pair.source.nodes, pair.key.source)
        wanted = in_text(source, subject.article.front.source)
        if not wanted:
            continue
        target = plain(pair.target.nodes, pair.text)
        otherwise = set(in_other_words(source.text, target.text, subject.catalog.language))
        wanted = tuple(number for number in wanted if number.offset not in otherwise)
        found = in_text(target, subject.catalog.language)
        lost = tuple(missing(wanted, found, target.text, subject.catalog.language))
        added = [number for number in found if not any(is_same(number, other) for other in wanted)]
        for number, near in matched(lost, added):
            if near is None:
                yield Finding(f"Missing number `{number.text}` in the translation", subject.place(pair.key), HINT)
                continue
            message = f"Unexpected number `{near.text}`, expected `{number.text}` in any digits"
            yield Finding(message, subject.place(pair.key, target.place(near.offset)), HINT)


def in_text(words: Plain, language: str) -> tuple[Number, ...]:
    """Return the numbers of a message without those of addresses and placeholders."""
    text = IDIOM.sub(lambda found: " " * len(found[0]), without_placeholders(without_addresses(words.text)))
    return tuple(numbers(PERSIAN_POINT.sub(".", text) if language.startswith("fa") else text))


def in_other_words(source: str, target: str, language: str) -> Iterator[int]:
    """Yield where the numbers stand that a translation has as the name of a month, or as a half or a quarter.

    >>> source = "2026-03-05, 1/2"
    >>> list(in_other_words(source, "۵ مارچ ۲۰۲۶، نصف", "ur"))
    [5, 12, 14]
    """
    western = to_digits(source, "latin")
    named = {number for number, names in MONTH_NAMES.items() if names.search(target)}
    for date in DATE.finditer(western) if named else ():
        for part in DIGITS.finditer(western, *date.span()):
            if int(part[0]) in named:
                yield part.start()
                break
    words: Set[Decimal] = set(spoken(target, language)) if HALVES.search(western) else set()
    for half in HALVES.finditer(western):
        if Decimal(half[1]) / Decimal(half[2]) in words:
            yield half.start(1)
            yield half.start(2)


def missing(wanted: Sequence[Number], found: Sequence[Number], text: str, language: str) -> Iterator[Number]:
    """Yield the numbers that a translation does not say in any way; those that are parts of names are left out."""
    words = set(spoken(text, language))
    summed = parts(wanted, words | {number.scaled for number in found})
    for number in wanted:
        if number.is_name or any(is_same(number, other) for other in found) or said(number.value, text, language):
            continue
        if is_spoken(number, words) or number.offset in summed:
            continue
        if number.scaled != number.value and said(number.scaled, text, language):
            continue
        yield number


def is_same(one: Number, other: Number) -> bool:
    """Tell whether two numbers are one: by value, or a year and its last two digits."""
    if one.scaled == other.scaled:
        return True
    both_scaled = one.scaled != one.value and other.scaled != other.value
    return not both_scaled and (one.value == other.value or is_short(*sorted((one.value, other.value))))


def is_short(short: Decimal, long: Decimal) -> bool:
    """Tell whether a number is the last two digits of a year.

    >>> is_short(Decimal(53), Decimal(1953))
    True
    """
    return short < CENTURY and 10 * CENTURY <= long < 30 * CENTURY and long % CENTURY == short


def is_spoken(number: Number, words: Set[Decimal]) -> bool:
    """Tell whether words say a number: its value, a time of the clock, or the decade of a year."""
    hour, part = divmod(number.value, 1)
    times = {hour + CLOCK[part]} if part in CLOCK and "." in number.text else set()
    return not words.isdisjoint({number.value, number.scaled, *times}) or any(
        is_short(word, number.value) for word in words
    )


def parts(wanted: Sequence[Number], values: Set[Decimal]) -> set[int]:
    """Return where the numbers stand that are parts of a larger one: one arab and 20 crore are 1.2 billion."""
    return {
        number.offset
        for start in range(len(wanted))
        for end in range(start + 2, min(len(wanted), start + LONGEST_SUM) + 1)
        if all(number.scaled != number.value for number in wanted[start:end])
        and sum((number.scaled for number in wanted[start:end]), Decimal(0)) in values
        for number in wanted[start:end]
    }


def matched(lost: Sequence[Number], added: Sequence[Number]) -> Iterator[tuple[Number, Number | None]]:
    """Yield each number that is lost with the one that stands for it, those that look most alike first."""
    left, free = list(lost), list(added)
    while left and free:
        number, near = min(((one, other) for one in left for other in free), key=distance)
        yield number, near
        left.remove(number)
        free.remove(near)
    yield from ((number, None) for number in left)


def distance(both: tuple[Number, Number]) -> tuple[int, Decimal]:
    """Return how unlike two numbers look: first in how many digits they have, then in value."""
    one, other = both
    return abs(len(str(one.value)) - len(str(other.value))), abs(one.value - other.value)


RULE = Rule("catalog/number", Severity.WARNING, find)
