"""Shows how far each article is translated, what needs work first.

Per cent counts words, and a fuzzy translation counts as none. Days behind are those since the article's messages last
changed (the creation date of its .pot), as long as the catalog is not complete; a complete one is never behind.
"""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kitabat.cli.arguments import add_slugs
from kitabat.cli.console import Console, plural
from kitabat.cli.project import find_root
from kitabat.cli.visual import width
from kitabat.model.diagnostic import Diagnostic, Severity
from kitabat.model.errors import ExitCode, exit_code_of
from kitabat.model.message import Coverage
from kitabat.workspace import Workspace

if TYPE_CHECKING:
    from kitabat.publishing.publication import Manuscript, Publication

SUMMARY = "show how far each article is translated"
EXAMPLE = """example:
  kitabat status --bidi visual
"""

HEADINGS = ("article", "language", "%", "days behind", "translated", "fuzzy", "untranslated", "title")
"""Of the table; three of them hold messages and, in brackets, words."""
LEFT = {0, 1, 7}
"""Columns that begin at the left."""


@dataclass(frozen=True, slots=True)
class Row:
    """One article in one language that it is translated into."""

    slug: str
    title: str
    """In the article's source language."""
    source: str
    language: str
    coverage: Coverage
    days: int | None
    """None where the article has no .pot yet, or its date cannot be read."""

    @property
    def percent(self) -> int:
        """Whole per cent of words, rounded down: 100 means complete."""
        return int(self.coverage.share * 100)

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing is left to do."""
        return self.coverage.fuzzy == self.coverage.untranslated == 0


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_slugs(parser)
    parser.add_argument("--json", action="store_true", help="for other programs")


def run(options: argparse.Namespace, console: Console) -> ExitCode:
    """Print the table; faults of articles and catalogs that cannot be read go to standard error."""
    from kitabat.publishing.publication import concerning, read_publication

    publication = read_publication(find_root(options.project))
    faults = concerning(publication, options.slugs)
    chosen = [
        manuscript
        for manuscript in publication.manuscripts
        if not options.slugs or manuscript.article.slug in options.slugs
    ]
    rows = sorted((row for manuscript in chosen for row in rows_of(manuscript, publication)), key=urgency)
    if options.json:
        console.raw(json.dumps([as_json(row) for row in rows], ensure_ascii=False, indent=2))
    else:
        for line in table([HEADINGS, *(cells(row, console) for row in rows)]):
            console.raw(line)
        complete = sum(row.is_complete for row in rows)
        console.result(f"{plural(len(rows), 'translation')} of {plural(len(chosen), 'article')}, {complete} complete")
    lost = [fault for fault in faults if fault.severity is Severity.ERROR and not is_check(fault)]
    console.diagnostics(lost, publication.disk)
    return exit_code_of(lost)


def is_check(diagnostic: Diagnostic) -> bool:
    """Tell whether a fault is a check's, which `kitabat check` reports; the others mean that rows are missing."""
    from kitabat.checks.runner import ALL_RULES

    return any(rule.name == diagnostic.rule for rule in ALL_RULES)


def rows_of(manuscript: Manuscript, publication: Publication) -> Iterator[Row]:
    """Yield an article's rows, one for each language that it is to be translated into."""
    from kitabat.catalogs.sync import pot_path

    article = manuscript.article
    changed = last_change(publication.disk, pot_path(article.slug))
    for language, coverage in manuscript.coverage.items():
        if language == article.front.source:
            continue
        row = Row(article.slug, article.front.title, article.front.source, language, coverage, 0)
        if not row.is_complete:
            days = max(0, (publication.disk.now() - changed).days) if changed else None
            row = replace(row, days=days)
        yield row


def last_change(workspace: Workspace, path: str) -> datetime.datetime | None:
    """Return when an article's messages last changed; None where no file says so."""
    from kitabat.catalogs.header import CREATED
    from kitabat.catalogs.po_file import PoFile

    try:
        file = PoFile.parse(workspace.read(path), path).value
        return moment(file.header[CREATED]) if file else None
    except (OSError, KeyError):
        return None


def moment(text: str) -> datetime.datetime | None:
    """Return the time that a catalog's header gives, in whichever of the two usual ways; None for anything else.

    >>> moment("2026-01-31 09:05+0500").isoformat(), moment("2026-01-31T04:05:00Z").isoformat(), moment("YEAR-MO-DA")
    ('2026-01-31T09:05:00+05:00', '2026-01-31T04:05:00+00:00', None)
    """
    try:
        time = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=datetime.UTC)


def urgency(row: Row) -> tuple[float, int, str, str]:
    """Return the sort key: least translated first, then longest behind."""
    return row.coverage.share, -(row.days or 0), row.slug, row.language


def cells(row: Row, console: Console) -> tuple[str, ...]:
    """Return a row as it is shown."""
    coverage = row.coverage
    missing = coverage.words - coverage.translated_words - coverage.fuzzy_words
    return (
        console.text(row.slug),
        row.language,
        str(row.percent),
        "unknown" if row.days is None else str(row.days),
        f"{coverage.translated} ({coverage.translated_words})",
        f"{coverage.fuzzy} ({coverage.fuzzy_words})",
        f"{coverage.untranslated} ({missing})",
        console.text(row.title),
    )


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table; the last column, which may hold Urdu, is never filled up.

    >>> list(table([("a", "b", "c"), ("long", "x", "1")]))
    ['a     b  c', 'long  x  1']
    """
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        padded = [
            cell + " " * (size - width(cell)) if column in LEFT else " " * (size - width(cell)) + cell
            for column, (cell, size) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(padded).rstrip()


def as_json(row: Row) -> dict[str, object]:
    """Return a row for another program."""
    coverage = row.coverage
    return {
        "article": row.slug,
        "title": row.title,
        "source": row.source,
        "language": row.language,
        "percent": row.percent,
        "days_behind": row.days,
        "messages": {
            "translated": coverage.translated,
            "fuzzy": coverage.fuzzy,
            "untranslated": coverage.untranslated,
        },
        "words": {
            "translated": coverage.translated_words,
            "fuzzy": coverage.fuzzy_words,
            "untranslated": coverage.words - coverage.translated_words - coverage.fuzzy_words,
        },
    }
