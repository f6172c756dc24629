"""What checks look at beside one article's catalog: the glossary, the other catalogs, the templates' words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kitabat.catalogs.paths import TEMPLATE_DOMAIN, TEMPLATE_LANGUAGE, po_path
from kitabat.catalogs.places import locator
from kitabat.catalogs.translate import read_catalog
from kitabat.checks.glossary import Term, read_glossary
from kitabat.checks.subject import CatalogSubject, catalog_subject
from kitabat.checks.surroundings import Surroundings, by_source
from kitabat.language.spelling import Speller
from kitabat.model.article import Article, FrontMatter
from kitabat.model.diagnostic import Diagnostic, Location, Outcome, warning
from kitabat.model.message import Message
from kitabat.publishing.publication import Publication
from kitabat.workspace import Workspace

GLOSSARY = "locales/glossary.csv"


def surroundings(
    publication: Publication, spellers: Mapping[str, Speller] | None = None
) -> Outcome[Mapping[str, Surroundings]]:
    """Return what stands around the catalogs of each language, and what is wrong with the glossary."""
    glossary = read_terms(publication.disk)
    around = {}
    for tag in publication.config.languages:
        translating = [
            manuscript.catalogs[tag]
            for manuscript in publication.manuscripts
            if tag in manuscript.catalogs and manuscript.article.front.source != tag
        ]
        quotes = publication.config.quotes
        around[tag] = Surroundings(glossary.value, by_source(translating), quotes, spellers or {})
    return Outcome(around, glossary.diagnostics)


def read_terms(workspace: Workspace) -> Outcome[tuple[Term, ...]]:
    """Return the terms of the publication's glossary; none where it has no glossary."""
    try:
        content = workspace.read(GLOSSARY)
    except FileNotFoundError:
        return Outcome(())
    except OSError as fault:
        message = f"Cannot read: {fault.strerror or 'it is not in the project'}"
        hint = "Make it a file of the project that may be read"
        return Outcome((), (warning("catalog/glossary-file", message, Location(GLOSSARY), hint),))
    return read_glossary(content, GLOSSARY)


def template_subjects(
    publication: Publication, around: Mapping[str, Surroundings]
) -> Iterator[CatalogSubject | Diagnostic]:
    """Yield the publication's own catalogs of the templates' words, or why one cannot be read."""
    for tag in publication.config.languages:
        path = po_path(TEMPLATE_DOMAIN, tag)
        outcome = read_catalog(publication.disk, tag, path)
        yield from outcome.diagnostics
        catalog = outcome.value
        if catalog is None:
            continue
        messages = tuple(Message(key) for key in catalog.translations if key.source)
        article = Article(TEMPLATE_DOMAIN, path, FrontMatter("", TEMPLATE_LANGUAGE), (), (), {}, messages)
        yield catalog_subject(article, catalog, locator(publication.disk, path), around[tag])
