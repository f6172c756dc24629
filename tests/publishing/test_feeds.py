"""Feeds and the site map in whole builds: what they say, when they are made anew, and when there are none."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import feedparser
import pytest
from tests.atom import ATOM, LANG, alternates_in, faults_of_feed, faults_of_site_map
from tests.publishing.projects import (
    ENGLISH,
    FILES,
    IN_ENGLISH,
    IN_URDU,
    SETTINGS,
    URDU,
    built,
    lay_out,
    leave_out_what_takes_long,
    translated,
    tree,
)
from tests.support import ROOT

from kitabat.building.executor import Crew
from kitabat.building.task import Task, TaskResult, perform
from kitabat.catalogs.paths import po_path
from kitabat.language.bidi.classes import bidi_classes, first_strong
from kitabat.model.errors import PublishingError
from kitabat.publishing import press, site_map
from kitabat.publishing.build import BuildReport
from kitabat.rendering.templates import Templates
from kitabat.workspace import Disk

BASE = "https://mirror.example/"
OF_SITE = f'base_url = "{BASE}"\ntime_zone = "Asia/Karachi"\n'
FEEDS = {"en/feed.xml", "ur/feed.xml"}
LISTS = FEEDS | {"sitemap.xml"}
ABOUT = "---\ntitle: About <us> & you\nsource: en\n---\n\nWe.\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_what_takes_long(monkeypatch)
    monkeypatch.setattr(press, "Templates", templates)


SHARED = Templates(Disk(ROOT), Disk(ROOT))


def templates(project: Disk, toolkit: Disk) -> Templates:
    """Compiled templates, the same for all publications that have none of their own."""
    return Templates(project, toolkit) if project.exists("templates/web/feed.xml.j2") else SHARED


def project(folder: Path, more: str = "", files: dict[str, str] | None = None, **settings: str) -> Path:
    base = settings.get("base", OF_SITE)
    return translated(lay_out(folder, {**FILES, "kitabat.toml": SETTINGS + base + more, **(files or {})}))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication that was built once."""
    root = project(tmp_path_factory.mktemp("feeds") / "first")
    with pytest.MonkeyPatch.context() as patch:
        leave_out_what_takes_long(patch)
        built(root, formats=["html"])
    return root


@pytest.fixture
def root(first: Path, tmp_path: Path) -> Path:
    return shutil.copytree(first, tmp_path / "mirror")


def edit(root: Path, path: str, before: str, after: str) -> None:
    text = (root / path).read_text("utf-8")
    assert before in text
    (root / path).write_text(text.replace(before, after), "utf-8")


def lists_made(report: BuildReport) -> set[str]:
    return LISTS & report.reasons.keys()


def feed(root: Path, tag: str) -> Any:
    content = (root / "dist" / tag / "feed.xml").read_bytes()
    assert faults_of_feed(content) == []
    found = feedparser.parse(content, response_headers={"content-type": "application/atom+xml; charset=utf-8"})
    assert not found.bozo
    return found


def files_in(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root / "dist/manifest.json").read_bytes())["files"]
    return found


def test_a_reader_finds_the_newest_articles_of_its_language(root: Path) -> None:
    found = feed(root, "ur")
    assert (found.feed.title, found.feed.language, found.feed.id) == ("آئینہ", "ur", f"{BASE}ur/feed.xml")
    assert (found.feed.link, found.feed.author, found.feed.updated) == (
        f"{BASE}ur/",
        "آئینہ",
        "2026-11-21T00:00:00+05:00",
    )
    assert [entry.link for entry in found.entries] == [f"{BASE}ur/second/", f"{BASE}ur/first/"]
    first = found.entries[1]
    assert (first.id, first.title, first.summary) == (f"{BASE}ur/first/", "پہلی خبر", "ایک بات کے بارے میں")
    assert (first.author, [tag.term for tag in first.tags]) == ("ادارہ", ["خبریں"])
    assert first.published == first.updated == "2026-11-20T00:00:00+05:00"
    assert [(link.rel, link.get("hreflang"), link.href) for link in first.links] == [
        ("alternate", "ur", f"{BASE}ur/first/"),
        ("related", "en", f"{BASE}en/first/"),
        ("related", None, f"{BASE}bilingual/first/"),
    ]
    links = {(link.rel, link.type, link.get("hreflang")): link.href for link in found.feed.links}
    assert links["self", "application/atom+xml", "ur"] == f"{BASE}ur/feed.xml"
    assert links["alternate", "application/atom+xml", "en"] == f"{BASE}en/feed.xml"
    assert [entry.title for entry in feed(root, "en").entries] == ["The second story", "The first story"]


