"""In which order files are sent: readers never meet a page before what it needs, nor a list before its pages."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from kitabat.delivery.manifest import MANIFEST

CHOOSER = "index.html"
MAPS = ("sitemap.xml", "robots.txt")
"""Where search engines begin; a site map may be a list of others."""
PAGES = (".html", ".htm", ".xhtml")
LISTS = (*PAGES, ".json", ".webmanifest")
"""Endings of files that, when they are not an article's, lead to pages: front pages."""
FEEDS = (".xml", ".atom", ".rss", ".txt")
"""Those of files that programs read, which follow at once whatever they name: feeds, site maps."""


class Rank(IntEnum):
    """When a file is sent: all of a rank have arrived before the next begins. Deletions go the other way round."""

    NEEDED = 0
    """Style sheets, fonts, pictures, PDFs: what pages load or link to."""
    PAGE = 1
    LIST = 2
    CHOOSER = 3
    FEED = 4
    """And the parts of a site map."""
    MAP = 5
    MANIFEST = 6


def rank(path: str, entry: Mapping[str, Any] | None = None) -> Rank:
    """Return a file's rank; ``entry`` is what the manifest says of it.

    >>> rank("ur/news/index.html", {"article": "news"}).name, rank("ur/index.html").name, rank("index.html").name
    ('PAGE', 'LIST', 'CHOOSER')
    >>> rank("assets/style.css").name, rank("ur/news/news-ur.pdf", {"article": "news"}).name, rank("ur/feed.xml").name
    ('NEEDED', 'NEEDED', 'FEED')
    >>> rank("sitemap-1.xml").name, rank("sitemap.xml").name, rank("manifest.json").name
    ('FEED', 'MAP', 'MANIFEST')
    """
    ending = posixpath.splitext(path)[1].lower()
    if path == MANIFEST:
        return Rank.MANIFEST
    if path == CHOOSER:
        return Rank.CHOOSER
    if path in MAPS:
        return Rank.MAP
    if entry and entry.get("article"):
        return Rank.PAGE if ending in PAGES else Rank.NEEDED
    return Rank.FEED if ending in FEEDS else Rank.LIST if ending in LISTS else Rank.NEEDED
