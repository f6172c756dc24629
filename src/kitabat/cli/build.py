"""Builds the editions into dist/, all of them or none; former output stays as it is until all is right."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kitabat.cli.arguments import add_slugs, from_one
from kitabat.cli.console import Console
from kitabat.cli.project import open_project
from kitabat.config import FORMATS, LANGUAGES
from kitabat.model.errors import ExitCode, exit_code_of

if TYPE_CHECKING:
    from kitabat.publishing.carried import Waiting

SUMMARY = "build the web pages and PDFs"
EXAMPLE = """example:
  kitabat build --language ur --format pdf --out /tmp/proofs
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_slugs(parser)
    parser.add_argument(
        "--language", action="append", choices=tuple(LANGUAGES), default=[], help="a language (default: all)"
    )
    parser.add_argument("--format", action="append", choices=FORMATS, default=[], help="a format (default: all)")
    parser.add_argument("--out", metavar="DIR", type=Path, help="where to (default: dist/ of the publication)")
    parser.add_argument("--jobs", metavar="N", type=from_one, help="processes (default: one a processor)")
    parser.add_argument(
        "--impose",
        choices=("2up",),
        default="",
        help="a booklet beside each PDF: two pages to a side, for sheets turned over the short edge, then folded",
    )
    parser.add_argument(
        "--keep-going", action="store_true", help="publish the good articles even where others are at fault"
    )


def waits(held: Waiting) -> str:
    """Return the line for an article that is held back.

    >>> from kitabat.publishing.carried import Waiting
    >>> waits(Waiting("news", ("en", "ur"), True))
    'Held back `news` in en and ur; what the last build made of it stays'
    """
    stays = "what the last build made of it stays" if held.stays else "the output has none of it"
    return f"Held back `{held.slug}` in {' and '.join(held.languages)}; {stays}"


def run(options: argparse.Namespace, console: Console) -> ExitCode:
    """Hand the request on, and say what to open."""
    from kitabat.publishing.build import BuildRequest, build

    project = open_project(options.project)
    request = BuildRequest(
        root=project.disk.root,
        slugs=tuple(options.slugs),
        languages=tuple(options.language),
        formats=tuple(options.format),
        out=options.out,
        jobs=options.jobs,
        impose=options.impose,
        keep_going=options.keep_going,
    )
    with console.progress("Building") as step:
        report = build(request, step)
    console.diagnostics(report.diagnostics, project.disk)
    if report.published:
        console.result(f"Published {report.files} files in {report.out}")
        for slug in report.joined:
            console.result(f"Made `{slug}` in all languages: they go together, and the output did not have the others")
        for held in report.waiting:
            console.result(waits(held))
        for path in report.open_first:
            console.result(f"Open {report.out / path}")
    else:
        console.remark(f"Nothing was published; {report.out} is as it was")
    return exit_code_of(report.diagnostics)
