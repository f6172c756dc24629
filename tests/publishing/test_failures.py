"""What is said of what could not be made."""

from __future__ import annotations

import pytest

from kitabat.building.shift import DIED, late
from kitabat.publishing.failures import unmade, unread


@pytest.mark.parametrize(
    ("words", "remedy"),
    [(late(1), "`timeout` in kitabat.toml"), (DIED, "--jobs 1"), ("ValueError: no", "report it")],
)
def test_what_to_do_goes_by_what_has_happened(words: str, remedy: str) -> None:
    for fault, path in (
        (unmade("ur/a/index.html", words, "content/a.md"), "content/a.md"),
        (unmade("ur/feed.xml", words), ""),
        (unread("content/b.md", words), "content/b.md"),
    ):
        assert fault.message.endswith(words)
        assert remedy in fault.hint
        assert (fault.location.path if fault.location else "") == path
