"""The texts of a large collection that are most like a given one, without comparing it with all of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from kitabat.catalogs.similarity import Profile, similarity

WORD = re.compile(r"\w+")
MOST_HOLDERS = 64
"""Texts that share a word or a pair of words; what more of them share tells nothing."""
MOST_COMPARED = 8
"""Texts that are compared as a whole: those that share most."""

Profiles = Callable[[str], Profile]


class Nearest:
    """Texts by the words and pairs of words that they hold.

    >>> from kitabat.catalogs.similarity import profile
    >>> list(Nearest(["A summit in 2019.", "No news"], profile).like("The summit in 2019.", 0.5))
    [(0.8333333333333334, 0)]
    """

    def __init__(self, texts: Sequence[str], profile: Profiles) -> None:
        self.texts = texts
        self.profile = profile
        self.holders: dict[str, list[int]] = {}
        for number, text in enumerate(texts):
            for feature in _features(text):
                self.holders.setdefault(feature, []).append(number)

    def like(self, text: str, least: float) -> Iterator[tuple[float, int]]:
        """Yield similarity and number of texts that are at least so much like this one."""
        shared: Counter[int] = Counter()
        for feature in _features(text):
            holders = self.holders.get(feature, ())
            if len(holders) <= MOST_HOLDERS:
                shared.update(holders)
        whole = self.profile(text)
        likeliest = sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:MOST_COMPARED]
        for number, _ in likeliest:
            score = similarity(whole, self.profile(self.texts[number]))
            if score >= least:
                yield score, number


def _features(text: str) -> Iterable[str]:
    words = WORD.findall(text.lower())
    return dict.fromkeys((*words, *map(" ".join, pairwise(words))))
