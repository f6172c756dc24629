"""The site map as a text: what it lists, and how it is divided."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.atom import SITE_MAP, alternates_in, faults_of_site_map

from kitabat.config import SiteConfig
from kitabat.model.standing import Days
from kitabat.publishing.site_map import MOST, divided, site_map

BASE = "https://aaina.example/"
CONFIG = SiteConfig({}, base_url=BASE, languages=("ur", "en"), default_language="ur")
ENDS = {1: b"</urlset>\n", 0: b"</sitemapindex>\n"}


def reading(slug: str, ur: str = "", en: str = "") -> Any:
    days = {tag: Days(dt.date.fromisoformat(day) if day else None) for tag, day in (("ur", ur), ("en", en))}
    return SimpleNamespace(slug=slug, days=days)


def pages(slug: str, *tags: str) -> set[str]:
    return {f"{tag}/{slug}/index.html" for tag in tags or ("ur", "en", "bilingual")}


def lines(content: bytes) -> dict[str, str]:
    """Each address with the day of its last change."""
    root = ET.fromstring(content)
    return {item.findtext(f"{SITE_MAP}loc", ""): item.findtext(f"{SITE_MAP}lastmod", "") for item in root}


def made(readings: list[Any], *available: str, config: SiteConfig = CONFIG) -> bytes:
    (content,) = site_map(config, readings, available).values()
    assert faults_of_site_map(content) == []
    return content


def test_every_page_is_listed_with_its_day_and_nothing_else() -> None:
    readings = [reading("news", "2026-11-24", "2026-11-22"), reading("about")]
    fronts = {"ur/index.html", "en/index.html"}
    others = {"ur/news/news-ur.pdf", "assets/x.css", "ur/feed.xml"}
    content = made(readings, *pages("news"), *pages("about", "en"), *fronts, *others)
    assert lines(content) == {
        BASE: "",
        f"{BASE}ur/": "2026-11-24",
        f"{BASE}en/": "2026-11-22",
        f"{BASE}ur/news/": "2026-11-24",
        f"{BASE}en/news/": "2026-11-22",
        f"{BASE}bilingual/news/": "2026-11-24",
        f"{BASE}en/about/": "",
    }
    found = alternates_in(ET.fromstring(content))
    assert found[f"{BASE}ur/news/"] == {
        "ur": f"{BASE}ur/news/",
        "en": f"{BASE}en/news/",
        "x-default": f"{BASE}bilingual/news/",
    }
    assert found[f"{BASE}en/about/"] == {"en": f"{BASE}en/about/", "x-default": f"{BASE}en/about/"}
    assert found[BASE] == {"ur": f"{BASE}ur/", "en": f"{BASE}en/", "x-default": BASE}


def test_a_page_of_an_article_that_cannot_be_read_now_is_listed_all_the_same() -> None:
    assert lines(made([], "ur/index.html", *pages("gone", "ur"))) == {BASE: "", f"{BASE}ur/": "", f"{BASE}ur/gone/": ""}


def test_addresses_are_percent_encoded_as_links_are_and_escaped() -> None:
    config = SiteConfig({}, base_url="https://aaina.example/a&b/", languages=("ur",), default_language="ur")
    content = made([reading("خبر", "2026-11-24")], *pages("خبر", "ur"), config=config)
    assert "https://aaina.example/a&b/ur/%D8%AE%D8%A8%D8%B1/" in lines(content)
    assert b"a&amp;b/ur/%D8%AE%D8%A8%D8%B1/" in content


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=60), st.integers(1, 20), st.integers(20, 40), st.integers(0, 2**32)
)
def test_parts_hold_every_line_once_in_order_and_none_holds_too_much(
    lengths: list[int], most: int, room: int, seed: int
) -> None:
    letters = random.Random(seed)
    given_lines = [letters.choice("اxé") * length + "\n" for length in lengths]
    empty = len(divided([], BASE)["sitemap.xml"])
    files = divided(given_lines, BASE, most, empty + room)
    *parts, last = files.values()
    assert list(files)[-1] == "sitemap.xml"
    texts = [part.decode() for part in parts or [last]]
    inside = [text.splitlines(keepends=True)[2:-1] for text in texts]
    assert [line for part in inside for line in part] == given_lines
    assert all(1 <= len(part) <= most for part in inside)
    assert all(len(text.encode()) <= empty + room for text in texts)
    # No part could have been spared.
    for part, following in itertools.pairwise(inside):
        assert len(part) == most or len("".join([*part, following[0]]).encode()) > room
    if parts:
        named = [item.findtext(f"{SITE_MAP}loc") for item in ET.fromstring(last)]
        assert named == [f"{BASE}sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        assert faults_of_site_map(last) == []


@pytest.mark.parametrize(("count", "parts"), [(MOST, 0), (MOST + 1, 2)])
def test_fifty_thousand_addresses_are_one_file_and_one_more_makes_two_with_an_index(count: int, parts: int) -> None:
    files = divided([f"<url><loc>{BASE}{number}/</loc></url>\n" for number in range(count)], BASE)
    assert list(files) == [*(f"sitemap-{number}.xml" for number in range(1, parts + 1)), "sitemap.xml"]
    assert files["sitemap.xml"].endswith(ENDS[parts == 0])
    assert faults_of_site_map(files["sitemap.xml"]) == []
    assert sum(content.count(b"<url>") for content in files.values()) == count
