"""Brings dist/ to a folder or a server: sends what has changed, pages after what they need, and deletes last.

TARGET is a folder or an address: s3://bucket/path, gs://bucket/path, sftp://user@host/path, or any other that fsspec
has a driver for. The driver finds credentials in its own files and environment variables. After a break the same
command goes on with what is left to do.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from kitabat.cli.arguments import from_one
from kitabat.cli.console import Console, plural
from kitabat.cli.project import find_root, open_project
from kitabat.model.diagnostic import error
from kitabat.model.errors import ExitCode, PublishingError

if TYPE_CHECKING:
    from kitabat.delivery.address import Address
    from kitabat.delivery.publish import PublishReport

SUMMARY = "bring the output to a folder or a server"
EXAMPLE = """example:
  kitabat publish sftp://editor@aaina.example/srv/www --dry-run
"""
INTERRUPTED = "what has arrived stays, and the same command goes on from there"
OUTPUT, STATE, SETTINGS = "dist", ".kitabat", "kitabat.toml"
SOURCES = ("content", "locales", "templates", "fonts", ".git", STATE)
UNITS = ("B", "kB", "MB", "GB")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("target", metavar="TARGET", help="a folder, or an address such as s3://bucket/path")
    parser.add_argument(
        "--from", dest="source", metavar="DIR", type=Path, help="a build's output (default: dist/ of the publication)"
    )
    parser.add_argument("--dry-run", action="store_true", help="change nothing, and say what would be done")
    parser.add_argument(
        "--delete",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="delete files that a former publish has sent and that are not in the output any more; "
        "what no publish has sent is always left alone",
    )
    parser.add_argument(
        "--verify",
        action="store_true",
        help="look at every file at the target, not only at what has changed; in a folder that is done always",
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="write over files at the target that no publish has sent"
    )
    parser.add_argument("--all", action="store_true", help="send files of the output too that no build has made")
    parser.add_argument("--jobs", metavar="N", type=from_one, default=4, help="connections at once (default: 4)")
    parser.add_argument(
        "--option",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        help="for the driver: port=2222, endpoint_url=… (not for secrets, which others could see)",
    )


def run(options: argparse.Namespace, console: Console) -> ExitCode:
    """Hand the request on, and say what has been done."""
    from kitabat.delivery.address import address

    root = Path(
        os.path.realpath(find_root(options.project) if options.source else open_project(options.project).disk.root)
    )
    source = options.source or root / OUTPUT
    target = address(options.target, options.option)
    if target.is_local:
        refuse_among_sources(Path(target.text), source, root)
    return published(options, console, target, source, state_of(root))


def state_of(root: Path) -> Path:
    """Return the folder for locks and for keys of servers: the publication's.

    It is the user's own where an output is published without its publication, or from one that may only be read.
    """
    own = root / STATE
    if (root / SETTINGS).is_file() and os.access(own if own.exists() else root, os.W_OK):
        return own
    return Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")) / "kitabat"  # noqa: PTH111 - Path.home() raises where there is none


def published(options: argparse.Namespace, console: Console, target: Address, source: Path, state: Path) -> ExitCode:
    """Publish, or say what would be done."""
    from kitabat.delivery.publish import PublishRequest, publish

    request = PublishRequest(
        source=source,
        shown=str(options.source or OUTPUT),
        address=target,
        state=state,
        delete=options.delete,
        everything=options.all,
        overwrite=options.overwrite,
        verify=options.verify,
        dry_run=options.dry_run,
        jobs=options.jobs,
    )
    with console.progress("Publishing") as step:
        report = publish(request, step)
    if options.dry_run:
        for item in report.sent:
            console.result(f"send   {item.path} ({in_units(item.size)})")
        for path in report.deleted:
            console.result(f"delete {path}")
    console.result(summary(report, str(target), dry_run=options.dry_run))
    return ExitCode.OK


def refuse_among_sources(target: Path, source: Path, root: Path) -> None:
    """Raise PublishingError where a folder is no place to publish to: it holds the publication, or is part of it."""
    real, output = Path(os.path.realpath(target)), Path(os.path.realpath(source))
    places = [output, *(root / name for name in SOURCES)] if (root / SETTINGS).is_file() else [output]
    if any(real.is_relative_to(place) or place.is_relative_to(real) for place in places):
        message = (
            f"Unexpected target `{target}`, expected a folder that neither holds the publication nor is part of it"
        )
        raise PublishingError(error("output/place", message, hint="Choose another folder"))


def summary(report: PublishReport, target: str, *, dry_run: bool) -> str:
    """Return the line that says what was done.

    >>> from kitabat.delivery.publish import PublishReport
    >>> summary(PublishReport((), ("a", "b"), 0, 7, 3), "s3://s", dry_run=False)
    'Published to s3://s: nothing sent, 7 files were there already (3 from a publish that broke off), 2 files deleted'
    >>> summary(PublishReport((), (), 0, 7, 0), "s3://site", dry_run=True)
    's3://site is up to date: 7 files'
    """
    size = in_units(sum(item.size for item in report.sent))
    parts = [f"{plural(len(report.sent), 'file')} sent ({size})" if report.sent else "nothing sent"]
    if report.there:
        resumed = f" ({report.resumed} from a publish that broke off)" if report.resumed else ""
        were = "was" if report.there == 1 else "were"
        parts.append(f"{plural(report.there, 'file')} {were} there already{resumed}")
    if report.deleted:
        parts.append(f"{plural(len(report.deleted), 'file')} deleted")
    if report.kept:
        parts.append(f"{plural(report.kept, 'file')} of former publishes kept")
    if not (report.sent or report.deleted or report.kept or report.resumed):
        return f"{target} is up to date: {plural(report.there, 'file')}"
    return f"{f'Would publish to {target}' if dry_run else f'Published to {target}'}: {', '.join(parts)}"


def in_units(size: int) -> str:
    """Return a number of bytes for people.

    >>> in_units(1), in_units(2_350), in_units(999_960), in_units(7_000_000_000_000)
    ('1 byte', '2.4 kB', '1.0 MB', '7000.0 GB')
    """
    number, unit = float(size), 0
    while number >= 999.95 and unit < len(UNITS) - 1:
        number, unit = number / 1000, unit + 1
    return f"{number:.1f} {UNITS[unit]}" if unit else plural(size, "byte")
