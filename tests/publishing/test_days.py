"""The days of each language's version: where they come from, and where they are shown."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.publishing.projects import FILES, SETTINGS, built, lay_out, leave_out_what_takes_long, translated, tree

from kitabat.catalogs.header import NEVER, REVISED
from kitabat.catalogs.paths import po_path
from kitabat.model.article import FrontMatter
from kitabat.model.message import Catalog
from kitabat.model.standing import Coverage, Days
from kitabat.publishing.days import days
from kitabat.publishing.publication import read_publication

KARACHI = ZoneInfo("Asia/Karachi")
FIRST, THIRD, NINTH = (dt.date(2026, 11, day) for day in (1, 3, 9))
LATE = dt.datetime(2026, 11, 8, 20, tzinfo=dt.UTC)  # the ninth in Karachi
SOME = Coverage(translated=1, translated_words=2, words=4)


def revised(time: dt.datetime | None) -> Catalog:
    return Catalog("ur", "ur.po", revised=time)


@pytest.mark.parametrize(
    ("front", "catalog", "expected"),
    [
        (FrontMatter("T", "en", date=FIRST), revised(LATE), Days(FIRST, NINTH)),
        (FrontMatter("T", "en", date=FIRST, updated=THIRD), revised(LATE), Days(FIRST, NINTH)),
        (FrontMatter("T", "en", date=FIRST, updated=THIRD), revised(None), Days(FIRST)),
        (FrontMatter("T", "en", date=NINTH), revised(LATE), Days(NINTH)),
        (FrontMatter("T", "en", date=FIRST, dates={"en": FIRST, "ur": THIRD}), revised(LATE), Days(THIRD, NINTH)),
        (FrontMatter("T", "en", date=FIRST, dates={"en": FIRST}), revised(LATE), Days(None, NINTH)),
        (FrontMatter("T", "en", date=FIRST, updates={"ur": THIRD}), revised(LATE), Days(FIRST, THIRD)),
        (FrontMatter("T", "en", date=FIRST), None, Days(FIRST)),
        (FrontMatter("T", "en"), None, Days()),
        (FrontMatter("T", "en", date=FIRST), revised(dt.datetime.max.replace(tzinfo=dt.UTC)), Days(FIRST)),
    ],
)
def test_the_days_of_a_translation(front: FrontMatter, catalog: Catalog | None, expected: Days) -> None:
    assert days(front, "ur", catalog, SOME, KARACHI) == expected


def test_a_catalog_in_which_nothing_is_translated_has_no_day() -> None:
    assert days(FrontMatter("T", "en"), "ur", revised(LATE), Coverage(words=4), KARACHI) == Days()


def test_the_source_goes_by_its_front_matter_alone() -> None:
    front = FrontMatter("T", "en", date=FIRST, updated=THIRD)
    assert days(front, "en", revised(LATE), SOME, KARACHI) == Days(FIRST, THIRD)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out two articles: in English the second is the newer one, in Urdu the first."""
    leave_out_what_takes_long(monkeypatch)
    first = FILES["content/first.md"].replace("date: 2026-11-20", "date: {en: 2026-11-01, ur: 2026-11-25}")
    settings = SETTINGS + 'time_zone = "Asia/Karachi"\n'
    return translated(lay_out(tmp_path, {**FILES, "content/first.md": first, "kitabat.toml": settings}))


def revise(root: Path, tag: str, slug: str, time: str) -> None:
    place = root / po_path(slug, tag)
    text = place.read_text("utf-8")
    assert f"{REVISED}: {NEVER}" in text
    place.write_text(text.replace(f"{REVISED}: {NEVER}", f"{REVISED}: {time}"), "utf-8")


def bylines(text: str) -> list[str]:
    """The days of a page in their order, each with its word before it."""
    return re.findall(r'<li>(\w[^<]*<time datetime="[0-9-]+">[^<]*</time>)</li>', text)


def test_each_edition_shows_its_own_days_and_lists_go_by_them(root: Path) -> None:
    revise(root, "en", "second", "2026-11-23 22:30+0000")
    revise(root, "ur", "first", "2026-11-26 22:30+0000")
    assert built(root).published
    files = {path: content.decode() for path, content in tree(root / "dist").items() if path.endswith(("html", "pdf"))}
    english = [
        'Published <time datetime="2026-11-21">November 21, 2026</time>',
        'Updated <time datetime="2026-11-24">November 24, 2026</time>',
    ]
    urdu = ['اشاعت: <time datetime="2026-11-21">۲۱ نومبر، ۲۰۲۶</time>']
    assert bylines(files["en/second/index.html"]) == bylines(files["en/second/second-en.pdf"]) == english
    assert bylines(files["ur/second/index.html"]) == bylines(files["ur/second/second-ur.pdf"]) == urdu
    for path in ("bilingual/second/index.html", "bilingual/second/second-bilingual.pdf"):
        assert bylines(files[path]) == english + urdu
    assert re.findall(r'<h2[^>]*><a href="(\w+)/', files["en/index.html"]) == ["second", "first"]
    assert re.findall(r'<h2[^>]*><a href="(\w+)/', files["ur/index.html"]) == ["first", "second"]
    assert '<time datetime="2026-11-27">' in files["ur/index.html"]
    assert '<meta name="dcterms.modified" content="2026-11-24">' in files["en/second/second-en.pdf"]


def test_a_day_that_nobody_has_set_is_never_shown(root: Path) -> None:
    assert built(root).published
    for path, content in tree(root / "dist").items():
        if path.endswith(("html", "pdf")):
            assert b"YEAR-MO" not in content
            assert b"dcterms.modified" not in content


def test_without_days_the_editions_have_none(root: Path) -> None:
    place = root / "content/second.md"
    place.write_text(place.read_text("utf-8").replace("date: 2026-11-21\n", ""), "utf-8")
    manuscript = next(one for one in read_publication(root).manuscripts if one.article.slug == "second")
    assert manuscript.days == {"en": Days(), "ur": Days()}
