"""The output folder: replaced as a whole, or not at all."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import signal
import stat
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import filelock
import pytest

from kitabat.building import exchange, formers, holder, output, staging
from kitabat.building import store as objects
from kitabat.building.manifest import MANIFEST
from kitabat.building.output import OutputFolder
from kitabat.building.staging import Staging
from kitabat.building.store import Store
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
    assert not [path.name for path in folder.state.iterdir() if "-" in path.name]


@pytest.mark.parametrize(
    ("number", "hint"), [(errno.EACCES, "mend the permissions"), (errno.EXDEV, "container's image")]
)
def test_a_rename_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, hint: str) -> None:
    class Library:
        @staticmethod
        def renameat2(*_: object) -> int:
            ctypes.set_errno(number)
            return -1

    folder = OutputFolder(tmp_path / "dist")
    folder.state.mkdir()
    folder.replace([FIRST])
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: Library)
    with pytest.raises(PublishingError, match=os.strerror(number)) as raised:
        folder.replace([SECOND])
    assert hint in raised.value.diagnostics[0].hint
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


def test_a_lock_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path / "dist", tmp_path)
    (tmp_path / "dist.lock").mkdir()  # what others own cannot be had in a test, which the superuser may run
    with pytest.raises(PublishingError) as raised, folder.locked():
        pass
    assert raised.value.diagnostics[0].rule == "output/write"
    assert raised.value.exit_code is ExitCode.OUTPUT


def test_a_lock_that_is_never_let_go_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holder, "LOCK_SECONDS", 0.1)
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


NEW = (OutputFile("ur/b/index.html", b"three", Edition("b", "ur", "html")), SECOND)
NEW_PATHS = {"ur/b/index.html", "assets/style.css", "ur/CNAME", "mine/thesis", MANIFEST}
STEPS = frozenset(
    {"os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "open", "shutil.rmtree", "ctypes.dlsym"}
)


def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> Path:
    """An output with a file of the user's, in a place that is exchanged in one of three ways."""
    if how == "inside":
        monkeypatch.setattr(output, "is_mount", lambda place: place.name == "dist")
    if how == "three renames":
        monkeypatch.setattr(exchange, "in_one_step", lambda *_: False)
    (tmp_path / "dist").mkdir(parents=True)
    folder = OutputFolder(tmp_path / "dist")
    with folder.locked():
        folder.replace([FIRST, SECOND])
    (tmp_path / "dist" / "ur" / "CNAME").write_text("mine")
    (tmp_path / "dist" / "mine").mkdir()
    (tmp_path / "dist" / "mine" / "thesis").write_text("mine")
    return tmp_path / "dist"


def shown(place: Path) -> dict[str, bytes]:
    """What a reader finds, without what is hidden."""
    return {path: content for path, content in tree(place).items() if not path.startswith(".kitabat/")}


def killed() -> None:
    os._exit(9)


def killed_at(step: int, place: Path, how: Callable[[], object] = killed) -> bool:
    """Build in a child process that is gone before its ``step``-th change of the disk; False where it had no so many."""
    child = os.fork()
    if not child:
        left = step

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            is_reading = (
                event == "open" and arguments[1] in {"r", "rb", None} and not int(str(arguments[2])) & os.O_CREAT
            )
            if event in STEPS and not is_reading:
                left -= 1
                if not left:
                    how()

        folder = OutputFolder(place)
        sys.addaudithook(hook)
        with suppress(KeyboardInterrupt), folder.locked():
            folder.replace(NEW, keep=1)
        os._exit(0 if left > 0 else 9)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.parametrize("how", ["one step", "three renames", "inside"])
def test_a_kill_at_any_step_leaves_one_output_or_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    before = built(tmp_path / "0", monkeypatch, how)
    old = shown(before)
    after = built(tmp_path / "1", monkeypatch, how)
    with OutputFolder(after).locked():
        OutputFolder(after).replace(NEW)
    new = shown(after)
    assert new.keys() == NEW_PATHS
    halves = set()
    for step in range(1, 500):
        place = tmp_path / f"k{step}" / "dist"
        shutil.copytree(before.parent, place.parent)
        if not killed_at(step, place):
            break
        found = shown(place)
        if how == "one step":
            assert found in (old, new)
        halves.add("old" if found == old else "new" if found == new else "between")
        folder = OutputFolder(place)
        with folder.locked():
            # Before anything is built the next command has one of the two, whole.
            assert shown(place) in (old, new)
            folder.replace(NEW, keep=1)
            assert shown(place) == new
            assert sorted(file.name for file in folder.state.glob("dist.*-*")) == sorted(
                file.name for file in folder.formers.all()
            )
            assert folder.roll_back()
            assert shown(place) == old
    assert step > 10
    assert {"old", "new"} <= halves
    assert ("between" in halves) is (how != "one step")


