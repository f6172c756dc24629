"""What a build must know of an article without reading it again: small, and kept from one build to the next.

Nothing here imports the Markdown parser, the catalogs or the templates: a build that has nothing to do needs none.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import msgspec

from kitabat.model.diagnostic import Diagnostic, has_errors
from kitabat.model.standing import Coverage, Days

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kitabat.config import SiteConfig
    from kitabat.model.article import Article
    from kitabat.publishing.detail import Detail, Shown
    from kitabat.rendering.compose import Edited


class PictureNote(msgspec.Struct, frozen=True, array_like=True):
    """A picture that an article shows; its content stays in its file."""

    source: str
    """Path relative to the project."""
    name: str
    """File name in the output."""
    width: int
    height: int
    type: str


class Card(msgspec.Struct, frozen=True, array_like=True):
    """A version of an article as a list of articles shows it."""

    minutes: int
    """That reading the whole version takes."""
    digest: str
    """Of every text of the version: what its editions show changes with it and only with it."""
    listed: str
    """Digest of all that a list shows of it."""
    told: str
    """Digest of its front matter and its days: all that a feed tells of it."""


class Reading(msgspec.Struct, frozen=True, array_like=True, dict=True):
    """An article and its catalogs, as far as other pages and a later build must know them.

    What only pages that are made anew must know is in ``detail``, and decoded for them only.
    """

    path: str
    slug: str
    formats: tuple[str, ...]
    """Output formats of this article; empty means those of the settings."""
    anchors: frozenset[str]
    """Ids that a link can lead to."""
    places: str
    """Digest of the ids."""
    leads: tuple[tuple[str, str], ...]
    """Where its links inside the publication lead: the path of an article's file, and an id there or nothing."""
    catalogs: tuple[str, ...]
    """Languages that have a .po file."""
    cards: dict[str, Card]
    """By language."""
    coverage: dict[str, Coverage]
    days: dict[str, Days]
    pictures: dict[str, PictureNote]
    """By address as the article writes it."""
    characters: str
    """Those of its source and versions that fonts do not have in any case, each once, in order."""
    source: str
    """Digest of the article's file."""
    size: int
    """Of the file, in bytes: what work on it is weighed by."""
    detail: msgspec.Raw
    """JSON of a ``Detail``."""
    ink: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """How far the ink of its Urdu reaches above and below the line, in em: in texts, then in titles; where line heights
    are measured."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Of the article's file, its catalogs and its pictures."""

    @functools.cached_property
    def _known(self) -> Detail:
        from kitabat.publishing.detail import Detail

        return msgspec.json.decode(self.detail, type=Detail)

    @property
    def references(self) -> dict[str, tuple[str, str]]:
        """Link reference definitions, which texts of the front matter may use."""
        return self._known.references

    @property
    def titles(self) -> dict[str, dict[str, Shown]]:
        """What the places are called that a link can lead to, by language and id; the article itself has none."""
        return self._known.titles

    @property
    def article(self) -> Article:
        """The article without its body."""
        return self._known.article(self)

    @property
    def ok(self) -> bool:
        """Tell whether the article can be published."""
        return not has_errors(self.diagnostics)

    def edited(self, tag: str, config: SiteConfig) -> Edited:
        """Return the head of the article's version in a language, as a list of articles shows it."""
        return self._known.edited(self, tag, config)

    def loose_links(self, targets: Mapping[str, frozenset[str]]) -> Iterator[Diagnostic]:
        """Yield a warning for each link to a page or section that is not there: readers see its text without a link.

        ``targets`` are the ids of every article, by path. To `kitabat check` the same link is an error.
        """
        if all(path in targets and (not place or place in targets[path]) for path, place in self.leads):
            return
        yield from self._known.loose_links(self, targets)


class Read(msgspec.Struct, frozen=True, array_like=True):
    """What came of reading an article's file: the reading, unless it cannot be read, and the faults that forbid one."""

    reading: Reading | None
    diagnostics: tuple[Diagnostic, ...] = ()


class PrintFacts(msgspec.Struct, frozen=True):
    """What there is to say of a PDF, kept with it."""

    told: tuple[Diagnostic, ...] = ()
    proved: bool = False
    """It was read back."""
