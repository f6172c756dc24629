"""The site map: every page of the output for search engines, as sitemaps.org has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from kitabat.config import SiteConfig
from kitabat.model.site import BILINGUAL
from kitabat.model.standing import Days
from kitabat.publishing.addresses import CHOOSER, SITE_MAP, absolute, front_page, site_map_part, web_edition
from kitabat.publishing.alternates import alternates
from kitabat.publishing.reading import Reading

PAGES = (".html",)
MOST = 50_000
"""Addresses that one file may have."""
LARGEST = 50 << 20
"""Bytes that it may have."""
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
HEAD = f'{DECLARED}<urlset xmlns="{SCHEMA}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
TAIL = "</urlset>\n"
INDEX_HEAD, INDEX_TAIL = f'{DECLARED}<sitemapindex xmlns="{SCHEMA}">\n', "</sitemapindex>\n"


@dataclass(slots=True)
class Group:
    """Pages that say the same in several languages, or in both at once."""

    pages: dict[str, str]
    """Paths by language, and ``bilingual``."""
    days: dict[str, str] = field(default_factory=dict)
    """When each was last changed, where that is known."""
    neutral: str = ""
    """A page that is for no language, and leads to all of these."""


def pages_in(available: Iterable[str]) -> list[str]:
    """Return the paths of an output's pages, in order."""
    return sorted([path for path in available if path.endswith(PAGES)])


def site_map(config: SiteConfig, readings: Iterable[Reading], available: Iterable[str]) -> dict[str, bytes]:
    """Return the files of a publication's site map: one, or an index with its parts."""
    there = dict.fromkeys(pages_in({*available, CHOOSER}))
    found = list(_groups(config, readings, there))
    known = {CHOOSER, *(path for group in found for path in group.pages.values())}
    lines = [line for group in found for line in _entries(config, group)]
    # Pages of a former build, of an article that cannot be read now.
    lines += [_entry(absolute(config.base_url, path)) for path in there if path not in known]
    return divided(lines, config.base_url)


def _groups(config: SiteConfig, readings: Iterable[Reading], there: dict[str, None]) -> Iterator[Group]:
    listed = {path: "" for tag in config.languages if (path := front_page(tag)) in there}
    found = []
    for reading in readings:
        states = {tag: web_edition(tag, reading.slug) for tag in (*config.languages, BILINGUAL)}
        group = Group({tag: path for tag, path in states.items() if path in there})
        days = {tag: _last(reading.days[tag]) for tag in config.languages}
        for tag in group.pages:
            group.days[tag] = max(days.values()) if tag == BILINGUAL else days[tag]
            if (front := front_page(tag)) in listed:
                listed[front] = max(listed[front], group.days[tag])
        if group.pages:
            found.append(group)
    fronts = {tag: path for tag in config.languages if (path := front_page(tag)) in listed}
    yield Group(fronts, {tag: listed[path] for tag, path in fronts.items()}, CHOOSER)
    yield from found


def _last(days: Days) -> str:
    day = days.updated or days.published
    return day.isoformat() if day else ""


def _entries(config: SiteConfig, group: Group) -> Iterator[str]:
    """Yield the lines of a group; each page names all of them, itself too, as the heads of the pages do."""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href="{escape(absolute(config.base_url, path))}"/>'
        for tag, path in alternates(group.pages, config.default_language, group.neutral)
    )
    if group.neutral:
        yield _entry(absolute(config.base_url, group.neutral), links=links)
    for tag, path in group.pages.items():
        yield _entry(absolute(config.base_url, path), group.days.get(tag, ""), links)


def _entry(address: str, day: str = "", links: str = "") -> str:
    changed = f"<lastmod>{day}</lastmod>" if day else ""
    return f"<url><loc>{escape(address)}</loc>{changed}{links}</url>\n"


def divided(lines: Sequence[str], base_url: str, most: int = MOST, largest: int = LARGEST) -> dict[str, bytes]:
    """Return the files that hold the lines, none of more than ``most`` lines or ``largest`` bytes.

    >>> list(divided(["<url/>"] * 5, "https://example.org/", most=2))
    ['sitemap-1.xml', 'sitemap-2.xml', 'sitemap-3.xml', 'sitemap.xml']
    """
    room = largest - len((HEAD + TAIL).encode())
    parts: list[list[str]] = [[]]
    size = 0
    for line in lines:
        length = len(line.encode())
        if parts[-1] and (len(parts[-1]) == most or size + length > room):
            parts.append([])
            size = 0
        parts[-1].append(line)
        size += length
    if len(parts) == 1:
        return {SITE_MAP: f"{HEAD}{''.join(lines)}{TAIL}".encode()}
    files = {
        site_map_part(number): f"{HEAD}{''.join(part)}{TAIL}".encode() for number, part in enumerate(parts, start=1)
    }
    named = "".join(f"<sitemap><loc>{escape(absolute(base_url, path))}</loc></sitemap>\n" for path in files)
    return {**files, SITE_MAP: f"{INDEX_HEAD}{named}{INDEX_TAIL}".encode()}
