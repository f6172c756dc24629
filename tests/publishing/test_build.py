"""Whole builds of a small publication."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from tests.publishing.projects import (
    FILES,
    IN_ENGLISH,
    IN_URDU,
    SETTINGS,
    built,
    in_this_process,
    lay_out,
    leave_out_what_takes_long,
    translated,
    tree,
)
from tests.support import nu_check

from kitabat.building.executor import Crew
from kitabat.building.shift import DIED
from kitabat.building.store import Store
from kitabat.building.task import Task, TaskResult, perform
from kitabat.model.errors import ExitCode, PublishingError, exit_code_of
from kitabat.publishing import foundry
from kitabat.rendering.pdf import impose, render

KITABAT = (sys.executable, "-m", "kitabat.cli.main")
EDITIONS = {
    "index.html",
    "en/index.html",
    "ur/index.html",
    *(
        f"{tag}/{slug}/{name}"
        for slug in ("first", "second")
        for tag in ("en", "ur", "bilingual")
        for name in ("index.html", f"{slug}-{tag}.pdf")
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build once for the tests that only look."""
    root = translated(lay_out(tmp_path_factory.mktemp("site")))
    report = built(root)
    assert report.published
    assert report.diagnostics == ()
    assert report.open_first[0] == "index.html"
    return root / "dist"


