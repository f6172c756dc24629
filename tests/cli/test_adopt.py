"""`kitabat adopt`: what it writes and where, what it says, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.publications import digests
from tests.publishing.projects import leave_out_what_takes_long

from kitabat.catalogs import lock
from kitabat.cli.main import main
from kitabat.model.errors import ExitCode

EN = """---
title: The river
date: 2026-01-02
source: en
---

The treaty of [1960](https://treaties.example) has outlived three wars.

## The years ahead

- Glaciers melt.
- By 2050 the flow may fall.
"""
UR = """---
title: دریا
---

[۱۹۶۰](https://treaties.example) کا معاہدہ تین جنگوں کے بعد بھی قائم ہے۔

## آنے والے سال

- گلیشیئر پگھل رہے ہیں۔
- ۲۰۵۰ تک بہاؤ کم ہو سکتا ہے۔
"""
CATALOG = "locales/ur/LC_MESSAGES/river.po"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "aaina"
    assert main(["new", str(folder)]) == 0
    (folder / "drafts").mkdir()
    (folder / "drafts/en.md").write_text(EN, encoding="utf-8")
    (folder / "drafts/ur.md").write_text(UR, encoding="utf-8")
    monkeypatch.chdir(folder)
    capsys.readouterr()
    return folder


def adopt(*arguments: str) -> int:
    return main(["adopt", *arguments])


BOTH = ("river", "--source", "drafts/en.md", "--translation", "drafts/ur.md")


def test_a_parallel_text_is_adopted_whole_and_published(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_what_takes_long(monkeypatch)
    assert adopt(*BOTH) == 0
    assert capsys.readouterr().out.splitlines() == [
        "content/river.md: written, as drafts/en.md has it",
        f"{CATALOG}: 5 adopted, 0 of them fuzzy",
        "locales/river.pot: written",
        "locales/en/LC_MESSAGES/river.po: written",
        "The two texts are parallel throughout",
    ]
    assert (project / "content/river.md").read_text("utf-8") == EN
    assert main(["sync", "--check"]) == 0
    assert main(["build"]) == 0
    page = (project / "dist/ur/river/index.html").read_text("utf-8")
    for text in ("دریا", "آنے والے سال", "گلیشیئر پگھل رہے ہیں۔", "تک بہاؤ کم ہو سکتا ہے۔"):
        assert text in page
    assert "Glaciers" not in page


def test_the_other_direction(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "drafts/ur.md").write_text(UR.replace("title: دریا", "title: دریا\nsource: ur"), "utf-8")
    assert adopt("darya", "--source", "drafts/ur.md", "--translation", "drafts/en.md") == 0
    assert "locales/en/LC_MESSAGES/darya.po: 5 adopted, 0 of them fuzzy" in capsys.readouterr().out
    assert 'msgstr "Glaciers melt."' in (project / "locales/en/LC_MESSAGES/darya.po").read_text("utf-8")
    assert main(["sync", "--check"]) == 0


def test_a_dry_run_tells_all_and_writes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = digests(project)
    assert adopt(*BOTH, "--dry-run") == 0
    assert "locales/river.pot: would be written" in capsys.readouterr().out
    assert digests(project) == before


def test_a_translators_work_stays(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "content/river.md").write_text(EN, "utf-8")
    assert main(["sync", "river"]) == 0
    place = project / CATALOG
    mine = place.read_text("utf-8").replace('"Glaciers melt."\nmsgstr ""', '"Glaciers melt."\nmsgstr "برف گھلتی ہے۔"')
    place.write_text(mine, "utf-8")
    capsys.readouterr()
    assert adopt("river", "--translation", "drafts/ur.md") == 0
    out = capsys.readouterr().out
    assert f"{CATALOG}: 4 adopted, 0 of them fuzzy, 1 translated before and kept" in out
    now = place.read_text("utf-8")
    assert 'msgstr "برف گھلتی ہے۔"' in now
    assert [line for line in mine.splitlines() if line not in now.splitlines() and line != 'msgstr ""'] == []
    before = digests(project)
    assert adopt("river", "--translation", "drafts/ur.md") == 0
    assert digests(project) == before


def test_a_translation_inside_content_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "content/river.md").write_text(EN, "utf-8")
    (project / "content/darya.md").write_text(UR.replace("title: دریا", "title: دریا\nsource: ur"), "utf-8")
    assert adopt("river", "--translation", "content/darya.md") == 0
    assert "Move it out of content/" in capsys.readouterr().err


def test_pictures_beside_the_source_are_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "drafts/a.jpg").write_bytes(b"")
    (project / "drafts/en.md").write_text(f"{EN}\n![A dam](a.jpg)\n\n![Away](../../b.jpg)\n", "utf-8")
    assert adopt(*BOTH) == 0
    err = capsys.readouterr().err
    assert "Move drafts/a.jpg to content/a.jpg" in err
    assert "b.jpg" not in err


@pytest.mark.parametrize(
    ("files", "arguments", "code", "told"),
    [
        ({}, ("rver", "--translation", "drafts/ur.md"), ExitCode.USAGE, "the slug of an article"),
        ({}, ("river", "--source", "drafts/en.md"), ExitCode.USAGE, "Missing `--translation`"),
        ({}, (*BOTH[:4], "drafts/no.md"), ExitCode.USAGE, "No file `drafts/no.md`"),
        ({}, (*BOTH[:4], "../outside.md"), ExitCode.USAGE, "expected a file in the project"),
        ({}, (*BOTH[:4], "drafts/link.md"), ExitCode.ARTICLE, "it leads out of the project"),
        ({}, (*BOTH[:4], "drafts"), ExitCode.ARTICLE, "Is a directory"),
        ({"drafts/ur.md": b"\xff\xfe"}, BOTH, ExitCode.ARTICLE, "drafts/ur.md:1:1: error: Unexpected byte 0xFF"),
        ({"drafts/ur.md": b""}, BOTH, ExitCode.ARTICLE, "expected front matter"),
        ({"drafts/ur.md": "دریا\n".encode()}, BOTH, ExitCode.ARTICLE, "drafts/ur.md:1:1: error: Unexpected beginning"),
        ({"drafts/ur.md": "---\ntitle: دریا\n---\n".encode()}, BOTH, ExitCode.ARTICLE, "article/empty"),
        ({"drafts/ur.md": EN.encode()}, BOTH, ExitCode.ARTICLE, "Unexpected `source: en`, expected `ur`"),
        ({"drafts/ur.md": EN.replace("source: en\n", "").encode()}, BOTH, ExitCode.ARTICLE, "in another script"),
        ({"drafts/en.md": UR.encode()}, BOTH, ExitCode.ARTICLE, "drafts/en.md:1:1: error: Unexpected text in another"),
        (
            {"drafts/ur.md": "---\ntitle: دریا\n---\n\n> ایک اقتباس\n".encode()},
            BOTH,
            ExitCode.ARTICLE,
            "nothing in it can be the translation",
        ),
        ({}, ("River!", *BOTH[1:]), ExitCode.USAGE, "Write `river`"),
        ({}, ("welcome", *BOTH[1:]), ExitCode.USAGE, "content/welcome.md is this article already, with another text"),
        ({}, ("other", "--source", "content/welcome.md", *BOTH[3:]), ExitCode.USAGE, "`welcome`, the slug of"),
        ({"drafts/en.md": EN.replace("date", "slug: x\ndate").encode()}, BOTH, ExitCode.ARTICLE, "`slug: x`"),
        ({}, (*BOTH, "--language", "fr"), ExitCode.USAGE, "Unexpected language `fr`, expected ur"),
        ({CATALOG: b'msgid "a"\nmsgstr "b\n'}, BOTH, ExitCode.CATALOG, f"{CATALOG}:2:"),
    ],
)
def test_what_is_refused_is_told_and_nothing_is_written(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    files: dict[str, bytes],
    arguments: tuple[str, ...],
    code: ExitCode,
    told: str,
) -> None:
    (project.parent / "outside.md").write_text(UR, "utf-8")
    (project / "drafts/link.md").symlink_to(project.parent / "outside.md")
    for path, content in files.items():
        (project / path).write_bytes(content)
    before = {path: digest for path, digest in digests(project).items() if not path.startswith(".kitabat/")}
    assert adopt(*arguments) == code
    out, err = capsys.readouterr()
    assert told in err
    assert out == ""
    assert "hint: " in err
    assert {path: digest for path, digest in digests(project).items() if not path.startswith(".kitabat/")} == before


def test_it_waits_for_a_sync(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "SECONDS", 0)
    monkeypatch.setattr(lock.locked.__wrapped__, "__defaults__", (0,))  # type: ignore[attr-defined]  # of functools.wraps
    with lock.locked(project):
        assert adopt(*BOTH) == ExitCode.BUSY
        assert adopt(*BOTH, "--dry-run") == 0
    assert not (project / "content/river.md").exists()


def test_paths_count_from_here_or_from_the_project(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / "drafts")
    assert adopt("river", "--source", "en.md", "--translation", "ur.md", "--dry-run") == 0
    monkeypatch.chdir(tmp_path)
    assert adopt(*BOTH, "--dry-run", "--project", "aaina") == 0
    absolute = str(project / "drafts/ur.md")
    assert adopt(*BOTH[:4], absolute, "--dry-run", "--project", "aaina") == 0
