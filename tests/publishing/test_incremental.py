"""Builds after the first: what is made anew, why, and that the output is what a build from nothing gives."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.publishing.projects import FILES, SETTINGS, built, lay_out, leave_out_what_takes_long, translated, tree

from kitabat import resources, versions
from kitabat.building.executor import Crew
from kitabat.building.ledger import read_ledger
from kitabat.building.store import Store
from kitabat.building.task import Task, TaskResult, perform
from kitabat.catalogs.paths import po_path
from kitabat.model.errors import PublishingError
from kitabat.publishing import inputs, press
from kitabat.publishing.build import BuildReport
from kitabat.recording import digest_of
from kitabat.rendering.pdf import impose
from kitabat.rendering.templates import Templates
from kitabat.workspace import Disk

FIRST_UR = {"ur/first/index.html", "ur/first/first-ur.pdf"}
BOTH = {"bilingual/first/index.html", "bilingual/first/first-bilingual.pdf"}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_what_takes_long(monkeypatch)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = translated(lay_out(tmp_path / "aaina"))
    built(root)
    return root


def made(report: BuildReport) -> set[str]:
    """The editions that a build has made, and whatever else is a file of the output."""
    return {name for name in report.reasons if "." in name and not name.startswith("read ")}


def edit(root: Path, path: str, before: str, after: str) -> None:
    text = (root / path).read_text("utf-8")
    assert before in text
    (root / path).write_text(text.replace(before, after), "utf-8")


def editions_of(*slugs: str) -> set[str]:
    return {
        path
        for slug in slugs
        for tag in ("en", "ur", "bilingual")
        for path in (f"{tag}/{slug}/index.html", f"{tag}/{slug}/{slug}-{tag}.pdf")
    }


def from_nothing(root: Path, folder: Path) -> dict[str, bytes]:
    """What a build of the same files gives that knows of no other."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("dist", ".kitabat"))
    built(folder)
    return tree(folder / "dist")


def test_nothing_is_made_where_nothing_has_changed(root: Path) -> None:
    before = (root / "dist").stat()
    report = built(root)
    assert report.reasons == {}
    assert report.published
    assert (root / "dist").stat().st_ino == before.st_ino


def test_a_file_that_is_only_touched_changes_nothing(root: Path) -> None:
    for place in (*root.rglob("*.md"), *root.rglob("*.po"), root / "kitabat.toml"):
        os.utime(place, ns=(1, 1))
    assert built(root).reasons == {}


def test_a_translated_message_concerns_the_editions_that_show_it(root: Path) -> None:
    edit(root, po_path("first", "ur"), "حاشیہ", "نوٹ")
    report = built(root)
    assert made(report) == FIRST_UR | BOTH
    assert report.reasons["ur/first/index.html"].changed == ("texts ur content/first.md",)
    assert "نوٹ".encode() in tree(root / "dist")["ur/first/index.html"]


def test_a_taller_word_concerns_its_own_editions_and_the_sheet_of_line_heights(root: Path, tmp_path: Path) -> None:
    with (root / "kitabat.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[language.ur]\nline_height = "auto"\n')
    built(root)
    sheet = root / "dist/assets/leading.css"
    before = sheet.read_bytes()
    edit(root, po_path("first", "ur"), "حاشیہ", "کھینچنےنگٹھٹٹے")
    assert made(built(root)) == FIRST_UR | BOTH
    assert sheet.read_bytes() != before
    assert tree(root / "dist") == from_nothing(root, tmp_path / "new")


def test_who_translated_and_when_concerns_no_edition_of_the_original(root: Path) -> None:
    header = '"PO-Revision-Date: 2026-11-25 10:00+0500\\n"\n"Last-Translator: Zahra <zahra@example.org>\\n"\n'
    place = root / po_path("first", "ur")
    lines = place.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(('"PO-Revision-Date', '"Last-Translator'))]
    place.write_text("".join([*kept[:2], header, *kept[2:]]), "utf-8")
    assert made(built(root)) == FIRST_UR | BOTH | {"ur/index.html"}
    assert "Zahra" in tree(root / "dist")["ur/first/first-ur.pdf"].decode()


def test_what_no_edition_shows_concerns_none(root: Path) -> None:
    place = root / po_path("first", "ur")
    place.write_text("# A remark of the translator's.\n" + place.read_text("utf-8"), "utf-8")
    assert made(built(root)) == set()


