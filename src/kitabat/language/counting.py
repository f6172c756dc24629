"""Numbers in running text: their values, whatever the digits, and the words that may stand for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from kitabat.language.numerals import to_digits

NUMBER = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Za-z]+-?)?(?P<number>[0-9]{1,3}(?:[,٬،](?:[0-9]{2}[,٬،])*[0-9]{3})+(?![0-9])(?:[.٫][0-9]+)?"
    r"|[0-9]+(?:[.٫][0-9]+)*)"
)
"""After western digits took the place of others; letters before it make it a part of a name, such as ``G20``."""

WORDS: Mapping[str, Mapping[int, str]] = {
    "en": {
        0: "zero no none nil",
        1: "one a an first single once",
        2: "two second both twice pair couple double",
        3: "three third thrice triple",
        4: "four fourth",
        5: "five fifth",
        6: "six sixth",
        7: "seven seventh",
        8: "eight eighth",
        9: "nine ninth",
        10: "ten tenth decade",
        11: "eleven eleventh",
        12: "twelve twelfth dozen",
        15: "fifteen fifteenth quarter",
        20: "twenty twentieth twenties",
        30: "thirty thirtieth thirties half",
        40: "forty fortieth forties",
        45: "quarter",
        50: "fifty fiftieth fifties half",
        60: "sixty sixtieth sixties",
        70: "seventy seventieth seventies",
        80: "eighty eightieth eighties",
        90: "ninety ninetieth nineties",
        100: "hundred hundreds century whole",
        1000: "thousand thousands millennium",
        100_000: "lakh",
        1_000_000: "million",
        10_000_000: "crore",
        1_000_000_000: "billion",
    },
    "ur": {
        0: "صفر",
        1: "ایک پہلا پہلی پہلے یکم اول واحد",
        2: "دو دوسرا دوسری دوسرے دونوں دوم دوہری دوہرا",
        3: "تین تیسرا تیسری تیسرے تینوں سوم",
        4: "چار چوتھا چوتھی چوتھے چاروں چہارم",
        5: "پانچ پانچواں پانچویں پانچوں پنجم",
        6: "چھ چھے چھٹا چھٹی چھٹے چھٹا ششم",
        7: "سات ساتواں ساتویں ساتوں ہفتم",
        8: "آٹھ آٹھواں آٹھویں آٹھوں ہشتم",
        9: "نو نواں نویں نہم",
        10: "دس دسواں دسویں دہائی دہم عشرہ عشرے",
        11: "گیارہ گیارہواں گیارہویں",
        12: "بارہ بارہواں بارہویں درجن",
        15: "پندرہ پندرہویں سوا",
        20: "بیس بیسویں",
        30: "تیس تیسویں ساڑھے",
        40: "چالیس چالیسویں",
        45: "پینتالیس پون پونے",
        50: "پچاس پچاسویں نصف آدھا آدھی آدھے",
        60: "ساٹھ ساٹھویں",
        70: "ستر سترویں",
        80: "اسی اسّی",
        90: "نوے نوّے",
        100: "سو صدی سینکڑوں سارا پورا",
        1000: "ہزار ہزاروں",
        100_000: "لاکھ",
        1_000_000: "ملین",
        10_000_000: "کروڑ",
        1_000_000_000: "ارب",
    },
}
"""By language and value: words that say a small or round number, or what it counts."""

SCALES: Mapping[str, int] = {
    "hundred": 100,
    "thousand": 1000,
    "lakh": 100_000,
    "million": 1_000_000,
    "mn": 1_000_000,
    "m": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "سو": 100,
    "ہزار": 1000,
    "لاکھ": 100_000,
    "ملین": 1_000_000,
    "کروڑ": 10_000_000,
    "ارب": 1_000_000_000,
    "بلین": 1_000_000_000,
    "کھرب": 100_000_000_000,
    "ٹریلین": 1_000_000_000_000,
}
"""Words after a number that multiply it: 2.5 million is 25 لاکھ."""

METRES = "m"
"""After a space, and millions right behind the number."""
SCALE = re.compile(rf"(?P<apart>[ \u00a0-]?)(?P<word>{'|'.join(sorted(SCALES, key=len, reverse=True))})(?!\w)")
SUFFIX = re.compile(
    r"(?:s|st|nd|rd|th|km|kg|cm|mm|m|g|bn|mn|am|pm|k|px|kb|mb|gb|ء|ھ|ویں|واں|وں)(?![^\W\d_])", re.IGNORECASE
)
WORD = re.compile(r"[^\W\d_]+")


class Number(NamedTuple):
    """A number in a text."""

    text: str
    """As it is written."""
    offset: int
    value: Decimal
    scaled: Decimal
    """With the word after it that multiplies it; else the value."""
    is_name: bool
    """Letters stand right at it, as in ``G20`` and ``3D``, so that a translation may spell it otherwise."""


def numbers(text: str) -> Iterator[Number]:
    """Yield the numbers of a text in order, each part of a range, a time or a version by itself.

    >>> [str(number.value) for number in numbers("2,500 = ۲٬۵۰۰ = ۲۵۰۰, 1950–53, 3٫5, 25,00,000")]
    ['2500', '2500', '2500', '1950', '53', '3.5', '2500000']
    >>> [str(number.scaled) for number in numbers("5,450 m high, $20m")]
    ['5450', '20000000']
    >>> [(str(number.scaled), number.is_name) for number in numbers("2.5 million, 25 لاکھ, G20, 1950s, 3D")]
    [('2500000.0', False), ('2500000', False), ('20', True), ('1950', False), ('3', True)]
    """
    western = to_digits(text, "latin")
    for found in NUMBER.finditer(western):
        start, end = found.span("number")
        value = decimal(found["number"])
        scale = SCALE.match(western, end)
        after = western[end : end + 1]
        is_name = found.start() != start or (after.isalpha() and not SUFFIX.match(western, end))
        is_unit = scale is not None and scale["word"] == METRES and scale["apart"] != ""
        scaled = value * SCALES[scale["word"]] if scale and not is_unit else value
        yield Number(text[start:end], start, value, scaled, is_name)


def decimal(text: str) -> Decimal:
    """Return the value of a number in western digits; of a version, all its digits without the dots.

    >>> decimal("2,500.50"), decimal("1.2.3"), decimal("007")
    (Decimal('2500.50'), Decimal('123'), Decimal('7'))
    """
    plain = re.sub("[^0-9.]", "", text.replace("٫", "."))
    return Decimal(plain.replace(".", "") if plain.count(".") > 1 else plain)


def said(value: Decimal, text: str, language: str) -> bool:
    """Tell whether a text has a word for a small or round number; of languages without a table, whether it may have.

    >>> said(Decimal(3), "تینوں دوست", "ur"), said(Decimal(3), "دو دوست", "ur"), said(Decimal(13), "تین", "ur")
    (True, False, False)
    """
    table = WORDS.get(language.partition("-")[0], {})
    if not table:
        return value in WORDS["en"]
    words = table.get(int(value), "") if value == int(value) else ""
    return not set(words.split()).isdisjoint(WORD.findall(text.lower()))
