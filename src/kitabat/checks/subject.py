"""What checks look at: an article, or one of its catalogs, and what stands around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kitabat.checks.silences import Silence
from kitabat.checks.surroundings import Surroundings
from kitabat.markup.inline import InlineText, References, parse, references_of
from kitabat.model.article import Article, Segment
from kitabat.model.diagnostic import Location
from kitabat.model.message import Catalog, Message, MessageKey, TranslationState

PUBLISHED = (TranslationState.TRANSLATED, TranslationState.SOURCE)

NOTHING_AROUND = Surroundings()


@dataclass(frozen=True, slots=True)
class SourceSubject:
    """An article, and the publication that it is part of."""

    article: Article
    articles: Mapping[str, Article]
    """Every article of the publication, by the path of its file."""

    @property
    def references(self) -> References:
        """What the article's messages may refer to."""
        return references_of(self.article)

    def messages(self) -> Iterator[tuple[Message, Callable[[int, str], Location | None]]]:
        """Yield each message, with what finds the place of a piece of its text."""
        segments: dict[MessageKey, Segment] = {}
        for segment in self.article.segments:
            if segment.message:
                segments.setdefault(segment.message, segment)
        for message in self.article.messages:
            first = message.locations[0] if message.locations else Location(self.article.path)
            yield message, Finder(segments.get(message.key), first)


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the place of a piece of a message's text in the article's file."""

    segment: Segment | None
    first: Location

    def __call__(self, offset: int, piece: str) -> Location:
        """Return where the piece stands, the one nearest after the offset; the message's own place if it is not found.

        Wrapped lines and their markup make the source longer than the message, never shorter.
        """
        if self.segment is None:
            return self.first
        text, start = self.segment.text, self.segment.location
        at = text.find(piece, offset)
        at = text.find(piece) if at < 0 else at
        if at < 0 or not piece or not start.column:
            return start
        lines = text.count("\n", 0, at)
        column = at - text.rfind("\n", 0, at) if lines else start.column + at
        return Location(start.path, start.line + lines, column)


@dataclass(frozen=True, slots=True)
class Pair:
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
    """What is published: the translations that nobody has to look at again, in reading order."""
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
        if translation and translation.text and translation.state in PUBLISHED:
            source, target = parse(message.source, references), parse(translation.text, references)
            pairs.append(Pair(message.key, translation.text, source, target))
    return CatalogSubject(article, catalog, tuple(pairs), references, locate, around=around)
