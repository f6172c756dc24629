"""What is said of an edition or an article whose task has failed: what happened, and what to do about it."""

from __future__ import annotations

from kitabat.building.shift import DIED, LATE
from kitabat.model.diagnostic import Diagnostic, Location, error

HINTS = (
    (LATE, "Simplify the article or your own templates, or allow more time: `timeout` in kitabat.toml"),
    (DIED, "Build with fewer processes (--jobs 1), or simplify the article or your own templates"),
)
"""By how the words begin that a task is said to have failed with."""
OF_THE_SYSTEM = "[Errno "
MEND = "See to the disk or the permissions that are named, then build again; passing files are in the folder TMPDIR"
OTHERWISE = "Simplify the article near what is named, or report it"


def unmade(name: str, words: str, path: str = "") -> Diagnostic:
    """Return the fault of an edition that could not be made; ``path`` is of the article's file, if it has one."""
    return error("rendering/edition", f"Cannot make `{name}`: {words}", Location(path) if path else None, _hint(words))


def unread(path: str, words: str) -> Diagnostic:
    """Return the fault of an article that could not be read."""
    return error("article/file", f"Cannot read the article: {words}", Location(path), _hint(words))


def _hint(words: str) -> str:
    """Return what to do.

    >>> _hint("it took longer than 600 seconds").partition(":")[0]
    'Simplify the article or your own templates, or allow more time'
    >>> _hint("OSError: [Errno 28] No space left on device").partition(",")[0]
    'See to the disk or the permissions that are named'
    """
    if OF_THE_SYSTEM in words:
        return MEND
    return next((hint for start, hint in HINTS if words.startswith(start)), OTHERWISE)
