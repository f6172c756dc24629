"""The lines of the files that diagnostics speak of, each file read once."""

from __future__ import annotations

from typing import Protocol

from kitabat.model.diagnostic import Location

LARGEST_SOURCE = 4_000_000
"""Bytes; no line is shown of a larger file."""


class Sources(Protocol):
    """Where lines are read from: a ``Workspace``, or nothing but this of one."""

    def read(self, path: str) -> bytes:
        """Return a file's bytes; raises OSError."""


class Files:
    """What is read from somewhere, or from nowhere."""

    def __init__(self, sources: Sources | None) -> None:
        self.sources = sources
        self.lines: dict[str, list[str]] = {}

    def line(self, place: Location | None) -> str | None:
        """Return the line of a place; None where the place has none, or it cannot be read."""
        if place is None or not place.line or self.sources is None:
            return None
        if place.path not in self.lines:
            self.lines[place.path] = self.read(place.path)
        lines = self.lines[place.path]
        return lines[place.line - 1] if place.line <= len(lines) else None

    def read(self, path: str) -> list[str]:
        """Return a file's lines; none where it is no text."""
        try:
            content = self.sources.read(path) if self.sources else b""
        except OSError:
            return []
        if len(content) > LARGEST_SOURCE:
            return []
        text = content.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        return text.split("\n")
