"""What an edit of a source text means for its translation: nothing, a corrected spelling, another number or name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
QUOTES = str.maketrans({**dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‛", "'")})
DELIMITERS = re.compile(r"(?<![\w\\*_])[*_]+(?=[^\s*_])|(?<=[^\s\\*_])[*_]+(?![\w*_])")
TOKEN = re.compile(r"\w+|[^\w\s]")
SENTENCE_MARKS = frozenset(".!?:۔؟")
COMMAS = frozenset(",،")
LONG_ENOUGH = ((8, 2), (4, 1))
"""A word of so many letters may have so many wrong ones, the first apart; transposed letters count as one."""
MOST_TYPOS = 3
"""Words of one message that a correction may touch; with more, somebody has written anew."""
FACT = re.compile(r"\d+(?:[.,٫٬]\d+)*|[^\W\d_][\w’'-]*")
SENTENCE_START = re.compile(r"(?:\A|[.!?:۔؟])[\s“”‘’\"'*_(\[]*\Z")
MOST_FACTS = 6
"""Differences that a note tells; of a text that was rewritten it would tell nothing."""


def bare(text: str) -> str:
    r"""Return a text without what a translation does not see: wrapping, kind of quotes, ``*`` or ``_``; code stays.

    >>> bare("He said: “a  *new*\nday”.") == bare('He said: "a _new_ day".')
    True
    >>> bare("`'a'`") == bare("`’a’`"), bare("2 * 3") == bare("2 _ 3"), bare("*a*") == bare("**a**")
    (False, False, False)
    """
    parts, end = [], 0
    for match in CODE.finditer(text):
        parts += [_bare(text[end : match.start()]), match[0]]
        end = match.end()
    whole = "".join([*parts, _bare(text[end:])])
    ends = "".join("\n" if edge == "\n" else "." for edge in (text[:1], text[-1:]))
    return f"{ends}{whole.strip()}"


def _bare(text: str) -> str:
    return DELIMITERS.sub(lambda found: "_" * len(found[0]), " ".join(f".{text}.".split())[1:-1].translate(QUOTES))


def is_typo(old: str, new: str) -> bool:
    """Tell whether one text is the other with its spelling corrected: the same words, a few letters apart.

    A number or a name that is another makes another text, and so does a word whose first letter is.

    >>> is_typo("They recieved teh news, in Kabul.", "They received the news in Kabul.")
    True
    >>> is_typo("He was likely here.", "He was unlikely here."), is_typo("In 2018.", "In 2019.")
    (False, False)
    """
    before, after = _tokens(old), _tokens(new)
    if len(before) != len(after):
        return False
    places = [place for place, token in enumerate(before) if token != after[place]]
    return len(places) <= MOST_TYPOS and all(_misspelt(before, after, place) for place in places)


def _tokens(text: str) -> list[str]:
    found = [token for token in TOKEN.findall(bare(text)[2:]) if token not in COMMAS]
    return [token for place, token in enumerate(found) if not place or token != found[place - 1]]


def _misspelt(before: Sequence[str], after: Sequence[str], place: int) -> bool:
    one, other = before[place], after[place]
    if one.casefold() == other.casefold():
        return True
    starts = not place or before[place - 1] in SENTENCE_MARKS
    is_name = not starts and (one[0].isupper() or other[0].isupper())
    if is_name or not (one.isalpha() and other.isalpha()):
        return False
    if len(one) == len(other) and sorted(one) == sorted(other) and _distance(one, other) == 1:
        return True
    shorter = min(len(one), len(other))
    bound = next((wrong for letters, wrong in LONG_ENOUGH if shorter >= letters), 0)
    return one[0].casefold() == other[0].casefold() and _distance(one, other) <= bound


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


def differences(old: str, new: str) -> str:
    """Return which numbers and capitalised names differ between two texts; empty where none does.

    The same number in other digits is no difference; the first word of a sentence is no name.

    >>> differences("In 2018 Kim met Trump.", "In 2019 Kim met Putin, twice in Hanoi.")
    'changed: 2018 → 2019, Trump → Putin; added: Hanoi'
    >>> differences("The year 1950.", "A year: ۱۹۵۰.")
    ''
    """
    before, after = list(_facts(old)), list(_facts(new))
    changed: list[str] = []
    added: list[str] = []
    removed: list[str] = []
    keys = [plain for plain, _ in before], [plain for plain, _ in after]
    for tag, start, end, first, last in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        gone, come = [shown for _, shown in before[start:end]], [shown for _, shown in after[first:last]]
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


def _facts(text: str) -> Iterator[tuple[str, str]]:
    """Yield numbers and names, each in a plain form and as it is written."""
    for match in FACT.finditer(text):
        word = match[0]
        if word[0].isdigit():
            digits = (str(unicodedata.digit(char)) if char.isdigit() else char for char in word)
            yield "".join(digits).translate({ord(","): None, ord("٬"): None, ord("٫"): "."}), word
        elif word[0].isupper() and len(word) > 1 and not SENTENCE_START.search(text, 0, match.start()):
            yield word, word
