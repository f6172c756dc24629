"""What is known of finished tasks: kept, damaged, compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from kitabat.building.inventory import Look
from kitabat.building.ledger import LOST, NAME, NEW, Ledger, Stale, read_ledger, write_ledger


def always(_: str) -> bool:
    return True


def filled() -> Ledger:
    ledger = Ledger()
    ledger.note("page a", {"code": "1", "file a": "x"}, "digest", b"null")
    ledger.note("page b", {"code": "1", "file b": "y"}, "", b"[1]")
    ledger.look({"project": {"a": Look(1, 2, 3, 4, "x")}})
    return ledger


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_ledger(tmp_path, filled())
    ledger = read_ledger(tmp_path)
    assert ledger.tasks["page b"].facts == b"[1]"
    assert ledger.looks == {"project": {"a": Look(1, 2, 3, 4, "x")}}
    assert not ledger.is_new


def test_only_a_ledger_with_something_new_is_written(tmp_path: Path) -> None:
    write_ledger(tmp_path, filled())
    ledger = read_ledger(tmp_path)
    ledger.look({"project": {"a": Look(1, 2, 3, 4, "x")}})
    (tmp_path / NAME).unlink()
    write_ledger(tmp_path, ledger)
    assert not (tmp_path / NAME).exists()


@pytest.mark.parametrize("place", [0, 3, 4, 20, -1])
def test_a_flipped_bit_costs_the_ledger_and_no_wrong_result(tmp_path: Path, place: int) -> None:
    write_ledger(tmp_path, filled())
    content = bytearray((tmp_path / NAME).read_bytes())
    content[place] ^= 1
    (tmp_path / NAME).write_bytes(content)
    assert read_ledger(tmp_path).tasks == {}


@pytest.mark.parametrize("content", [b"", b"abc", b"\0\0\0\0", b"{}"])
def test_what_is_no_ledger_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert read_ledger(tmp_path).tasks == {}


def test_a_task_is_stale_by_the_names_of_what_changed() -> None:
    ledger = filled()
    present = {"code": "1", "file a": "other", "file b": "y"}
    wrong = ledger.wrong(["page a", "page b", "page c"], lambda name: present[name])
    assert ledger.stale("page a", wrong, always) == Stale("changed", ("file a",))
    assert ledger.stale("page b", wrong, always) is None
    assert ledger.stale("page c", wrong, always) is NEW
    assert ledger.stale("page a", (), lambda _: False) is LOST


def test_each_input_is_looked_at_once() -> None:
    ledger = filled()
    asked: list[str] = []

    def present(name: str) -> str:
        asked.append(name)
        return "1"

    ledger.wrong(["page a", "page b"], present)
    assert sorted(asked) == ["code", "file a", "file b"]


def test_inputs_that_nothing_has_any_more_are_dropped_in_time() -> None:
    ledger = filled()
    for number in range(50):
        ledger.note("page a", {"code": "1", "file a": str(number)}, "digest", b"null")
        assert len(ledger.pages().names) <= 6
    assert ledger.wrong(["page a", "page b"], lambda name: {"code": "1", "file a": "49", "file b": "y"}[name]) == set()
