"""Which editions there are to be: every combination that articles, settings and the command line ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from kitabat.config import SiteConfig
from kitabat.model.site import BILINGUAL, Edition
from kitabat.publishing.addresses import front_page, pdf_edition, web_edition
from kitabat.publishing.overview import A, Overview

HTML, PDF = "html", "pdf"
ATOM, SITE_MAP_FORMAT = "atom", "sitemap"
"""Of files that are made along with pages, and of which nobody asks for one alone."""


def editions(
    publication: Overview[A], slugs: Collection[str], languages: Collection[str], formats: Collection[str]
) -> tuple[Edition, ...]:
    """Return the editions to make; an empty collection asks for all there are.

    Front pages are editions with an empty slug. The bilingual edition is made where all its languages are.
    """
    config = publication.config
    tags = tuple(tag for tag in config.languages if not languages or tag in languages)
    found: list[Edition] = []
    for manuscript in publication.manuscripts:
        if not slugs or manuscript.slug in slugs:
            found += _of_article(publication, manuscript, tags)
    if HTML in config.formats:
        found += (Edition("", tag, HTML) for tag in tags)
    return tuple(edition for edition in found if not formats or edition.format in formats)


def _of_article(publication: Overview[A], manuscript: A, tags: Collection[str]) -> Iterator[Edition]:
    slug, config = manuscript.slug, publication.config
    published = publication.releases[slug].published
    for kind in config.formats:
        if manuscript.formats and kind not in manuscript.formats:
            continue
        for tag in tags:
            if tag in published:
                yield Edition(slug, tag, kind)
        if len(config.languages) > 1 and set(config.languages) <= published and set(config.languages) <= set(tags):
            yield Edition(slug, BILINGUAL, kind)


def path_of(edition: Edition) -> str:
    """Return the path of an edition in the output.

    >>> path_of(Edition("news", "ur", "pdf")), path_of(Edition("", "en", "html"))
    ('ur/news/news-ur.pdf', 'en/index.html')
    """
    if not edition.slug:
        return front_page(edition.language)
    place = web_edition if edition.format == HTML else pdf_edition
    return place(edition.language, edition.slug)


def shelf(articles: Iterable[A], available: Collection[str], tag: str) -> list[A]:
    """Return the articles that a language's front page lists, the latest first."""
    listed = [article for article in articles if web_edition(tag, article.slug) in available]
    listed.sort(key=lambda article: article.slug)
    listed.sort(key=lambda article: article.days[tag].first or dt.date.min, reverse=True)
    return listed


def spine_at_right(config: SiteConfig, edition: Edition) -> bool:
    """Tell whether an edition's spine is at the right; a flip book has two beginnings, and the left one goes first."""
    binding, both = config.pdf.binding, edition.language == BILINGUAL
    if both and config.pdf.layout == "flip":
        return binding == "right"
    return binds_right(config.default_language if both else edition.language, binding)


def binds_right(tag: str, binding: str) -> bool:
    """Tell whether the spine is at the right: as the settings say, or where the language begins.

    >>> binds_right("ur", "auto"), binds_right("ur", "left")
    (True, False)
    """
    from kitabat.language.registry import language

    return language(tag).direction == "rtl" if binding == "auto" else binding == "right"
