"""Brings every catalog up to date with its article, and reports what changed; nothing a translator wrote is lost."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING

from kitabat.cli.arguments import add_slugs
from kitabat.cli.console import Console, plural
from kitabat.cli.project import Project, open_project
from kitabat.model.diagnostic import has_errors
from kitabat.model.errors import ExitCode, PublishingError, exit_code_of

if TYPE_CHECKING:
    from kitabat.catalogs.sync import FileReport, SyncReport
    from kitabat.model.article import Article

SUMMARY = "bring the catalogs up to date"
EXAMPLE = """example:
  kitabat sync --check
"""

COUNTS = ("added", "remembered", "changed", "corrected", "moved", "revived", "obsolete")
"""What a report tells of, in this order; what has not happened is left out."""
INTERRUPTED = "each catalog is whole, as it was or brought up to date"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_slugs(parser)
    parser.add_argument(
        "--check", action="store_true", help="change nothing, and exit with 1 if anything would be changed"
    )
    parser.add_argument(
        "--typo",
        action="store_true",
        help="the articles' spelling was corrected and no more: translations of such messages do not become fuzzy",
    )


def run(options: argparse.Namespace, console: Console) -> ExitCode:
    """Bring the catalogs up to date, one sync at a time, and print a line for each file that changed."""
    from kitabat.catalogs.lock import locked

    project = open_project(options.project)
    with nullcontext() if options.check else locked(project.disk.root, wait=console.remark):
        return brought_up_to_date(project, options, console)


def brought_up_to_date(project: Project, options: argparse.Namespace, console: Console) -> ExitCode:
    """Read the articles, bring their catalogs up to date, and tell what has become of them."""
    from kitabat.articles.asked import unknown_slugs
    from kitabat.articles.read import read_articles

    settings = project.settings
    read = read_articles(project.disk, settings.languages, settings.default_language, settings.zone())
    known = {article.slug: article for article in read.value}
    if unknown := unknown_slugs(options.slugs, known):
        raise PublishingError(*read.diagnostics, *unknown)
    chosen = [article for article in read.value if not options.slugs or article.slug in options.slugs]
    whole = not options.slugs and not has_errors(read.diagnostics)
    report = synced(project, chosen, check=options.check, typo=options.typo, whole=whole)
    diagnostics = (*read.diagnostics, *report.diagnostics)
    console.diagnostics(diagnostics, project.disk)
    for line in lines(report, complete=not has_errors(diagnostics)):
        console.result(line)
    code = exit_code_of(diagnostics)
    return ExitCode.FINDINGS if code == ExitCode.OK and options.check and not report.up_to_date else code


def synced(project: Project, articles: list[Article], *, check: bool, typo: bool, whole: bool) -> SyncReport:
    """Return what has become of the catalogs; ``whole`` where the articles are all that there are."""
    from kitabat.catalogs.sync import sync
    from kitabat.language.registry import language

    plural_forms = {tag: language(tag).plural_forms for tag in project.settings.languages}
    return sync(project.disk, articles, plural_forms, check=check, typo=typo, all_articles=whole)


def lines(report: SyncReport, *, complete: bool) -> Iterator[str]:
    """Yield what to tell of the files, and of all of them; ``complete`` where none was left out for a fault."""
    changed = [file for file in report.files if file.differs]
    yield from (line(file) for file in changed)
    would = "would change" if any(not file.written for file in changed) else "changed"
    if changed:
        yield f"{len(changed)} of {plural(len(report.files), 'file')} {would}"
    else:
        yield "All catalogs are up to date" if complete else "Nothing changed in what could be read and written"


def line(file: FileReport) -> str:
    """Return what has become of one file.

    >>> from kitabat.catalogs.merge import MergeReport
    >>> from kitabat.catalogs.sync import FileReport
    >>> line(FileReport("locales/ur/LC_MESSAGES/a.po", "ur", MergeReport(added=2, unchanged=1)))
    'locales/ur/LC_MESSAGES/a.po: 2 added'
    >>> line(FileReport("locales/a.pot", ""))
    'locales/a.pot: brought up to date'
    """
    counts = [f"{getattr(file.report, name)} {name}" for name in COUNTS if getattr(file.report, name)]
    return f"{file.path}: {', '.join(counts) or 'brought up to date'}"
