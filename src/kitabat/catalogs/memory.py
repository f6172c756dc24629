"""The translation memory of one language: what its other catalogs say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from kitabat.catalogs.nearest import Nearest
from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.po_file import PoFile
from kitabat.catalogs.similarity import profile

VERY_NEAR = 0.9
"""Similarity from which the translation of a text of another article is worth offering."""


class Remembered(NamedTuple):
    """A translation of another article."""

    entry: PoEntry
    sure: bool
    """Context and text are the same, and no two articles translate them differently."""


class Memory:
    """Confirmed translations of all catalogs of a language; they are read when the first is asked for.

    Obsolete ones too: a paragraph that goes from one article to another has its translation, whichever is synced first.
    """

    def __init__(self, read: Callable[[], Iterable[PoFile]]) -> None:
        self.read = read

    @cached_property
    def known(self) -> dict[str, list[tuple[str, PoEntry]]]:
        """Path and entry of each translation, by msgid."""
        found: dict[str, list[tuple[str, PoEntry]]] = {}
        for file in sorted(self.read(), key=lambda file: file.path):
            for entry in filter(_is_confirmed, file.all):
                found.setdefault(entry.msgid, []).append((file.path, entry))
        return found

    @cached_property
    def index(self) -> tuple[list[str], Nearest]:
        """The texts, and what finds them by likeness."""
        texts = sorted(self.known)
        return texts, Nearest(texts, lru_cache(maxsize=None)(profile))

    def texts(self, path: str) -> Iterator[str]:
        """Yield every text that has a translation in a catalog other than the one at ``path``."""
        return (text for text in self.known if any(self._elsewhere(text, path)))

    def same(self, source: PoEntry, path: str) -> Remembered | None:
        """Return the translation of the same text in a catalog other than the one at ``path``."""
        return _commonest(list(self._elsewhere(source.msgid, path)), source)

    def near(self, source: PoEntry, path: str) -> Remembered | None:
        """Return the translation of the most similar text there, where it is very similar."""
        texts, nearest = self.index
        scored = sorted((-score, texts[number]) for score, number in nearest.like(source.msgid, VERY_NEAR))
        return next(
            (found for _, text in scored if (found := _commonest([*self._elsewhere(text, path)], source))), None
        )

    def _elsewhere(self, text: str, path: str) -> Iterator[PoEntry]:
        return (entry for holder, entry in self.known.get(text, ()) if holder != path)


def _commonest(found: Sequence[PoEntry], source: PoEntry) -> Remembered | None:
    """Return the commonest translation in the message's own context, else the commonest at all."""
    if not found or source.msgid_plural is not None:
        return None
    here = [entry for entry in found if entry.key == source.key]
    strings = [entry.msgstr for entry in here or found]
    # The first of several that are as common: files are in the order of their paths.
    best = max(dict.fromkeys(strings), key=strings.count)
    entry = next(entry for entry in here or found if entry.msgstr == best)
    return Remembered(entry, sure=bool(here) and len(set(strings)) == 1)


def _is_confirmed(entry: PoEntry) -> bool:
    """Tell whether somebody has translated an entry: a copy of its source is no translation."""
    confirmed = entry.msgid and entry.is_translated and not entry.is_fuzzy
    return bool(confirmed) and entry.msgid_plural is None and entry.msgstr[0] != entry.msgid
