"""Builds the editions into dist/, all of them or none; former output stays as it is until all is right."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kitabat.cli.arguments import add_slugs, address, from_nought, from_one
from kitabat.cli.console import Console, plural
from kitabat.cli.project import open_project
from kitabat.cli.signals import code_of
from kitabat.config import FORMATS, LANGUAGES
from kitabat.model.errors import ExitCode, PublishingError, exit_code_of
from kitabat.workspace import Disk

if TYPE_CHECKING:
    from kitabat.building.ledger import Stale
    from kitabat.publishing.build import BuildReport, BuildRequest
    from kitabat.publishing.carried import Waiting
    from kitabat.publishing.events import Event

SUMMARY = "build the web pages and PDFs"
EXAMPLE = """example:
  kitabat build --language ur --format pdf --out /tmp/proofs
"""
INTERRUPTED = "nothing is half-made, and the next build goes on from what was finished"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_slugs(parser)
    parser.add_argument(
        "--language", action="append", choices=tuple(LANGUAGES), default=[], help="a language (default: all)"
    )
    parser.add_argument("--format", action="append", choices=FORMATS, default=[], help="a format (default: all)")
    parser.add_argument("--out", metavar="DIR", type=Path, help="where to build (default: dist/ of the publication)")
    parser.add_argument("--jobs", metavar="N", type=from_one, help="processes (default: one for each processor)")
    parser.add_argument(
        "--cluster", metavar="ADDRESS", type=address, help="have a Dask cluster do the work: tcp://HOST:PORT or tls://…"
    )
    parser.add_argument("--force", action="store_true", help="make all anew, taking nothing from the cache")
    parser.add_argument("--explain", action="store_true", help="say why each edition had to be made")
    parser.add_argument("--dry-run", action="store_true", help="say what would be made, and make nothing")
    parser.add_argument("--keep", metavar="N", type=from_nought, help="former outputs to keep (see kitabat rollback)")
    parser.add_argument(
        "--impose",
        choices=("2up",),
        default="",
        help="a booklet beside each PDF: two pages to a side, for sheets turned over the short edge, then folded",
    )
    parser.add_argument(
        "--keep-going", action="store_true", help="publish the good articles even where others are at fault"
    )
    parser.add_argument("--json", action="store_true", help="tell other programs what happens: one JSON object a line")
    parser.add_argument("--quiet", action="store_true", help="say nothing but what is at fault")
    parser.add_argument(
        "--verify", action="store_true", help="read every PDF back; one that lacks words of its source is a fault"
    )


OPENED = 12
"""Files that are named to be looked at: a publication may have thousands of PDFs."""
BECAUSE = {
    "new": "not {} before",
    "lost": "the cache has lost it",
    "forced": "all is to be made anew",
    "unproved": "it was never read back",
}


def explained(reasons: Mapping[str, Stale], failed: Collection[str] = (), *, dry: bool = False) -> Iterator[str]:
    """Yield a line for each piece of work: what was made, could not be or would be, and why.

    >>> from kitabat.building.ledger import NEW, Stale
    >>> list(explained({"ur/a/index.html": Stale("changed", ("texts ur content/a.md",))}, dry=True))
    ['would make ur/a/index.html: the text in `ur` of content/a.md changed']
    >>> list(explained({"read content/a.md": NEW, "ur/a/a-ur.pdf": NEW}, {"ur/a/a-ur.pdf"}))
    ['read content/a.md: not read before', 'could not make ur/a/a-ur.pdf: not made before']
    """
    from kitabat.publishing.events import READING
    from kitabat.publishing.inputs import in_words

    for name, stale in reasons.items():
        verb, past = ("read", "read") if name.startswith(READING) else ("make", "made")
        done = f"would {verb}" if dry else f"could not {verb}" if name in failed else past
        changed = f"{' and '.join(dict.fromkeys(map(in_words, stale.changed)))} changed"
        why = BECAUSE[stale.because].format(past) if stale.because in BECAUSE else changed
        yield f"{done} {name.removeprefix(READING)}: {why}"


def waits(held: Waiting) -> str:
    """Return the line for an article that is held back.

    >>> from kitabat.publishing.carried import Waiting
    >>> waits(Waiting("news", ("en", "ur"), True))
    'Held back `news` in en and ur; what the last build made of it stays'
    """
    stays = "what the last build made of it stays" if held.stays else "the output has none of it"
    return f"Held back `{held.slug}` in {' and '.join(held.languages)}; {stays}"


class Report:
    """What is said of a build: to people while it goes on and after it, or to another program."""

    def __init__(self, options: argparse.Namespace, console: Console) -> None:
        from kitabat.cli.tally import Tally

        self.options = options
        self.console = console
        self.tally = Tally()
        self.start = time.monotonic()

    @contextmanager
    def listening(self) -> Iterator[Callable[[Event], None]]:
        """Yield what hears the build: it draws a bar on a terminal, prints lines in a log, or is quiet."""
        if self.options.quiet:
            yield self.tally
        elif self.console.is_live(self.console.err):
            from kitabat.cli.bar import shown

            with shown(self.console, self.tally):
                yield self.tally
        else:
            from kitabat.cli.steps import Steps

            yield both(self.tally, Steps(self.console, self.tally))

    def said(self, report: BuildReport, disk: Disk) -> ExitCode:
        """Say what came of it."""
        from kitabat.cli.tally import summary

        self.console.diagnostics(report.diagnostics, disk)
        dry = self.options.dry_run
        if self.options.explain or dry:
            for line in explained(report.reasons, report.failed, dry=dry):
                self.console.result(line)
        if dry:
            number = plural(len(report.reasons), "piece")
            self.console.result(f"Would make {number}, and take {report.cached} from the cache")
        elif not report.published:
            self.console.remark(f"Nothing was published; {report.out} is as it was")
        elif not self.options.quiet:
            self.console.result(f"Published {plural(report.files, 'file')} in {report.out}")
            for text in summary(self.tally, time.monotonic() - self.start):
                self.console.result("\n".join(self.console.folded("", text, self.console.out)))
            for line in notes(report):
                self.console.result(line)
        return exit_code_of(report.diagnostics)


def notes(report: BuildReport) -> Iterator[str]:
    """Yield what else there is to know of a build: what goes together, what waits, what to open."""
    for slug in report.joined:
        yield f"Made `{slug}` in all languages: they go together, and the output did not have the others"
    yield from map(waits, report.waiting)
    for path in report.open_first[:OPENED]:
        yield f"Open {report.out / path}"
    if len(report.open_first) > OPENED:
        yield f"and {plural(len(report.open_first) - OPENED, 'other PDF')}"


def both(first: Callable[[Event], None], second: Callable[[Event], None]) -> Callable[[Event], None]:
    """Return what tells two listeners, one after the other."""

    def tell(event: Event) -> None:
        first(event)
        second(event)

    return tell


def for_people(options: argparse.Namespace, console: Console) -> ExitCode:
    """Build, and say how it goes and what to open."""
    from kitabat.publishing.build import build

    report = Report(options, console)
    request = asked(options)
    with report.listening() as tell:
        made = build(request, tell)
    return report.said(made, Disk(request.root))


def for_programs(options: argparse.Namespace, console: Console) -> ExitCode:
    """Build, and print events; the last is the summary, whatever ends the build but that nobody reads on."""
    from kitabat.cli.jsonl import Lines
    from kitabat.cli.tally import Tally
    from kitabat.publishing.build import build

    tally = Tally()
    lines = Lines(console, tally)
    status, code, report = "failed", ExitCode.INTERNAL, None
    try:
        report = build(asked(options), both(tally, lines))
        code = exit_code_of(report.diagnostics)
        status = "dry-run" if options.dry_run else "published" if report.published else "failed"
        lines.diagnostics(report.diagnostics)
    except PublishingError as fault:
        code = fault.exit_code
        lines.diagnostics(fault.diagnostics)
    except KeyboardInterrupt as fault:
        status, code = "interrupted", code_of(fault)
    except BrokenPipeError:
        raise
    except Exception:
        lines.summary(status, code)
        raise
    lines.summary(status, code, report)
    return code


def asked(options: argparse.Namespace) -> BuildRequest:
    """Return what the command line asks for; raises PublishingError where there is no publication."""
    from kitabat.publishing.build import BuildRequest

    return BuildRequest(
        root=open_project(options.project).disk.root,
        slugs=tuple(options.slugs),
        languages=tuple(options.language),
        formats=tuple(options.format),
        out=options.out,
        jobs=options.jobs,
        cluster=options.cluster or "",
        impose=options.impose,
        keep_going=options.keep_going,
        force=options.force,
        dry=options.dry_run,
        keep=options.keep,
        verify=options.verify,
    )


def run(options: argparse.Namespace, console: Console) -> ExitCode:
    """Build; how it is told depends on who reads it."""
    return for_programs(options, console) if options.json else for_people(options, console)