def test_a_title_concerns_the_lists_too(root: Path) -> None:
    edit(root, po_path("second", "en"), 'msgstr "The second story"', 'msgstr "Another story"')
    report = built(root)
    assert made(report) == {path for path in editions_of("second") if not path.startswith("ur/")} | {"en/index.html"}
    assert report.reasons["en/index.html"].changed == ("shelf en",)


def test_an_article_concerns_its_own_editions(root: Path) -> None:
    edit(root, "content/second.md", "متن یہاں ہے", "متن وہاں ہے")
    assert made(built(root)) == editions_of("second")


def test_a_section_that_is_gone_concerns_the_pages_that_link_to_it(root: Path) -> None:
    edit(root, "content/second.md", "{#dusra}", "{#teesra}")
    report = built(root)
    assert report.reasons["en/first/index.html"].changed == ("reach content/second.md",)
    assert b'href="../second/index.html#dusra"' not in tree(root / "dist")["en/first/index.html"]


def test_a_summary_that_links_to_a_section_concerns_the_lists_that_show_it(root: Path) -> None:
    edit(
        root,
        "content/first.md",
        "summary: About one thing",
        'summary: "About [one](second.md#dusra), [](second.md#dusra)"',
    )
    edit(root, "kitabat.toml", "[publication]", '[publication]\nbase_url = "https://a.example/"')
    built(root, formats=["html"])
    edit(root, "content/second.md", "دوسرا حصہ {#dusra}", "تیسرا حصہ {#dusra}")
    assert {"ur/index.html", "ur/feed.xml"} <= made(built(root, formats=["html"]))
    assert "تیسرا" in tree(root / "dist")["ur/index.html"].decode()
    assert "تیسرا" in tree(root / "dist")["ur/feed.xml"].decode()
    edit(root, "content/second.md", "{#dusra}", "{#teesra}")
    assert "en/index.html" in made(built(root, formats=["html"]))
    assert b'href="second/index.html#dusra"' not in tree(root / "dist")["en/index.html"]


def test_an_image_on_the_lists_concerns_them(root: Path) -> None:
    edit(root, "content/first.md", "tags: [news]", "tags: [news]\nimage: first/square.svg")
    built(root, formats=["html"])
    edit(root, "content/first/square.svg", 'height="20"', 'height="30"')
    assert {"en/index.html", "ur/index.html"} <= made(built(root, formats=["html"]))
    (name,) = {path for path in tree(root / "dist") if path.endswith(".svg")}
    assert name.encode() in tree(root / "dist")["en/index.html"]


def test_a_new_article_concerns_the_lists_and_nobody_else(root: Path) -> None:
    (root / "content/third.md").write_text("---\ntitle: Third\ndate: 2026-01-01\n---\n\nA text.\n", "utf-8")
    assert made(built(root, formats=["html"])) == {"en/third/index.html", "en/index.html"} | {
        path for path in editions_of("third") if path.endswith("html")
    } | {"ur/index.html"}


def test_an_article_that_is_gone_leaves_nothing(root: Path) -> None:
    (root / "content/first.md").unlink()
    (root / "content/first/square.svg").unlink()
    report = built(root)
    assert {path for path in made(report) if "/second/" in path} == set()
    assert not any("first" in path or "square" in path for path in tree(root / "dist"))


def test_a_build_of_all_pages_keeps_the_pdfs_and_no_page_that_nobody_builds(root: Path) -> None:
    before = set(tree(root / "dist"))
    (root / "content/first.md").unlink()
    edit(root, "kitabat.toml", "Mirror", "A ǵ mirror")
    built(root, formats=["html"])
    after = set(tree(root / "dist"))
    assert before - after >= {path for path in editions_of("first") if path.endswith("html")}
    assert {path for path in before if path.endswith(".pdf")} <= after
    assert len([path for path in after if path.startswith("assets/style.")]) == 1
    assert not any(path.endswith(".svg") for path in after)


def test_a_build_of_one_article_keeps_what_the_pages_of_others_name(root: Path) -> None:
    before = {path for path in tree(root / "dist") if path.startswith("assets/")}
    edit(root, "kitabat.toml", "Mirror", "A ǵ mirror")
    built(root, slugs=["second"])
    assert before < set(tree(root / "dist"))


