"""Contents by their digest, held to a size."""

from __future__ import annotations

import os
from pathlib import Path

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