@pytest.mark.parametrize("how", ["three renames", "inside"])
def test_ctrl_c_at_any_step_leaves_one_output_or_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    before = built(tmp_path / "0", monkeypatch, how)
    old, halves, step = shown(before), set(), 0
    place = before
    while not step or killed_at(step, place, partial(signal.raise_signal, signal.SIGINT)):
        found = shown(place)
        halves.add("old" if found == old else "new" if found.keys() == NEW_PATHS else "between")
        step += 1
        place = tmp_path / f"k{step}" / "dist"
        shutil.copytree(before.parent, place.parent)
    assert step > 10
    assert halves == {"old", "new"}


def test_what_is_in_a_mount_point_is_exchanged_name_by_name_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = built(tmp_path, monkeypatch, "inside")
    before = shown(place)
    number = place.stat().st_ino
    real, left = os.rename, [0]

    def breaking(one: object, other: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(one, other)  # type: ignore[arg-type]

    monkeypatch.setattr(exchange, "in_one_step", lambda *_: False)
    monkeypatch.setattr(os, "rename", breaking)
    for step in range(1, 30):
        left[0] = step
        folder = OutputFolder(place)
        with suppress(PublishingError):
            folder.replace(NEW, keep=1)
            break
        left[0] = 0
        with folder.locked():
            assert shown(place) == before
    assert step > 3
    after = shown(place)
    assert "ur/b/index.html" in after
    left[0] = 0
    with folder.locked():
        folder.replace([FIRST, SECOND], keep=1)
        assert shown(place) == before
        assert folder.roll_back()
    assert shown(place) == after
    assert place.stat().st_ino == number


@pytest.mark.parametrize("how", ["one step", "inside"])
def test_a_users_files_stay_when_a_former_output_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    place = built(tmp_path, monkeypatch, how)
    folder = OutputFolder(place)
    with folder.locked():
        folder.replace(NEW, keep=1)
        (place / "ur" / "CNAME").write_text("changed")
        (place / "ur" / "robots.txt").write_text("mine")
        (place / "ur" / "a").mkdir()
        in_the_way = place / "ur" / "a" / "index.html"
        in_the_way.write_text("in the way of what a build has made")
        before = shown(place)
        with pytest.raises(PublishingError, match=r"Unexpected `ur/a/index\.html` that no build has made"):
            folder.roll_back()
        assert shown(place) == before
        in_the_way.unlink()
        assert folder.roll_back()
    found = shown(place)
    assert found["ur/a/index.html"] == b"one"
    assert (found["ur/CNAME"], found["ur/robots.txt"], found["mine/thesis"]) == (b"changed", b"mine", b"mine")


@pytest.mark.parametrize("how", ["one step", "inside"])
@pytest.mark.parametrize("path", ["ur/b/index.html", "ur/b", "ur/b/index.html/notes/mine.txt"])
def test_what_somebody_has_put_in_the_way_of_a_build_is_named_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, path: str
) -> None:
    place = built(tmp_path, monkeypatch, how)
    (place / path).parent.mkdir(parents=True, exist_ok=True)
    (place / path).write_text("mine")
    before = shown(place)
    folder = OutputFolder(place)
    with (
        folder.locked(),
        pytest.raises(PublishingError, match=f"Unexpected `{path}` that no build has made") as refused,
    ):
        folder.replace(NEW)
    assert refused.value.diagnostics[0].rule == "output/foreign"
    assert shown(place) == before
    shutil.rmtree(place / "ur/b") if path != "ur/b" else (place / path).unlink()
    with folder.locked():
        folder.replace(NEW)
    assert shown(place).keys() == NEW_PATHS


def test_a_users_folder_takes_the_place_of_a_file_that_he_had_once(tmp_path: Path) -> None:
    place = tmp_path / "dist"
    folder = OutputFolder(place)
    with folder.locked():
        folder.replace([FIRST])
        (place / "notes").write_text("a file")
        (place / "more" / "notes").mkdir(parents=True)
        (place / "more" / "notes" / "a").write_text("in a folder")
        folder.replace(NEW, keep=1)
        (place / "notes").unlink()
        (place / "notes").mkdir()
        (place / "notes" / "a").write_text("in a folder")
        shutil.rmtree(place / "more")
        (place / "more").mkdir()
        (place / "more" / "notes").write_text("a file")
        assert folder.roll_back()
    found = shown(place)
    assert (found["notes/a"], found["more/notes"]) == (b"in a folder", b"a file")


