"""Words that no dictionary of their language has: which are looked at, and one finding a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kitabat.checks.view import languages, primary, view
from kitabat.language.misprint import MARKUP
from kitabat.language.spelling import Speller, is_slip
from kitabat.language.stretches import ATOM
from kitabat.language.urdu.letters import LETTERS, MARKS, URDU_FOR
from kitabat.markup.inline import Inline

MOST_WORDS = 40
"""Of one article or catalog that are told one by one."""
_BOUND = f"[\\w{ATOM}@/\\\\_]"
_LATIN = r"[^\W\d_\u0590-\u08ff]+(?:['’-][^\W\d_\u0590-\u08ff]+)*"
_URDU = f"[{LETTERS}{MARKS}\u200c]+"
WORDS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(rf"(?<!{_BOUND})(?<!\w\.){_LATIN}(?!{_BOUND}|\.\w)"),
    "ur": re.compile(rf"(?<!{_BOUND})(?<!\w\.){_URDU}(?!{_BOUND}|\.\w)"),
}
"""By language: words in its own script that are not part of something larger, such as a file's name or a number."""
LOOKALIKE = re.compile(f"[{''.join(sign for sign in URDU_FOR if len(sign) == 1)}\ufb50-\ufdff\ufe70-\ufefc]")
"""Letters that a check of their own tells of."""
SENTENCE_BEFORE = re.compile(r"(?:^|[.!?:…\n])[\s\"'“”‘’(\[*_–—-]*$")
NEAR = 40
"""Characters before a word in which a sentence must end for the word to begin one; else long texts take ever longer."""
SHORTEST = 2
"""Letters of a word that is looked at: initials and numbers of lists are none."""


class Text(NamedTuple):
    """A message to look at."""

    nodes: Sequence[Inline]
    text: str
    number: int
    """Of the message, for the place of what is found."""


class Word(NamedTuple):
    """A word in a message."""

    text: str
    number: int
    offset: int
    language: str
    is_first: bool
    """It begins a sentence, as far as can be seen, so that a capital tells nothing."""


class Unknown(NamedTuple):
    """A word that no dictionary has."""

    number: int
    offset: int
    message: str
    hint: str


def words(text: Text, language: str, wanted: Iterable[str]) -> Iterator[Word]:
    """Yield the words of a message that dictionaries can know, language by language."""
    for tag in languages(text.nodes, language):
        if tag not in WORDS or tag not in wanted:
            continue
        shown = view(text.nodes, text.text, primary(language), tag)
        places = [place for place, sign in enumerate(shown) if sign != MARKUP]
        # Words of another language are hidden with the spaces between them; a space still parts two words.
        bare = "".join(" " if text.text[place] == " " else shown[place] for place in places)
        for found in WORDS[tag].finditer(bare):
            if is_prose(found[0]):
                is_first = bool(SENTENCE_BEFORE.search(bare, max(0, found.start() - NEAR), found.start()))
                yield Word(found[0], text.number, places[found.start()], tag, is_first)


def is_prose(word: str) -> bool:
    """Tell whether a word is one that dictionaries have an opinion of.

    >>> [word for word in ("DPRK", "iPhone", "a", "bomb", "West", "كتاب", "کتاب") if is_prose(word)]
    ['bomb', 'West', 'کتاب']
    """
    if len(word) < SHORTEST or LOOKALIKE.search(word):
        return False
    letters = word.replace("’s", "").replace("'s", "")
    return not any(sign.isupper() for part in re.split("[-’']", letters) for sign in part[1:])


def unknown_words(texts: Iterable[Text], language: str, spellers: Mapping[str, Speller]) -> Iterator[Unknown]:
    """Yield each word that no dictionary knows once, at its first place, with how often it stands there.

    A capitalised word inside a sentence is a name; one at the beginning of a sentence is so too, unless it is a slip
    for a common word and stands nowhere as a name.
    """
    found: dict[tuple[str, str], list[Word]] = {}
    names: set[str] = set()
    for text in texts:
        for word in words(text, language, spellers):
            if word.text[:1].isupper() and not word.is_first:
                names.add(_bare(word.text))
            elif not spellers[word.language].knows(word.text):
                found.setdefault((word.language, word.text), []).append(word)
    told = 0
    rest: list[Word] = []
    for (tag, name), places in found.items():
        if name[:1].isupper() and (_bare(name) in names or not _is_common(name, spellers[tag])):
            continue
        if told == MOST_WORDS:
            rest.append(places[0])
            continue
        told += 1
        yield _told(places, spellers[tag])
    if rest:
        first = rest[0]
        message = f"Unexpected `{first.text}` and {len(rest) - 1} more words, expected words of the dictionary"
        hint = f"Mend those above first, or add the words to {spellers[first.language].word_list}"
        yield Unknown(first.number, first.offset, message, hint)


def _told(places: Sequence[Word], speller: Speller) -> Unknown:
    first = places[0]
    times = f" {len(places)} times" if len(places) > 1 else ""
    near = speller.suggestions(first.text)
    listed = " or ".join(f"`{one}`" for one in near)
    mend = f"Write {listed}, or add" if near else "Correct it, or add"
    hint = f"{mend} the word to {speller.word_list}"
    message = f"Unexpected `{first.text}`{times}, expected a word of the dictionary"
    return Unknown(first.number, first.offset, message, hint)


def _is_common(word: str, speller: Speller) -> bool:
    """Tell whether a word at the beginning of a sentence is a slip for one that is no name."""
    lower = word.lower()
    return any(one == one.lower() and is_slip(lower, one) for one in speller.suggestions(lower))


def _bare(word: str) -> str:
    return re.sub("['’]s?$", "", word)
