"""Functions put in the place of WeasyPrint's: everywhere, once, and only where they are what was expected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import weasyprint
from weasyprint.layout import inline, preferred

from kitabat.rendering.pdf import guard

PATH = "layout.preferred.min_max"
EXPECTED = {PATH: ("box", "width")}


def shorter(plain: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that stands for another."""

    def made(box: Any, width: Any) -> Any:
        return plain(box, width)

    return made


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Have two modules know a function, both of which are put back."""
    found: Callable[..., Any] = preferred.min_max
    monkeypatch.setattr(preferred, "min_max", found)
    monkeypatch.setattr(inline, "taken_over", found, raising=False)
    return found


def test_a_function_is_replaced_in_all_modules_once(own: Callable[..., Any]) -> None:
    for _ in range(2):
        assert guard.put(weasyprint.__version__, EXPECTED, {PATH: shorter})
        assert preferred.min_max is inline.taken_over
        assert preferred.min_max.remedied is own


@pytest.mark.parametrize(
    ("version", "expected"),
    [("71.0", EXPECTED), ("70.0", {PATH: ("box", "height")}), ("70.0", {"layout.preferred.no_such": ()})],
)
def test_what_is_not_as_expected_is_left_alone(
    version: str, expected: dict[str, tuple[str, ...]], own: Callable[..., Any]
) -> None:
    assert not guard.put(version, expected, {PATH: shorter})
    assert preferred.min_max is inline.taken_over is own
