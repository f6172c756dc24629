"""Faults and remarks as data: what, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")


class Severity(Enum):
    """How much a diagnostic weighs: an error stops an edition, a warning is a finding, a note is neither."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Location(msgspec.Struct, frozen=True, order=True, gc=False):
    """A place in a file of the project.

    >>> str(Location("content/a.md", 3, 7))
    'content/a.md:3:7'
    >>> str(Location("kitabat.toml"))
    'kitabat.toml'
    """

    path: str
    """Relative to the project, with ``/`` between its parts."""
    line: int = 0
    """From 1; 0 where the fault is of the whole file."""
    column: int = 0
    """From 1, in characters (code points); 0 where only the line is known."""

    def __str__(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.path, *numbers])


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault: rule, severity, message, place and hint.

    >>> print(Diagnostic("article/title", Severity.ERROR, "Missing `title`", Location("content/a.md", 1)))
    content/a.md:1: error: Missing `title` [article/title]
    """

    rule: str
    """``family/name``; the family decides the exit code (see ``model.errors``)."""
    severity: Severity
    message: str
    """Reads "Unexpected `X`, expected `Y`"; one line."""
    location: Location | None = None
    hint: str = ""
    """What to do, as an action; one line."""
    about: Location | None = None
    """Where the article has the text whose translation the location is in."""

    def __str__(self) -> str:
        place = f"{self.location}: " if self.location else ""
        return f"{place}{self.severity.value}: {self.message} [{self.rule}]"


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a stage could make of its input, and its diagnostics.

    >>> Outcome(3).ok, Outcome(None, (error("article/title", "Missing `title`"),)).ok
    (True, False)
    """

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """True where no diagnostic is an error."""
        return not has_errors(self.diagnostics)


def error(rule: str, message: str, location: Location | None = None, hint: str = "") -> Diagnostic:
    """Return an error diagnostic."""
    return Diagnostic(rule, Severity.ERROR, message, location, hint)


def warning(rule: str, message: str, location: Location | None = None, hint: str = "") -> Diagnostic:
    """Return a warning diagnostic."""
    return Diagnostic(rule, Severity.WARNING, message, location, hint)


def note(rule: str, message: str, location: Location | None = None, hint: str = "") -> Diagnostic:
    """Return a note: worth saying, no finding."""
    return Diagnostic(rule, Severity.NOTE, message, location, hint)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of the diagnostics is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
