"""Fixtures and options of the whole suite."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings
from selenium.webdriver import Chrome
from tests.support import chromium

# A busy machine is no fault of the text in hand; all else stays as Hypothesis has it, in CI and at a desk.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")

# Nor is what a shell or a CI says of its terminal and its time: tests say for themselves what they are about.
os.environ |= {"TERM": "xterm", "COLUMNS": "80", "LINES": "24"}
for name in ("CI", "NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH", "KITABAT_DEBUG", "KITABAT_DEPOT"):
    os.environ.pop(name, None)

# A shell in the background, or `nohup`, has the suite ignore some signals, and what tests start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGURG):
    signal.signal(number, signal.SIG_DFL)

collect_ignore = ["corpus/packages", "golden", "tools"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden`."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden/*/expected/ anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Tell whether goldens are to be written, not compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """Give the one headless browser of the run; tests leave nothing behind in it that another could see."""
    with chromium(tmp_path_factory.mktemp("chromium")) as driver:
        yield driver
