"""Passing folders: gone when their process is, however it ended, and nobody else's are touched."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kitabat import scratch

HOLDING = """
import sys
from kitabat import scratch
folder = scratch.made()
(folder / "font").write_bytes(b"much")
print(folder, flush=True)
sys.stdin.read()
{}
"""
FORKED = """
import os
from kitabat import scratch
with scratch.passing() as folder:
    (folder / "font").write_text("font")
    number = os.fork()
    if not number:
        scratch.clear()
        scratch.remove(folder)
        scratch.sweep()
        os._exit(0)
    os.waitpid(number, 0)
    print((folder / "font").read_text(), end=" ")
    scratch.sweep()
    print((folder / "font").read_text())
"""
IN_TURN = """
import sys
from kitabat import scratch
for number in range(50):
    with scratch.passing() as folder:
        file = folder / "file"
        file.write_text(str(number))
        scratch.sweep()
        assert file.read_text() == str(number)
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the system's place for passing files, for this test alone."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def python(text: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", text],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


@contextmanager
def holder(end: str = "") -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Start a process that has a folder, and ends in this way when its input does."""
    with python(HOLDING.format(end)) as process:
        assert process.stdout
        yield process, Path(process.stdout.readline().strip())


def test_a_folder_is_its_owners_alone_and_is_removed(place: Path) -> None:
    folder = scratch.made()
    assert folder.parent == place
    assert folder.stat().st_mode & 0o777 == 0o700
    (folder / "deep").mkdir()
    (folder / "deep/file").write_text("")
    scratch.sweep()
    assert (folder / "deep/file").exists()
    scratch.remove(folder)
    assert os.listdir(place) == []
    scratch.remove(folder)


def test_what_is_had_for_a_while_goes_with_a_fault_too(place: Path) -> None:
    with pytest.raises(ZeroDivisionError), scratch.passing() as folder:
        1 // (place / folder.name / "gone").exists()
    assert os.listdir(place) == []


@pytest.mark.parametrize("end", ["", "raise SystemExit(3)", "1 // 0", "import os; scratch.clear(); os._exit(0)"])
def test_a_process_that_ends_leaves_nothing(place: Path, end: str, capfd: pytest.CaptureFixture[str]) -> None:
    with holder(end) as (_, folder):
        assert (folder / "font").exists()
    assert os.listdir(place) == []
    assert ("ZeroDivisionError" in capfd.readouterr().err) is (end == "1 // 0")


def test_what_a_killed_process_leaves_is_removed_and_no_other(place: Path) -> None:
    with holder() as (killed, left), holder() as (_, used):
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert (left / "font").exists()
        with scratch.passing():  # whoever needs a folder removes those first
            assert not left.exists()
        assert (used / "font").exists()
    assert os.listdir(place) == []


def test_a_process_that_is_not_waited_for_counts_as_gone() -> None:
    with holder() as (killed, left):
        killed.send_signal(signal.SIGKILL)
        os.waitid(os.P_PID, killed.pid, os.WEXITED | os.WNOWAIT)  # its number stands in the table of processes
        scratch.sweep()
        assert not left.exists()


def test_a_process_that_was_forked_removes_nothing_of_its_parents(place: Path) -> None:
    with python(FORKED) as process:
        assert process.communicate(timeout=300)[0] == "font font\n"
    assert process.returncode == 0
    assert os.listdir(place) == []


def left(place: Path) -> Path:
    """Make what a killed process leaves."""
    with scratch.passing() as folder:
        name = f"{folder.name}-left"
    (place / name).mkdir()
    (place / name / "file").write_text("")
    return place / name


def test_other_users_folders_stay(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = left(place)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    scratch.sweep()
    assert (folder / "file").exists()
    monkeypatch.undo()


def test_links_are_not_followed_and_files_and_other_machines_folders_stay(place: Path) -> None:
    folder = left(place)
    target = place / "target"
    target.mkdir()
    (target / "file").write_text("")
    inside, link, file = folder / "link", place / f"{folder.name}-link", place / f"{folder.name}-file"
    inside.symlink_to(target)
    link.symlink_to(target)
    file.write_text("")
    other = place / "kitabat-00000000-left"
    other.mkdir()
    scratch.sweep()
    assert not folder.exists()
    assert sorted(os.listdir(target)) == ["file"]
    assert link.is_symlink()
    assert file.exists()
    assert os.listdir(other) == []


def test_where_the_disk_knows_no_locks_nothing_of_others_is_removed(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_lock: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    folder = left(place)
    monkeypatch.setattr(fcntl, "flock", refuse)
    with scratch.passing() as mine:
        scratch.sweep()
        assert mine.is_dir()
    assert not mine.exists()
    assert folder.is_dir()


def test_a_folder_that_was_taken_for_a_left_one_is_made_once_more(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = tempfile.mkdtemp
    taken: list[str] = []

    def make(**options: str) -> str:
        folder = real(**options)
        if not taken:
            taken.append(folder)
            scratch.sweep()
        return folder

    monkeypatch.setattr(tempfile, "mkdtemp", make)
    with scratch.passing() as folder:
        assert folder.is_dir()
        assert str(folder) not in taken
    assert os.listdir(place) == []


def test_processes_that_make_and_sweep_at_once_do_not_disturb_each_other(place: Path) -> None:
    processes = [python(IN_TURN) for _ in range(3)]
    for process in processes:
        process.communicate(timeout=300)
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert os.listdir(place) == []


def test_a_full_disk_leaves_no_folder(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(scratch, "_locked", full)
    with pytest.raises(OSError, match="No space left"):
        scratch.made()
    assert os.listdir(place) == []