def test_pages_lead_to_the_feeds_of_their_languages_and_the_site_map_says_what_their_heads_say(root: Path) -> None:
    output = tree(root / "dist")
    expected = {"ur/index.html": ["ur"], "en/first/index.html": ["en"], "bilingual/first/index.html": ["en", "ur"]}
    for path, tags in {**expected, "index.html": ["en", "ur"]}.items():
        lines = [line for line in output[path].decode().splitlines() if "application/atom+xml" in line]
        named = [urljoin(BASE + path, line.partition('href="')[2].removesuffix('">')) for line in lines]
        assert named == [f"{BASE}{tag}/feed.xml" for tag in tags]
    content = output["sitemap.xml"]
    assert faults_of_site_map(content) == []
    found = alternates_in(ET.fromstring(content))
    pages = {path for path in output if path.endswith(".html")}
    assert found.keys() == {BASE + path.removesuffix("index.html") for path in pages}
    for path in pages:
        in_head = {
            line.split('"')[3]: line.split('"')[5]
            for line in output[path].decode().splitlines()
            if line.startswith('<link rel="alternate" hreflang=')
        }
        assert found[BASE + path.removesuffix("index.html")] == in_head


def test_texts_keep_their_order_without_markup(tmp_path: Path) -> None:
    """As titles do: C++ would turn round, and an Urdu title that begins with a Latin name would run from the left."""
    urdu = URDU.replace("دوسری خبر", "BBC نے زبان *C++* کیوں چھوڑی").replace(
        "date:", "summary: 'خبر &amp; <b> C++ میں'\ndate:"
    )
    root = project(tmp_path, files={"content/second.md": urdu})
    built(root, formats=["html"])
    second = feed(root, "ur").entries[0]
    assert second.title == "\u200f\u200eBBC\u200e نے زبان \u200eC++\u200e کیوں چھوڑی"
    assert f"<title>{second.title} · " in tree(root / "dist")["ur/second/index.html"].decode()
    text = ET.fromstring((root / "dist/ur/feed.xml").read_bytes()).find(f"{ATOM}entry/{ATOM}summary")
    assert text is not None
    assert text.text == "خبر & \u200e<b> C++\u200e میں"
    entry = ET.fromstring((root / "dist/en/feed.xml").read_bytes()).find(f"{ATOM}entry")
    assert entry is not None
    title = entry.find(f"{ATOM}title")
    assert title is not None
    assert (title.get(LANG), title.text) == ("ur", second.title)
    assert first_strong(bidi_classes(title.text or "")) == 1


def test_what_is_no_news_is_a_page_all_the_same(tmp_path: Path) -> None:
    urdu = URDU.replace("date: 2026-11-21", "date: {ur: 2026-11-21, en: 2026-11-25}\nupdated: {ur: 2026-11-23}")
    root = project(tmp_path, "[feed]\nentries = 1\n", {"content/second.md": urdu, "content/about.md": ABOUT})
    built(root, formats=["html"])
    assert [(one.title, one.published, one.updated) for one in feed(root, "ur").entries] == [
        ("دوسری خبر", "2026-11-21T00:00:00+05:00", "2026-11-23T00:00:00+05:00")
    ]
    assert [one.updated for one in feed(root, "en").entries] == ["2026-11-25T00:00:00+05:00"]
    assert f"{BASE}en/about/" in alternates_in(ET.fromstring(tree(root / "dist")["sitemap.xml"]))
    assert files_in(root)["ur/feed.xml"] == {
        "format": "atom",
        "language": "ur",
        "sha256": files_in(root)["ur/feed.xml"]["sha256"],
        "sources": ["content/second.md", "kitabat.toml", po_path("second", "ur")],
    }
    assert files_in(root)["sitemap.xml"]["sources"] == [
        "content/about.md",
        "content/first.md",
        "content/second.md",
        "kitabat.toml",
    ]


