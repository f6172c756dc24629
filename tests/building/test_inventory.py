"""Digests of files: read again where a file may have changed, and only there."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from kitabat.building.inventory import Inventory, Look
from kitabat.recording import digest_of
from kitabat.workspace import Disk


class Counting(Disk):
    """A folder that counts what is read in it."""

    count = 0

    def read(self, path: str) -> bytes:
        self.count += 1
        return super().read(path)


def looked(folder: Path, known: Mapping[str, Look]) -> tuple[str, int, dict[str, Look]]:
    """The digest of the file, how often it was read for it, and the looks for the next time."""
    disk = Counting(folder)
    inventory = Inventory(disk, known)
    return inventory.digest("a.md"), disk.count, inventory.looks


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_bytes(b"one")
    return tmp_path


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    now = time.time_ns() + int(seconds * 1e9)
    monkeypatch.setattr(time, "time_ns", lambda: now)


def test_a_file_that_had_time_to_settle_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, 10)
    digest, count, looks = looked(folder, {})
    assert (digest, count) == (digest_of(b"one"), 1)
    assert looked(folder, looks)[:2] == (digest, 0)


def test_a_change_within_one_tick_of_the_clock_is_noticed(folder: Path) -> None:
    place = folder / "a.md"
    before = place.stat()
    _, _, looks = looked(folder, {})
    place.write_bytes(b"two")
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    # As a file system with coarse times would show it: nothing but the content differs.
    looks = {"a.md": Look(3, looks["a.md"].modified, place.stat().st_ctime_ns, before.st_ino, looks["a.md"].digest)}
    assert looked(folder, looks)[:2] == (digest_of(b"two"), 1)


def test_a_clock_that_was_set_back_costs_reading_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, -3600)
    _, _, looks = looked(folder, {})
    assert looked(folder, looks)[1] == 1


@pytest.mark.parametrize("change", ["touched", "replaced", "longer"])
def test_whatever_tells_of_a_change_has_the_file_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    later(monkeypatch, 10)
    _, _, looks = looked(folder, {})
    place = folder / "a.md"
    if change == "touched":
        os.utime(place, ns=(1, 1))
    elif change == "replaced":
        (folder / "new").write_bytes(b"one")
        os.replace(folder / "new", place)
    else:
        place.write_bytes(b"one more")
    digest, count, _ = looked(folder, looks)
    assert (digest, count) == (digest_of(place.read_bytes()), 1)


def test_a_file_that_is_not_there_has_no_digest(folder: Path) -> None:
    assert Inventory(Disk(folder)).digest("b.md") == ""
