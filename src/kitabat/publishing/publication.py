"""A publication as read: settings, articles, their catalogs and versions, and every fault found on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kitabat import resources
from kitabat.articles.asked import unknown_slugs
from kitabat.articles.read import read_articles
from kitabat.catalogs.places import locator
from kitabat.catalogs.sync import TEMPLATE_DOMAIN, po_path
from kitabat.catalogs.translate import coverage, read_catalog, version
from kitabat.catalogs.words import read_words
from kitabat.checks.runner import CATALOG_RULES, check_catalog
from kitabat.checks.subject import catalog_subject
from kitabat.config import SiteConfig, load
from kitabat.markup.anchors import anchors, titles
from kitabat.markup.inline import References, references_of
from kitabat.model.article import Article, ArticleVersion, Days
from kitabat.model.diagnostic import Diagnostic, Severity, has_errors
from kitabat.model.errors import PublishingError
from kitabat.model.message import Catalog, Coverage, MessageKey
from kitabat.publishing.days import days
from kitabat.publishing.illustrations import read_illustrations
from kitabat.publishing.release import Release, complaints, release
from kitabat.rendering.compose import Edited
from kitabat.rendering.credits import Credit
from kitabat.rendering.pictures import PictureFile
from kitabat.workspace import Disk

LET_THROUGH_IN_PART = frozenset({"catalog/attribute", "catalog/bidi", "catalog/html"})
"""Checks whose warnings a build repeats: what it has not let through. The others are for `kitabat check` to say."""
OF_BUILDS = tuple(rule for rule in CATALOG_RULES if rule.severity is Severity.ERROR or rule.name in LET_THROUGH_IN_PART)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An article with its catalogs, ready to be published in some languages."""

    article: Article
    references: References
    anchors: frozenset[str]
    """Ids that a link can lead to."""
    catalogs: Mapping[str, Catalog]
    """By language; a language without a .po file has none."""
    versions: Mapping[str, ArticleVersion]
    coverage: Mapping[str, Coverage]
    days: Mapping[str, Days]
    pictures: Mapping[str, PictureFile]
    """By address as the article writes it."""
    titles: Mapping[str, MessageKey] = field(default_factory=dict)
    """What the places are called that a link can lead to, by their ids; the article itself has none."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Of the article's file, its catalogs and its pictures."""

    @property
    def ok(self) -> bool:
        """Tell whether the article can be published."""
        return not has_errors(self.diagnostics)

    def edited(self, tag: str, config: SiteConfig) -> Edited:
        """Return the article's version in a language, with what its editions need to be set."""
        digits, zone = config.language[tag].digits, config.zone()
        credited = {
            name: Credit(catalog.translator, catalog.revised.astimezone(zone).date() if catalog.revised else None)
            for name, catalog in self.catalogs.items()
        }
        return Edited(self.versions[tag], self.references, digits, self.days[tag], config.quotes, credited)


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication on disk, read as a whole."""

    disk: Disk
    toolkit: Disk
    config: SiteConfig
    manuscripts: tuple[Manuscript, ...]
    """By slug."""
    releases: Mapping[str, Release] = field(default_factory=dict)
    """By slug: the languages in which each article is to be published, and those in which it is held back."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """All of them, those of the manuscripts too."""
    lost: tuple[str, ...] = ()
    """Paths of articles that could not be read."""


def read_publication(root: Path) -> Publication:
    """Return the publication in a folder; raises PublishingError only where its settings are at fault."""
    disk = Disk(root)
    settings = load(disk)
    config = settings.value
    if config is None:
        raise PublishingError(*settings.diagnostics)
    articles = read_articles(disk, config.languages, config.default_language, config.zone())
    by_path: dict[str, list[Diagnostic]] = {}
    for diagnostic in articles.diagnostics:
        by_path.setdefault(diagnostic.location.path if diagnostic.location else "", []).append(diagnostic)
    manuscripts = tuple(_manuscript(disk, config, article, by_path.pop(article.path, [])) for article in articles.value)
    lost = [diagnostic for rest in by_path.values() for diagnostic in rest]
    releases = {one.article.slug: release(one.article.slug, one.coverage, config, ok=one.ok) for one in manuscripts}
    of_manuscripts = [diagnostic for one in manuscripts for diagnostic in one.diagnostics]
    held_back = [told for one in manuscripts for told in complaints(releases[one.article.slug], one.article)]
    diagnostics = (*settings.diagnostics, *_of_words(disk, config), *lost, *of_manuscripts, *held_back)
    unread = tuple(sorted(path for path in by_path if path))
    return Publication(disk, Disk(resources.root()), config, manuscripts, releases, diagnostics, unread)


def _of_words(disk: Disk, config: SiteConfig) -> Iterator[Diagnostic]:
    """Yield the faults of a publication's own catalogs of the templates' words."""
    for path in (po_path(TEMPLATE_DOMAIN, tag) for tag in config.languages):
        if disk.exists(path):
            yield from read_words([(path, disk.read(path))]).diagnostics


def concerning(publication: Publication, slugs: Collection[str]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics that concern some articles; all of them where no slug is named.

    Raises PublishingError where a slug is no article's.
    """
    if not slugs:
        return publication.diagnostics
    manuscripts = {manuscript.article.slug: manuscript for manuscript in publication.manuscripts}
    stems = {Path(path).stem: path for path in publication.lost}
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
            found += complaints(publication.releases[slug], manuscripts[slug].article)
    return tuple(found)


def _manuscript(disk: Disk, config: SiteConfig, article: Article, found: Iterable[Diagnostic]) -> Manuscript:
    diagnostics = list(found)
    catalogs: dict[str, Catalog] = {}
    for tag in config.languages:
        path = po_path(article.slug, tag)
        outcome = read_catalog(disk, tag, path)
        diagnostics += outcome.diagnostics
        if outcome.value is not None:
            catalogs[tag] = outcome.value
            subject = catalog_subject(article, outcome.value, locator(disk, path))
            names = {rule.name for rule in OF_BUILDS}
            diagnostics += (one for one in check_catalog(subject, OF_BUILDS) if one.rule in names)
    versions = {tag: version(article, catalogs.get(tag), tag, config.fuzzy) for tag in config.languages}
    pictures = read_illustrations(disk, article, versions.values())
    covered = {tag: coverage(article, catalogs.get(tag), tag) for tag in config.languages}
    return Manuscript(
        article,
        references_of(article),
        anchors(article),
        catalogs,
        versions,
        covered,
        {tag: days(article.front, tag, catalogs.get(tag), covered[tag], config.zone()) for tag in config.languages},
        pictures.value,
        titles(article),
        (*diagnostics, *pictures.diagnostics),
    )
