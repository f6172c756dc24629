r"""A translation has the numbers of its source, in whichever digits.

A digit that was mistyped changes a fact, and nobody sees it. ``2,500``, ``۲٬۵۰۰`` and ``۲۵۰۰`` are one number, and so
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
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kitabat.checks.addresses import without_addresses
from kitabat.checks.placeholders import without_placeholders
from kitabat.checks.plain import Plain, plain
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.language.counting import Number, numbers, said
from kitabat.model.diagnostic import Severity

HINT = "Write the number as the source text has it, in the digits of the translation's language"
PERSIAN_POINT = re.compile("(?<=[۰-۹])/(?=[۰-۹])")
"""Persian writes ۲/۵ for 2.5."""
CENTURY = 100


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check; a number that only the translation has may be a word in the source."""
    for pair in subject.pairs:
        wanted = in_text(plain(pair.source.nodes, pair.key.source), subject.article.front.source)
        if not wanted:
            continue
        target = plain(pair.target.nodes, pair.text)
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
    text = without_placeholders(without_addresses(words.text))
    return tuple(numbers(PERSIAN_POINT.sub(".", text) if language.startswith("fa") else text))


def missing(wanted: Sequence[Number], found: Sequence[Number], text: str, language: str) -> Iterator[Number]:
    """Yield the numbers that a translation says in no way; parts of names are let alone."""
    for number in wanted:
        if number.is_name or any(is_same(number, other) for other in found) or said(number.value, text, language):
            continue
        if number.scaled != number.value and (found or said(number.scaled, text, language)):
            continue  # It may be taken apart: 1.2 billion is one arab and 20 crore.
        yield number


def is_same(one: Number, other: Number) -> bool:
    """Tell whether two numbers are one: by value, or a year and its last two digits."""
    if one.value == other.value or one.scaled == other.scaled:
        return True
    short, long = sorted((one.value, other.value))
    return short < CENTURY and 10 * CENTURY <= long < 30 * CENTURY and long % CENTURY == short


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
