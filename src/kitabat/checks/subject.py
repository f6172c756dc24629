"""What checks look at: an article, or one of its catalogs, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import msgspec

from kitabat.checks.silences import Silence
from kitabat.checks.surroundings import Surroundings
from kitabat.language.spelling import Speller
from kitabat.markup.inline import InlineText, References, parse, references_of
from kitabat.markup.lines import Lines
from kitabat.markup.places import places
from kitabat.model.article import Article, Segment
from kitabat.model.diagnostic import Location
from kitabat.model.message import FRONT, Catalog, Message, MessageKey, TranslationState

PUBLISHED = (TranslationState.TRANSLATED, TranslationState.SOURCE)

NOTHING_AROUND = Surroundings()


def anything(_: str) -> bool:
    """Want every message."""
    return True


@dataclass(frozen=True, slots=True)
class SourceSubject:
    """An article, and the publication that it is part of."""

    article: Article
    articles: Mapping[str, Article]
    """Every article of the publication, by the path of its file."""
    quotes: Mapping[str, str] = field(default_factory=dict)
    """The house's quotation marks by language; one without an entry has its own."""
    silences: tuple[Silence, ...] = ()
    """With their fates, once the other checks have run."""
    owners: dict[Location, MessageKey] | None = None
    """Takes down which message each place is in that is asked for."""
    spellers: Mapping[str, Speller] = field(default_factory=dict)
    """By language; none where there is no dictionary."""

    @property
    def references(self) -> References:
        """What the article's messages may refer to."""
        return references_of(self.article)

    def messages(self, wanted: Callable[[str], bool] = anything) -> Iterator[tuple[Message, Finder]]:
        """Yield each message whose text is wanted, with what finds the place of a character of it."""
        segments: dict[MessageKey, Segment] = {}
        for segment in self.article.segments:
            if segment.message:
                segments.setdefault(segment.message, segment)
        for message in self.article.messages:
            if not wanted(message.source):
                continue
            first = message.locations[0] if message.locations else Location(self.article.path)
            found = segments.get(message.key)
            source = (found.text, found.location) if found else ("", first)
            if message.context == FRONT:
                source = front_source(self.article, first)
            yield message, Finder(message, *source, self.owners)


@dataclass(frozen=True)
class Finder:
    """Finds the place of a character of a message in the article's file."""

    message: Message
    source: str
    """What the message was read from, and maybe what follows it."""
    first: Location
    """Of the source's first character."""
    owners: dict[Location, MessageKey] | None = None

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Offsets in the source; none where the message is written so that they cannot be told."""
        return places(self.message.source, self.source) or ()

    @cached_property
    def lines(self) -> Lines:
        """The lines of the source."""
        return Lines(self.first.path, self.source)

    def __call__(self, offset: int) -> Location:
        """Return where a character stands; behind the one before it, where it has no place of its own."""
        found = self.find(offset)
        if self.owners is not None:
            self.owners[found] = self.message.key
        return found

    def find(self, offset: int) -> Location:
        """Return the place, which nobody takes down."""
        before = range(min(offset, len(self.places) - 1), -1, -1)
        known = next((self.places[index] for index in before if self.places[index] >= 0), -1)
        if known < 0 or not self.first.column:
            return self.first
        exact = offset < len(self.places) and self.places[offset] >= 0
        place = self.lines.location(known if exact else known + 1)
        column = place.column if place.line > 1 else self.first.column + place.column - 1
        return Location(self.first.path, self.first.line + place.line - 1, column)


VALUE = re.compile(r"""["']|[|>][^\n]*\n[ \t]*""")
"""What stands before the text of a value in front matter."""


def front_source(article: Article, place: Location) -> tuple[str, Location]:
    """Return the front matter from the text of a value on, and where that begins; ``place`` is the value's."""
    head = article.segments[0].text if article.segments else ""
    lines = Lines(article.path, head)
    if not 0 < place.line <= len(lines):
        return "", place
    start = lines.start(place.line - 1) + place.column - 1
    before = VALUE.match(head, start)
    start = before.end() if before else start
    return head[start:], lines.location(start)


class Pair(msgspec.Struct, frozen=True, gc=False):
    """A message and its published translation, both parsed."""

    key: MessageKey
    text: str
    """Of the translation."""
    source: InlineText
    target: InlineText


Locate = Callable[[MessageKey, int], Location | None]


@dataclass(frozen=True, slots=True)
class CatalogSubject:
    """A catalog, and the article that it translates."""

    article: Article
    catalog: Catalog
    pairs: tuple[Pair, ...]
    """What is published: the translations that nobody has to look at again, in reading order.

    In the catalog of the article's own language only what differs from the article, where the checks of articles look.
    """
    references: References
    locate: Locate | None = None
    """Finds the place of a character of a translation by its offset; without it, places are those of whole texts."""
    silences: tuple[Silence, ...] = ()
    """With their fates, once the other checks have run."""
    around: Surroundings = NOTHING_AROUND

    def place(self, key: MessageKey, offset: int = 0) -> Location | None:
        """Return the place of a character of a translation."""
        found = self.locate(key, offset) if self.locate else None
        return found or self.catalog.translations[key].location


def catalog_subject(
    article: Article, catalog: Catalog, locate: Locate | None = None, around: Surroundings = NOTHING_AROUND
) -> CatalogSubject:
    """Return a catalog ready for the checks, each text parsed once."""
    references = references_of(article)
    pairs = []
    for message in article.messages:
        translation = catalog.translations.get(message.key)
        is_copy = translation and catalog.language == article.front.source and translation.text == message.source
        if translation and translation.text and translation.state in PUBLISHED and not is_copy:
            source, target = parse(message.source, references), parse(translation.text, references)
            pairs.append(Pair(message.key, translation.text, source, target))
    return CatalogSubject(article, catalog, tuple(pairs), references, locate, around=around)
