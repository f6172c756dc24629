"""`kitabat new`: what it makes is complete, and it never touches what is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.cli.publications import ARTICLE, CATALOG, SETTINGS, digests

from kitabat.cli.main import main
from kitabat.config import load
from kitabat.model.errors import ExitCode
from kitabat.workspace import Disk


def test_what_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    project = tmp_path / "deep" / "aaina"
    assert main(["new", str(project)]) == 0
    assert capsys.readouterr().out == f"Made {project}\nNext: kitabat build --project {project}\n"
    assert {SETTINGS, ARTICLE, CATALOG, ".gitignore", "locales/welcome.pot"} <= set(digests(project))
    assert "date: 2026-01-01\n" in (project / ARTICLE).read_text("utf-8")
    head = (project / CATALOG).read_text("utf-8").splitlines()[3:5]
    assert head == [f'"{name}-Date: 2026-01-01 00:00+0000\\n"' for name in ("POT-Creation", "PO-Revision")]
    outcome = load(Disk(project))
    assert outcome.value
    assert not outcome.diagnostics


def test_every_setting_but_one_is_at_its_default_and_the_remarks_are_settings_too(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path / "a")]) == 0
    # Who begins a publication gets lines that never meet; those who have one keep the lines that they know.
    text = (tmp_path / "a" / SETTINGS).read_text("utf-8").replace('\nline_height = "auto"', "\n# line_height = 2.3 ")
    (tmp_path / "a" / SETTINGS).write_text(text, encoding="utf-8")
    bare = "[publication]\n" + "\n".join(line for line in text.splitlines() if line.startswith(("name", "tagline")))
    made, default = load(Disk(tmp_path / "a")).value, tmp_path / "b"
    default.mkdir()
    (default / SETTINGS).write_text(bare, encoding="utf-8")
    assert made == load(Disk(default)).value
    (default / SETTINGS).write_text(text.replace("\n# ", "\n"), encoding="utf-8")
    assert load(Disk(default)).value


def test_a_new_publication_is_clean_and_up_to_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / "aaina"
    assert main(["new", str(project)]) == 0
    before = digests(project)
    assert main(["sync", "--check", "--project", str(project)]) == 0
    assert main(["check", "--ink", "--project", str(project)]) == 0
    assert digests(project) == before
    assert capsys.readouterr().out.endswith("All catalogs are up to date\nChecked 1 article: nothing found\n")


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path)]) == 0


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_there_stays(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "taken"
    if kind == "folder":
        place.mkdir()
        (place / "mine").write_text("x")
    elif kind == "file":
        place.write_text("x")
    else:
        place.symlink_to("nowhere")
    before = digests(tmp_path)
    assert main(["new", str(place)]) == ExitCode.USAGE
    assert digests(tmp_path) == before
    assert "[usage/folder]" in capsys.readouterr().err


def test_a_disk_that_fills_up_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write, written = Path.write_bytes, []

    def full(place: Path, content: bytes) -> int:
        written.append(place)
        if len(written) == 4:
            raise OSError(28, os.strerror(28))
        return write(place, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    assert main(["new", str(tmp_path / "aaina")]) == ExitCode.OUTPUT
    assert list(tmp_path.iterdir()) == []
    assert "No space left on device" in capsys.readouterr().err


def test_the_next_command_can_be_pasted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / "میری اشاعت"
    assert main(["new", str(project)]) == 0
    assert capsys.readouterr().out.endswith(f"Next: kitabat build --project '{project}'\n")
