"""Sentences that mix Urdu and English as articles do, made from a seed: the same seed gives the same sentences."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

from kitabat.model.language import Direction


class Sentence(NamedTuple):
    """A message in Markdown's inline form."""

    id: str
    base: Direction
    text: str


URDU = (
    "حکومت نے کہا|عالمی بینک|شہر کے مکین|اس رپورٹ میں|نئی پالیسی|وزیرِ اعظم|پاکستان اور بھارت|سمندری راستے|معاہدے پر دستخط|"
    "گزشتہ برس|کئی ماہرین|اخبار کے مطابق|کتاب کا ترجمہ|خوب‌صورت وادی|طلبہ و طالبات|کراچی|لاہور میں|پشاور سے|تجارت بڑھی|"
    "یہ فیصلہ|جنگِ عظیم|اقوامِ متحدہ|دریائے سندھ|موسم سرد رہا|قیمت|آبادی|نقشے پر|کھیل کا میدان"
)
ENGLISH = (
    "the government said|World Bank|residents of the city|in this report|new policy|Prime Minister|the strait|treaty|"
    "last year|several experts|according to the paper|translation|Hamlet|students|Karachi|New York Times|Vladivostok|"
    "trade grew|this decision|Cold War|United Nations|the river Indus|winter|price|population|on the map|Financial Times"
)
NUMBERS = (
    "12|2019|2,500|3.5|۱۲|۲۰۱۹|۲٬۵۰۰|۳٫۵|10–12%|50%|۵۰٪|۱۰–۱۲٪|$5.2bn|€30|Rs. 500|£1.5|-5°C|−40|+3|#1|۱۹۵۰–۱۹۵۳|1950–53|"
    "۱۹۷۳ء|2026-11-22|22/11/2026|۲۲/۱۱/۲۰۲۶|12:30|۱۲:۳۰|9:00 pm|12:30–14:00|+92 300 1234567|0300-1234567|(021) 111-222-333|"
    "۰۳۰۰-۱۲۳۴۵۶۷|3:2|2–1|1/2|5 km|1,500 kg|16-bit|24/7|192.168.1.1|2 + 2 = 4|5×3"
)
NAMES = (
    "C++|C#|.NET|F-16|COVID-19|G-20|AT&T|U.S.|Ph.D.|Inc.|iPhone 15|Mach 5|BRICS+|O’Neill|e.g.|and/or|@aaina_news|"
    "letters@example.org|https://example.org/a/?q=1&r=2|https://example.org/اردو/خبر/|www.example.org|/usr/share|content/a.md|"
    "--help|#پاکستان|#news|R&D|WiFi|naïve|IAEA|100% Cotton"
)
ATOMS = "`kitabat build`|`x + y`|![نقشہ](a.svg)|![map](a.svg)|[^1]|[كِتاب عربي]{lang=ar}|[mot juste]{lang=fr}|<https://example.org/b>"
POOLS = {
    name: tuple(words.split("|"))
    for name, words in {
        "urdu": URDU,
        "english": ENGLISH,
        "number": NUMBERS,
        "name": NAMES,
        "atom": ATOMS,
    }.items()
}
SHARES: dict[Direction, dict[str, int]] = {
    "rtl": {"urdu": 9, "english": 4, "number": 3, "name": 2, "atom": 1},
    "ltr": {"urdu": 4, "english": 9, "number": 3, "name": 2, "atom": 1},
}
"""How often a piece comes from each pool, by the sentence's direction."""
ENCLOSURES = ("()", "[]", "“”", "”“", "‘’", '""', "()", "«»")
INNER = ("()", "‘’", "’‘", "“”")
PAUSES: dict[Direction, tuple[str, ...]] = {
    "rtl": ("،", "؛", " –", ":", ",", "!"),
    "ltr": (",", ";", " –", ":", "،", "!"),
}
ENDS: dict[Direction, tuple[str, ...]] = {"rtl": ("۔", "۔", "؟", "!", "…", "."), "ltr": (".", ".", "?", "!", "…", "۔")}
WRAPS = (("*", "*"), ("**", "**"), ("[", "](https://example.org/c)"), ("[", "]{lang=ar}"), ("***", "***"))


def sentences(count: int, seed: int) -> Iterator[Sentence]:
    """Yield sentences, the two directions in turn."""
    chance = random.Random(seed)
    for number in range(count):
        base: Direction = "rtl" if number % 2 else "ltr"
        yield Sentence(f"{base}-{seed}-{number}", base, _sentence(chance, base))


def _sentence(chance: random.Random, base: Direction) -> str:
    pieces = [piece for _ in range(chance.randint(3, 8)) for piece in _group(chance, base).split(" ")]
    pieces[-1] = pieces[-1].rstrip("،؛,;:–!") + chance.choice(ENDS[base])
    _break_line(chance, pieces)
    return " ".join(_wrapped(chance, pieces)).replace("\\\n ", "\\\n")


def _group(chance: random.Random, base: Direction) -> str:
    """Return one to three pieces, sometimes in brackets or quotation marks, sometimes with a pause after them."""
    text = _pieces(chance, base, chance.randint(1, 3))
    kind = chance.random()
    if kind < 0.14:
        text = _enclosed(chance, text, ENCLOSURES)
    elif kind < 0.2:
        inner = _enclosed(chance, _pieces(chance, base, 1), INNER)
        text = _enclosed(chance, f"{text} {inner} {_pieces(chance, base, 1)}", ENCLOSURES)
    elif kind < 0.26:
        text = f"{text} {chance.choice(('[12]', '(2019)', '(Vladivostok)', '(ولادیووستوک)', '[۱۲]'))}"
    return text + (chance.choice(PAUSES[base]) if chance.random() < 0.3 else "")


def _pieces(chance: random.Random, base: Direction, count: int) -> str:
    shares = SHARES[base]
    pools = chance.choices(list(shares), list(shares.values()), k=count)
    return " ".join(chance.choice(POOLS[pool]) for pool in pools)


def _enclosed(chance: random.Random, text: str, marks: tuple[str, ...]) -> str:
    pair = chance.choice(marks)
    end = chance.choice(("", "", "", "!", "۔", ".", "؟", ","))
    return f"{pair[0]}{text}{end}{pair[1]}"


def _break_line(chance: random.Random, pieces: list[str]) -> None:
    if chance.random() < 0.06:
        pieces[chance.randrange(len(pieces) - 1)] += "\\\n"


def _wrapped(chance: random.Random, pieces: list[str]) -> list[str]:
    """Return the pieces with markup around some stretches of them: nested or apart, wherever their words end."""
    pieces = list(pieces)
    taken: list[tuple[int, int]] = []
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        start = chance.randrange(len(pieces))
        end = min(len(pieces) - 1, start + chance.randint(0, 4))
        if not any(_cross((start, end), other) for other in taken) and _may_wrap(pieces[start : end + 1]):
            opening, closing = chance.choice(WRAPS)
            pieces[start] = opening + pieces[start]
            body = pieces[end]
            kept = body.rstrip("،؛,;:!۔.؟?…") if chance.random() < 0.6 else body
            pieces[end] = (kept or body) + closing + (body[len(kept) :] if kept else "")
            taken.append((start, end))
    return pieces


def _cross(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _may_wrap(pieces: list[str]) -> bool:
    """Tell whether markup around the pieces stays markup."""
    text = " ".join(pieces)
    return not any(mark in text for mark in ("[", "]", "`", "\\", "<"))