@pytest.fixture(autouse=True)
def light(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut no fonts and start no workers, but for tests that look at the whole site; PDFs are real ones."""
    if "site" not in request.fixturenames:
        monkeypatch.setattr(foundry, "subset", lambda *_: b"font")
        in_this_process(monkeypatch)


@pytest.fixture
def no_pdfs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put HTML in the place of PDFs, for tests that ask only which there are."""
    leave_out_what_takes_long(monkeypatch)


def page(site: Path, path: str) -> str:
    return (site / path).read_text(encoding="utf-8")


def test_every_edition_is_there(site: Path) -> None:
    files = set(tree(site))
    assert files >= EDITIONS
    rest = {re.sub(r"\.[0-9a-f]{10}\.", ".", path) for path in files - EDITIONS}
    assert rest >= {"manifest.json", "assets/style.css", "assets/square.svg", "assets/NotoNastaliqUrdu-Regular.woff2"}


def test_the_manifest_lists_every_file(site: Path) -> None:
    manifest = json.loads(page(site, "manifest.json"))["files"]
    assert set(manifest) == set(tree(site)) - {"manifest.json"}
    assert manifest["bilingual/first/first-bilingual.pdf"]["sources"] == [
        "content/first.md",
        "content/first/square.svg",
        "locales/en/LC_MESSAGES/first.po",
        "locales/ur/LC_MESSAGES/first.po",
    ]
    assert manifest["ur/first/index.html"]["coverage"] == 1.0
    assert {"content/first.md", "locales/ur/LC_MESSAGES/first.po"} < set(manifest["ur/index.html"]["sources"])


def test_every_address_leads_somewhere(site: Path) -> None:
    for path in (path for path in tree(site) if path.endswith(".html")):
        text = page(site, path)
        for address in re.findall(r'(?:href|src)="([^"]+)"', text):
            if re.match(r"[a-z]+:", address):
                assert address == "https://example.org/"
                continue
            name, _, fragment = address.partition("#")
            target = (site / path).parent.joinpath(name).resolve() if name else site / path
            assert target.is_file(), (path, address)
            if fragment:
                assert f'id="{fragment}"' in target.read_text(encoding="utf-8"), (path, address)


def test_each_page_says_its_language_and_direction(site: Path) -> None:
    assert '<html lang="ur" dir="rtl">' in page(site, "ur/first/index.html")
    assert '<html lang="en" dir="ltr">' in page(site, "en/first/index.html")
    assert "<h1>پہلی <em>خبر</em></h1>" in page(site, "ur/first/index.html").replace("\n", "")


def test_front_pages_list_the_latest_first(site: Path) -> None:
    text = page(site, "ur/index.html")
    assert text.index("دوسری خبر") < text.index("پہلی")
    assert "۲۱ نومبر، ۲۰۲۶" in text


def test_the_language_switch_has_three_states(site: Path) -> None:
    text = page(site, "bilingual/first/index.html")
    assert 'href="../../en/first/index.html"' in text
    assert 'href="../../ur/first/index.html"' in text
    assert re.search(r'href="index.html"[^>]* aria-current="page"', text)


def test_only_what_is_asked_for_is_built_and_the_rest_stays(tmp_path: Path) -> None:
    root = translated(lay_out(tmp_path))
    built(root, languages=["en"], formats=["html"])
    first = tree(root / "dist")
    assert "en/first/index.html" in first
    assert not any(path.startswith(("ur/", "bilingual/")) or path.endswith(".pdf") for path in first)
    assert "../../ur/" not in first["en/first/index.html"].decode()
    built(root, slugs=["second"], formats=["html"])
    second = tree(root / "dist")
    assert second["en/first/index.html"] == first["en/first/index.html"]
    assert "ur/second/index.html" in second
    assert "ur/first/index.html" not in second
    assert "پہلی" not in second["ur/index.html"].decode()


def test_an_unknown_article_is_refused(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    with pytest.raises(PublishingError, match="secnd") as raised:
        built(root, slugs=["secnd"])
    assert raised.value.exit_code is ExitCode.USAGE
    assert "second" in raised.value.diagnostics[0].hint


def test_a_fault_in_one_article_holds_all_back(tmp_path: Path) -> None:
    root = translated(lay_out(tmp_path))
    built(root, formats=["html"])
    before = tree(root / "dist")
    (root / "content/first.md").write_text("---\ntitle: [\n---\nText\n")
    (root / "content/second.md").write_text(FILES["content/second.md"].replace("source: ur", "source: xx"))
    report = built(root, formats=["html"])
    assert not report.published
    assert {str(one.location).split(":")[0] for one in report.diagnostics} == {"content/first.md", "content/second.md"}
    assert exit_code_of(report.diagnostics) is ExitCode.ARTICLE
    assert tree(root / "dist") == before


@pytest.mark.usefixtures("no_pdfs")
def test_keep_going_publishes_the_good_and_keeps_the_former(tmp_path: Path) -> None:
    root = translated(lay_out(tmp_path))
    built(root)
    before = tree(root / "dist")
    (root / "content/first.md").write_text(FILES["content/first.md"].replace("title:", "titel:"))
    (root / "content/second.md").write_text(FILES["content/second.md"].replace("یہاں", "وہاں"))
    report = built(root, keep_going=True)
    after = tree(root / "dist")
    assert report.published
    assert exit_code_of(report.diagnostics) is ExitCode.ARTICLE
    assert after["en/first/index.html"] == before["en/first/index.html"]
    assert "وہاں" in after["ur/second/index.html"].decode()


def test_the_page_that_leads_to_the_languages_may_be_lost_as_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_: Crew, tasks: Iterable[Task]) -> Iterator[TaskResult]:
        for task in tasks:
            yield TaskResult(task, None, DIED) if task.name == "index.html" else perform(task)

    root = translated(lay_out(tmp_path))
    with monkeypatch.context() as patch:
        patch.setattr(Crew, "results", lost)
        report = built(root, formats=["html"])
        assert not report.published
        assert [one.message for one in report.diagnostics] == [f"Cannot make `index.html`: {DIED}"]
        assert built(root, formats=["html"], keep_going=True).published
        assert "index.html" not in tree(root / "dist")
    built(root, formats=["html"])
    before = tree(root / "dist")["index.html"]
    (root / "kitabat.toml").write_text(SETTINGS.replace("Mirror", "Glass"))
    monkeypatch.setattr(Crew, "results", lost)
    assert built(root, formats=["html"], keep_going=True).published
    assert tree(root / "dist")["index.html"] == before


def test_a_fault_in_another_article_does_not_stop_the_one_asked_for(tmp_path: Path) -> None:
    root = translated(lay_out(tmp_path))
    (root / "content/first.md").write_text("broken")
    assert built(root, slugs=["second"], formats=["html"]).published
    report = built(root, slugs=["first"])
    assert not report.published
    assert report.diagnostics[0].rule == "article/front-matter"


def test_a_catalog_at_fault_holds_its_article_back(tmp_path: Path) -> None:
    root = translated(lay_out(tmp_path))
    place = root / "locales/ur/LC_MESSAGES/first.po"
    place.write_text(place.read_text().replace('msgstr "واقعہ"', 'msgstr "واقعہ'))
    report = built(root)
    assert not report.published
    fault = report.diagnostics[0]
    assert fault.location is not None
    assert (fault.rule, fault.location.path) == ("catalog/syntax", "locales/ur/LC_MESSAGES/first.po")
    assert exit_code_of(report.diagnostics) is ExitCode.CATALOG


def test_what_is_not_translated_is_shown_as_its_source_with_a_notice(tmp_path: Path) -> None:
    root = translated(lay_out(tmp_path), IN_ENGLISH)
    assert built(root, formats=["html"]).published
    text = page(root / "dist", "ur/first/index.html")
    assert '<h1 lang="en" dir="ltr">The <em>first</em> story</h1>' in text
    assert 'class="notice"' in text
    assert 'class="notice"' not in page(root / "dist", "ur/second/index.html")


def test_an_article_below_the_minimum_is_held_back(tmp_path: Path) -> None:
    settings = SETTINGS + "[build]\nminimum_coverage = { ur = 80 }\n"
    root = translated(lay_out(tmp_path, {**FILES, "kitabat.toml": settings}), IN_ENGLISH)
    report = built(root, formats=["html"])
    assert report.published
    assert [one.rule for one in report.diagnostics] == ["catalog/coverage"]
    files = tree(root / "dist")
    assert "ur/first/index.html" not in files
    assert "bilingual/first/index.html" not in files
    assert "ur/second/index.html" in files
    assert "../../ur/first" not in files["en/first/index.html"].decode()


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        ("first/gone.svg", "does not exist"),
        ("../../secret.svg", "outside the project"),
        ("/etc/passwd.svg", "outside the project"),
        ("http://127.0.0.1:9/a.svg", "from elsewhere"),
    ],
)
def test_a_picture_that_cannot_be_had_is_told_with_its_line(tmp_path: Path, picture: str, words: str) -> None:
    files = {**FILES, "content/first.md": FILES["content/first.md"].replace("first/square.svg", picture)}
    report = built(lay_out(tmp_path, files))
    (fault,) = report.diagnostics
    assert (fault.rule, str(fault.location)) == ("article/image", "content/first.md:20:13")
    assert words in fault.message


