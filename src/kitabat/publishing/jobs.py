"""What the tasks of a build are told, and the functions that do them.

This process, which gives the tasks out, does not need what they need: the Markdown parser, the catalogs, the templates.
Workers have all that from the process that they are forked from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kitabat.building.made import Made
from kitabat.config import SiteConfig
from kitabat.model.site import Edition
from kitabat.publishing.reading import Reading


@dataclass(frozen=True, slots=True)
class ReadJob:
    """An article to be read."""

    root: str
    config: SiteConfig
    path: str
    run: str
    """Tells one build from another: what a process has read for one does not serve the next."""


class Around(msgspec.Struct, frozen=True):
    """What one edition must know of the others: an order that is for many machines leaves that to each job."""

    articles: Mapping[str, Reading]
    """By the path of the article's file."""
    available: frozenset[str]


@dataclass(frozen=True, slots=True)
class EditionJob:
    """An edition to be made."""

    order: Path
    """The file that holds the build's order."""
    edition: Edition
    path: str = ""
    """Of the article's file; empty for a page that shows no article."""
    verify: bool = False
    """Read a PDF back, and tell what it does not say."""
    around: Around | None = None
    """What there is to know of the publication; None for what the order says."""


def read_article(job: ReadJob) -> Made:
    """Return an article's reading as JSON."""
    from kitabat.publishing import studio

    return studio.read_article(job)


def get_ready() -> None:
    """Load what every edition needs beside what workers share: the names of months take as long as five pages."""
    from kitabat.publishing import studio

    studio.get_ready()


def make_edition(job: EditionJob) -> Made:
    """Return an article's page or PDF."""
    from kitabat.publishing import studio

    return studio.make_edition(job)


def make_feed(job: EditionJob) -> Made:
    """Return a language's feed."""
    from kitabat.publishing import feed

    return feed.make(job)


def make_listing(job: EditionJob) -> Made:
    """Return a language's front page; without a language, the page that leads to all of them."""
    from kitabat.publishing import studio

    return studio.make_listing(job)
