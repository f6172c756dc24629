"""Contents by their digest, held to a size."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path

import pytest

from kitabat.building.store import Store


def aged(store: Store, digest: str, day: int) -> None:
    os.utime(store.place(digest), ns=(day, day))


def test_the_oldest_of_what_is_not_needed_goes_first(tmp_path: Path) -> None:
    store = Store(tmp_path / "objects")
    needed, old, new = (store.put(content) for content in (b"needed", b"oldest", b"newest"))
    for day, digest in enumerate((needed, old, new)):
        aged(store, digest, day)
    assert store.trim(12, {needed}) == 12
    assert [store.get(digest) for digest in (needed, old, new)] == [b"needed", None, b"newest"]
    assert store.trim(0, {needed}) == 0
    assert store.get(needed) is None


def test_the_state_tells_of_what_anybody_adds(tmp_path: Path) -> None:
    store = Store(tmp_path / "objects")
    assert store.state() == ""
    store.put(b"one")
    before = store.state()
    assert before == Store(tmp_path / "objects").state()
    Store(tmp_path / "objects").put(b"two")
    assert store.state() != before


def test_what_is_there_already_is_not_added(tmp_path: Path) -> None:
    store = Store(tmp_path / "objects")
    store.put(b"four")
    store.put(b"four")
    assert store.added == 4


def test_what_was_lent_is_taken_back_unless_it_was_there(tmp_path: Path) -> None:
    store = Store(tmp_path / "objects")
    kept = store.put(b"four")
    places = [store.lend(content) for content in (b"four", b"lent", b"lent")]
    assert [place.read_bytes() for place in places] == [b"four", b"lent", b"lent"]
    assert store.added == 8
    store.reclaim()
    assert store.added == 4
    assert store.get(kept) == b"four"
    assert [place.exists() for place in places] == [True, False, False]


@pytest.mark.parametrize(
    "obstacle", ["a file for the folder", "a file for a folder of it", "a folder", "links to nothing"]
)
def test_what_stands_in_the_way_of_a_content_gives_way(tmp_path: Path, obstacle: str) -> None:
    store = Store(tmp_path / "cache/objects")
    place = store.place(store.put(b"content"))
    if obstacle == "a folder":
        place.unlink()
        (place / "below").mkdir(parents=True)
    else:
        there = store.folder if obstacle == "a file for the folder" else place.parent
        shutil.rmtree(there)
        if obstacle == "links to nothing":
            there.symlink_to("nothing")
        else:
            there.write_text("a file")
    assert store.get(store.put(b"content")) == b"content"


def test_a_content_is_kept_whole_where_the_disk_takes_it_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "objects")
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: write(handle, content[:3]))
    before = os.umask(0o077)
    try:
        digest = store.put(b"a content of some parts")
    finally:
        os.umask(before)
    assert store.get(digest) == b"a content of some parts"
    assert stat.S_IMODE(store.place(digest).stat().st_mode) == 0o644


def test_a_disk_that_fills_up_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "objects")
    store.put(b"before")
    write = os.write

    def full(handle: int, content: bytes) -> int:
        if len(content) < 7:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(handle, content[:4])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        store.put(b"content")
    assert [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()] == [b"before"]
    assert store.added == len(b"before")