def test_a_feed_with_nothing_to_tell_yet_is_one(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {"kitabat.toml": SETTINGS + OF_SITE, "content/about.md": ABOUT})
    built(root, formats=["html"])
    assert feed(root, "en").entries == []


def test_what_an_edit_concerns_is_made_anew_and_nothing_else(root: Path) -> None:
    assert built(root, formats=["html"]).reasons == {}
    edit(root, po_path("first", "ur"), "حاشیہ", "نوٹ")
    assert lists_made(built(root, formats=["html"])) == set()
    edit(root, "content/first.md", "A lead with", "Another much longer lead, of many more words, " * 60)
    assert {"en/index.html"} <= (report := built(root, formats=["html"])).reasons.keys()  # it tells the reading time
    assert lists_made(report) == set()
    edit(root, po_path("second", "en"), '"The second story"', '"Another story"')
    dry, report = (built(root, formats=["html"], dry=dry) for dry in (True, False))
    assert dry.reasons == report.reasons
    assert lists_made(report) == {"en/feed.xml"}
    assert report.reasons["en/feed.xml"].changed == ("feed en",)
    assert [entry.title for entry in feed(root, "en").entries] == ["Another story", "The first story"]
    edit(root, "content/first.md", "summary: About one thing", "summary: About it")
    assert lists_made(built(root, formats=["html"])) == FEEDS
    edit(root, "content/first.md", "2026-11-20", "2026-11-29")
    assert lists_made(built(root, formats=["html"])) == LISTS
    assert feed(root, "ur").feed.updated == "2026-11-29T00:00:00+05:00"
    assert [entry.link for entry in feed(root, "ur").entries] == [f"{BASE}ur/first/", f"{BASE}ur/second/"]


def test_settings_and_templates_concern_what_they_show_in(root: Path) -> None:
    (root / "kitabat.toml").write_text(SETTINGS + OF_SITE + "[feed]\nentries = 1\n", "utf-8")
    assert built(root, formats=["html"]).reasons.keys() == LISTS
    (root / "kitabat.toml").write_text(
        SETTINGS + OF_SITE + '[feed]\nid = "tag:a.example,2026:"\n[pdf]\ncolumns = 2\nstyle = "newspaper"\n'
    )
    built(root, formats=["html"])
    assert next(entry.id for entry in feed(root, "ur").entries) == "tag:a.example,2026:ur/second/"
    assert feed(root, "ur").entries[0].link == f"{BASE}ur/second/"
    own = root / "templates/web/feed.xml.j2"
    own.parent.mkdir(parents=True)
    text = (Path(__file__).parents[2] / "templates/web/feed.xml.j2").read_text("utf-8")
    own.write_text(text.replace("<generator>Kitabat</generator>", "<rights>© Mirror</rights>"), "utf-8")
    assert built(root, formats=["html"]).reasons.keys() == FEEDS
    assert feed(root, "en").feed.rights == "© Mirror"
    own.write_text(text.replace("</entry>", ""), "utf-8")
    before = tree(root / "dist")
    with pytest.raises(PublishingError, match="expected well-formed XML: mismatched tag"):
        built(root, formats=["html"])
    assert tree(root / "dist") == before


def test_without_pages_or_an_address_there_are_none_and_none_stays(root: Path) -> None:
    before = tree(root / "dist")
    assert lists_made(built(root, formats=["pdf"], force=True)) == set()
    assert {path: tree(root / "dist")[path] for path in LISTS} == {path: before[path] for path in LISTS}
    (root / "kitabat.toml").write_text(SETTINGS, "utf-8")
    built(root, slugs=["first"], formats=["html"])
    assert LISTS.isdisjoint(tree(root / "dist"))
    assert b"atom+xml" not in tree(root / "dist")["en/first/index.html"]


