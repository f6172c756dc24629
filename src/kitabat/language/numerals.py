"""Digits and numbers: 0123456789 and ۰۱۲۳۴۵۶۷۸۹."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from decimal import Decimal

import msgspec

from kitabat.language.registry import language

ARABIC_INDIC = "٠١٢٣٤٥٦٧٨٩"
"""Digits of Arabic; Urdu has shapes of its own for some and code points of its own for all."""


class Digits(msgspec.Struct, frozen=True):
    """A way to write numbers."""

    digits: str
    """0 to 9."""
    group: str
    """Between thousands."""
    decimal: str
    """Before the fraction."""


DIGITS: Mapping[str, Digits] = {
    "latin": Digits("0123456789", ",", "."),
    "urdu": Digits("۰۱۲۳۴۵۶۷۸۹", "٬", "٫"),
}
"""By the word that the settings have for it."""

_ALL = "".join(row.digits for row in DIGITS.values()) + ARABIC_INDIC
_TABLES = {name: str.maketrans(_ALL, row.digits * (len(DIGITS) + 1)) for name, row in DIGITS.items()}
_TO_ASCII = str.maketrans(_ALL + "٬٫−", "0123456789" * (len(DIGITS) + 1) + ",.-")
_NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")


def digits_of(tag: str, digits: str = "") -> Digits:
    """Return the way to write numbers: by its word, or the language's own without one.

    Raises ValueError for a word that is not in ``DIGITS``, UnknownLanguageError for a tag that has no row.
    """
    own = language(tag).digits
    if not digits:
        return next(row for row in DIGITS.values() if row.digits == own)
    if digits not in DIGITS:
        known = ", ".join(f"`{name}`" for name in DIGITS)
        raise ValueError(f"Unexpected digits `{digits}`, expected one of {known}")
    return DIGITS[digits]


def to_digits(text: str, digits: str) -> str:
    """Return the text with each digit, Western, Urdu or Arabic, as ``latin`` or ``urdu`` has it; the rest stays.

    >>> to_digits("2019ء، ٤٥", "urdu"), to_digits("۲۰۱۹ء، ٤٥", "latin")
    ('۲۰۱۹ء، ۴۵', '2019ء، 45')
    """
    return text.translate(_TABLES[digits])


@functools.lru_cache(maxsize=1024, typed=True)
def number(value: float | Decimal, tag: str, digits: str = "") -> str:
    """Return a number with groups of thousands, in ``latin`` or ``urdu`` digits or in the language's own.

    ``value`` is finite; otherwise ValueError.

    >>> number(1234.5, "ur"), number(1234.5, "ur", "latin"), number(-1000000, "en")
    ('۱٬۲۳۴٫۵', '1,234.5', '-1,000,000')
    """
    row = digits_of(tag, digits)
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise ValueError(f"Unexpected `{value}`, expected a finite number")
    written = f"{exact:,f}"
    return written.translate(str.maketrans("0123456789,.", row.digits + row.group + row.decimal))


def value_of(text: str) -> Decimal:
    """Return the value of a number as either language writes it; raises ValueError where it is none.

    >>> value_of("۲٬۵۰۰"), value_of("-1,234.5"), value_of("٤٢")
    (Decimal('2500'), Decimal('-1234.5'), Decimal('42'))
    """
    plain = text.strip().translate(_TO_ASCII)
    if not _NUMBER.fullmatch(plain):
        raise ValueError(f"Unexpected `{text}`, expected a number such as `2,500` or `۲٬۵۰۰`")
    return Decimal(plain.replace(",", ""))
