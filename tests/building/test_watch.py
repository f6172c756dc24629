"""Which workers of a cluster are given up; the clock is the test's."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from types import SimpleNamespace

import pytest

from kitabat.building import watch
from kitabat.building.watch import PING, SILENCE, Watch, background


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(watch, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


def until(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + 60
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()


def test_a_worker_that_is_stopped_is_given_up_and_one_that_answers_is_not(clock: list[float]) -> None:
    goes_on, asked = threading.Event(), list[str]()

    def ask(address: str) -> bool:
        asked.append(address)
        if address == "cut off":
            raise OSError
        return address == "busy" or goes_on.wait(60)

    watched = Watch(ask)
    done: Future[None] = Future()
    done.set_result(None)
    for address, load in (("stopped", Future()), ("cut off", Future()), ("busy", Future()), ("done", done)):
        watched.begin(address, load)
    assert watched.silent() == set()
    assert asked == []
    clock[0] = PING + 1
    assert watched.silent() == set()
    assert until(lambda: sorted(asked) == ["busy", "cut off", "stopped"])
    busy = watched._seen["busy"].ping
    assert busy
    assert busy.result(60)
    clock[0] = SILENCE + 1
    assert watched.silent() == {"stopped", "cut off"}
    watched.end("stopped")
    assert watched.silent() == {"cut off"}
    goes_on.set()


def test_who_has_answered_is_asked_again(clock: list[float]) -> None:
    asked = list[str]()

    def ask(address: str) -> bool:
        asked.append(address)
        return True

    watched = Watch(ask)
    watched.begin("busy", Future())
    for number in range(1, 9):
        clock[0] += PING + 1
        assert watched.silent() == set()
        ping = watched._seen["busy"].ping
        assert ping
        assert ping.result(60)
        # What it says is heard the next time, and counts from then.
        assert watched.silent() == set()
        assert len(asked) == number


def test_nobody_is_waited_for_without_end() -> None:
    end = threading.Event()
    with pytest.raises(TimeoutError):
        background(end.wait).result(0.01)
    end.set()
    with pytest.raises(ZeroDivisionError):
        background(lambda: 1 // 0).result(30)
