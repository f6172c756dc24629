"""Both languages or neither: in whole builds and in parts, after faults, and with what the output held before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from tests.publishing.projects import (
    FILES,
    IN_ENGLISH,
    IN_URDU,
    SETTINGS,
    built,
    lay_out,
    leave_out_what_takes_long,
    translated,
    tree,
)

from kitabat.building.executor import Crew
from kitabat.building.task import Task, TaskResult, perform
from kitabat.catalogs.paths import po_path
from kitabat.model.errors import ExitCode, exit_code_of
from kitabat.publishing.overview import concerning
from kitabat.publishing.publication import read_publication
from kitabat.publishing.release import Reason

TOGETHER = SETTINGS + "[build]\ntogether = true\n"
LENIENT = SETTINGS + "[build]\ntogether = true\nminimum_coverage = { ur = 50, en = 50 }\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests ask which files there are, others what they hold."""
    leave_out_what_takes_long(monkeypatch)


def project(folder: Path, settings: str, *texts: dict[str, str]) -> Path:
    return translated(lay_out(folder, {**FILES, "kitabat.toml": settings}), *texts)


def places(root: Path, slug: str) -> set[str]:
    """The languages in which the output has an article, with the format."""
    found = [path.split("/") for path in tree(root / "dist") if f"/{slug}/" in path]
    return {f"{parts[0]} {parts[-1].rpartition('.')[2]}" for parts in found}


ALL_PAGES = {"en html", "ur html", "bilingual html"}
ALL = ALL_PAGES | {"en pdf", "ur pdf", "bilingual pdf"}


def make_fuzzy(root: Path, tag: str, slug: str) -> None:
    """Mark every translation of a catalog as fuzzy."""
    place = root / po_path(slug, tag)
    head, *entries = place.read_text("utf-8").split("\n\n")
    place.write_text("\n\n".join([head, *(entry.replace("msgctxt", "#, fuzzy\nmsgctxt", 1) for entry in entries)]))


def test_an_article_that_is_not_ready_in_one_language_is_in_neither(tmp_path: Path) -> None:
    root = project(tmp_path, TOGETHER, IN_ENGLISH)
    report = built(root, formats=["html"])
    assert report.published
    assert places(root, "first") == set()
    assert places(root, "second") == ALL_PAGES
    assert 'href="first/' not in tree(root / "dist")["en/index.html"].decode()
    assert [(one.rule, str(one.location)) for one in report.diagnostics] == [
        ("catalog/together", "content/first.md"),
        ("catalog/coverage", "locales/ur/LC_MESSAGES/first.po"),
    ]
    assert "waits for `ur`: 0 % of the words are translated, expected 100 %" in report.diagnostics[0].message
    assert [(one.slug, one.languages, one.stays) for one in report.waiting] == [("first", ("en", "ur"), False)]
    assert exit_code_of(report.diagnostics) is ExitCode.OK


def test_a_minimum_of_its_own_is_enough_and_fuzzy_words_do_not_count(tmp_path: Path) -> None:
    most = {source: text for source, text in IN_URDU.items() if source != "The note."}
    root = project(tmp_path, LENIENT, most, IN_ENGLISH)
    assert read_publication(root).releases["first"].published == {"en", "ur"}
    make_fuzzy(root, "ur", "first")
    found = read_publication(root).releases["first"]
    assert found.published == set()
    assert [(held.language, held.reason, held.percent) for held in found.held_back] == [
        ("en", Reason.TOGETHER, 0),
        ("ur", Reason.COVERAGE, 0),
    ]


def test_a_share_that_is_just_enough_is_enough(tmp_path: Path) -> None:
    source = "---\ntitle: " + " ".join(["word"] * 29) + "\nsource: en\n---\n\n" + " ".join(["more"] * 71) + "\n"
    settings = SETTINGS + "[build]\nminimum_coverage = { ur = 29 }\n"
    files = {"kitabat.toml": settings, "content/long.md": source}
    root = translated(lay_out(tmp_path, files), {" ".join(["word"] * 29): "لفظ"})
    assert read_publication(root).releases["long"].held_back == ()


@pytest.mark.parametrize("keep_going", [False, True])
def test_both_former_editions_stay_where_a_new_text_is_held_back(tmp_path: Path, *, keep_going: bool) -> None:
    root = project(tmp_path, TOGETHER)
    built(root, formats=["html"])
    before = tree(root / "dist")
    place = root / "content/first.md"
    place.write_text(place.read_text("utf-8") + "\nA new paragraph.\n", "utf-8")
    report = built(root, keep_going=keep_going)
    after = tree(root / "dist")
    assert [(one.slug, one.stays) for one in report.waiting] == [("first", True)]
    for tag in ("en", "ur", "bilingual"):
        assert after[f"{tag}/first/index.html"] == before[f"{tag}/first/index.html"]
    assert places(root, "second") == ALL


