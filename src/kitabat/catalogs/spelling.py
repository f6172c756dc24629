"""Whether an edit corrected the spelling of a text and no more, as far as words can tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from kitabat.catalogs.changes import bare
from kitabat.catalogs.facts import NO_NAMES
from kitabat.language.urdu.letters import URDU_FOR

NON_JOINER = "\u200c"
TOKEN = re.compile(r"\w+|[^\w\s]")
WORD = re.compile(r"[^\W\d_]+")
BETWEEN_WORDS = re.compile(rf"(?<=[^\W\d_])[\s{NON_JOINER}-]+(?=[^\W\d_])")
SENTENCE_MARKS = frozenset(".!?:۔؟")
COMMAS = frozenset(",،")
LONG_ENOUGH = ((8, 2), (4, 1))
"""A word of so many letters may have so many wrong ones, the first apart; transposed letters count as one."""
MOST_TYPOS = 3
"""Words of one message that a correction may touch; with more, somebody has written anew."""
LETTERS = str.maketrans({look: letter for look, letter in URDU_FOR.items() if len(look) == 1})
ENGLISH_ENDINGS = frozenset(("", "s", "es", "d", "ed", "n", "en", "r", "er", "st", "est", "ly", "y", "ing", "al"))
URDU_ENDINGS = frozenset(
    (
        "",
        "ا",
        "ے",
        "ی",
        "ہ",
        "و",
        "ں",
        "وں",
        "یں",
        "یاں",
        "ات",
        "تا",
        "تے",
        "تی",
        "نا",
        "نے",
        "نی",
        "گا",
        "گے",
        "گی",
        "ئے",
        "ئی",
    )
)
"""Endings that make another form of the same word, which says something else: one for many, she for he."""


class Vocabulary:
    """What the texts of a publication say of a word: whether they have it still, and whether they had it before."""

    def __init__(self, now: Iterable[str] = (), before: Iterable[str] = ()) -> None:
        """Take the texts as they are and as they were; they are read when the first word is asked for."""
        self._now, self._before = now, before

    @cached_property
    def now(self) -> frozenset[str]:
        """Words of the texts as they are."""
        return frozenset(word for text in self._now for word in WORD.findall(text.translate(LETTERS)))

    @cached_property
    def before(self) -> frozenset[str]:
        """Words of the texts as they were."""
        return frozenset(word for text in self._before for word in WORD.findall(text.translate(LETTERS)))


def is_typo(old: str, new: str, vocabulary: Vocabulary) -> bool:
    """Tell whether one text is the other with its spelling corrected: the same words, a few letters apart.

    It is not where a number, a name or the first letter of a word has changed, where a word is another form of the
    same word (*one*, *ones*), or where the texts still have the old word elsewhere, so that it was not misspelt. A word
    with a capital is a name; at the beginning of a sentence, unless it is known in small letters. In scripts without
    capitals the new word must have been known before, unless the letters are the same, in another order or of another
    alphabet.

    >>> none = Vocabulary()
    >>> is_typo("They recieved teh news, in Kabul.", "They received the news in Kabul.", none)
    True
    >>> is_typo("He was likely here.", "He was unlikely here.", none), is_typo("In 2018.", "In 2019.", none)
    (False, False)
    >>> is_typo("انصف کا دن", "انصاف کا دن", none), is_typo("انصف کا دن", "انصاف کا دن", Vocabulary(before=["انصاف"]))
    (False, True)
    """
    before, after = _tokens(old), _tokens(new)
    if _unspaced(old) == _unspaced(new):
        return True
    if len(before) != len(after):
        return False
    places = [place for place, token in enumerate(before) if token != after[place]]
    return len(places) <= MOST_TYPOS and all(_misspelt(before, after, place, vocabulary) for place in places)


def _tokens(text: str) -> list[str]:
    plain = bare(text)[2:].replace(NON_JOINER, "").translate(LETTERS)
    found = [token for token in TOKEN.findall(plain) if token not in COMMAS]
    return [token for place, token in enumerate(found) if not place or token != found[place - 1]]


def _unspaced(text: str) -> str:
    """Return a text without what parts its words, *well known* or *well-known*; numbers keep what is before them."""
    return BETWEEN_WORDS.sub("", bare(text)[2:].translate(LETTERS)).casefold()


def _misspelt(before: Sequence[str], after: Sequence[str], place: int, vocabulary: Vocabulary) -> bool:
    one, other = before[place], after[place]
    if one.casefold() == other.casefold():
        return True
    if not (one.isalpha() and other.isalpha()) or one in vocabulary.now or _is_inflected(one, other):
        return False
    if one[0].isupper() or other[0].isupper():
        starts = not place or before[place - 1] in SENTENCE_MARKS
        if not (starts and _is_common(other, vocabulary)):
            return False
    if len(one) == len(other) and sorted(one) == sorted(other) and _distance(one, other) == 1:
        return True
    shorter = min(len(one), len(other))
    bound = next((wrong for letters, wrong in LONG_ENOUGH if shorter >= letters), 0)
    near = one[0].casefold() == other[0].casefold() and _distance(one, other) <= bound
    return near and (one.lower() != one.upper() or other in vocabulary.before)


def _is_common(word: str, vocabulary: Vocabulary) -> bool:
    small = word.lower()
    return small in NO_NAMES or small in vocabulary.now or small in vocabulary.before


def _is_inflected(one: str, other: str) -> bool:
    """Tell whether two words are forms of one: they differ in their endings."""
    same = 0
    for letter, counterpart in zip(one, other, strict=False):
        if letter != counterpart:
            break
        same += 1
    ends = {one[same:], other[same:]}
    return ends <= ENGLISH_ENDINGS or ends <= URDU_ENDINGS


def _distance(one: str, other: str) -> int:
    """Return the letters that must be changed, left out, put in or transposed."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, last, row = row, before, [place]
        for column, wanted in enumerate(other, 1):
            cost = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != wanted))
            if place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == wanted:
                cost = min(cost, last[column - 2] + 1)
            row.append(cost)
    return row[-1]
