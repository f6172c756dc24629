"""Which articles a language's feed tells of, and the times that it gives; nothing here imports Jinja or Markdown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from kitabat.config import SiteConfig
from kitabat.publishing.reading import Reading

NEVER = "1970-01-01T00:00:00Z"
"""When a feed has changed last that has nothing to tell yet: it must say some time, and the same in each build."""


class News(msgspec.Struct, frozen=True):
    """An article of a feed; times are those of RFC 3339."""

    reading: Reading
    published: str
    """Empty where only the day of the last change is known in this language."""
    updated: str


def news(listed: Iterable[Reading], tag: str, config: SiteConfig) -> tuple[News, ...]:
    """Return the first of the articles that a language's front page lists, as many as its feed has room for.

    An article without a date of publication in any language, such as one about the publication itself, is no news.
    """
    zone = config.zone()
    found: list[News] = []
    for reading in listed:
        days = reading.days[tag]
        day = days.updated or days.published
        if day is None or not any(other.published for other in reading.days.values()):
            continue
        published = moment(days.published, zone) if days.published else ""
        found.append(News(reading, published, moment(day, zone)))
        if len(found) == config.feed.entries:
            break
    return tuple(found)


def moment(day: dt.date, zone: dt.tzinfo) -> str:
    """Return the beginning of a day in a zone, as RFC 3339 writes it.

    >>> moment(dt.date(2026, 11, 22), dt.timezone(dt.timedelta(hours=5))), moment(dt.date(2026, 11, 22), dt.UTC)
    ('2026-11-22T00:00:00+05:00', '2026-11-22T00:00:00Z')

    Clocks that were set by the sun were off by seconds too, for which there is no room:

    >>> moment(dt.date(1900, 1, 1), dt.timezone(dt.timedelta(hours=4, minutes=28, seconds=12)))
    '1900-01-01T00:00:00+04:28'
    """
    offset = dt.datetime.combine(day, dt.time(), zone).utcoffset() or dt.timedelta()
    minutes = round(offset / dt.timedelta(minutes=1))
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"{day.isoformat()}T00:00:00" + (f"{sign}{hours:02}:{rest:02}" if minutes else "Z")
