"""What of the last build stays in the output, beside what is made anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Protocol

import msgspec

from kitabat.config import SiteConfig
from kitabat.model.diagnostic import Severity
from kitabat.model.site import BILINGUAL, Edition
from kitabat.publishing.addresses import ASSETS, booklet, front_page
from kitabat.publishing.editions import ATOM, HTML, PDF, SITE_MAP_FORMAT, editions, path_of
from kitabat.publishing.overview import A, Overview

Known = Mapping[str, Mapping[str, Any]]
"""Files of the last build by path, with what its manifest says of each."""


class Waiting(msgspec.Struct, frozen=True):
    """An article that is held back in some languages."""

    slug: str
    languages: tuple[str, ...]
    stays: bool
    """The output still has an edition of the last build in one of them."""


class Asked(Protocol):
    """What a build was asked for; empty collections ask for all there is."""

    @property
    def slugs(self) -> Collection[str]:
        """Of articles."""

    @property
    def languages(self) -> Collection[str]:
        """Their tags."""

    @property
    def formats(self) -> Collection[str]:
        """``html``, ``pdf``."""


def carried(publication: Overview[A], known: Known, wanted: Collection[Edition], asked: Asked) -> frozenset[str]:
    """Return the files of the last build that stay.

    They are the editions that were not asked for, and those of articles that are at fault or held back. Where articles
    go together, none stays without its other language.
    """
    # A booklet does not outlive its PDF: it would show another text.
    made = {*map(path_of, wanted), *(booklet(one.language, one.slug) for one in wanted if one.format == PDF)}
    made |= _lists(known, made)
    errors = {
        one.location.path for one in publication.diagnostics if one.location and one.severity is Severity.ERROR
    } - {one.path for one in publication.manuscripts if one.ok}
    kept = {
        path
        for path, entry in known.items()
        if path not in made
        and not path.startswith(f"{ASSETS}/")
        and (
            not _is_asked_for(publication.config, entry, asked)
            or errors.intersection(entry.get("sources", ()))
            or _is_held_back(publication, entry)
        )
    }
    return frozenset(kept.difference(alone((*wanted, *_editions(known, kept)), publication.config)))


def with_assets(staying: Collection[str], known: Known) -> frozenset[str]:
    """Return the files of the last build that stay, with what its pages among them name: styles, fonts, pictures."""
    has_pages = any(known[path].get("format") == HTML for path in staying)
    return frozenset(staying).union(path for path in known if has_pages and path.startswith(f"{ASSETS}/"))


def _is_asked_for(config: SiteConfig, entry: Mapping[str, Any], asked: Asked) -> bool:
    """Tell whether a build would make a file anew that the last one has made, if there still were what it shows."""
    language = entry.get("language", "")
    tags = set(config.languages) if language == BILINGUAL else {language}
    return (
        (not asked.slugs or entry.get("article") in asked.slugs)
        and (not asked.languages or tags <= set(asked.languages))
        and (not asked.formats or entry.get("format") in asked.formats)
    )


def _lists(known: Known, made: Collection[str]) -> set[str]:
    """Return the feeds and the site map of the last build that are made along with pages, or else go."""
    has_pages = any(path.endswith(".html") for path in made)
    found = {path: known[path] for path in known if path.endswith(".xml")}
    return {
        path
        for path, entry in found.items()
        if (entry.get("format") == ATOM and front_page(entry.get("language", "")) in made)
        or (entry.get("format") == SITE_MAP_FORMAT and has_pages)
    }


def _is_held_back(publication: Overview[A], entry: Mapping[str, Any]) -> bool:
    found = publication.releases.get(entry.get("article", ""))
    held = {one.language for one in found.held_back} if found else set()
    return bool(held) if entry.get("language") == BILINGUAL else entry.get("language") in held


def _editions(known: Known, paths: Iterable[str]) -> Iterator[Edition]:
    """Yield the editions of articles among files of the last build, as they would be asked for now."""
    for path in paths:
        entry = known[path]
        edition = Edition(*(str(entry.get(name, "")) for name in ("article", "language", "format")))
        if edition.slug and path_of(edition) == path:
            yield edition


def alone(present: Collection[Edition], config: SiteConfig) -> Iterator[str]:
    """Yield the paths of editions that must not be there without those in the other languages, which are not there.

    None is where the settings do not ask for both together. Editions in one format are asked for in that format.
    """
    there = set(present) if config.together else set()
    for edition in there:
        every = {Edition(edition.slug, tag, edition.format) for tag in config.languages}
        if edition.slug and not every <= there:
            yield path_of(edition)


def remaining(available: frozenset[str], wanted: Iterable[Edition], known: Known, config: SiteConfig) -> frozenset[str]:
    """Return the paths that the output will hold, of those that could be made or were ``known``."""
    if not config.together:
        return available
    editions_there = [edition for edition in (*wanted, *_editions(known, known)) if path_of(edition) in available]
    return available.difference(alone(editions_there, config))


def with_companions(
    publication: Overview[A], wanted: tuple[Edition, ...], known: Known, formats: Collection[str]
) -> tuple[Edition, ...]:
    """Return the editions asked for, with those that have to go with them and that the output does not have.

    Front pages go with them, so that what is new is listed.
    """
    if not publication.config.together:
        return wanted
    there = {path_of(edition): edition for edition in wanted} | {
        path_of(edition): edition for edition in _editions(known, known)
    }
    lonely = set(alone(tuple(there.values()), publication.config))
    slugs = {edition.slug for edition in wanted if path_of(edition) in lonely}
    more = editions(publication, slugs, (), formats) if slugs else ()
    return tuple(dict.fromkeys((*wanted, *more)))


def waiting(publication: Overview[A], slugs: Collection[str], stay: Collection[str]) -> Iterator[Waiting]:
    """Yield the articles, of those asked for, that are held back; ``stay`` are the files that stay."""
    for slug, found in publication.releases.items():
        tags = tuple(held.language for held in found.held_back)
        if tags and (not slugs or slug in slugs):
            yield Waiting(slug, tags, any(path.startswith(tuple(f"{tag}/{slug}/" for tag in tags)) for path in stay))
