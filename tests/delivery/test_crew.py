"""Work at a target in threads: results in order, faults told, and an end that waits for nobody."""

from __future__ import annotations

import threading
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
    all_at_work, end = threading.Barrier(3), threading.Event()

    def work(number: int) -> Any:
        def go(_: Target) -> int:
            if number < 3:
                all_at_work.wait(300)
            if number == 4:
                end.set()
            # The first is over last.
            assert number or end.wait(300)
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
        assert crew.one("first", lambda _: 1) == 1
        assert crew.one("a", work) == "well"
    assert Place.reached == Place.closed == 3


def test_a_target_that_has_never_answered_is_tried_twice() -> None:
    tries = []

    def work(_: Target) -> None:
        tries.append(1)
        raise ConnectionError("nobody there")

    with pytest.raises(BrokenOffError), Crew(reach, 1) as crew:
        crew.one("a", work)
    assert len(tries) == 2


def test_a_target_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "ANSWER", 0.05)
    monkeypatch.setattr(crews, "GRACE", 0.01)
    end = threading.Event()
    monkeypatch.setattr(Target, "greet", lambda _: end.wait())
    with pytest.raises(BrokenOffError) as raised, Crew(reach, 1) as crew:
        crew.greet()
    assert str(raised.value.fault) == "it has not answered within 0.05 seconds"
    end.set()
    crew.threads[0].join()


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


def test_whatever_a_driver_raises_is_told() -> None:
    class PanicError(BaseException):
        pass

    def panic(_: Target) -> None:
        raise PanicError("in another language")

    with Crew(reach, 2) as crew, pytest.raises(BrokenOffError) as raised:
        crew.one("a", panic)
    assert str(raised.value.fault) == "PanicError: in another language"


def test_fewer_threads_than_asked_for_do_the_work_too(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = threading.Thread.start

    def start(thread: threading.Thread) -> None:
        if threading.active_count() > before:
            raise RuntimeError("can't start new thread")
        usual(thread)

    before = threading.active_count()
    monkeypatch.setattr(threading.Thread, "start", start)
    with Crew(reach, 4) as crew:
        assert crew.each([(str(number), lambda _: 1) for number in range(4)]) == [1] * 4
        assert len(crew.threads) == 1


def test_an_interrupt_waits_for_no_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "GRACE", 0.01)
    begun, end = threading.Event(), threading.Event()

    def slow(_: Target) -> None:
        begun.set()
        end.wait()

    def interrupt(_: str) -> None:
        begun.wait(30)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Crew(reach, 2) as crew:
        crew.each([("quick", lambda _: None), ("slow", slow), ("never", slow)], interrupt)
    # The upload is still going on; nobody has let it end.
    assert not end.is_set()
    assert any(thread.is_alive() for thread in crew.threads)
    assert all(thread.daemon for thread in crew.threads)
    end.set()
    for thread in crew.threads:
        thread.join()
