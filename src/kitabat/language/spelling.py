"""Spelling by Hunspell's dictionaries, where the machine has them, and by a publication's own words."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Protocol

LIBRARY = "hunspell"
"""The module of the extra `spelling`."""
NONE = "none"
"""What the settings have for no dictionary at all."""
USUAL: Mapping[str, tuple[str, ...]] = {"en": ("en_US", "en_GB"), "ur": ("ur", "ur_PK", "ur_IN")}
"""By language: the dictionaries that are asked together, where the settings name none."""
FOLDERS = (
    "~/.local/share/hunspell",
    "~/Library/Spelling",
    "/usr/local/share/hunspell",
    "/usr/share/hunspell",
    "/usr/share/myspell/dicts",
    "/usr/share/myspell",
    "/opt/homebrew/share/hunspell",
    "/Library/Spelling",
    "C:/Hunspell",
)
"""Where systems keep them; after the folders of DICPATH, as Hunspell itself has it.

The American dictionary that the library brings along is not among them: it would call all British spelling wrong, and
nobody has asked for it.
"""
MOST_SUGGESTED = 25
"""Words of one run that Hunspell is asked to mend: it takes a tenth of a second for each."""
MOST_SUGGESTIONS = 3
MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")
"""Vowel signs and the tatweel, which dictionaries of Urdu leave out."""
POSSESSIVE = re.compile("'s?\\Z")
NON_JOINER = "\u200c"


class Dictionary(NamedTuple):
    """A pair of files, NAME.aff and NAME.dic."""

    folder: str
    name: str


class Speller(Protocol):
    """What knows the words of one language."""

    @property
    def word_list(self) -> str:
        """Path of the publication's own words."""

    def knows(self, word: str) -> bool:
        """Tell whether a word is spelt as it should be."""

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Return the words that may have been meant, the likeliest first."""


def has_library() -> bool:
    """Tell whether the extra `spelling` is installed; nothing is loaded for it."""
    return importlib.util.find_spec(LIBRARY) is not None


def dictionaries(tag: str, asked: str, own: Iterable[Dictionary] = ()) -> tuple[Dictionary, ...]:
    """Return the dictionaries to ask for a language: a publication's own come before the machine's.

    ``asked`` is a name such as ``en_GB``, or empty for those that are usual. One name is taken from one folder.
    """
    found = {one.name: one for one in reversed([*own, *_on_machine()])}
    names = (asked,) if asked else USUAL.get(tag, ())
    chosen = tuple(found[name] for name in names if name in found)
    if chosen or asked:
        return chosen
    others = sorted(name for name in found if re.split("[_-]", name)[0].lower() == tag)
    return tuple(found[name] for name in others[:1])


def _on_machine() -> list[Dictionary]:
    folders = [*filter(None, os.environ.get("DICPATH", "").split(os.pathsep)), *FOLDERS]
    return [one for folder in folders for one in in_folder(Path(folder).expanduser())]


def in_folder(folder: Path) -> list[Dictionary]:
    """Return the dictionaries of a folder; none where there is no such folder, or it cannot be read."""
    try:
        names = {
            place.stem for place in folder.iterdir() if place.suffix == ".aff" and place.with_suffix(".dic").is_file()
        }
    except OSError:
        return []
    return [Dictionary(str(folder), name) for name in sorted(names)]


class Hunspell:
    """A ``Speller``; each word is looked up once, and a dictionary loaded when the first word asks for it."""

    def __init__(self, found: Sequence[Dictionary], words: Collection[str] = (), word_list: str = "") -> None:
        self.found = tuple(found)
        self.words = frozenset(_plain(word) for word in words)
        self.word_list = word_list
        self.known: dict[str, bool] = {}
        self.suggested: dict[str, tuple[str, ...]] = {}
        self.loaded: list[Any] = []

    @cached_property
    def lowered(self) -> frozenset[str]:
        """The publication's words, for those that are written all in capitals."""
        return frozenset(word.lower() for word in self.words)

    def knows(self, word: str) -> bool:
        """See ``Speller.knows``; what a dictionary has no letters for, it lets pass."""
        known = self.known.get(word)
        if known is None:
            known = self.known[word] = self._knows(_plain(word))
        return known

    def _knows(self, word: str) -> bool:
        forms = {word, POSSESSIVE.sub("", word), MARKS.sub("", word), word.replace(NON_JOINER, "")} - {""}
        if any(form in self.words or form.lower() in self.words for form in forms):
            return True
        if word.isupper() and word.lower() in self.lowered:
            return True
        if any(self._in(number, form) for number in range(len(self.found)) for form in forms):
            return True
        parts = [part for part in re.split(f"[-{NON_JOINER}]", word) if part]
        return len(parts) > 1 and all(self.knows(part) for part in parts)

    def _in(self, number: int, word: str) -> bool:
        try:
            return bool(self._loaded(number).spell(word))
        except UnicodeEncodeError:
            return True

    def _loaded(self, number: int) -> Any:
        while len(self.loaded) <= number:
            from hunspell import Hunspell as Library

            one = self.found[len(self.loaded)]
            # The wrapper turns paths to bytes by the locale; the toolkit runs in UTF-8 whatever that is.
            self.loaded.append(Library(one.name, one.folder, sys.getfilesystemencoding()))
        return self.loaded[number]

    def suggestions(self, word: str) -> tuple[str, ...]:
        """See ``Speller.suggestions``; none once a run has asked for many."""
        if word not in self.suggested and len(self.suggested) < MOST_SUGGESTED:
            self.suggested[word] = self._suggestions(_plain(word))
        return self.suggested.get(word, ())

    def _suggestions(self, word: str) -> tuple[str, ...]:
        found: dict[str, None] = dict.fromkeys(one for one in sorted(self.words) if is_slip(word, one))
        for number in range(len(self.found)):
            try:
                found.update(dict.fromkeys(self._loaded(number).suggest(word)))
            except UnicodeEncodeError:
                continue
        return tuple(sorted(found, key=lambda one: not is_slip(word, one)))[:MOST_SUGGESTIONS]


def _plain(word: str) -> str:
    """Return a word as dictionaries write it."""
    return unicodedata.normalize("NFC", word).replace("’", "'")


def is_slip(one: str, other: str) -> bool:
    """Tell whether a slip of one key makes one word of another: a letter more, less, another, or two exchanged.

    >>> is_slip("teh", "the"), is_slip("recieve", "receive"), is_slip("Kim", "Korea")
    (True, True, False)
    """
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other:
        return False
    start = next((place for place, sign in enumerate(one) if sign != other[place]), len(one))
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    swapped = one[start + 1 : start + 2] + one[start : start + 1] + one[start + 2 :]
    return other[start:] == swapped or one[start + 1 :] == other[start + 1 :]
