"""Which numbers and names an edit has changed: what a translator of a fuzzy message must not overlook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from kitabat.catalogs.pieces import sentences

MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c"
WORD = re.compile(rf"\d+(?:[.,٫٬]\d+)*|[^\W\d_][\w{MARKS}’'-]*")
SENTENCE_START = re.compile(r"(?:\A|[.!?:۔؟])[\s“”‘’\"'*_(\[]*\Z")
NEAR = 40
"""Characters before a word in which a sentence must end for the word to begin one; else long texts take ever longer."""
LONGEST = 3_000
"""Words of a text that is compared word by word; the time it takes grows with the square of them."""
MOST_WORDS = 3
"""Words that stand in place of as many others at most, where a capital does not tell that they are a name."""
SAME_TEXT = 0.5
"""Share of words that two texts have in common, from which one is the other with some words in place of others."""
MOST_FACTS = 6
"""Differences that a note tells; of a text that was rewritten it would tell nothing."""
NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        "a about after all also although an and another any as at because before both but by despite during each even "
        "every few first for from her his how however if in indeed instead it its many more most much my no none nor "
        "not now of on once one only or other our over perhaps several she he since so some soon still such than that "
        "the their then there these they this those though through thus to today tomorrow two under unlike until we "
        "what when where whether which while who why with within without yesterday yet you your",
    )
)
"""Words that begin sentences in English and name nobody."""


class Word(NamedTuple):
    """A word or a number of a text."""

    shown: str
    plain: str
    """A number in ASCII digits; a word as it is."""
    start: int
    end: int


def differences(old: str, new: str) -> str:
    """Return which numbers and names differ between two texts; empty where none does.

    The same number in other digits is no difference. A name is known by its capital. Where a sentence begins, and in
    scripts without capitals, nothing tells a name: there a few words that stand in place of a few others are named,
    whatever they are. If the new text is some of the old one's sentences, only those are compared. Nothing is returned
    for texts of more than ``LONGEST`` words.

    >>> differences("In 2018 Kim met Trump.", "In 2019 Kim met Putin, twice in Hanoi.")
    'changed: 2018 → 2019, Trump → Putin; added: Hanoi'
    >>> differences("The year 1950.", "A year: ۱۹۵۰.")
    ''
    >>> differences("Moscow has said so.", "Beijing has said so."), differences("وہ کل لاہور گئے۔", "وہ کل کراچی گئے۔")
    ('changed: Moscow → Beijing', 'changed: لاہور → کراچی')
    """
    if any(sum(1 for _ in WORD.finditer(text)) > LONGEST for text in (old, new)):
        return ""
    old = _counterpart(old, new)
    words = list(_words(old)), list(_words(new))
    marked = _replaced(*words)
    before, after = _facts(old, words[0], marked[0]), _facts(new, words[1], marked[1])
    changed: list[str] = []
    added: list[str] = []
    removed: list[str] = []
    keys = [fact.plain for fact in before], [fact.plain for fact in after]
    for tag, start, end, first, last in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        gone, come = [fact.shown for fact in before[start:end]], [fact.shown for fact in after[first:last]]
        if tag != "equal":
            both = min(len(gone), len(come))
            changed += [f"{one} → {other}" for one, other in zip(gone, come, strict=False)]
            removed += gone[both:]
            added += come[both:]
    told = (("changed", changed), ("added", added), ("removed", removed))
    return "; ".join(f"{name}: {_listed(items)}" for name, items in told if items)


def _listed(items: Sequence[str]) -> str:
    shown = list(items[:MOST_FACTS])
    return ", ".join([*shown, "…"] if len(items) > MOST_FACTS else shown)


def _counterpart(old: str, new: str) -> str:
    """Return the sentences of the old text, as many as the new one has, that are most like it."""
    those, number = sentences(old), len(sentences(new))
    if number >= len(those):
        return old
    wanted = {word.plain for word in _words(new)}
    runs = [" ".join(those[start : start + number]) for start in range(len(those) - number + 1)]
    best = max(runs, key=lambda run: _share({word.plain for word in _words(run)}, wanted))
    return best if _share({word.plain for word in _words(best)}, wanted) >= SAME_TEXT else old


def _share(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / max(1, len(one) + len(other))


def _words(text: str) -> Iterator[Word]:
    for match in WORD.finditer(text):
        yield Word(match[0], _plain(match[0]), *match.span())


def _plain(word: str) -> str:
    if not word[0].isdigit():
        return word
    digits = (str(unicodedata.digit(char)) if char.isdigit() else char for char in word)
    return "".join(digits).translate({ord(","): None, ord("٬"): None, ord("٫"): "."})


def _replaced(before: Sequence[Word], after: Sequence[Word]) -> tuple[set[int], set[int]]:
    """Return where the words begin that stand in place of a few others, in the one text and in the other."""
    keys = [word.plain for word in before], [word.plain for word in after]
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    gone: set[int] = set()
    come: set[int] = set()
    if matcher.ratio() >= SAME_TEXT:
        for tag, start, end, first, last in matcher.get_opcodes():
            if tag == "replace" and max(end - start, last - first) <= MOST_WORDS:
                gone |= {word.start for word in before[start:end]}
                come |= {word.start for word in after[first:last]}
    return gone, come


def _facts(text: str, words: Sequence[Word], replaced: set[int]) -> list[Word]:
    """Return numbers and names, and which replaced words may be names; such words in a row are one name."""
    found: list[Word] = []
    small = {word.plain for word in words}
    for word in words:
        starts = word.shown[0].isupper() and bool(SENTENCE_START.search(text, max(0, word.start - NEAR), word.start))
        stands_in = word.start in replaced
        sure = word.shown[0].isdigit() or (word.shown[0].isupper() and len(word.shown) > 1 and not starts)
        if not (sure or (stands_in and _may_be_name(word.plain, small, starts=starts))):
            continue
        last = found[-1] if found else None
        if last and stands_in and last.start in replaced and text[last.end : word.start].isspace():
            name = text[last.start : word.end]
            found[-1] = Word(name, name, last.start, word.end)
        else:
            found.append(word)
    return found


def _may_be_name(word: str, small: set[str], *, starts: bool) -> bool:
    """Tell whether a word may be a name though no capital inside a sentence says so."""
    if starts:
        return len(word) > 1 and word.lower() not in NO_NAMES and word.lower() not in small
    return not word[0].isdigit() and word[0].lower() == word[0].upper()
