"""The output folder: replaced as a whole, or not at all."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import threading
from pathlib import Path

import filelock
import pytest

from kitabat.building import output
from kitabat.building.output import MANIFEST, OutputFolder
from kitabat.model.errors import ExitCode, PublishingError
from kitabat.model.site import Edition, OutputFile

FIRST = OutputFile("ur/a/index.html", b"one", Edition("a", "ur", "html"), ("content/a.md",))
SECOND = OutputFile("assets/style.css", b"two")


def tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_build_is_written_with_its_manifest(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path / "dist")
    with folder.locked():
        assert folder.replace([FIRST, SECOND], {FIRST.path: {"coverage": 1.0}}) == 3
    manifest = json.loads((tmp_path / "dist" / MANIFEST).read_text())
    assert manifest["files"]["ur/a/index.html"] == {
        "article": "a",
        "coverage": 1.0,
        "format": "html",
        "language": "ur",
        "sha256": "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed",
        "sources": ["content/a.md"],
    }
    assert (tmp_path / "dist").stat().st_mode & 0o777 == 0o755


def test_the_next_build_leaves_nothing_of_the_former_but_what_is_not_its_own(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path / "dist")
    folder.state.mkdir()
    folder.replace([FIRST])
    (tmp_path / "dist" / "CNAME").write_text("aaina.example")
    folder.replace([SECOND])
    assert set(tree(tmp_path / "dist")) == {"assets/style.css", MANIFEST, "CNAME"}
    assert not list(folder.state.glob("*.new-*"))


def test_carried_files_stay_with_their_entries(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path / "dist")
    folder.state.mkdir()
    folder.replace([FIRST])
    folder.replace([SECOND], carried=[FIRST.path, "never/there"])
    assert set(tree(tmp_path / "dist")) == {"ur/a/index.html", "assets/style.css", MANIFEST}
    assert set(folder.manifest()["files"]) == {"ur/a/index.html", "assets/style.css"}


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("mine")
    with pytest.raises(PublishingError) as raised:
        OutputFolder(tmp_path / "dist").check()
    assert raised.value.exit_code is ExitCode.OUTPUT
    assert (tmp_path / "dist").read_text() == "mine"


def test_a_pipe_in_the_way_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "dist")
    with pytest.raises(PublishingError, match="Unexpected file"):
        OutputFolder(tmp_path / "dist").check()


def test_somebody_elses_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "thesis.doc").write_text("mine")
    with pytest.raises(PublishingError, match="expected an empty folder"):
        OutputFolder(tmp_path / "dist").check()


def test_an_empty_folder_and_a_link_to_one_are_taken(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "dist").symlink_to(tmp_path / "real")
    folder = OutputFolder(tmp_path / "dist")
    folder.state.mkdir()
    folder.replace([FIRST])
    folder.replace([SECOND])
    assert (tmp_path / "dist").is_symlink()
    assert set(tree(tmp_path / "real")) == {"assets/style.css", MANIFEST}


def test_a_full_disk_leaves_the_former_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = OutputFolder(tmp_path / "dist")
    folder.state.mkdir()
    folder.replace([FIRST])
    before = tree(tmp_path / "dist")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(PublishingError) as raised:
        folder.replace([SECOND])
    assert raised.value.exit_code is ExitCode.OUTPUT
    assert "No space left" in str(raised.value)
    assert tree(tmp_path / "dist") == before
    assert not list(folder.state.glob("*.new-*"))


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS])
def test_two_renames_serve_where_one_step_is_not_to_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    class Library:
        @staticmethod
        def renameat2(*_: object) -> int:
            ctypes.set_errno(number)
            return -1

    folder = OutputFolder(tmp_path / "dist")
    folder.state.mkdir()
    folder.replace([FIRST])
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: Library)
    folder.replace([SECOND])
    assert set(tree(tmp_path / "dist")) == {"assets/style.css", MANIFEST}
    assert [path.name for path in folder.state.iterdir()] == ["dist.marks.json"]


def test_a_rename_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Library:
        @staticmethod
        def renameat2(*_: object) -> int:
            ctypes.set_errno(errno.EACCES)
            return -1

    folder = OutputFolder(tmp_path / "dist")
    folder.state.mkdir()
    folder.replace([FIRST])
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: Library)
    with pytest.raises(PublishingError, match="Permission denied"):
        folder.replace([SECOND])
    assert "ur/a/index.html" in tree(tmp_path / "dist")


def test_what_a_killed_build_left_is_cleared(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path / "dist")
    (folder.state / "dist.new-left").mkdir(parents=True)
    folder.replace([FIRST])
    assert not (folder.state / "dist.new-left").exists()


def test_a_second_build_waits_for_the_first(tmp_path: Path) -> None:
    folder, other = OutputFolder(tmp_path / "dist"), OutputFolder(tmp_path / "dist")
    order: list[str] = []

    def second() -> None:
        with other.locked():
            order.append("second")

    with folder.locked():
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.3)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_a_lock_that_is_never_let_go_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "LOCK_SECONDS", 0.1)
    folder = OutputFolder(tmp_path / "dist")
    folder.state.mkdir()
    with filelock.FileLock(folder.state / "dist.lock"), pytest.raises(PublishingError) as raised, folder.locked():
        pass
    assert raised.value.exit_code is ExitCode.BUSY


def test_a_manifest_that_is_broken_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / MANIFEST).write_text("[")
    assert OutputFolder(tmp_path / "dist").manifest() == {}


@pytest.mark.parametrize(
    "files",
    [
        "[1]",
        "null",
        '{"a": 1}',
        '{"a": {"sources": 3}}',
        '{"../../secret": {"sources": []}}',
        '{"/etc/passwd": {"sources": []}}',
        "[" * 100_000,
    ],
)
def test_a_manifest_that_no_build_has_written_counts_as_none(tmp_path: Path, files: str) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / MANIFEST).write_text(f'{{"generator": "kitabat", "files": {files}}}')
    folder = OutputFolder(tmp_path / "dist")
    assert folder.manifest() == {}
    with pytest.raises(PublishingError, match="Unexpected content"):
        folder.check()


def test_links_that_somebody_put_into_the_folder_stay_links(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = OutputFolder(tmp_path / "dist")
    folder.state.mkdir()
    folder.replace([FIRST])
    links = {"file": "../secret", "folder": "..", "ring": "ring", "nowhere": "gone"}
    for name, target in links.items():
        (tmp_path / "dist" / name).symlink_to(target)
    (tmp_path / "dist" / ".git").mkdir()
    (tmp_path / "dist" / ".git" / "HEAD").write_text("ref")
    folder.replace([SECOND])
    assert {name: str((tmp_path / "dist" / name).readlink()) for name in links} == links
    assert (tmp_path / "dist" / ".git" / "HEAD").read_text() == "ref"


def test_what_is_in_work_lies_beside_the_real_folder_and_is_its_alone(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "dist").symlink_to("real")
    assert OutputFolder(tmp_path / "dist").state == tmp_path / ".real.kitabat"
    assert OutputFolder(tmp_path / "other").state == tmp_path / ".other.kitabat"


def test_a_folder_for_work_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder = OutputFolder(tmp_path / "dist")
    folder.state.symlink_to("elsewhere")
    with pytest.raises(PublishingError, match="is a link"), folder.locked():
        pass
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_name_with_signs_of_patterns_is_cleared_too(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path / "a[b]*")
    (folder.state / "a[b]*.new-left").mkdir(parents=True)
    folder.replace([FIRST])
    assert not list(folder.state.glob("*.new-*"))