@pytest.mark.parametrize(
    "content",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/a.png"/></svg>',
        "no picture",
    ],
)
def test_an_edition_is_made_with_the_words_of_a_picture_that_is_unfit(tmp_path: Path, content: str) -> None:
    report = built(lay_out(tmp_path, {**FILES, "content/first/square.svg": content}), slugs=["first"], languages=["en"])
    assert report.published
    found = [one for one in report.diagnostics if one.rule == "article/image"]
    assert [(one.severity.value, str(one.location)) for one in found] == [("warning", "content/first.md:20:13")]
    files = tree(tmp_path / "dist")
    assert '<p class="no-picture">' in files["en/first/index.html"].decode()
    assert not [path for path in files if path.endswith(".svg")]
    assert "en/first/first-en.pdf" in files


def test_a_picture_of_a_translation_is_told_in_the_catalog(tmp_path: Path) -> None:
    root = translated(lay_out(tmp_path), {"متن یہاں ہے۔": "Text ![x](gone.png)"}, {})
    report = built(root)
    faults = [fault for fault in report.diagnostics if fault.rule == "catalog/picture"]
    assert {str(fault.location).split(":")[0] for fault in faults} == {"locales/en/LC_MESSAGES/second.po"}
    assert any("does not exist" in fault.message for fault in faults)


