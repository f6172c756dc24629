"""A publication as a whole: its articles, what may be published of them, and every fault found on the way."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from kitabat import resources
from kitabat.articles.found import each_slug_once
from kitabat.config import SiteConfig, load
from kitabat.model.diagnostic import Diagnostic, Outcome
from kitabat.model.errors import PublishingError
from kitabat.model.standing import Coverage, Days
from kitabat.publishing.release import Release, complaints, release
from kitabat.workspace import Disk


class Known(Protocol):
    """An article, read as a whole or only known in outline."""

    @property
    def slug(self) -> str:
        """The article's name in addresses."""

    @property
    def path(self) -> str:
        """The path of its file."""

    @property
    def formats(self) -> Collection[str]:
        """Output formats of the article; empty means those of the settings."""

    @property
    def anchors(self) -> frozenset[str]:
        """Ids that a link can lead to."""

    @property
    def catalogs(self) -> Collection[str]:
        """Languages that have a .po file."""

    @property
    def coverage(self) -> Mapping[str, Coverage]:
        """By language."""

    @property
    def days(self) -> Mapping[str, Days]:
        """By language."""

    @property
    def ok(self) -> bool:
        """Whether the article can be published."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Of the article's file, its catalogs and its pictures."""


A = TypeVar("A", bound=Known)


@dataclass(frozen=True, slots=True)
class Overview(Generic[A]):
    """A publication on disk: read as a whole, or known as far as a build must know it."""

    disk: Disk
    toolkit: Disk
    config: SiteConfig
    manuscripts: tuple[A, ...]
    """By slug."""
    releases: Mapping[str, Release] = field(default_factory=dict)
    """By slug: the languages in which each article is to be published, and those in which it is held back."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """All of them, those of the manuscripts too."""
    lost: tuple[str, ...] = ()
    """Paths of articles that could not be read."""


def settings_of(disk: Disk) -> Outcome[SiteConfig]:
    """Return a publication's settings; raises PublishingError where they are at fault."""
    settings = load(disk)
    if settings.value is None:
        raise PublishingError(*settings.diagnostics)
    return Outcome(settings.value, settings.diagnostics)


def gathered(disk: Disk, settings: Outcome[SiteConfig], outcomes: Mapping[str, Outcome[A | None]]) -> Overview[A]:
    """Return a publication of its articles, by the paths of their files; ``settings`` carry the faults of the whole."""
    articles = each_slug_once(outcome.value for outcome in outcomes.values() if outcome.value is not None)
    lost = [told for outcome in outcomes.values() if outcome.value is None for told in outcome.diagnostics]
    releases = {one.slug: release(one.slug, one.coverage, settings.value, ok=one.ok) for one in articles.value}
    diagnostics = (
        *settings.diagnostics,
        *lost,
        *articles.diagnostics,
        *(told for one in articles.value for told in one.diagnostics),
        *(told for one in articles.value for told in complaints(releases[one.slug], one.path)),
    )
    kept = {one.path for one in articles.value}
    unread = tuple(sorted(path for path in outcomes if path not in kept))
    return Overview(disk, Disk(resources.root()), settings.value, articles.value, releases, diagnostics, unread)


def concerning(publication: Overview[A], slugs: Collection[str]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics that concern some articles; all of them where no slug is named.

    Raises PublishingError where a slug is no article's.
    """
    if not slugs:
        return publication.diagnostics
    manuscripts = {manuscript.slug: manuscript for manuscript in publication.manuscripts}
    stems = {Path(path).stem: path for path in publication.lost}
    from kitabat.articles.asked import unknown_slugs

    if unknown := unknown_slugs(slugs, {*manuscripts, *stems}):
        raise PublishingError(*unknown)
    paths = {stems.get(slug, "") for slug in slugs}
    found = [
        diagnostic
        for diagnostic in publication.diagnostics
        if diagnostic.location and diagnostic.location.path in paths
    ]
    for slug in slugs:
        if slug in manuscripts:
            found += manuscripts[slug].diagnostics
            found += complaints(publication.releases[slug], manuscripts[slug].path)
    return tuple(found)
