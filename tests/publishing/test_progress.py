"""Rows of the status: what counts, since when something waits, what comes first; and the page made of them."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from tests.publishing.projects import FILES, IN_ENGLISH, IN_URDU, SETTINGS, lay_out, translated
from tests.support import axe_violations, nu_check

from kitabat.catalogs.header import CREATED, NEVER, REVISED
from kitabat.catalogs.paths import po_path, pot_path
from kitabat.model.standing import Coverage, Days
from kitabat.publishing.progress import Row, rows
from kitabat.publishing.progress_page import progress_page
from kitabat.publishing.publication import read_publication

MOST = {source: text for source, text in IN_URDU.items() if source != "The note."}


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC).timestamp())))


def created(root: Path, slug: str, time: str) -> None:
    """Give an article's .pot another date."""
    place = root / pot_path(slug)
    place.write_text(re.sub(rf"{CREATED}: [^\\]*", f"{CREATED}: {time}", place.read_text("utf-8")), "utf-8")


def row(root: Path, slug: str = "first") -> Row:
    (found,) = rows(read_publication(root), [slug])
    return found


def test_what_waits_has_waited_since_the_messages_changed(tmp_path: Path) -> None:
    root = translated(lay_out(tmp_path), MOST, IN_ENGLISH)
    created(root, "first", "2026-11-24 10:00+0000")
    created(root, "second", "2026-11-01 10:00+0000")
    assert (row(root).behind, row(root).synced, row(root).percent) == (5, True, 95)
    assert (row(root, "second").behind, row(root, "second").percent) == (0, 100)


def test_what_was_never_translated_has_waited_since_it_was_published(tmp_path: Path) -> None:
    root = translated(lay_out(tmp_path), IN_ENGLISH)
    created(root, "first", "2026-11-24 10:00+0000")
    assert row(root).behind == 9  # published on the twentieth


def test_a_clock_that_is_ahead_makes_no_debt(tmp_path: Path) -> None:
    root = translated(lay_out(tmp_path), MOST)
    created(root, "first", "2027-01-01 10:00+0000")
    assert row(root).behind == 0


@pytest.mark.parametrize("time", [NEVER, "yesterday", ""])
def test_a_pot_without_a_time_says_nothing(tmp_path: Path, time: str) -> None:
    root = translated(lay_out(tmp_path), MOST)
    created(root, "first", time)
    assert (row(root).behind, row(root).synced) == (None, True)


def test_what_no_translator_has_seen_is_told_apart(tmp_path: Path) -> None:
    root = translated(lay_out(tmp_path))
    created(root, "first", "2026-11-01 10:00+0000")
    place = root / "content/first.md"
    place.write_text(place.read_text("utf-8").replace("Text with a note", "Some text with a note"), "utf-8")
    assert (row(root).behind, row(root).synced, row(root).is_complete) == (None, False, False)


def test_without_a_catalog_all_of_it_waits(tmp_path: Path) -> None:
    root = translated(lay_out(tmp_path))
    (root / po_path("first", "ur")).unlink()
    found = row(root)
    assert (found.percent, found.translator, found.days) == (0, "", Days(dt.date(2026, 11, 20)))


def test_of_a_catalog_that_cannot_be_read_nothing_is_known(tmp_path: Path) -> None:
    root = translated(lay_out(tmp_path))
    (root / po_path("first", "ur")).write_text('msgid "open', "utf-8")
    found = row(root)
    assert (found.behind, found.percent) == (None, 0)
    assert found.held_back is not None
    assert found.held_back.words == "the article or a catalog is at fault"


def bare(share: tuple[int, int], **fields: object) -> Row:
    done, whole = share
    coverage = Coverage(1, 0, int(done < whole), done, 0, whole)
    values = {"slug": "a", "behind": 0, "coverage": coverage, **fields}
    fixed = {"title": "", "source": "en", "language": "ur", "synced": True, "translator": "", "held_back": None}
    return Row(**{**fixed, **values, "days": Days()})  # type: ignore[arg-type]  # a test's shorthand


def test_the_order_is_that_of_need() -> None:
    needs = (
        bare((1, 10), slug="little"),
        bare((5, 10), slug="old", behind=9),
        bare((5, 10), slug="new", behind=1),
        bare((10, 10), coverage=Coverage(1, 0, 1, 10, 0, 10), slug="a rule of dashes"),
        bare((10, 10), slug="done"),
    )
    turned = needs[::-1]
    assert sorted(turned, key=lambda one: one.urgency) == list(needs)


