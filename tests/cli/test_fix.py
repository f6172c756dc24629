"""`kitabat check --fix`: only words change, catalogs follow, a second time nothing happens."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.cli.publications import digests, sources

from kitabat.catalogs.po_file import PoFile
from kitabat.cli.fix import written
from kitabat.cli.main import main
from kitabat.model.errors import ExitCode, PublishingError
from kitabat.publishing.mending import mended_files
from kitabat.publishing.publication import read_publication

URDU = """---
title: مثال
source: ur
tags: [\u0643تاب]
---

یہ ایک \u0643تاب ہے, جس کا `نام, \u0643.` کوئی
نہیں جانتا .

## حصہ\u200c اول

> لفظ [\u0643تاب](https://example.org/\u0643,) اور
> “قلم” پڑھیے؟?\x20\x20
> [\u0643, \u0643]{lang=ar} اور مار چ

```
\u0643, \u0643.
```

| الف | ب |
| --- | --- |
| \u0643یا | \u0643\\|ہ |

<!-- notranslate -->

یہ \u0643 رہے.
"""
MENDED = (
    URDU.replace("یہ ایک \u0643تاب ہے,", "یہ ایک کتاب ہے،")
    .replace("جانتا .", "جانتا۔")
    .replace("[\u0643تاب](", "[کتاب](")
    .replace("“قلم” پڑھیے؟?", "”قلم“ پڑھیے؟")
    .replace("مار چ", "مارچ")
    .replace("حصہ\u200c", "حصہ")
    .replace("| \u0643یا", "| کیا")
    .replace("\u0643\\|ہ", "ک\\|ہ")
    .replace("tags: [\u0643تاب]", "tags: [کتاب]")
)
ENGLISH = "---\ntitle: Example\nsource: en\n---\n\nIn 1950-1953 there  was war.\n\nAnother text.\n\nA third one.\n"
CATALOG = "locales/ur/LC_MESSAGES/english.po"
OWN = "locales/ur/LC_MESSAGES/urdu.po"
OTHER = "locales/en/LC_MESSAGES/urdu.po"


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "aaina"
    assert main(["new", str(folder)]) == 0
    (folder / "content/urdu.md").write_bytes(URDU.encode())
    (folder / "content/english.md").write_bytes(ENGLISH.encode())
    assert main(["sync", "--project", str(folder)]) == 0
    translate(folder / CATALOG, "In 1950", "۱۹۵۰ سے  ۱۹۵۳ تک جنگ رہی.", "# by hand\n")
    translate(folder / CATALOG, "Another", "ایک اور, متن.", "#, fuzzy\n")
    translate(folder / CATALOG, "A third", "تیسرا متن۔", "")
    translate(folder / OTHER, "یہ ایک", "It is a book  without a name.", "")
    with (folder / CATALOG).open("a", encoding="utf-8") as file:
        file.write('\n#~ msgid "Old"\n#~ msgstr "پرانا, متن."\n')
    capsys.readouterr()
    return folder


def translate(path: Path, begins: str, text: str, head: str) -> None:
    """Give the entry a translation, in two lines as an editor would wrap it, and lines above it."""
    parts = path.read_text("utf-8").split("\n\n")
    (number,) = [number for number, part in enumerate(parts) if f'msgid "{begins}' in part or f'\n"{begins}' in part]
    body = parts[number].partition('\nmsgstr "')[0]
    parts[number] = f'{head}{body}\nmsgstr ""\n"{text[:6]}"\n"{text[6:]}"'
    path.write_text("\n\n".join(parts).rstrip("\n") + "\n", "utf-8")


def fix(folder: Path, *more: str) -> int:
    return main(["check", "--fix", *more, "--project", str(folder)])


def entries(path: Path) -> dict[str, str]:
    file = PoFile.parse(path.read_bytes(), path.name).value
    assert file
    return {entry.msgid: entry.msgstr[0] for entry in file.entries}


def test_only_words_of_texts_change(project: Path) -> None:
    before = (project / CATALOG).read_text("utf-8").split("\n\n")
    assert fix(project) == ExitCode.FINDINGS
    assert (project / "content/urdu.md").read_bytes().decode() == MENDED
    english = (project / "content/english.md").read_text("utf-8")
    assert english == ENGLISH.replace("1950-1953 there  was", "1950–1953 there was")
    after = (project / CATALOG).read_text("utf-8").split("\n\n")
    changed = [number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    assert len(changed) == 1
    assert after[changed[0]].startswith("# by hand\n")
    assert after[changed[0]].endswith('msgid "In 1950–1953 there was war."\nmsgstr "۱۹۵۰ سے ۱۹۵۳ تک جنگ رہی۔"')


def test_catalogs_follow_the_article(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fix(project)
    capsys.readouterr()
    assert main(["sync", "--check", "--project", str(project)]) == 0, capsys.readouterr().out
    other = entries(project / OTHER)
    (mended,) = [text for source, text in other.items() if source.startswith("یہ ایک کتاب")]
    assert mended == "It is a book without a name."
    own = entries(project / OWN)
    assert all(source == text for source, text in own.items())


def test_a_second_time_nothing_changes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fix(project)
    once = sources(project)
    times = {path: (project / path).stat().st_mtime_ns for path in once}
    capsys.readouterr()
    fix(project)
    assert "mended" not in capsys.readouterr().err
    assert sources(project) == once
    assert {path: (project / path).stat().st_mtime_ns for path in once} == times


def test_the_diff_makes_the_same_files(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = digests(project)
    assert fix(project, "--diff") == ExitCode.FINDINGS
    assert digests(project) == before
    shown = capsys.readouterr().out
    copy = tmp_path / "copy"
    shutil.copytree(project, copy)
    fix(project)
    capsys.readouterr()
    subprocess.run(["git", "apply", "-"], cwd=copy, input=shown.encode(), check=True)
    assert sources(copy) == sources(project)
    assert fix(project, "--diff") == 0
    assert capsys.readouterr().out == ""


def test_a_translation_with_a_silence_is_meant_as_it_is(project: Path) -> None:
    place = project / CATALOG
    place.write_text(place.read_text("utf-8").replace("# by hand", "# kitabat: ignore catalog/letters"), "utf-8")
    fix(project)
    assert entries(place)["In 1950–1953 there was war."] == "۱۹۵۰ سے  ۱۹۵۳ تک جنگ رہی."


def test_findings_for_programs_stay_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fix(project, "--format", "json") == ExitCode.FINDINGS
    out, err = capsys.readouterr()
    assert json.loads(out)["diagnostics"]
    assert "2 places mended" in err


def test_it_tells_what_it_did(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fix(project, "english")
    err = capsys.readouterr().err
    assert "content/english.md: 2 places mended\n" in err
    assert "locales/english.pot: follows the article\n" in err
    assert f"{CATALOG}: 2 places mended\n" in err
    assert (project / "content/urdu.md").read_bytes().decode() == URDU


def test_front_matter_that_yaml_would_read_otherwise_stays(project: Path) -> None:
    place = project / "content/urdu.md"
    text = """---
title: 'یہ ''\u0643تاب'' ہے, اور'
summary: "\u0643یا \\"وہ\\" ہے"
author: >-
  \u0643امل
  \u0643مال
source: ur
tags: [الف,ب]
---

متن
"""
    place.write_text(text, encoding="utf-8")
    fix(project)
    assert place.read_text(encoding="utf-8") == text.replace("\u0643", "ک").replace("ہے,", "ہے،")


def test_what_an_article_silences_is_meant_as_it_is(project: Path) -> None:
    place = project / "content/urdu.md"
    silence = (
        "---\ntitle: مثال\nsource: ur\n---\n\n<!-- kitabat: ignore article/letters -->\n\n- یہ \u0643, ہے\n- \u0643\n\n"
    )
    place.write_text(silence + "یہ \u0643 ہے\n", encoding="utf-8")
    fix(project)
    assert place.read_text(encoding="utf-8") == silence + "یہ ک ہے\n"


def test_all_files_are_written_or_none(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = digests(project)
    rename, renamed = os.replace, []

    def last_one_fails(name: str, place: Path) -> None:
        if place.name == "urdu.md" and place not in renamed:
            renamed.append(place)
            raise OSError(errno.ENOSPC, "No space left on device")
        renamed.append(place)
        rename(name, place)

    monkeypatch.setattr(os, "replace", last_one_fails)
    assert main(["check", "--fix", "--project", str(project)]) == ExitCode.OUTPUT
    assert "content/urdu.md: error: Cannot write: No space left on device" in capsys.readouterr().err
    assert len(renamed) > 2
    assert digests(project) == before


def test_what_a_crash_has_left_is_mended_the_next_time(project: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(project, whole)
    fix(whole)
    for number in range(1, 8):
        part = tmp_path / f"part{number}"
        shutil.copytree(project, part)
        publication = read_publication(part)
        for file in list(mended_files(publication, ()))[:number]:
            publication.disk.write(file.path, file.after)
        fix(part)
        assert digests(part) == digests(whole)


def test_a_file_that_somebody_changes_meanwhile_is_left(project: Path) -> None:
    publication = read_publication(project)
    files = list(mended_files(publication, ()))
    place = project / files[-1].path
    place.write_text("new", encoding="utf-8")
    before = digests(project)
    with pytest.raises(PublishingError, match="Unexpected change of the file"):
        written(publication, files, wait=print)
    assert digests(project) == before


def test_a_diff_alone_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--diff", "--project", str(project)]) == ExitCode.USAGE
    assert "Missing `--fix` before `--diff`" in capsys.readouterr().err
    assert fix(project, "nonesuch") == ExitCode.USAGE


def test_headings_that_would_move_keep_their_ids(project: Path) -> None:
    text = URDU.replace("## حصہ\u200c اول", "## \u0643تاب")
    (project / "content/urdu.md").write_text(text, "utf-8")
    fix(project)
    mended = (project / "content/urdu.md").read_text("utf-8")
    assert "یہ ایک کتاب ہے،" in mended
    assert "\n## \u0643تاب\n" in mended


def test_a_catalog_that_cannot_be_read_is_left(project: Path) -> None:
    (project / CATALOG).write_bytes(b'msgid "a')
    assert fix(project) == ExitCode.FINDINGS
    assert (project / CATALOG).read_bytes() == b'msgid "a'
    assert (project / "content/english.md").read_text("utf-8") == ENGLISH


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_stay(project: Path, mark: str) -> None:
    place = project / "content/urdu.md"
    place.write_bytes((mark + URDU.replace("\n", "\r\n")).encode())
    fix(project)
    assert place.read_bytes().decode() == mark + MENDED.replace("\n", "\r\n")


def test_two_messages_that_become_one_do_not_clash(project: Path) -> None:
    text = "---\ntitle: E\nsource: en\n---\n\nA  text.\n\nA text.\n\nA   text.\n"
    (project / "content/english.md").write_text(text, "utf-8")
    assert main(["sync", "--project", str(project)]) == 0
    fix(project)
    assert (project / "content/english.md").read_text("utf-8").count("A text.") == 3
    assert "A text." in entries(project / CATALOG)