@pytest.mark.usefixtures("no_pdfs")
def test_formats_of_an_article_and_of_the_settings_are_heeded(tmp_path: Path) -> None:
    files = {**FILES, "content/second.md": FILES["content/second.md"].replace("source", "formats: [pdf]\nsource")}
    root = translated(lay_out(tmp_path, files))
    built(root, languages=["ur"])
    paths = set(tree(root / "dist"))
    assert "ur/second/second-ur.pdf" in paths
    assert "ur/second/index.html" not in paths
    assert "ur/first/index.html" in paths


def test_a_base_address_gives_canonical_and_alternate_links(tmp_path: Path) -> None:
    settings = SETTINGS + 'base_url = "https://mirror.example/"\n'
    root = translated(lay_out(tmp_path, {**FILES, "kitabat.toml": settings}))
    built(root, formats=["html"])
    text = page(root / "dist", "ur/first/index.html")
    assert '<link rel="canonical" href="https://mirror.example/ur/first/">' in text
    assert '<link rel="alternate" hreflang="en" href="https://mirror.example/en/first/">' in text


@pytest.mark.usefixtures("no_pdfs")
def test_a_publication_of_one_language_has_no_bilingual_edition(tmp_path: Path) -> None:
    settings = '[publication]\nname = "آئینہ"\nlanguages = ["ur"]\ndefault_language = "ur"\n'
    root = lay_out(tmp_path, {"kitabat.toml": settings, "content/second.md": FILES["content/second.md"]})
    assert built(root).published
    paths = set(tree(root / "dist"))
    assert {"index.html", "ur/index.html", "ur/second/index.html", "ur/second/second-ur.pdf"} <= paths
    assert not any(path.startswith(("en/", "bilingual/")) for path in paths)


def test_a_publications_own_templates_and_words_go_first(tmp_path: Path) -> None:
    own = {
        "templates/web/style.css": "body { --own: 1 }\n",
        "locales/en/LC_MESSAGES/kitabat.po": (
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Contents"\nmsgstr "In this piece"\n'
        ),
    }
    root = translated(lay_out(tmp_path, {**FILES, **own}))
    built(root, formats=["html"])
    style = next((root / "dist/assets").glob("style.*.css")).read_text(encoding="utf-8")
    assert "--own: 1" in style
    assert "In this piece" in page(root / "dist", "en/first/index.html")


def test_a_font_that_is_none_is_told_before_any_edition_is_made(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {**FILES, "fonts/fira-mono/FiraMono-Regular.ttf": "no font"})
    with pytest.raises(PublishingError, match="expected a font") as raised:
        built(root, formats=["pdf"])
    (fault,) = raised.value.diagnostics
    assert (fault.rule, str(fault.location)) == ("rendering/font", "fonts/fira-mono/FiraMono-Regular.ttf")
    assert raised.value.exit_code is ExitCode.RENDERING
    assert not (root / "dist").exists()


def test_settings_at_fault_end_the_build(tmp_path: Path) -> None:
    with pytest.raises(PublishingError) as raised:
        built(lay_out(tmp_path, {**FILES, "kitabat.toml": "[publication]\nnme = 'x'\n"}))
    assert raised.value.exit_code is ExitCode.SETTINGS


def test_a_link_to_nowhere_is_text_with_a_warning(tmp_path: Path) -> None:
    files = {
        **FILES,
        "content/second.md": FILES["content/second.md"] + "\n[gone](notes/x.md) [file](a.txt) [no](#no)\n",
    }
    root = translated(lay_out(tmp_path, files))
    report = built(root, slugs=["second"], languages=["ur"])
    assert report.published
    assert {one.rule for one in report.diagnostics} == {"article/target"}
    text = page(root / "dist", "ur/second/index.html")
    assert "notes/x.md" not in text
    assert ">gone<" not in text
    pdf = (root / "dist/ur/second/second-ur.pdf").read_bytes()
    assert b"file:" not in pdf
    assert str(root).encode() not in pdf