def test_an_edition_that_would_stay_alone_goes(tmp_path: Path) -> None:
    root = project(tmp_path, SETTINGS)
    built(root, formats=["html"], languages=["en"])
    assert places(root, "first") == {"en html"}
    (root / "kitabat.toml").write_text(TOGETHER, "utf-8")
    make_fuzzy(root, "ur", "first")
    built(root, slugs=["second"], formats=["html"])
    assert places(root, "first") == set()
    assert places(root, "second") == ALL_PAGES


def test_a_build_of_one_language_makes_what_the_output_lacks_of_the_other(tmp_path: Path) -> None:
    root = project(tmp_path, TOGETHER)
    assert built(root, slugs=["first"], languages=["ur"], formats=["html"]).joined == ("first",)
    assert places(root, "first") == ALL_PAGES
    assert 'href="first/' in tree(root / "dist")["en/index.html"].decode()
    before = tree(root / "dist")
    (root / "kitabat.toml").write_text(TOGETHER.replace("Mirror", "Looking-glass"), "utf-8")
    assert built(root, slugs=["first"], languages=["ur"], formats=["html"]).joined == ()
    assert tree(root / "dist")["en/first/index.html"] == before["en/first/index.html"]


def test_the_formats_of_an_article_hold_for_both_languages(tmp_path: Path) -> None:
    root = project(tmp_path, TOGETHER)
    place = root / "content/second.md"
    place.write_text(place.read_text("utf-8").replace("source:", "formats: [pdf]\nsource:"), "utf-8")
    built(root, slugs=["second"], languages=["en"])
    assert places(root, "second") == {"en pdf", "ur pdf", "bilingual pdf"}


def test_an_article_at_fault_is_in_neither_or_stays_in_both(tmp_path: Path) -> None:
    root = project(tmp_path, TOGETHER)
    built(root, formats=["html"])
    place = root / po_path("first", "ur")
    place.write_text(place.read_text("utf-8") + 'msgid "open', "utf-8")
    report = built(root, formats=["html"], keep_going=True)
    assert report.published
    assert places(root, "first") == ALL_PAGES
    assert [one.languages for one in report.waiting] == [("en", "ur")]
    (root / "dist/en/first/index.html").unlink()
    (root / "dist/manifest.json").write_text(
        (root / "dist/manifest.json").read_text("utf-8").replace("en/first/index.html", "en/gone/index.html"), "utf-8"
    )
    built(root, formats=["html"], keep_going=True)
    assert places(root, "first") == set()


def fails(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let the PDF of a name fail."""

    def results(_: Crew, tasks: Iterable[Task]) -> Iterator[TaskResult]:
        for task in tasks:
            yield TaskResult(task, None, "out of memory") if task.name.endswith(name) else perform(task)

    monkeypatch.setattr(Crew, "results", results)


@pytest.mark.parametrize("settings", [TOGETHER, SETTINGS])
def test_a_pdf_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str) -> None:
    root = project(tmp_path, settings)
    fails(monkeypatch, "second-ur.pdf")
    assert not built(root, slugs=["second"]).published
    report = built(root, slugs=["second"], keep_going=True)
    assert report.published
    assert exit_code_of(report.diagnostics) is ExitCode.RENDERING
    expected = ALL_PAGES if settings == TOGETHER else ALL - {"ur pdf"}
    assert places(root, "second") == expected
    assert "second-ur.pdf" not in tree(root / "dist")["ur/second/index.html"].decode()
    assert ("second-en.pdf" in tree(root / "dist")["en/second/index.html"].decode()) is (settings == SETTINGS)


def test_a_pdf_that_cannot_be_made_again_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project(tmp_path, TOGETHER)
    built(root, slugs=["second"])
    before = tree(root / "dist")
    fails(monkeypatch, "second-ur.pdf")
    assert built(root, slugs=["second"], keep_going=True).published
    assert places(root, "second") == ALL
    assert tree(root / "dist")["ur/second/second-ur.pdf"] == before["ur/second/second-ur.pdf"]


def test_what_is_held_back_is_told_where_the_article_is_asked_for(tmp_path: Path) -> None:
    root = project(tmp_path, TOGETHER, IN_ENGLISH)
    publication = read_publication(root)
    assert {one.rule for one in concerning(publication, ["first"])} == {"catalog/together", "catalog/coverage"}
    assert concerning(publication, ["second"]) == ()
