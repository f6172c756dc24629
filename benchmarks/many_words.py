"""Give the text of documents as many different words as articles have: those of `corpus.py` are two hundred.

What a worker keeps of words that it knows would look better than it is. The commonest are the words of the sample
publication, the others are put together from parts of these; how often each comes follows Zipf's law.
"""

from __future__ import annotations

import random
import re
from itertools import accumulate

from shaping_proof import words_of_sample

WORD = {"ur": re.compile("(?<=[ >])[\u0620-\u06d3]+(?=[ ،۔<])"), "en": re.compile(r"(?<=[ >])[a-z]+(?=[ ,.<])")}
LONGEST = {"ur": 9, "en": 13}
MOST = 30_000
"""Different words that there are."""
STEEPNESS, SHIFT = 1.1, 2.7
"""Of Zipf's law: how much rarer the next word is, and how little that shows in the commonest."""


def words(tag: str, dice: random.Random) -> list[str]:
    """Return different words of a language, the commonest first."""
    letters = re.compile("[\u0620-\u06d3]{2,}" if tag == "ur" else "[a-z]{2,}")
    own = list(dict.fromkeys(word for word in words_of_sample()[tag] if letters.fullmatch(word)))
    found = dict.fromkeys(own)
    while len(found) < MOST:
        one, other = dice.choice(own), dice.choice(own)
        word = one[: dice.randint(1, len(one) - 1)] + other[dice.randint(1, len(other) - 1) :]
        if len(word) <= LONGEST[tag]:
            found[word] = None
    return list(found)


def reworded(documents: list[str], tag: str, seed: int = 1) -> tuple[list[str], int, int]:
    """Return documents of HTML with other words, how many words that were, and how many different ones."""
    dice = random.Random(seed)
    known = words(tag, dice)
    weights = list(accumulate((place + SHIFT) ** -STEEPNESS for place in range(len(known))))
    drawn: list[str] = []

    def other(_: re.Match[str]) -> str:
        drawn.extend(dice.choices(known, cum_weights=weights))
        return drawn[-1]

    return [WORD[tag].sub(other, one) for one in documents], len(drawn), len(set(drawn))
