"""The files that each file of an output is made from, as its manifest lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kitabat.catalogs.paths import po_path
from kitabat.model.site import BILINGUAL, Edition
from kitabat.publishing.overview import Overview
from kitabat.publishing.reading import Reading


def origin(overview: Overview[Reading], path: str) -> str:
    """Return a file's path: the publication's own, or else the toolkit's; empty where neither has one."""
    if overview.disk.exists(path):
        return path
    return f"kitabat:{path}" if overview.toolkit.exists(path) else ""


def sources_of(reading: Reading, edition: Edition, languages: Iterable[str]) -> Iterator[str]:
    """Yield the project's files that an edition is made from."""
    yield reading.path
    tags = languages if edition.language == BILINGUAL else (edition.language,)
    yield from (po_path(reading.slug, tag) for tag in tags if tag in reading.catalogs)
    yield from (picture.source for picture in reading.pictures.values())


def behind(overview: Overview[Reading], articles: Mapping[str, Reading], edition: Edition | None) -> Iterator[str]:
    """Yield the project's files that an edition is made from, be it an article's or a front page; none of no edition.

    ``articles`` are the readings by their slugs.
    """
    if edition and edition.slug:
        yield from sources_of(articles[edition.slug], edition, overview.config.languages)
    elif edition:
        yield from listed(overview.manuscripts, edition.language)


def listed(readings: Iterable[Reading], language: str) -> Iterator[str]:
    """Yield the project's files that a front page is made from: it has titles and summaries in its own language."""
    for reading in readings:
        yield reading.path
        if language in reading.catalogs:
            yield po_path(reading.slug, language)
