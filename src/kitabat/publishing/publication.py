"""A publication as read: settings, articles, their catalogs and versions, and every fault found on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kitabat.articles.found import article_paths
from kitabat.articles.read import read_article
from kitabat.catalogs.paths import TEMPLATE_DOMAIN, po_path
from kitabat.catalogs.places import locator
from kitabat.catalogs.translate import coverage, read_catalog, version
from kitabat.catalogs.words import read_words
from kitabat.checks.of_builds import OF_BUILDS
from kitabat.checks.runner import check_catalog
from kitabat.checks.subject import catalog_subject
from kitabat.config import SiteConfig
from kitabat.language.length import reading_time
from kitabat.markup.anchors import anchors, titles
from kitabat.markup.inline import References, references_of
from kitabat.model.article import Article, ArticleVersion
from kitabat.model.diagnostic import Diagnostic, Outcome, has_errors
from kitabat.model.message import Catalog, MessageKey
from kitabat.model.standing import Coverage, Days
from kitabat.publishing.days import days
from kitabat.publishing.illustrations import read_illustrations
from kitabat.publishing.overview import Overview, gathered, settings_of
from kitabat.rendering.compose import Edited
from kitabat.rendering.context import BlockView
from kitabat.rendering.credits import Credit
from kitabat.rendering.pictures import PictureFile
from kitabat.workspace import Disk


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
    minutes: Mapping[str, int]
    """That reading each version takes, by language."""
    pictures: Mapping[str, PictureFile]
    """By address as the article writes it."""
    titles: Mapping[str, MessageKey] = field(default_factory=dict)
    """What the places are called that a link can lead to, by their ids; the article itself has none."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Of the article's file, its catalogs and its pictures."""
    drawn: dict[str, dict[tuple[int, str], BlockView]] = field(default_factory=dict, compare=False, repr=False)
    """By language: what its editions share, once one of them was made."""

    @property
    def slug(self) -> str:
        """The article's name in addresses."""
        return self.article.slug

    @property
    def path(self) -> str:
        """The path of the article's file."""
        return self.article.path

    @property
    def formats(self) -> tuple[str, ...]:
        """Output formats of the article; empty means those of the settings."""
        return self.article.front.formats

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
        drawn = self.drawn.setdefault(tag, {})
        version, day = self.versions[tag], self.days[tag]
        return Edited(version, self.references, digits, day, config.quotes, credited, self.minutes[tag], drawn)


Publication = Overview[Manuscript]
"""A publication whose articles have been read as a whole."""


def read_publication(root: Path) -> Publication:
    """Return the publication in a folder; raises PublishingError only where its settings are at fault."""
    disk = Disk(root)
    settings = settings_of(disk)
    paths = article_paths(disk)
    outcomes = {path: read_manuscript(disk, settings.value, path) for path in paths.value}
    faults = (*paths.diagnostics, *of_words(disk, settings.value))
    return gathered(disk, Outcome(settings.value, (*settings.diagnostics, *faults)), outcomes)


def of_words(disk: Disk, config: SiteConfig) -> Iterator[Diagnostic]:
    """Yield the faults of a publication's own catalogs of the templates' words."""
    for path in (po_path(TEMPLATE_DOMAIN, tag) for tag in config.languages):
        if disk.exists(path):
            yield from read_words([(path, disk.read(path))]).diagnostics


def read_manuscript(disk: Disk, config: SiteConfig, path: str) -> Outcome[Manuscript | None]:
    """Return an article with its catalogs; None, and why, where its file cannot be read."""
    outcome = read_article(disk, path, config.languages, config.default_language, config.zone())
    if outcome.value is None:
        return Outcome(None, outcome.diagnostics)
    return Outcome(_manuscript(disk, config, outcome.value, outcome.diagnostics))


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
    places = anchors(article)
    return Manuscript(
        article,
        references_of(article),
        places,
        catalogs,
        versions,
        covered,
        {tag: days(article.front, tag, catalogs.get(tag), covered[tag], config.zone()) for tag in config.languages},
        {tag: reading_time(found) for tag, found in versions.items()},
        pictures.value,
        titles(article, places),
        (*diagnostics, *pictures.diagnostics),
    )
