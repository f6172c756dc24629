"""Work at a target in threads: results in order, faults told, and an end that waits for nobody."""

from __future__ import annotations

import threading
import time
from typing import Any, cast

import pytest

from kitabat.delivery import crew as crews
from kitabat.delivery.crew import BrokenOffError, Crew
from kitabat.delivery.target import Target


class Place:
    """Stands for a target, and counts how often it was reached and let go."""

    reached = closed = 0

    def __init__(self) -> None:
        type(self).reached += 1

    def close(self) -> None:
        type(self).closed += 1


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "PAUSES", (0, 0))
    Place.reached = Place.closed = 0


def reach() -> Target:
    return cast("Target", Place())


def test_results_come_in_the_order_of_the_work() -> None:
    told: list[str] = []

    def work(number: int) -> Any:
        def go(_: Target) -> int:
            time.sleep((5 - number) / 100)
            return number

        return go

    with Crew(reach, 3) as crew:
        assert crew.each([(str(number), work(number)) for number in range(5)], told.append) == [0, 1, 2, 3, 4]
        assert sorted(told) == list("01234")
    assert Place.reached == Place.closed == 3


def test_no_more_threads_than_work() -> None:
    with Crew(reach, 8) as crew:
        assert crew.one("a", lambda _: 1) == 1
        assert len(crew.threads) == 1


def test_what_may_succeed_yet_is_tried_again_over_a_new_connection() -> None:
    tries = iter([ConnectionError("1"), EOFError("2")])

    def work(_: Target) -> str:
        for fault in tries:
            raise fault
        return "well"

    with Crew(reach, 1) as crew:
        assert crew.one("a", work) == "well"
    assert Place.reached == Place.closed == 3


def test_what_cannot_is_told_at_once_and_the_rest_is_not_begun() -> None:
    done: list[int] = []

    def work(number: int) -> Any:
        def go(_: Target) -> None:
            if number == 2:
                raise PermissionError("no")
            done.append(number)

        return go

    with pytest.raises(BrokenOffError) as raised, Crew(reach, 1) as crew:
        crew.each([(str(number), work(number)) for number in range(9)])
    assert (raised.value.path, str(raised.value.fault)) == ("2", "no")
    assert done == [0, 1]


def test_an_interrupt_waits_for_no_upload() -> None:
    begun, end = threading.Event(), threading.Event()

    def slow(_: Target) -> None:
        begun.set()
        end.wait(30)

    def interrupt(_: str) -> None:
        begun.wait(30)
        raise KeyboardInterrupt

    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Crew(reach, 2) as crew:
        crew.each([("quick", lambda _: None), ("slow", slow), ("never", slow)], interrupt)
    assert time.monotonic() - start < 10
    assert all(thread.daemon for thread in crew.threads)
    end.set()
    for thread in crew.threads:
        thread.join()
