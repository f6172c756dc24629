"""What is said of the time that a build has yet to take, and what is learnt for the next one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.building.forecast import PACE, Forecast, Pace, read_paces, write_paces


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def paces(**lines: tuple[float, float]) -> dict[str, Pace]:
    """Paces of former builds in which tasks took just these times."""
    found = {}
    for kind, (fixed, slope) in lines.items():
        found[kind] = Pace()
        for weight in (1, 10, 100):
            found[kind].learn(weight, fixed + slope * weight)
    return found


def test_time_goes_by_kind_and_weight_and_by_how_many_work() -> None:
    forecast = Forecast(paces(pdf=(1.0, 0.1), html=(0.1, 0.0)), 2, clock=Clock())
    for number in range(4):
        forecast.expect(f"pdf{number}", "pdf", 20)
        forecast.expect(f"html{number}", "html", 20)
    assert forecast.left() == pytest.approx((4 * 3.0 + 4 * 0.1) / 2)


def test_what_is_passed_is_taken_off_and_the_longest_bounds_the_rest() -> None:
    clock = Clock()
    forecast = Forecast(paces(pdf=(0.0, 1.0)), 4, clock=clock)
    for name, weight in (("long", 50), ("short", 2)):
        forecast.expect(name, "pdf", weight)
        forecast.begin(name)
    assert forecast.left() == pytest.approx(50)
    clock.now += 10
    forecast.end("short", 2)
    assert forecast.left() == pytest.approx(40)


def test_a_slower_machine_is_seen_in_this_build() -> None:
    forecast = Forecast(paces(pdf=(0.0, 1.0)), 1, clock=Clock())
    for number in range(10):
        forecast.expect(str(number), "pdf", 100)
    first = forecast.left()
    forecast.end("0", 300)
    assert first == pytest.approx(1000)
    assert forecast.left() == pytest.approx(900 * 302 / 102)


def test_a_task_that_is_late_lengthens_what_is_left() -> None:
    clock = Clock()
    forecast = Forecast(paces(pdf=(0.0, 1.0)), 1, clock=clock)
    for name in "ab":
        forecast.expect(name, "pdf", 10)
    forecast.begin("a")
    before = forecast.left()
    clock.now += 40
    after = forecast.left()
    assert before is not None
    assert after is not None
    assert after > before


def test_nothing_is_said_where_nothing_is_known() -> None:
    forecast = Forecast({}, 1, clock=Clock())
    assert forecast.left() == 0
    forecast.expect("a", "pdf", 10)
    forecast.expect("b", "html", 1)
    assert forecast.left() is None
    forecast.begin("a")
    assert forecast.left() is None
    forecast.end("a", 5)
    assert forecast.left() == pytest.approx(0.5)


def test_the_usual_serves_until_a_build_has_measured_it() -> None:
    forecast = Forecast(paces(pdf=(0.0, 1.0)), 1, {"pdf": (9.0, 9.0), "font": (3.0, 0.0)}, clock=Clock())
    forecast.expect("a", "pdf", 1)
    forecast.expect("b", "font", 77)
    assert forecast.left() == pytest.approx(4.0)
    assert "font" not in forecast.paces()


def test_what_need_not_be_done_counts_no_more_and_a_failure_teaches_nothing() -> None:
    forecast = Forecast(paces(pdf=(0.0, 1.0)), 1, clock=Clock())
    for name in "abc":
        forecast.expect(name, "pdf", 10)
        forecast.expect(name, "pdf", 10)
    forecast.drop("a")
    forecast.drop("a")
    forecast.begin("never expected")
    forecast.begin("b")
    forecast.begin("b")
    forecast.end("b", 600, failed=True)
    assert forecast.left() == pytest.approx(10)
    assert forecast.fresh == {}


def test_newer_builds_count_more(tmp_path: Path) -> None:
    known: dict[str, Pace] = {}
    for seconds in (1.0, 1.0, 1.0, 9.0, 9.0, 9.0):
        forecast = Forecast(known, 1, clock=Clock())
        forecast.expect("a", "pdf", 10)
        forecast.end("a", seconds)
        write_paces(tmp_path, forecast.paces())
        known = read_paces(tmp_path)
    fixed, slope = known["pdf"].line()
    assert 7.5 < fixed + slope * 10 < 9
    write_paces(tmp_path, Forecast(known, 1).paces())
    assert read_paces(tmp_path) == known


@pytest.mark.parametrize("content", [b"", b"[", b'{"pdf": 3}', b'{"pdf": {"count": "x"}}', b"[" * 100_000])
def test_a_file_that_cannot_be_understood_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / PACE).write_bytes(content)
    assert read_paces(tmp_path) == {}


@given(st.lists(st.tuples(st.integers(0, 10**7), st.floats(0, 10**4)), min_size=1, max_size=20))
def test_no_task_is_foreseen_to_take_less_than_nothing(tasks: list[tuple[int, float]]) -> None:
    pace = Pace()
    for weight, seconds in tasks:
        pace.learn(weight, seconds)
    fixed, slope = pace.line()
    assert fixed >= 0
    assert slope >= 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["expect", "begin", "end", "drop"])), max_size=40))
def test_the_sums_are_those_of_the_tasks(steps: list[tuple[str, str]]) -> None:
    forecast = Forecast(paces(pdf=(1.0, 1.0)), 1, clock=Clock())
    for name, step in steps:
        arguments = {"expect": ("pdf", ord(name)), "end": (1.0 + ord(name),)}.get(step, ())
        getattr(forecast, step)(name, *arguments)
    assert forecast.left() == pytest.approx(sum(1 + ord(name) for name in forecast.open))
