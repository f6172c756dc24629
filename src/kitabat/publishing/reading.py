"""What a build must know of an article without reading it again: small, and kept from one build to the next.

Nothing here imports the Markdown parser, the catalogs or the templates: a build that has nothing to do needs none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kitabat.markup.targets import InnerLink, broken
from kitabat.model.article import Article, ArticleVersion, Days, FrontMatter, VersionText
from kitabat.model.diagnostic import Diagnostic, has_errors, warning
from kitabat.model.message import Coverage, MessageKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kitabat.config import SiteConfig
    from kitabat.rendering.compose import Edited


@dataclass(frozen=True, slots=True)
class PictureNote:
    """A picture that an article shows; its content stays in its file."""

    source: str
    """Path relative to the project."""
    name: str
    """File name in the output."""
    width: int
    height: int
    type: str


@dataclass(frozen=True, slots=True)
class Card:
    """A version of an article as a list of articles shows it."""

    texts: tuple[tuple[MessageKey, VersionText], ...]
    """Of the front matter."""
    minutes: int
    """That reading the whole version takes."""
    digest: str
    """Of every text of the version: what its editions show changes with it and only with it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article and its catalogs, as far as other pages and a later build must know them."""

    path: str
    slug: str
    front: FrontMatter
    references: dict[str, tuple[str, str]]
    """Link reference definitions, which texts of the front matter may use."""
    anchors: frozenset[str]
    """Ids that a link can lead to."""
    links: tuple[InnerLink, ...]
    catalogs: tuple[str, ...]
    """Languages that have a .po file."""
    cards: dict[str, Card]
    """By language."""
    coverage: dict[str, Coverage]
    days: dict[str, Days]
    pictures: dict[str, PictureNote]
    """By address as the article writes it."""
    titles: dict[str, dict[str, VersionText]]
    """By language: what the places are called that a link can lead to, by their ids; the article itself has none."""
    characters: str
    """Every character of its source and versions, each once, in order."""
    source: str
    """Digest of the article's file."""
    size: int
    """Of the file, in bytes: what work on it is weighed by."""
    ink: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """How far the ink of its Urdu reaches above and below the line, in em: in texts, then in titles; where line heights
    are measured."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Of the article's file, its catalogs and its pictures."""

    @property
    def article(self) -> Article:
        """The article without its body."""
        return Article(self.slug, self.path, self.front, (), (), references=self.references)

    @property
    def ok(self) -> bool:
        """Tell whether the article can be published."""
        return not has_errors(self.diagnostics)

    def edited(self, tag: str, config: SiteConfig) -> Edited:
        """Return the head of the article's version in a language, as a list of articles shows it."""
        from kitabat.markup.inline import References
        from kitabat.rendering.compose import Edited

        card = self.cards[tag]
        version = ArticleVersion(self.article, tag, dict(card.texts))
        return Edited(
            version,
            References(self.references),
            config.language[tag].digits,
            self.days[tag],
            config.quotes,
            minutes=card.minutes,
        )

    def loose_links(self, targets: Mapping[str, frozenset[str]]) -> Iterator[Diagnostic]:
        """Yield a warning for each link to a page or section that is not there: readers see its text without a link.

        ``targets`` are the ids of every article, by path. To `kitabat check` the same link is an error.
        """
        for link in self.links:
            fault = broken(link.href, self.path, targets)
            if fault:
                yield warning("article/target", fault[0], link.location, fault[1])


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading an article's file: the reading, unless it cannot be read, and the faults that forbid one."""

    reading: Reading | None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintFacts:
    """What there is to say of a PDF, kept with it."""

    told: tuple[Diagnostic, ...] = ()
    proved: bool = False
    """It was read back."""