def test_builds_in_parts_keep_them_true(tmp_path: Path) -> None:
    root = project(tmp_path)
    built(root, languages=["ur"], formats=["html"])
    output = tree(root / "dist")
    assert LISTS - {"en/feed.xml"} == LISTS & output.keys()
    assert [link.rel for link in feed(root, "ur").entries[0].links] == ["alternate"]
    assert alternates_in(ET.fromstring(output["sitemap.xml"])).keys() == {
        BASE + path.removesuffix("index.html") for path in output if path.endswith(".html")
    }
    built(root, slugs=["second"], formats=["html"])
    assert [entry.link for entry in feed(root, "en").entries] == [f"{BASE}en/second/"]
    assert [len(entry.links) for entry in feed(root, "ur").entries] == [3, 1]
    (root / "content/second.md").unlink()
    built(root, formats=["html"])
    assert [entry.link for entry in feed(root, "en").entries] == [f"{BASE}en/first/"]
    assert b"second" not in tree(root / "dist")["sitemap.xml"]


def test_what_is_held_back_is_in_none(tmp_path: Path) -> None:
    root = translated(
        lay_out(tmp_path, {**FILES, "kitabat.toml": SETTINGS + OF_SITE + "[build]\ntogether = true\n"}), IN_ENGLISH
    )
    built(root, formats=["html"])
    assert [entry.link for entry in feed(root, "en").entries] == [f"{BASE}en/second/"]
    assert b"first" not in tree(root / "dist")["sitemap.xml"]
    translated(root, IN_ENGLISH, IN_URDU)
    built(root, formats=["html"])
    assert [entry.link for entry in feed(root, "ur").entries] == [f"{BASE}ur/second/", f"{BASE}ur/first/"]


def test_a_page_that_cannot_be_made_is_in_none(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that an earlier build has made stays, and so does what leads to it."""

    def results(_: Crew, tasks: list[Task]) -> list[TaskResult]:
        found = [perform(task) for task in tasks]
        return [TaskResult(one.task, None, "gone") if "third/" in one.task.name else one for one in found]

    (root / "content/third.md").write_text(ENGLISH.replace("first", "third").replace("11-20", "11-29"), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(Crew, "results", results)
        report = built(root, formats=["html"], keep_going=True)
    assert report.published
    assert [entry.link for entry in feed(root, "en").entries] == [f"{BASE}en/second/", f"{BASE}en/first/"]
    assert b"third" not in tree(root / "dist")["sitemap.xml"]


def test_a_feed_that_cannot_be_made_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(_: Crew, tasks: list[Task]) -> list[TaskResult]:
        return [TaskResult(task, None, "its process died") for task in tasks]

    before = tree(root / "dist")
    monkeypatch.setattr(Crew, "results", lost)
    (root / "kitabat.toml").write_text(SETTINGS + OF_SITE + "[feed]\nentries = 1\n", "utf-8")
    report = built(root, formats=["html"])
    assert not report.published
    assert any(one.message == "Cannot make `ur/feed.xml`: its process died" for one in report.diagnostics)
    assert tree(root / "dist") == before
    assert built(root, formats=["html"], keep_going=True).published
    assert {path: tree(root / "dist")[path] for path in FEEDS} == {path: before[path] for path in FEEDS}


def test_a_site_map_of_several_parts_is_kept_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_map, "divided", lambda lines, base: DIVIDED(lines, base, most=4))
    built(root, formats=["html"], force=True)
    output = tree(root / "dist")
    parts = [path for path in output if path.startswith("sitemap-")]
    assert parts == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert all(faults_of_site_map(output[path])[1:] == [] or path for path in parts)
    assert faults_of_site_map(output["sitemap.xml"]) == []
    assert sum(output[path].count(b"<url>") for path in parts) == len(
        [path for path in output if path.endswith(".html")]
    )
    assert built(root, formats=["html"]).reasons == {}
    for place in (root / ".kitabat/cache/objects").rglob("*"):
        if place.is_file() and place.read_bytes() == output["sitemap-2.xml"]:
            place.unlink()
    (root / "dist/sitemap-2.xml").unlink()
    assert lists_made(built(root, formats=["html"])) == {"sitemap.xml"}
    assert tree(root / "dist") == output
    monkeypatch.undo()
    leave_out_what_takes_long(monkeypatch)
    built(root, slugs=["first"], formats=["html"], force=True)
    assert not [path for path in tree(root / "dist") if path.startswith("sitemap-")]


DIVIDED = site_map.divided
