"""Which articles are news, and when a day begins."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.atom import TIME

from kitabat.config import SiteConfig
from kitabat.config.record import FeedConfig
from kitabat.model.standing import Days
from kitabat.publishing.news import moment, news

ZONES = st.sampled_from(
    ["UTC", "Asia/Karachi", "Asia/Kathmandu", "America/St_Johns", "Africa/Cairo", "Pacific/Apia", "Asia/Tehran"]
).map(zoneinfo.ZoneInfo)
DAY = dt.date(2026, 11, 22)


def reading(slug: str, **days: Days) -> Any:
    return SimpleNamespace(slug=slug, days={"en": Days(), "ur": Days(), **days})


def told(*readings: Any, tag: str = "ur", entries: int = 20) -> list[tuple[str, str, str]]:
    config = SiteConfig({}, time_zone="Asia/Karachi", feed=FeedConfig(entries))
    return [(one.reading.slug, one.published[:10], one.updated[:10]) for one in news(readings, tag, config)]


def test_the_first_of_what_is_listed_are_news_as_many_as_there_is_room_for() -> None:
    listed = [reading(f"a{number}", ur=Days(DAY)) for number in range(5)]
    assert [slug for slug, *_ in told(*listed, entries=3)] == ["a0", "a1", "a2"]
    assert told() == []


def test_what_was_changed_later_says_so() -> None:
    assert told(reading("a", ur=Days(DAY, dt.date(2026, 12, 1)))) == [("a", "2026-11-22", "2026-12-01")]


def test_an_article_that_was_never_dated_is_no_news() -> None:
    """A page about the publication: that its translation was changed does not make it news."""
    assert told(reading("about", ur=Days(None, DAY)), reading("b", ur=Days(DAY))) == [("b", "2026-11-22", "2026-11-22")]


def test_a_translation_without_a_date_of_its_own_goes_by_its_last_change() -> None:
    assert told(reading("a", en=Days(DAY), ur=Days(None, DAY))) == [("a", "", "2026-11-22")]
    assert told(reading("a", en=Days(DAY))) == []


@given(st.dates(), ZONES)
def test_any_day_in_any_zone_has_a_beginning(day: dt.date, zone: dt.tzinfo) -> None:
    text = moment(day, zone)
    assert TIME.fullmatch(text)
    found = dt.datetime.fromisoformat(text)
    assert (found.date(), found.time()) == (day, dt.time())
    if day > dt.date(1972, 1, 7):  # until then one zone or another was off by seconds
        assert found.utcoffset() == dt.datetime.combine(day, dt.time(), zone).utcoffset()


@given(st.lists(st.dates(dt.date(1972, 1, 8), dt.date(9999, 12, 1)), min_size=2, unique=True), ZONES)
def test_times_of_one_zone_are_in_the_order_of_their_days(days: list[dt.date], zone: dt.tzinfo) -> None:
    """The newest of a feed is looked for among the texts, and no reader's clock may see it otherwise."""
    newest = max(moment(day, zone) for day in days)
    assert newest == moment(max(days), zone)
    assert dt.datetime.fromisoformat(newest) == max(dt.datetime.fromisoformat(moment(day, zone)) for day in days)