def test_a_hundred_per_cent_is_only_what_is_complete() -> None:
    assert bare((10, 10), coverage=Coverage(1, 0, 1, 10, 0, 10)).percent == 99
    assert bare((199, 200)).percent == 99
    assert bare((0, 0), coverage=Coverage(1)).percent == 100


@pytest.fixture(scope="module", params=["en", "ur"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the page of a publication whose first language is one or the other; first waits, second is complete."""
    settings = SETTINGS.replace('default_language = "en"', f'default_language = "{request.param}"')
    settings += 'time_zone = "Asia/Karachi"\n[build]\ntogether = true\n'
    root = translated(lay_out(tmp_path_factory.mktemp("status"), {**FILES, "kitabat.toml": settings}), MOST, IN_ENGLISH)
    for slug, tag, name in (
        ("first", "ur", "عائشہ <a@aaina.example>"),
        ("second", "en", "<b> & Sons <b@aaina.example>"),
    ):
        place = root / po_path(slug, tag)
        text = place.read_text("utf-8").replace("Last-Translator: ", f"Last-Translator: {name}")
        place.write_text(text.replace(f"{REVISED}: {NEVER}", f"{REVISED}: 2026-11-27 20:00+0000"), "utf-8")
    file = root / f"status-{request.param}.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(dt.datetime(2026, 11, 29, 20, tzinfo=dt.UTC).timestamp())))
        file.write_text(progress_page(read_publication(root)), "utf-8")
    return file


def test_the_page_is_valid(page: Path) -> None:
    assert nu_check([page]) == []


def test_the_page_needs_no_other_file_and_gives_no_address_away(page: Path) -> None:
    text = page.read_text("utf-8")
    assert re.findall(r'(?:href|src|action)=|@import|url\("(?!data:font/woff2;base64,)', text) == []
    assert "@aaina.example" not in text
    assert "<script" not in text
    assert html.escape("Mirror") in text


def test_the_page_speaks_both_languages(page: Path) -> None:
    text = page.read_text("utf-8")
    tag = page.stem[-2:]
    assert f'<html lang="{tag}" dir="{"rtl" if tag == "ur" else "ltr"}">' in text
    english, urdu = (
        text.partition(f'<article class="report" lang="{one}"')[2].partition("</article>")[0] for one in ("en", "ur")
    )
    assert '<time datetime="2026-11-30">November 30, 2026</time>' in english
    assert '<time datetime="2026-11-30">۳۰ نومبر، ۲۰۲۶</time>' in urdu
    assert '<span class="number">95%</span> of the words are translated; <span class="number">100%</span>' in english
    assert '<span class="number">۹۵٪</span> الفاظ کا ترجمہ ہوا ہے' in urdu
    assert 'aria-label="Translated: 95%; To be checked: 0%; Untranslated: 5%"' in english
    assert '<time datetime="2026-11-28">۲۸ نومبر، ۲۰۲۶</time>' in urdu  # of the catalog, in Karachi
    assert "دوسری خبر" in urdu
    assert "The second story" in english
    assert '<bdi lang="ur" dir="rtl">عائشہ</bdi>' in english


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_can_be_read_by_all(browser: Chrome, page: Path, width: int, scheme: str) -> None:
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    try:
        assert axe_violations(browser, page.as_uri()) == []
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        shown = "return [...document.querySelectorAll('.report')].filter(one => one.offsetHeight).map(one => one.lang)"
        tag = page.stem[-2:]
        other = {"en": "ur", "ur": "en"}[tag]
        assert browser.execute_script(shown) == [tag]
        browser.find_element("css selector", f"label[for=show-{other}]").click()
        assert browser.execute_script(shown) == [other]
        first = f".report[lang={other}] .bar"
        bar, part = (browser.find_element("css selector", rule).rect for rule in (first, f"{first} > span"))
        edges = (part["x"] + part["width"], bar["x"] + bar["width"]) if other == "ur" else (part["x"], bar["x"])
        assert edges[0] == pytest.approx(edges[1], abs=1)
        fonts = "return document.fonts.ready.then(() => [...document.fonts].filter(f => f.status == 'error').length)"
        assert browser.execute_script(fonts) == 0
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_a_publication_without_translations_has_a_page_too(tmp_path: Path) -> None:
    settings = '[publication]\nname = "آئینہ"\nlanguages = ["ur"]\ndefault_language = "ur"\n'
    root = lay_out(tmp_path, {"kitabat.toml": settings, "content/second.md": FILES["content/second.md"]})
    text = progress_page(read_publication(root))
    assert "ترجمے کے لیے کچھ نہیں ہے۔" in text
    assert 'type="radio"' not in text
