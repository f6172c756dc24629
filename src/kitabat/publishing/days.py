"""When each language's version of an article was published and last changed: by its front matter, or its catalog."""

from __future__ import annotations

import datetime as dt

from kitabat.model.article import FrontMatter
from kitabat.model.message import Catalog
from kitabat.model.standing import Coverage, Days


def days(front: FrontMatter, tag: str, catalog: Catalog | None, covered: Coverage, zone: dt.tzinfo) -> Days:
    """Return the days of one language's version; ``zone`` is the publication's.

    What the front matter says of the language goes first. Otherwise a translation was last changed when its catalog
    was, unless that was before it was published, or nothing is translated yet.
    """
    published, updated = front.published_in(tag), front.updated_in(tag)
    if updated is None and tag != front.source and catalog and covered.translated:
        updated = _day(catalog.revised, zone)
        if updated and published and updated <= published:
            updated = None
    return Days(published, updated)


def _day(time: dt.datetime | None, zone: dt.tzinfo) -> dt.date | None:
    """Return the day that a time is in a zone; None also at the ends of the calendar, where there is none."""
    try:
        return time.astimezone(zone).date() if time else None
    except OverflowError:
        return None
