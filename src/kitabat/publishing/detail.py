"""What pages that are made anew must know of other articles; nobody else reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from kitabat.config import SiteConfig
from kitabat.markup.inline import References
from kitabat.markup.targets import InnerLink, broken
from kitabat.model.article import Article, ArticleVersion, FrontMatter, VersionText
from kitabat.model.diagnostic import Diagnostic, warning
from kitabat.model.message import MessageKey, TranslationState

if TYPE_CHECKING:
    from kitabat.publishing.reading import Reading
    from kitabat.rendering.compose import Edited


class Shown(msgspec.Struct, frozen=True, array_like=True):
    """A text of a version, without its place."""

    text: str
    language: str
    state: TranslationState

    @classmethod
    def of(cls, text: VersionText) -> Shown:
        """Return what a page shows of a text."""
        return cls(text.text, text.language, text.state)

    def whole(self) -> VersionText:
        """Return the text of a version that it was."""
        return VersionText(self.text, self.language, self.state)


class Detail(msgspec.Struct, frozen=True, array_like=True):
    """The head of an article, its links and the names of its places."""

    front: FrontMatter
    references: dict[str, tuple[str, str]]
    """Link reference definitions."""
    links: tuple[InnerLink, ...]
    heads: dict[str, tuple[tuple[str, str, Shown], ...]]
    """The texts of the front matter, each after its context and source, by language."""
    titles: dict[str, dict[str, Shown]]
    """By language: what the places are called that a link can lead to, by their ids; the article itself has none."""

    def article(self, reading: Reading) -> Article:
        """Return the article without its body."""
        return Article(reading.slug, reading.path, self.front, (), (), references=self.references)

    def edited(self, reading: Reading, tag: str, config: SiteConfig) -> Edited:
        """Return the head of a version, as a list of articles shows it."""
        from kitabat.rendering.compose import Edited

        texts = {MessageKey(context, source): shown.whole() for context, source, shown in self.heads[tag]}
        return Edited(
            ArticleVersion(self.article(reading), tag, texts),
            References(self.references),
            config.language[tag].digits,
            reading.days[tag],
            config.quotes,
            minutes=reading.cards[tag].minutes,
        )

    def loose_links(self, reading: Reading, targets: Mapping[str, frozenset[str]]) -> Iterator[Diagnostic]:
        """Yield a warning for each link that leads nowhere."""
        for link in self.links:
            fault = broken(link.href, reading.path, targets)
            if fault:
                yield warning("article/target", fault[0], link.location, fault[1])