def test_a_former_output_that_a_kill_left_half_removed_does_not_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = OutputFolder(tmp_path / "dist")
    with folder.locked():
        for number in range(4):
            folder.replace([OutputFile("ur/index.html", b"%d" % number), SECOND], keep=3)
        oldest = folder.formers.all()[-1].stat().st_ino

        def half(place: Path, **_: object) -> None:
            if place.stat().st_ino == oldest:
                (place / "ur" / "index.html").unlink()
                raise KeyboardInterrupt

        monkeypatch.setattr(shutil, "rmtree", half)
        with pytest.raises(KeyboardInterrupt):
            folder.formers.trim(2)
    monkeypatch.undo()
    with folder.locked():
        assert not [*folder.state.glob("dist.new-*")]
        assert not folder.roll_back(steps=3)
        assert folder.roll_back(steps=2)
        assert tree(tmp_path / "dist")["ur/index.html"] == b"1"


def test_a_former_output_that_is_not_whole_does_not_come_back(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path / "dist")
    with folder.locked():
        folder.replace([FIRST, SECOND])
        folder.replace(NEW, keep=1)
        (folder.formers.all()[0] / FIRST.path).unlink()
        with pytest.raises(PublishingError, match=r"Missing `ur/a/index\.html` in a former output"):
            folder.roll_back()
    assert "ur/b/index.html" in tree(tmp_path / "dist")


def test_a_mount_point_is_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place = tmp_path / "my site"
    place.mkdir()
    assert exchange.is_mount(Path("/proc"))
    assert not exchange.is_mount(place)
    listed = tmp_path / "mountinfo"
    listed.write_text(
        f"77 28 8:1 /srv {str(place).replace(' ', chr(92) + '040')} rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
    )
    monkeypatch.setattr(exchange, "MOUNTS", listed)
    assert exchange.is_mount(place)
    (tmp_path / "link").symlink_to(place)
    assert exchange.is_mount(tmp_path / "link")
    monkeypatch.setattr(exchange, "MOUNTS", tmp_path / "none")
    assert not exchange.is_mount(place)


def test_modes_do_not_depend_on_the_umask(tmp_path: Path) -> None:
    store = Store(tmp_path / "objects")
    stored = OutputFile("en/a.html", digest=store.put(b"four"))
    before = os.umask(0o077)
    try:
        with OutputFolder(tmp_path / "dist").locked():
            OutputFolder(tmp_path / "dist").replace([FIRST, SECOND, stored], store=store)
    finally:
        os.umask(before)
    for place in (tmp_path / "dist", *(tmp_path / "dist").rglob("*")):
        assert stat.S_IMODE(place.stat().st_mode) == (0o755 if place.is_dir() else 0o644), place


def test_who_waits_is_told_for_whom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holder, "LOCK_SECONDS", 0.1)
    told: list[str] = []
    with OutputFolder(tmp_path / "dist").locked():
        folder = OutputFolder(tmp_path / "dist")
        with (
            pytest.raises(PublishingError, match=f"Process {os.getpid()} has held the lock"),
            folder.locked(told.append),
        ):
            pass
        note = folder.state / "dist.holder"
        note.write_text("4321 elsewhere")
        with pytest.raises(PublishingError, match="Process 4321 on elsewhere has held"), folder.locked(told.append):
            pass
        note.write_text("garbage")
        with pytest.raises(PublishingError, match="Another build has held"), folder.locked(told.append):
            pass
    assert told == [f"Process {os.getpid()}", "Process 4321 on elsewhere", ""]
    assert not note.exists()


def replaced(folder: OutputFolder, store: Store, texts: dict[str, bytes]) -> None:
    folder.replace([OutputFile(path, digest=store.put(text)) for path, text in texts.items()], store=store)


def test_what_has_not_changed_is_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, store = OutputFolder(tmp_path / "dist"), Store(tmp_path / "objects")
    folder.state.mkdir()
    texts = {f"ur/{number}/index.html": b"%d" % number for number in range(20)}
    for number in range(2):
        replaced(folder, store, texts | {"ur/3/index.html": b"text %d" % number})
    (tmp_path / "dist" / "mine.txt").write_text("mine")
    linked: list[Path] = []

    def link(file: Path, target: Path) -> None:
        linked.append(target)
        os.link(file, target)

    for module in (staging, objects):
        monkeypatch.setattr(module, "link_or_copy", link)
    for number in range(2, 6):
        del linked[:]
        replaced(folder, store, texts | {f"ur/{number}/index.html": b"text %d" % number})
        # The page that has changed now, and those that the build before has changed or changed back.
        assert len(linked) <= 3
        expected = texts | {f"ur/{number}/index.html": b"text %d" % number, "mine.txt": b"mine"}
        found = tree(tmp_path / "dist")
        del found[MANIFEST]
        assert found == expected


