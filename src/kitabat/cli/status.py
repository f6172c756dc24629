"""Shows how far each article is translated, what needs work first, and what is held back.

The percentage is of words; fuzzy translations do not count. Days behind: for how long, at least, something has been
waiting to be translated, counted from the last change of the article's messages (the creation date of its .pot), or
from its publication where nothing was ever translated; a complete translation is never behind. Translators are named
without their addresses.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from kitabat.cli.arguments import add_slugs
from kitabat.cli.console import Console
from kitabat.cli.excerpt import safe
from kitabat.cli.project import find_root
from kitabat.model.diagnostic import Diagnostic, Severity, error
from kitabat.model.errors import ExitCode, PublishingError, exit_code_of

if TYPE_CHECKING:
    from kitabat.publishing.publication import Publication

SUMMARY = "show how far each article is translated"
EXAMPLE = """example:
  kitabat status --html status.html
  kitabat status --json | jq '.[] | select(.held_back)'
"""
PAGES = (".html", ".htm")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_slugs(parser)
    parser.add_argument("--json", action="store_true", help="print JSON, for other programs")
    parser.add_argument(
        "--html",
        metavar="FILE",
        type=page_name,
        help="write a page with charts, in the publication's languages, that needs no other file and no network",
    )


def page_name(text: str) -> Path:
    """Return the place of a page; only a name that is one's, so that no article or catalog is written over.

    >>> page_name("a/status.html").name
    'status.html'
    """
    if not text.lower().endswith(PAGES):
        raise argparse.ArgumentTypeError(f"Unexpected `{text}`, expected a file whose name ends in .html")
    return Path(text)


def run(options: argparse.Namespace, console: Console) -> ExitCode:
    """Print the rows; faults of articles and catalogs that cannot be read go to standard error."""
    from kitabat.cli.progress import Screen, as_json, remarks
    from kitabat.publishing.overview import concerning
    from kitabat.publishing.progress import rows
    from kitabat.publishing.publication import read_publication

    publication = read_publication(find_root(options.project))
    faults = concerning(publication, options.slugs)
    found = rows(publication, options.slugs)
    releases = {
        slug: release for slug, release in publication.releases.items() if not options.slugs or slug in options.slugs
    }
    if options.html:
        write_page(publication, options, console)
    if options.json:
        console.raw(json.dumps([as_json(row, releases[row.slug]) for row in found], ensure_ascii=False, indent=2))
    else:
        for line in Screen(console).table(found):
            console.raw(line)
        for line in remarks(found, tuple(releases.values()), len(releases)):
            for part in console.folded("", safe(line), console.out):
                console.raw(part)
    lost = [fault for fault in faults if fault.severity is Severity.ERROR and not is_check(fault)]
    console.diagnostics(lost, publication.disk)
    return exit_code_of(lost)


def write_page(publication: Publication, options: argparse.Namespace, console: Console) -> None:
    """Write the page, all of it or nothing, and say so."""
    from kitabat.publishing.progress_page import progress_page
    from kitabat.replacing import replace

    place: Path = options.html
    if place.is_dir() or not place.parent.is_dir():
        expected = "a folder" if place.is_dir() else f"no folder `{place.parent}`"
        message = f"Cannot write `{place}`: there is {expected}"
        raise PublishingError(error("output/files", message, hint="Name a file in a folder that there is"))
    replace(place, progress_page(publication, options.slugs).encode())
    console.remark(f"Wrote {place}")


def is_check(diagnostic: Diagnostic) -> bool:
    """Tell whether a fault is a check's, which `kitabat check` reports; the others mean that rows are missing."""
    from kitabat.checks.tables import ALL_RULES

    return any(rule.name == diagnostic.rule for rule in ALL_RULES)