def test_a_build_of_one_language_keeps_the_page_that_leads_to_all_whichever_is_the_first(root: Path) -> None:
    edit(root, "kitabat.toml", 'default_language = "en"', 'default_language = "ur"')
    built(root, languages=["en"], formats=["html"])
    assert b'<html lang="ur"' in tree(root / "dist")["index.html"]
    assert made(built(root, languages=["en"], formats=["html"])) == set()


def test_a_build_of_one_article_makes_no_list_anew_that_says_the_same(root: Path) -> None:
    edit(root, "kitabat.toml", "[publication]", '[publication]\nbase_url = "https://a.example/"')
    built(root, formats=["html"])
    assert made(built(root, slugs=["second"], formats=["html"])) == set()


def test_a_template_concerns_the_editions_that_use_it(root: Path) -> None:
    place = root / "templates/shared/text.html.j2"
    place.parent.mkdir(parents=True)
    own = Path(__file__).parents[2] / "templates/shared/text.html.j2"
    place.write_text(own.read_text("utf-8") + "{# mine #}\n", "utf-8")
    report = built(root)
    assert made(report) >= editions_of("first", "second")
    assert report.reasons["en/first/index.html"].changed == ("template shared/text.html.j2",)
    assert "assets" not in "".join(made(report))


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("templates/print/page.html.j2", "<body", "<body data-new"),
        (po_path("kitabat", "ur"), "فہرست", "مندرجات"),
    ],
)
def test_what_changes_while_it_is_used_is_found_changed_by_the_next_build(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, before: str, after: str
) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(__file__).parents[2] / name, root / name)

    def results(_: Crew, tasks: Iterable[Task]) -> Iterator[TaskResult]:
        for task in tasks:
            result = perform(task)
            if task.fragile and after not in (root / name).read_text("utf-8"):
                edit(root, name, before, after)
            yield result

    with monkeypatch.context() as patch:
        patch.setattr(Crew, "results", results)
        built(root, formats=["pdf"], force=True)
    built(root)
    assert after in (root / name).read_text("utf-8")
    assert tree(root / "dist") == from_nothing(root, root.with_name("copy"))


def test_words_of_one_language_leave_the_other_alone(root: Path) -> None:
    place = root / po_path("kitabat", "ur")
    header = 'msgid ""\nmsgstr "Language: ur\\n"\n\n'
    place.write_text(header + 'msgid "Contents"\nmsgstr "مضامین"\n', "utf-8")
    report = built(root)
    assert not any(path.startswith("en/") for path in made(report))
    assert made(report) >= FIRST_UR


def test_a_setting_of_print_concerns_no_page(root: Path) -> None:
    (root / "kitabat.toml").write_text(SETTINGS + '[pdf]\npage_size = "A5"\n', "utf-8")
    report = built(root)
    assert made(report) == {path for path in editions_of("first", "second") if path.endswith(".pdf")}


def test_a_picture_concerns_the_editions_that_show_it(root: Path) -> None:
    edit(root, "content/first/square.svg", 'height="20"', 'height="30"')
    report = built(root)
    assert made(report) == editions_of("first") | {path for path in tree(root / "dist") if path.endswith(".svg")}


