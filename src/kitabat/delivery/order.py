"""In which order files are sent: readers never meet a page before what it needs, nor a list before its pages."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from kitabat.delivery.manifest import MANIFEST

ENTRANCES = ("index.html", "sitemap.xml")
"""What leads to lists: readers and search engines begin there."""
PAGES = (".html", ".htm", ".xhtml")
LISTS = (*PAGES, ".xml", ".json", ".txt", ".atom", ".rss", ".webmanifest")
"""Endings of files that, when they are not an article's, lead to pages: front pages, feeds, site maps."""


class Rank(IntEnum):
    """When a file is sent: all of a rank have arrived before the next begins. Deletions go the other way round."""

    NEEDED = 0
    """Style sheets, fonts, pictures, PDFs: what pages load or link to."""
    PAGE = 1
    LIST = 2
    CHOOSER = 3
    """And the site map, which may be a list of lists."""
    MANIFEST = 4


def rank(path: str, entry: Mapping[str, Any] | None = None) -> Rank:
    """Return a file's rank; ``entry`` is what the manifest says of it.

    >>> rank("ur/news/index.html", {"article": "news"}).name, rank("ur/index.html").name, rank("index.html").name
    ('PAGE', 'LIST', 'CHOOSER')
    >>> rank("assets/style.css").name, rank("ur/news/news-ur.pdf", {"article": "news"}).name, rank("ur/feed.xml").name
    ('NEEDED', 'NEEDED', 'LIST')
    >>> rank("sitemap-1.xml").name, rank("sitemap.xml").name, rank("manifest.json").name
    ('LIST', 'CHOOSER', 'MANIFEST')
    """
    ending = posixpath.splitext(path)[1].lower()
    if path == MANIFEST:
        return Rank.MANIFEST
    if path in ENTRANCES:
        return Rank.CHOOSER
    if entry and entry.get("article"):
        return Rank.PAGE if ending in PAGES else Rank.NEEDED
    return Rank.LIST if ending in LISTS else Rank.NEEDED