@pytest.mark.parametrize("damage", ["file", "more", "folder for a file", "file for a folder", "link", "nothing"])
def test_whatever_happened_to_the_former_output_the_next_is_right(tmp_path: Path, damage: str) -> None:
    folder, store = OutputFolder(tmp_path / "dist"), Store(tmp_path / "objects")
    folder.state.mkdir()
    texts = {"ur/a/index.html": b"one", "ur/b/index.html": b"two", "assets/style.css": b"css"}
    for number in range(2):
        replaced(folder, store, texts | {"en/index.html": b"%d" % number})
    spare = folder.state / "dist.spare"
    page = spare / "ur/a/index.html"
    if damage == "file":
        page.unlink()
        page.write_bytes(b"bad")
    elif damage == "more":
        (spare / "more/and").mkdir(parents=True)
        (spare / "more/and/more.html").write_text("more")
    elif damage == "folder for a file":
        page.unlink()
        page.mkdir()
        (page / "x").write_text("x")
    elif damage == "file for a folder":
        shutil.rmtree(spare / "ur")
        (spare / "ur").write_text("ur")
    elif damage == "link":
        shutil.rmtree(spare)
        spare.symlink_to(tmp_path)
    else:
        assert tree(spare)["en/index.html"] == b"0"
    replaced(folder, store, texts | {"en/index.html": b"new"})
    found = tree(tmp_path / "dist")
    del found[MANIFEST]
    # Whoever has written there stood in the output when it was exchanged: what he has written is his, and stays.
    theirs = {"more/and/more.html": b"more"} if damage == "more" else {}
    assert found == texts | {"en/index.html": b"new"} | theirs


def test_where_the_former_output_can_take_no_place_nothing_of_it_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, store = OutputFolder(tmp_path / "dist"), Store(tmp_path / "objects")
    folder.state.mkdir()
    replaced(folder, store, {"en/index.html": b"0", "ur/index.html": b"same"})
    monkeypatch.setattr(formers, "remove", lambda _: None)  # somebody else's folder, say
    for number in range(1, 4):
        (folder.state / "dist.spare.marks").unlink()
        replaced(folder, store, {"en/index.html": b"%d" % number, "ur/index.html": b"same"})
        assert folder.formers.all() == []


def test_a_former_output_that_cannot_be_used_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, store = OutputFolder(tmp_path / "dist"), Store(tmp_path / "objects")
    folder.state.mkdir()
    for number in range(2):
        replaced(folder, store, {"en/index.html": b"%d" % number})
    refused = []

    def refuse(*_: object) -> None:
        refused.append(1)
        if len(refused) == 1:
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Staging, "clear", refuse)
    replaced(folder, store, {"en/index.html": b"new"})
    assert refused == [1, 1]
    assert tree(tmp_path / "dist")["en/index.html"] == b"new"


def test_what_somebody_puts_into_a_folder_of_the_output_is_found_whenever(tmp_path: Path) -> None:
    folder, store = OutputFolder(tmp_path / "dist"), Store(tmp_path / "objects")
    folder.state.mkdir()
    texts = {"ur/a/index.html": b"one", "ur/b/index.html": b"two"}
    theirs: dict[str, bytes] = {}
    for number in range(6):
        replaced(folder, store, texts | {"en/index.html": b"%d" % number})
        path = f"ur/a/mine-{number}/more/mine.txt" if number % 2 else f"ur/b/mine-{number}.txt"
        theirs[path] = b"%d" % number
        (tmp_path / "dist" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "dist" / path).write_bytes(theirs[path])
        if number > 1:
            (tmp_path / "dist/ur/a/mine-1/more/mine.txt").write_bytes(b"%d again" % number)
            theirs["ur/a/mine-1/more/mine.txt"] = b"%d again" % number
    replaced(folder, store, texts)
    found = tree(tmp_path / "dist")
    del found[MANIFEST]
    assert found == texts | theirs
    for path in theirs:
        (tmp_path / "dist" / path).unlink()
    for number in range(2):
        replaced(folder, store, texts | {"en/index.html": b"%d" % number})
    found = tree(tmp_path / "dist")
    del found[MANIFEST]
    assert found == texts | {"en/index.html": b"1"}