@pytest.fixture
def passing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a temporary folder for builds, whose name leaves room for those of sockets."""
    return tmp_path_factory.mktemp("t")


def test_a_killed_build_leaves_the_former_output_and_the_next_one_repairs(
    tmp_path: Path, passing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = translated(lay_out(tmp_path))
    monkeypatch.setenv("TMPDIR", str(passing))
    built(root, formats=["html"])
    before = tree(root / "dist")
    (root / "content/second.md").write_text(FILES["content/second.md"].replace("یہاں", "وہاں"))
    for kind, event, what in (
        ("html", "build-started", None),
        ("html", "task-started", "article"),
        ("pdf", "task-started", "pdf"),
        ("html", "task-finished", "page"),
    ):
        process = subprocess.Popen(
            [*KITABAT, "build", "--json", "--format", kind, "--project", str(root)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        with process:
            assert process.stdout
            lines = map(json.loads, process.stdout)
            assert any(line["event"] == event and line.get("kind") == what for line in lines), (event, what)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # workers too, which would clear up otherwise
        assert kind == "html" or os.listdir(passing)
        if process.returncode != 0:
            assert tree(root / "dist")["ur/second/index.html"] == before["ur/second/index.html"]
        assert json.loads(page(root / "dist", "manifest.json"))["files"].keys() == set(tree(root / "dist")) - {
            "manifest.json"
        }
    subprocess.run([*KITABAT, "build", "--quiet", "--format", "html", "--project", str(root)], check=True)
    assert "وہاں" in page(root / "dist", "ur/second/index.html")
    assert not [path.name for path in (root / ".kitabat").iterdir() if ".new-" in path.name or ".former-" in path.name]
    assert os.listdir(passing) == []


def test_pdfs_leave_nothing_in_the_temporary_folder(tmp_path: Path, passing: Path) -> None:
    root = lay_out(tmp_path)
    done = subprocess.run(
        [*KITABAT, "build", "second", "--language", "ur", "--format", "pdf", "--project", str(root)],
        env={**os.environ, "TMPDIR": str(passing)},
        capture_output=True,
        check=False,
    )
    assert (root / "dist/ur/second/second-ur.pdf").exists(), done.stderr
    assert os.listdir(passing) == []


def test_two_builds_at_once_both_succeed(tmp_path: Path) -> None:
    english = '[publication]\nname = "Mirror"\nlanguages = ["en"]\ndefault_language = "en"\n'
    root = lay_out(tmp_path, {"kitabat.toml": english, "content/a.md": "---\ntitle: A\n---\n\nText.\n"})
    command = [*KITABAT, "build", "--quiet", "--format", "html", "--project", str(root)]
    processes = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    assert [(process.communicate(timeout=120)[1], process.returncode) for process in processes] == [(b"", 0), (b"", 0)]
    assert json.loads(page(root / "dist", "manifest.json"))["files"].keys() == set(tree(root / "dist")) - {
        "manifest.json"
    }


@pytest.mark.parametrize("out", [".", "..", "content", "content/new", "locales/ur", "/"])
def test_an_output_folder_among_the_sources_is_refused(tmp_path: Path, out: str) -> None:
    root = lay_out(tmp_path / "project")
    before = tree(root)
    with pytest.raises(PublishingError) as raised:
        built(root, out=root / out)
    assert raised.value.exit_code is ExitCode.OUTPUT
    assert tree(root) == before
    assert not (root / ".kitabat").exists()


def test_a_dist_that_leads_out_of_the_publication_is_refused(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "aaina")
    (tmp_path / "elsewhere").mkdir()
    (root / "dist").symlink_to("../elsewhere")
    with pytest.raises(PublishingError, match="Unexpected link"):
        built(root)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_ring_of_links_in_the_place_of_dist_is_refused(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    (root / "dist").symlink_to("dist")
    with pytest.raises(PublishingError, match="Unexpected link to nothing"):
        built(root)


@pytest.mark.parametrize("full", ["cache", "temporary folder"])
def test_a_full_disk_is_told_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: str) -> None:
    root = lay_out(tmp_path)

    def fails(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if full == "cache":
        monkeypatch.setattr(Store, "put", fails)
        with pytest.raises(PublishingError) as raised:
            built(root)
        (told, *_) = raised.value.diagnostics
        assert (told.rule, str(told.location)) == ("output/write", str(root / ".kitabat/cache"))
    else:
        monkeypatch.setattr(render, "render_pdf", fails)
        (told, *_) = built(root, formats=["pdf"]).diagnostics
        assert (told.rule, told.hint.partition(",")[0]) == (
            "rendering/edition",
            "See to the disk or the permissions that are named",
        )
    assert "No space left on device" in told.message
    assert not (root / "dist").exists()


def test_a_figure_with_several_captions_has_one_figcaption(tmp_path: Path) -> None:
    figure = "\n::: figure\n![Square](first/square.svg)\n\nOne caption.\n\nAnother.\n:::\n"
    files = {**FILES, "content/first.md": FILES["content/first.md"] + figure}
    root = translated(lay_out(tmp_path, files), IN_URDU | {"One caption.": "ایک عنوان۔", "Another.": "دوسرا۔"})
    built(root, slugs=["first"], formats=["html"])
    pages = [root / "dist" / tag / "first/index.html" for tag in ("en", "ur", "bilingual")]
    assert [place.read_text(encoding="utf-8").count("<figcaption") for place in pages] == [2, 2, 2]
    assert nu_check(pages) == []


def test_words_of_the_publications_own_that_are_at_fault_are_told(tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=CHARSET\\n"\n\n'
    path = "locales/ur/LC_MESSAGES/kitabat.po"
    root = translated(lay_out(tmp_path, {**FILES, path: head + 'msgid "Contents"\nmsgstr "فہرست"\n'}))
    report = built(root, formats=["html"])
    assert report.published
    assert [(one.rule, one.location.path) for one in report.diagnostics if one.location] == [("catalog/charset", path)]
    (root / path).write_text(head + 'msgid "Contents"\nmsgstr "فہرست\n', encoding="utf-8")
    assert exit_code_of(built(root, formats=["html"]).diagnostics) is ExitCode.CATALOG


def test_a_build_leaves_style_to_the_checks_and_tells_what_it_has_not_let_through(tmp_path: Path) -> None:
    root = translated(lay_out(tmp_path), IN_ENGLISH | {"متن یہاں ہے۔": "The  text <b>is</b> here here"})
    report = built(root, slugs=["second"], formats=["html"])
    assert report.published
    assert {one.rule for one in report.diagnostics} == {"catalog/html"}


def test_booklets_stand_beside_their_pdfs_and_go_with_them(tmp_path: Path) -> None:
    root = translated(lay_out(tmp_path))
    report = built(root, slugs=["second"], languages=["ur"], formats=["pdf"], impose="2up")
    assert {"ur/second/second-ur.pdf", "ur/second/second-ur-booklet.pdf"} <= set(tree(root / "dist"))
    assert "ur/second/second-ur-booklet.pdf" in report.open_first
    built(root, slugs=["first"], languages=["ur"], formats=["pdf"])
    assert "ur/second/second-ur-booklet.pdf" in tree(root / "dist")
    built(root, slugs=["second"], languages=["ur"], formats=["pdf"])
    assert "ur/second/second-ur-booklet.pdf" not in tree(root / "dist")


def test_booklets_need_pdfs_and_a_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = translated(lay_out(tmp_path))
    with pytest.raises(PublishingError, match="without PDFs"):
        built(root, formats=["html"], impose="2up")
    monkeypatch.setattr(impose, "LIBRARY", "no_such_library")
    with pytest.raises(PublishingError, match="Missing `no_such_library`") as caught:
        built(root, impose="2up")
    assert "kitabat[impose]" in caught.value.diagnostics[0].hint
    assert not (root / "dist").exists()
