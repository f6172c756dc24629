"""The progress of a build for other programs: a JSON object a line; docs/build-events.md is its manual."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping

from kitabat import __version__
from kitabat.building.events import Cached, Failed, Finished, Queued, Started
from kitabat.cli.console import Console
from kitabat.cli.formats import fields
from kitabat.cli.tally import Tally
from kitabat.model.diagnostic import Diagnostic
from kitabat.model.errors import ExitCode
from kitabat.publishing.build import BuildReport
from kitabat.publishing.events import Event, Held, Opened, Planned

VERSION = 1
"""Raised when a field changes its meaning or is taken away; new events and fields may come at any time."""


class Lines:
    """Prints events to standard output, and nothing else there; each line is handed on at once."""

    def __init__(self, console: Console, tally: Tally, clock: Callable[[], float] = time.monotonic) -> None:
        self.console = console
        self.tally = tally
        self.clock = clock
        self.start = clock()
        # Where the stream has another character set, what it lacks would be written in a way that JSON does not know.
        encoding = (getattr(console.out, "encoding", None) or "utf-8").lower().replace("-", "")
        self.is_ascii = encoding != "utf8"

    def __call__(self, event: Event) -> None:
        """Print an event that the tally has taken in."""
        if isinstance(event, Held):
            self.line("build-waiting", holder=event.holder or None)
        elif isinstance(event, Opened):
            facts = {"kitabat": __version__, "project": str(event.root), "out": str(event.out)}
            self.line("build-started", **facts, jobs=event.jobs, dry_run=event.dry)
        elif isinstance(event, Planned):
            self.line("build-planned", articles=event.articles, editions=len(event.editions))
        elif isinstance(event, Queued):
            self.task("queued", event.name, because=event.stale.because, changed=list(event.stale.changed))
        elif isinstance(event, Started):
            self.task("started", event.name, left=seconds(event.left))
        elif isinstance(event, Cached):
            self.task("cached", event.name, files=self.files(event.name, event.output))
        elif isinstance(event, Finished):
            files = self.files(event.name, event.output)
            self.task("finished", event.name, seconds=seconds(event.seconds), files=files, left=seconds(event.left))
        elif isinstance(event, Failed):
            told = () if isinstance(event.fault, str) else event.fault
            message = "; ".join(one.message for one in told) if told else event.fault
            fault = {"message": message, "diagnostics": list(map(fields, told))}
            self.task("failed", event.name, seconds=seconds(event.seconds), **fault, left=seconds(event.left))

    def task(self, what: str, name: str, **facts: object) -> None:
        """Print what has happened to a task."""
        piece = self.tally.pieces[name]
        edition = piece.edition
        shown = {
            "task": name,
            "kind": piece.kind,
            "article": (edition.slug if edition else "") or None,
            "language": edition.language if edition else None,
            "format": edition.format if edition else None,
            "source": piece.source or None,
        }
        self.line(f"task-{what}", **shown, **facts)

    def files(self, name: str, output: str) -> list[dict[str, str]]:
        """Return the file that a task has made, in a list, as others may make several."""
        path = self.tally.pieces[name].path
        return [{"path": path, "sha256": output}] if path and output else []

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """Print diagnostics, an event each, with the fields of `kitabat check --format json`."""
        for diagnostic in found:
            self.line("diagnostic", **fields(diagnostic))

    def summary(self, status: str, code: ExitCode, report: BuildReport | None = None) -> None:
        """Print the last line."""
        files = report.files if report else 0
        first = [str(report.out / path) for path in report.open_first] if report else []
        self.line(
            "summary",
            status=status,
            exit_code=int(code),
            seconds=seconds(self.clock() - self.start),
            published=report.published if report else self.tally.is_published,
            files=files,
            made=kinds(self.tally.made),
            cached=kinds(self.tally.cached),
            failed=kinds(self.tally.failed),
            open_first=first,
            joined=list(report.joined) if report else [],
            held_back=[
                {"article": one.slug, "languages": list(one.languages), "stays": one.stays}
                for one in (report.waiting if report else ())
            ],
        )

    def line(self, event: str, **facts: object) -> None:
        """Print one event."""
        head = {"version": VERSION, "event": event, "elapsed": seconds(self.clock() - self.start)}
        self.console.raw(json.dumps({**head, **facts}, ensure_ascii=self.is_ascii))
        self.console.out.flush()


def seconds(value: float | None) -> float | None:
    """Return seconds to the thousandth."""
    return None if value is None else round(value, 3)


def kinds(counts: Mapping[str, int]) -> dict[str, int]:
    """Return counts by kind, in the order of their names."""
    return {kind: counts[kind] for kind in sorted(counts) if counts[kind]}