def test_another_version_of_the_toolkit_makes_all_anew_and_may_share_the_cache(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(root / "dist")
    for version in ("98.0", "99.0", "98.0"):
        monkeypatch.setattr(inputs, "__version__", version)
        report = built(root)
        assert made(report) == before.keys() - {"manifest.json"} - {path for path in before if path.endswith(".css")}
        assert all("code" in stale.changed for stale in report.reasons.values())
        assert tree(root / "dist") == before
        assert built(root).reasons == {}


def test_another_library_that_cuts_fonts_makes_them_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = inputs.libraries
    monkeypatch.setattr(inputs, "libraries", lambda kind: "other" if kind == "fonts" else known(kind))
    assert made(built(root)) == {path for path in tree(root / "dist") if path.endswith(".woff2")}


def test_another_library_that_reads_articles_has_them_read_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs.libraries.cache_clear()
    monkeypatch.setattr(
        "kitabat.publishing.inputs.version", lambda name: "98" if name == "pyyaml" else versions.version(name)
    )
    try:
        report = built(root)
    finally:
        inputs.libraries.cache_clear()
    assert {"read content/first.md", "read content/second.md"} <= report.reasons.keys()
    assert report.reasons["read content/first.md"].changed == ("libraries reading",)


def test_all_can_be_made_anew(root: Path) -> None:
    before = tree(root / "dist")
    report = built(root, force=True)
    assert made(report) >= editions_of("first", "second")
    assert {stale.because for stale in report.reasons.values()} == {"forced"}
    assert tree(root / "dist") == before


def test_a_dry_build_tells_and_leaves_all_as_it_is(root: Path) -> None:
    edit(root, po_path("first", "ur"), "حاشیہ", "نوٹ")
    before = {path: content for path, content in tree(root).items() if not path.endswith(".lock")}
    for _ in range(2):
        report = built(root, dry=True)
        assert made(report) == FIRST_UR | BOTH
        assert {path: content for path, content in tree(root).items() if not path.endswith(".lock")} == before


DRY = {
    "a picture": ("content/first/square.svg", 'height="20"', 'height="30"'),
    "a setting": ("kitabat.toml", '"Mirror"', '"A mirror"'),
    "nothing": ("kitabat.toml", '"Mirror"', '"Mirror"'),
}


@pytest.mark.parametrize("name", DRY)
def test_a_dry_build_foretells_all_that_is_then_made(root: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(impose, "booklet", lambda content, **_: b"a booklet of " + content)
    built(root, impose="2up")
    edit(root, *DRY[name])
    foretold, report = built(root, impose="2up", dry=True), built(root, impose="2up")
    assert foretold.reasons.keys() == report.reasons.keys()
    assert foretold.cached == report.cached


def test_a_dry_build_of_a_new_publication_makes_no_folder(tmp_path: Path) -> None:
    root = translated(lay_out(tmp_path))
    report = built(root, dry=True)
    assert made(report) >= editions_of("first", "second")
    assert not (root / "dist").exists()
    assert not (root / ".kitabat").exists()


@pytest.mark.parametrize("damage", ["ledger", "objects", "half a ledger", "gone", "no ledger", "folders", "files"])
def test_a_damaged_cache_costs_work_and_nothing_else(root: Path, damage: str) -> None:
    cache = root / ".kitabat/cache"
    before = tree(root / "dist")
    (ledger,) = cache.glob("ledger-*")
    if damage == "ledger":
        ledger.write_bytes(b"{\xff")
    elif damage == "half a ledger":
        ledger.write_bytes(ledger.read_bytes()[: ledger.stat().st_size // 2])
    elif damage == "no ledger":
        ledger.unlink()
    elif damage == "objects":
        for place in (cache / "objects").rglob("*"):
            if place.is_file():
                place.unlink()
                place.write_bytes(b"x")
    elif damage == "folders":
        for place in [place for place in cache.rglob("*") if place.is_file()]:
            place.unlink()
            (place / "below").mkdir(parents=True)
    else:
        shutil.rmtree(cache)
        if damage == "files":
            cache.write_text("mine")
    shutil.rmtree(root / "dist")
    assert built(root).published
    assert tree(root / "dist") == before
    assert built(root).reasons == {}


def test_a_cache_that_may_not_be_written_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(store: Store, content: bytes) -> str:
        raise PermissionError(13, "Permission denied", str(store.place(digest_of(content))))

    before = tree(root / "dist")
    edit(root, po_path("first", "ur"), "حاشیہ", "نوٹ")
    monkeypatch.setattr(Store, "put", refused)
    with pytest.raises(PublishingError) as raised:
        built(root)
    (fault,) = raised.value.diagnostics
    assert fault.message == "Cannot write the cache: Permission denied"
    assert f"delete {root / '.kitabat/cache'}" in fault.hint
    assert tree(root / "dist") == before


def test_an_output_that_was_changed_by_hand_is_mended(root: Path) -> None:
    before = tree(root / "dist")
    page = root / "dist/en/first/index.html"
    page.unlink()
    page.write_text("mine")
    (root / "dist/ur/second/index.html").unlink()
    assert built(root).published
    assert tree(root / "dist") == before


def test_an_output_that_was_written_over_does_not_spoil_the_cache(root: Path) -> None:
    before = tree(root / "dist")
    with (root / "dist/en/first/index.html").open("r+b") as file:  # the same file on disk, not a new one
        file.write(b"mine")
    assert built(root).published
    assert tree(root / "dist") == before


def test_the_cache_is_held_to_its_size(root: Path) -> None:
    (root / "kitabat.toml").write_text(SETTINGS + '[build]\ncache_size = "0 MB"\n', "utf-8")
    before = tree(root / "dist")
    built(root, force=True)
    assert not [place for place in (root / ".kitabat/cache/objects").rglob("*") if place.is_file()]
    assert built(root).reasons == {}
    shutil.rmtree(root / "dist")
    built(root)
    assert tree(root / "dist") == before


def test_the_cache_holds_what_tasks_have_made_and_nothing_of_a_build_alone(root: Path) -> None:
    cache = root / ".kitabat/cache"
    held = {place.parent.name + place.name for place in (cache / "objects").rglob("*") if place.is_file()}
    assert held == {record.output for record in read_ledger(cache).tasks.values()} - {""}


def test_former_outputs_are_kept_and_brought_back(root: Path) -> None:
    from kitabat.publishing.build import output_folder

    first = tree(root / "dist")
    edit(root, "content/second.md", "متن یہاں ہے", "متن وہاں ہے")
    built(root, keep=2)
    second = tree(root / "dist")
    edit(root, "content/second.md", "متن وہاں ہے", "متن کہاں ہے")
    built(root, keep=2)
    third = tree(root / "dist")
    edit(root, "content/second.md", "متن کہاں ہے", "متن جہاں ہے")
    built(root, keep=2)
    folder = output_folder(None, root)
    assert [tree(place) for place in folder.formers.all()] == [third, second]
    assert folder.roll_back(2)
    assert tree(root / "dist") == second
    assert not folder.roll_back(3)
    assert first != second
    built(root, keep=0)
    assert folder.formers.all() == []
    assert "جہاں" in tree(root / "dist")["ur/second/index.html"].decode()


EDITS = {
    "a translation": (po_path("first", "ur"), "حاشیہ", "نوٹ"),
    "a title": (po_path("second", "en"), 'msgstr "The second story"', 'msgstr "Another story"'),
    "a text": ("content/second.md", "متن یہاں ہے", "متن وہاں ہے"),
    "an id": ("content/second.md", "{#dusra}", "{#teesra}"),
    "a picture": ("content/first/square.svg", 'height="20"', 'height="30"'),
    "a summary": ("content/first.md", "About one thing", "About another thing"),
    "an address": ("kitabat.toml", "https://a.example/", "https://b.example/"),
    "a date": ("content/first.md", "date: 2026-11-20", "date: 2026-11-29"),
    "formats": ("content/second.md", "source: ur", "source: ur\nformats: [html]"),
    "a setting": ("kitabat.toml", 'default_language = "en"', 'default_language = "ur"'),
    "a new letter": (po_path("first", "ur"), "ایک عنوان", "ایک ǵ عنوان"),
    "a lost entry": (po_path("first", "ur"), 'msgid "The note."', 'msgid "No note."'),
}
"""Path, what stands there, what comes instead; each can be undone."""


@pytest.fixture
def first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A publication that was built once. All builds share their templates, none of which is edited."""
    shared = Templates(Disk(tmp_path), Disk(resources.root()))
    monkeypatch.setattr(press, "Templates", lambda *_: shared)
    root = translated(
        lay_out(tmp_path / "first", {**FILES, "kitabat.toml": f'{SETTINGS}base_url = "https://a.example/"\n'})
    )
    built(root)
    return root


@pytest.fixture
def known() -> dict[frozenset[str], dict[str, bytes]]:
    """What a build from nothing has given, by what was edited."""
    return {}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=3, unique=True), min_size=1, max_size=4
    )
)
def test_whatever_is_edited_the_output_is_that_of_a_build_from_nothing(
    first: Path, known: dict[frozenset[str], dict[str, bytes]], steps: list[list[str]]
) -> None:
    root = first.with_name("edited")
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(first, root)
    done: frozenset[str] = frozenset()
    for step in steps:
        for name in step:
            path, before, after = EDITS[name]
            if name in done:
                before, after = after, before
            edit(root, path, before, after)
            done ^= {name}
        built(root)
        if done not in known:
            known[done] = from_nothing(root, first.with_name("copy"))
        assert tree(root / "dist") == known[done]
