"""How far a version of an article is translated, and when it was published: all that a list needs to know of it."""

from __future__ import annotations

import datetime

import msgspec


class Days(msgspec.Struct, frozen=True):
    """When an article was published in one language, and when that version was last changed."""

    published: datetime.date | None = None
    updated: datetime.date | None = None

    @property
    def first(self) -> datetime.date | None:
        """The day that lists go by: that of publication, or else the only one that is known."""
        return self.published or self.updated


class Coverage(msgspec.Struct, frozen=True):
    """How far a catalog translates an article, in messages and in words of the source.

    >>> Coverage(translated=3, fuzzy=1, untranslated=0, translated_words=30, words=40).share
    0.75
    """

    translated: int = 0
    fuzzy: int = 0
    untranslated: int = 0
    translated_words: int = 0
    fuzzy_words: int = 0
    words: int = 0

    @property
    def messages(self) -> int:
        """All messages, whatever their state."""
        return self.translated + self.fuzzy + self.untranslated

    @property
    def share(self) -> float:
        """Translated words over all words; 1.0 for an article without words."""
        return self.translated_words / self.words if self.words else 1.0
