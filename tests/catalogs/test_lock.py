"""Syncs that wait for one another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kitabat.catalogs.lock import NAME, STATE, WAITING, locked
from kitabat.model.errors import ExitCode, PublishingError

HOLDER = """
import sys
from pathlib import Path
from kitabat.catalogs.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_another_process_waits_and_is_told(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        told: list[str] = []
        with pytest.raises(PublishingError) as caught, locked(tmp_path, 0.05, wait=told.append):
            pass
        assert told == [WAITING]
        holder.stdin.write("\n")
    assert caught.value.exit_code == ExitCode.BUSY
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.message == "Another sync of this project has not ended within 0.05 seconds"
    with locked(tmp_path, 0):
        pass


def test_a_process_that_dies_lets_go(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
    with locked(tmp_path, 0):
        assert (tmp_path / STATE / NAME).exists()


def test_a_fault_inside_lets_go_and_stays_itself(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="inside"), locked(tmp_path):
        raise OSError("inside")
    with locked(tmp_path, 0):
        pass


def test_where_there_can_be_no_lock(tmp_path: Path) -> None:
    (tmp_path / STATE).write_text("")
    with pytest.raises(PublishingError) as caught, locked(tmp_path):
        pass
    assert caught.value.exit_code == ExitCode.OUTPUT
    (tmp_path / STATE).unlink()
    (tmp_path / STATE).symlink_to(tmp_path.parent)
    with pytest.raises(PublishingError, match="a link"), locked(tmp_path):
        pass
