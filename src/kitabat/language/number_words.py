"""Numbers written in words: سترہ, ڈھائی لاکھ, twenty-four, two and a half million."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from kitabat.language.numerals import to_digits

URDU = tuple(
    re.findall(
        r"\w+",
        "صفر ایک دو تین چار پانچ چھ سات آٹھ نو دس گیارہ بارہ تیرہ چودہ پندرہ سولہ سترہ اٹھارہ انیس بیس "
        "اکیس بائیس تئیس چوبیس پچیس چھبیس ستائیس اٹھائیس انتیس تیس اکتیس بتیس تینتیس چونتیس پینتیس چھتیس "
        "سینتیس اڑتیس انتالیس چالیس اکتالیس بیالیس تینتالیس چوالیس پینتالیس چھیالیس سینتالیس اڑتالیس "
        "انچاس پچاس اکیاون باون ترپن چون پچپن چھپن ستاون اٹھاون انسٹھ ساٹھ اکسٹھ باسٹھ ترسٹھ چونسٹھ "
        "پینسٹھ چھیاسٹھ سڑسٹھ اڑسٹھ انہتر ستر اکہتر بہتر تہتر چوہتر پچھتر چھہتر ستتر اٹھہتر اناسی اسی "
        "اکیاسی بیاسی تراسی چوراسی پچاسی چھیاسی ستاسی اٹھاسی نواسی نوے اکیانوے بانوے ترانوے چورانوے "
        "پچانوے چھیانوے ستانوے اٹھانوے ننانوے",
    )
)
"""From 0 to 99."""
URDU_VARIANTS = {
    "چھے": 6, "چھہ": 6, "تیئس": 23, "تیئیس": 23, "تیتیس": 33, "تیتالیس": 43, "اکاون": 51, "تریپن": 53, "چوون": 54,
    "تریسٹھ": 63, "اکانوے": 91, "پہلا": 1, "پہلی": 1, "پہلے": 1, "دوسرا": 2, "دوسری": 2, "دوسرے": 2, "تیسرا": 3,
    "تیسری": 3, "تیسرے": 3, "چوتھا": 4, "چوتھی": 4, "چوتھے": 4, "چھٹا": 6, "چھٹی": 6, "چھٹے": 6,
}  # fmt: skip
"""Other spellings, and ordinals of their own."""
ENGLISH = tuple(
    re.findall(
        r"\w+",
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen",
    )
)
ENGLISH_TENS = dict(
    zip(re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety"), range(20, 100, 10), strict=True)
)
ENGLISH_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12, "a": 1, "an": 1,
}  # fmt: skip

UNITS: Mapping[str, Mapping[str, int]] = {
    "ur": {**{word: value for value, word in enumerate(URDU)}, **URDU_VARIANTS},
    "en": {**{word: value for value, word in enumerate(ENGLISH)}, **ENGLISH_TENS, **ENGLISH_ORDINALS},
}
"""By language: words for numbers below a hundred."""
SCALES: Mapping[str, int] = {
    "سو": 10**2, "ہزار": 10**3, "لاکھ": 10**5, "ملین": 10**6, "کروڑ": 10**7, "ارب": 10**9, "بلین": 10**9,
    "کھرب": 10**11, "hundred": 10**2, "thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7,
    "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
WHOLE: Mapping[str, Fraction] = {
    "ڈیڑھ": Fraction(3, 2), "ڈھائی": Fraction(5, 2), "اڑھائی": Fraction(5, 2), "آدھا": Fraction(1, 2),
    "آدھی": Fraction(1, 2), "آدھے": Fraction(1, 2), "نصف": Fraction(1, 2), "half": Fraction(1, 2),
}  # fmt: skip
"""Fractions that stand by themselves, or before a scale."""
PARTS: Mapping[str, Fraction] = {
    "چوتھائی": Fraction(1, 4), "تہائی": Fraction(1, 3), "quarter": Fraction(1, 4), "quarters": Fraction(1, 4),
    "third": Fraction(1, 3), "thirds": Fraction(1, 3),
}  # fmt: skip
"""Fractions that a number before them counts."""
MORE: Mapping[str, Fraction] = {"ساڑھے": Fraction(1, 2), "سوا": Fraction(1, 4), "پونے": Fraction(-1, 4)}
"""What is added to the number after the word; a scale after it counts for one."""
WORD = re.compile(r"[^\W\d_]+|[0-9]+(?:[.٫][0-9]+)?")
HALF = re.compile(r"\band a (half|quarter)\b")
ORDINAL = {"ur": re.compile("(?:واں|ویں|وں)\\Z"), "en": re.compile("(?:ies|ieth|th|s)\\Z")}
HUNDRED = 100


def spoken(text: str, language: str) -> Iterator[Decimal]:
    """Yield the numbers that a text says in words, or in digits and words: ایک ارب 20 کروڑ.

    Each part of a long one is among them too, and of a fraction its per cent.

    >>> {2500, 19, 517} <= set(spoken("ڈھائی ہزار، انیسویں صدی، پانچ سو سترہ", "ur"))
    True
    >>> Decimal(2_500_000) in set(spoken("two and a half million", "en")), 24 in set(spoken("twenty-four", "en"))
    (True, True)
    """
    tag = language.partition("-")[0]
    if tag not in UNITS:
        return
    run = _Run(tag)
    last = 0
    text = HALF.sub(lambda found: f"+{found[1]}".ljust(len(found[0])), to_digits(text, "latin").lower())
    for found in WORD.finditer(text):
        is_more = text[found.start() - 1 : found.start()] == "+"
        if text[last : found.start()].strip(" -\u00a0\u200c+"):
            run.end()
        run.take(found[0], is_more=is_more)
        yield from run.values()
        last = found.end()


class _Run:
    """Words in a row that are one number."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.end()

    def end(self) -> None:
        """Begin anew."""
        self.total = Fraction(0)
        self.current: Fraction | None = None
        self.more = Fraction(0)
        self.has_words = False

    def take(self, word: str, *, is_more: bool) -> None:
        """Take one more word in; one that says no number ends the run."""
        unit = _unit(word, self.tag)
        if word[0].isdecimal():
            self._digits(word)
            return
        self.has_words = True
        if is_more and self.current is not None and (word in WHOLE or word in PARTS):
            self.current += WHOLE.get(word) or PARTS[word]
        elif word in PARTS and self.current is not None:
            self.current *= PARTS[word]
        elif word in MORE:
            self.end()
            self.more = MORE[word]
        elif word in SCALES:
            self._scale(SCALES[word])
        elif word in WHOLE:
            self.current = WHOLE[word]
        elif unit is not None:
            self._unit(unit)
        elif word != "and":
            self.end()

    def _digits(self, word: str) -> None:
        """Take a number in digits, which a scale in words may follow."""
        if self.current is not None or self.more:
            self.end()
        self.current = Fraction(word.replace("٫", "."))

    def _unit(self, unit: int) -> None:
        if self.current is not None and not _joins(self.current, unit):
            self.end()
        self.current = (self.current or 0) + unit + self.more
        self.more = Fraction(0)

    def _scale(self, scale: int) -> None:
        count = 1 + self.more if self.current is None else self.current
        self.more = Fraction(0)
        if scale == HUNDRED:
            self.current = count * scale
            return
        self.total += count * scale
        self.current = None

    def values(self) -> Iterator[Decimal]:
        """Yield what the run says so far."""
        for value in {self.total + (self.current or 0), self.current or Fraction(0)}:
            if value and self.has_words:
                yield _decimal(value)
                if value < 1:
                    yield _decimal(value * HUNDRED)


def _joins(before: Fraction, unit: int) -> bool:
    """Tell whether a number goes on with another: five hundred and six, twenty-four."""
    if before >= HUNDRED:
        return before % HUNDRED == 0
    return before >= 20 and before % 10 == 0 and unit < 10


def _unit(word: str, tag: str) -> int | None:
    """Return the number below a hundred that a word says, as a cardinal or an ordinal."""
    units = UNITS[tag]
    if word in units:
        return units[word]
    stem = ORDINAL[tag].sub("", word)
    for ending in ("", "ہ", "y"):
        if stem != word and stem.replace("ھ", "ہ") + ending in units:
            return units[stem.replace("ھ", "ہ") + ending]
        if stem != word and stem + ending in units:
            return units[stem + ending]
        if stem != word and stem.removesuffix("ھ") + ending in units:
            return units[stem.removesuffix("ھ") + ending]
    return None


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
