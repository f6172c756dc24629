"""The only printer: results to standard output, progress and diagnostics to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol, TextIO

from kitabat.cli.excerpt import WIDEST, excerpt, safe
from kitabat.cli.files import Files, Sources
from kitabat.cli.table import bare, folded
from kitabat.cli.terminal import in_a_cell, is_visual, number, shown
from kitabat.cli.visual import width
from kitabat.model.diagnostic import Diagnostic, Severity

INDENT = "    "
NARROWEST = 20
"""Cells that an excerpt has, however narrow the terminal says it is."""
USUAL_COLUMNS = 80

COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}


class Step(Protocol):
    """Told of each piece of long work that is done."""

    def __call__(self, done: int, total: int, name: str) -> None:
        """``done`` of ``total`` pieces are made; ``name`` is the last one."""


class Console:
    """Two streams, and what is known of what stands behind them."""

    def __init__(
        self,
        out: TextIO | None = None,
        err: TextIO | None = None,
        environment: Mapping[str, str] | None = None,
        bidi: str = "auto",
    ) -> None:
        self.out = out or sys.stdout
        self.err = err or sys.stderr
        self.environment = os.environ if environment is None else environment
        self.bidi = bidi

    def result(self, text: str = "") -> None:
        """Print one line of a result."""
        self.line(self.out, text)

    def remark(self, text: str) -> None:
        """Print one line that is no result."""
        self.line(self.err, text)

    def raw(self, text: str) -> None:
        """Print a result for another program, as it is."""
        print(text, file=self.out)

    def line(self, stream: TextIO, text: str) -> None:
        """Print a line, readable and harmless."""
        visual = is_visual(self.bidi, self.environment, is_terminal=stream.isatty())
        print("\n".join(shown(safe(part), visual=visual) for part in text.split("\n")), file=stream)

    def is_colourful(self, stream: TextIO) -> bool:
        """Tell whether a stream takes colours: a terminal that is not dumb, and NO_COLOR is not set."""
        plain = self.environment.get("NO_COLOR") or self.environment.get("TERM") == "dumb"
        return stream.isatty() and not plain

    def is_live(self, stream: TextIO) -> bool:
        """Tell whether lines of a stream can be drawn over: a terminal that is not dumb, and no log of a CI service."""
        is_ci = self.environment.get("CI", "").lower() not in {"", "0", "false"}
        return stream.isatty() and self.environment.get("TERM") != "dumb" and not is_ci

    def columns(self, stream: TextIO) -> int | None:
        """Return the cells of a stream's line; None where it is no terminal, and lines may be of any length."""
        if not stream.isatty():
            return None
        columns = number(self.environment.get("COLUMNS", ""))
        if not columns:
            try:
                columns = os.get_terminal_size(stream.fileno()).columns
            except (OSError, ValueError):
                columns = 0
        return columns or USUAL_COLUMNS

    def room(self, stream: TextIO) -> int:
        """Return the cells that an excerpt may take in one line of a stream, so that its caret stands below it."""
        columns = self.columns(stream)
        # A caret may stand one cell behind the line; a terminal turns the line at its very last cell.
        return WIDEST if columns is None else max(NARROWEST, min(WIDEST, columns - len(INDENT) - 1))

    def coloured(self, text: str, colour: str, stream: TextIO | None = None) -> str:
        """Return text for a stream, standard error without one, in a colour where it takes any."""
        return f"\x1b[{colour}m{text}\x1b[0m" if text and self.is_colourful(stream or self.err) else text

    def diagnostics(self, diagnostics: Iterable[Diagnostic], sources: Sources | None = None) -> None:
        """Print diagnostics to standard error, each with its line of the file and its hint."""
        visual = is_visual(self.bidi, self.environment, is_terminal=self.err.isatty())
        widest = self.room(self.err)
        files = Files(sources)
        for diagnostic in diagnostics:
            place = f"{diagnostic.location}: " if diagnostic.location else ""
            severity = self.coloured(diagnostic.severity.value, COLOURS[diagnostic.severity])
            rule = f"[{diagnostic.rule}]"
            message = safe(" ".join(diagnostic.message.split("\n")))
            lines = self.folded(f"{shown(safe(place), visual=visual)}{severity}: ", f"{message} {rule}")
            source = files.line(diagnostic.location)
            if source is not None and diagnostic.location:
                parts = excerpt(source, diagnostic.location.column, visual=visual, widest=widest)
                lines += [f"{INDENT}{part}" for part in parts]
            if diagnostic.about:
                lines.append(f"{INDENT}article: {shown(safe(str(diagnostic.about)), visual=visual)}")
            if diagnostic.hint:
                lines += self.folded(f"{INDENT}hint: ", safe(diagnostic.hint))
            print("\n".join(lines), file=self.err)

    def folded(self, start: str, text: str, stream: TextIO | None = None) -> list[str]:
        """Return a text in lines, broken between words on a terminal; without a stream, for standard error."""
        stream = stream or self.err
        visual = is_visual(self.bidi, self.environment, is_terminal=stream.isatty())
        columns = self.columns(stream)
        if columns is None:
            return [start + shown(text, visual=visual)]
        room = columns - len(INDENT)
        first = columns - width(bare(start))
        found = folded(text, first if first >= NARROWEST else 0, max(room, NARROWEST))
        head, *rest = (shown(line, visual=visual) for line in found)
        return [(start + head).rstrip(), *(INDENT + line for line in rest)]

    def cell(self, text: str, stream: TextIO | None = None) -> str:
        """Return a piece of a result as it can be read in a column of a stream, beside others."""
        terminal = (stream or self.out).isatty()
        visual = is_visual(self.bidi, self.environment, is_terminal=terminal)
        return in_a_cell(safe(text), visual=visual, reorders=terminal and self.bidi == "auto")

    def text(self, text: str) -> str:
        """Return a piece of a result as it can be read where results go, for tables that count its width."""
        return shown(safe(text), visual=is_visual(self.bidi, self.environment, is_terminal=self.out.isatty()))

    @contextmanager
    def progress(self, what: str) -> Iterator[Step]:
        """Show a progress bar while work is done; without a terminal, nothing."""
        if not self.is_live(self.err):
            yield silent
            return
        from rich.console import Console as Screen
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        screen = Screen(file=self.err, no_color=not self.is_colourful(self.err))
        columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
        with Progress(*columns, console=screen, transient=True) as bar:
            task = bar.add_task("", total=None)

            def step(done: int, total: int, name: str) -> None:
                bar.update(task, completed=done, total=total, description=self.text(name))

            yield step


def silent(done: int, total: int, name: str) -> None:
    """Show nothing."""


def plural(number: int, word: str) -> str:
    """Return a number of things.

    >>> plural(1, "error"), plural(2, "error")
    ('1 error', '2 errors')
    """
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
