"""The one door to files: what it lets in, and what not."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kitabat.model.errors import ExitCode, PublishingError
from kitabat.replacing import replace
from kitabat.workspace import Disk, Draft, OutsideProjectError


@pytest.fixture
def project(tmp_path: Path) -> Path:
    place = tmp_path / "project"
    (place / "content").mkdir(parents=True)
    (place / "content" / "a.md").write_text("text")
    return place


def test_links_in_a_ring_are_an_error_of_the_system(project: Path) -> None:
    (project / "content" / "b.md").symlink_to("b.md")
    with pytest.raises(OSError, match="links") as caught:
        Disk(project).read("content/b.md")
    assert caught.value.errno == errno.ELOOP
    assert not Disk(project).exists("content/b.md")


def test_a_pipe_is_refused_and_not_waited_for(project: Path) -> None:
    os.mkfifo(project / "content" / "b.md")
    with pytest.raises(OSError, match="pipe"):
        Disk(project).read("content/b.md")


def test_a_folder_that_leads_out_is_not_listed(project: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    (project / "locales").symlink_to(tmp_path)
    with pytest.raises(OutsideProjectError, match="leads out"):
        Disk(project).list("locales")
    assert Disk(project).list("content", ".md") == ("content/a.md",)
    assert Disk(project).list("nothing") == ()


def test_a_folder_that_leads_to_another_of_the_project_keeps_its_name(project: Path) -> None:
    (project / "texts").symlink_to("content")
    assert Disk(project).list("texts", ".md") == ("texts/a.md",)
    assert Disk(project).read("texts/a.md") == b"text"


def test_a_file_is_replaced_as_a_whole_and_keeps_its_mode(project: Path) -> None:
    place = project / "content" / "a.md"
    place.chmod(0o640)
    Disk(project).write("content/a.md", b"new")
    assert place.read_bytes() == b"new"
    assert place.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in (project / "content").iterdir()] == ["a.md"]


def test_hidden_files_are_not_listed(project: Path) -> None:
    (project / "content" / ".#a.md").symlink_to("editor@host.1")
    (project / "content" / ".git").mkdir()
    (project / "content" / ".git" / "b.md").write_text("text")
    assert Disk(project).list("content", ".md") == ("content/a.md",)


def test_a_folder_that_cannot_be_listed_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(place: str) -> object:
        raise PermissionError(errno.EACCES, "Permission denied", str(place))

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(PermissionError) as caught:
        Disk(project).list("content", ".md")
    assert caught.value.filename == "content"


@pytest.mark.parametrize("epoch", ["abc", "9" * 40, "1.5", "253402300799", "-62135596800"])
def test_an_epoch_that_is_no_time_is_told(project: Path, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(PublishingError, match="expected seconds since 1970") as caught:
        Disk(project).now()
    assert caught.value.exit_code is ExitCode.USAGE


def test_a_file_that_may_only_be_read_is_left_alone(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = project / "content" / "a.md"
    place.chmod(0o444)
    with pytest.raises(PublishingError, match="may only be read"):
        Disk(project).write("content/a.md", b"new")
    place.chmod(0o644)
    monkeypatch.setattr(os, "access", lambda *_: False)  # The superuser may write whatever the mode is.
    with pytest.raises(PublishingError, match="may only be read"):
        Disk(project).write("content/a.md", b"new")
    Disk(project).write("content/b.md", b"new")
    assert Disk(project).read("content/a.md") == b"text"


def test_a_draft_is_on_disk_only_once_it_is_saved(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_bytes(b"old")
    draft = Draft(Disk(tmp_path))
    draft.write("content/a.md", b"new")
    draft.write("content/b.md", b"more")
    assert (draft.read("content/a.md"), draft.exists("content/b.md")) == (b"new", True)
    assert draft.list("content", ".md") == ("content/a.md", "content/b.md")
    assert (tmp_path / "content/a.md").read_bytes() == b"old"
    draft.save()
    assert (tmp_path / "content/a.md").read_bytes() == b"new"
    assert not draft.exists("../b.md")
    with pytest.raises(PublishingError):
        draft.write("../b.md", b"")


def test_what_a_killed_process_left_is_removed_by_the_next(project: Path) -> None:
    kept = project / "content" / ".kitabat-of-another"
    kept.write_text("")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", killed)
        patch.setattr(os, "unlink", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            Disk(project).write("content/a.md", b"new")
    assert len(list((project / "content").iterdir())) == 3
    Disk(project).write("content/a.md", b"new")
    assert sorted(path.name for path in (project / "content").iterdir()) == [".kitabat-of-another", "a.md"]


def test_two_processes_that_write_one_file_at_the_same_time_both_come_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, moved = tmp_path / "ledger", os.replace

    def overtaken(old: str, new: Path) -> None:
        monkeypatch.setattr(os, "replace", moved)
        replace(place, b"of the other")  # which clears what it takes for left over
        moved(old, new)

    monkeypatch.setattr(os, "replace", overtaken)
    replace(place, b"ours")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("ledger", b"ours")]


def test_a_name_as_long_as_can_be_is_written(project: Path) -> None:
    name = "خبر" * 40 + "a" * 12 + ".po"
    assert len(name.encode()) == 255
    Disk(project).write(f"content/{name}", b"new")
    assert Disk(project).read(f"content/{name}") == b"new"


def test_a_link_stays_and_what_it_leads_to_keeps_its_owner(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "b.md").symlink_to("content/a.md")
    given: list[tuple[int, int]] = []
    former = (project / "content" / "a.md").stat()
    monkeypatch.setattr(os, "geteuid", lambda: former.st_uid + 1)
    monkeypatch.setattr(os, "chown", lambda _, user, group: given.append((user, group)))
    Disk(project).write("b.md", b"new")
    assert (project / "b.md").is_symlink()
    assert (project / "content" / "a.md").read_bytes() == b"new"
    assert given == [(former.st_uid, former.st_gid)]


def test_what_people_have_written_is_on_disk_before_it_takes_its_place_and_what_is_of_a_cache_need_not_be(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    replace(project / "ledger", b"of a cache", lasting=False)
    assert synced == []
    Disk(project).write("content/a.md", b"new")
    assert len(synced) == 1
