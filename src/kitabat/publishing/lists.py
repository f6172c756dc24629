"""Makes what leads to pages from elsewhere, feeds and the site map: after the pages, and of those that there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import msgspec

from kitabat.building.ledger import LOST, Stale
from kitabat.building.made import Made
from kitabat.building.task import Task
from kitabat.config import PATH as SETTINGS
from kitabat.model.errors import PublishingError
from kitabat.model.site import Edition, OutputFile
from kitabat.publishing.addresses import SITE_MAP, feed, front_page
from kitabat.publishing.editions import ATOM, HTML, SITE_MAP_FORMAT
from kitabat.publishing.failures import unmade
from kitabat.publishing.jobs import make_feed
from kitabat.publishing.making import Making
from kitabat.publishing.news import news
from kitabat.publishing.origins import sources_of
from kitabat.publishing.weights import FEED, FEED_WEIGHT

OF_SITE_MAP = ("site", "settings feed", "code")
"""What a site map is made from."""


def lists(making: Making) -> Iterator[OutputFile]:
    """Yield feeds and the site map of a build that has made its pages; what went wrong is in its ``diagnostics``.

    Without a ``base_url`` there are none: both must name pages by their whole addresses. Raises PublishingError where
    a template is at fault, OSError where the cache cannot be written.
    """
    pages = [path for path, edition in making.wanted.items() if edition.format == HTML]
    if not pages or not making.config.base_url:
        return
    if lost := {path for path in pages if path in making.workshop.failed and path not in making.known}:
        making.settle(making.available - lost)
    yield from _feeds(making, [tag for tag in making.config.languages if front_page(tag) in making.wanted])
    yield from _site_map(making)


def _feeds(making: Making, tags: Iterable[str]) -> Iterator[OutputFile]:
    workshop = making.workshop
    editions = {feed(tag): Edition("", tag, ATOM) for tag in tags}
    stale = workshop.stale(editions, making.inputs, making.sound)
    if workshop.dry:
        return
    tasks = [Task(path, make_feed, making.job(editions[path], None), FEED_WEIGHT, kind=FEED) for path in stale]
    faults = workshop.do(tasks, making.inputs) if tasks else {}
    for path, fault in faults.items():
        if not isinstance(fault, str):
            raise PublishingError(*fault)
        making.diagnostics.append(unmade(path, fault))
    # As with pages, what an earlier build has made of one that cannot be made stays.
    making.available |= faults.keys() & making.known.keys()
    for path, edition in editions.items():
        if path not in faults:
            sources = (SETTINGS, *_told(making, edition.language))
            yield OutputFile(path, edition=edition, sources=sources, digest=workshop.output(path))


def _told(making: Making, tag: str) -> Iterator[str]:
    """Yield the files of the articles that a feed tells of."""
    for one in news(making.inputs.shelves.get(tag, ()), tag, making.config):
        yield one.reading.path
        edition = Edition(one.reading.slug, tag, ATOM)
        pictures = {picture.source for picture in one.reading.pictures.values()}
        yield from (path for path in sources_of(one.reading, edition, ()) if path not in pictures)


def _site_map(making: Making) -> Iterator[OutputFile]:
    workshop = making.workshop
    stale = workshop.stale((SITE_MAP,), making.inputs, making.sound, partial(_lost, making))
    if workshop.dry:
        return
    if stale:
        from kitabat.publishing.site_map import site_map

        with workshop.doing(SITE_MAP):
            files = site_map(making.config, making.overview.manuscripts, making.available)
            content = files.pop(SITE_MAP)
            parts = {path: workshop.store.put(part) for path, part in files.items()}
            workshop.note(SITE_MAP, Made(content, msgspec.json.encode(parts), names=OF_SITE_MAP), making.inputs)
    edition = Edition("", "", SITE_MAP_FORMAT)
    sources = (SETTINGS, *[reading.path for reading in making.overview.manuscripts])
    for path, digest in {**_parts(making), SITE_MAP: workshop.output(SITE_MAP)}.items():
        yield OutputFile(path, edition=edition, sources=sources, digest=digest)


def _parts(making: Making) -> dict[str, str]:
    """Return the digest of each part of a site map that is divided, by path."""
    return msgspec.json.decode(making.workshop.facts(SITE_MAP), type=dict[str, str])


def _lost(making: Making, _: str) -> Stale | None:
    """Return a reason to make the site map anew of which a part has gone."""
    store = making.workshop.store
    is_whole = all(
        making.sound(path, digest) or store.get(digest) is not None for path, digest in _parts(making).items()
    )
    return None if is_whole else LOST
