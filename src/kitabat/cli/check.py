"""Runs every check of articles and catalogs; exits with 1 where one finds more than notes, otherwise with 0."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kitabat.cli import fix
from kitabat.cli.arguments import add_slugs
from kitabat.cli.console import Console, plural
from kitabat.cli.files import Files, Sources
from kitabat.cli.project import find_root, of_files, sources
from kitabat.model.diagnostic import Diagnostic, Location, Severity
from kitabat.model.errors import ExitCode, PublishingError

if TYPE_CHECKING:
    from kitabat.language.spelling import Speller
    from kitabat.publishing.publication import Publication

SUMMARY = "check articles and catalogs"
EXAMPLE = """example:
  kitabat check --format json | jq '.diagnostics[].rule'
  kitabat check --fix --diff
"""

FORMATS = ("text", "json", "github", "sarif")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_slugs(parser)
    parser.add_argument("--format", choices=FORMATS, default="text", help="how findings are written (default: text)")
    parser.add_argument("--pdf", action="store_true", help="also read the PDFs of the last build back, word by word")
    parser.add_argument("--out", metavar="DIR", type=Path, help="where the PDFs are (default: the publication’s dist/)")
    parser.add_argument("--ink", action="store_true", help="lay out every PDF too, and find lines whose ink meets")
    fix.arguments(parser)


def run(options: argparse.Namespace, console: Console) -> ExitCode:
    """Gather the findings and print them; for another program, what keeps them from being gathered too."""
    if options.format == "text":
        return checked(options, console)
    try:
        return checked(options, console)
    except BrokenPipeError:
        raise
    except OSError as fault:
        reason = of_files(fault)
    except PublishingError as fault:
        reason = fault
    told(reason.diagnostics, options.format, console, sources(options.project))
    return reason.exit_code


def checked(options: argparse.Namespace, console: Console) -> ExitCode:
    """Mend what is asked for, then check; print the findings."""
    from kitabat.publishing.overview import concerning
    from kitabat.publishing.publication import read_publication
    from kitabat.publishing.spelling import spelling

    publication = read_publication(find_root(options.project))
    if options.fix or options.diff:
        files = fix.mended(publication, options, console)
        if options.diff:
            return ExitCode.FINDINGS if files else ExitCode.OK
        publication = read_publication(find_root(options.project)) if files else publication
    words = spelling(publication.disk, publication.config)
    others = further(publication, options.slugs, words.value.spellers)
    found = dict.fromkeys((*concerning(publication, options.slugs), *words.diagnostics, *others))
    if options.pdf:
        from kitabat.publishing.proof import proofs

        found |= dict.fromkeys(proofs(publication, options.slugs, options.out or publication.disk.root / "dist"))
    if options.ink:
        from kitabat.publishing.ink import check_ink

        found |= dict.fromkeys(check_ink(publication, options.slugs))
    ordered = sorted(found, key=lambda diagnostic: (diagnostic.location or Location(""), str(diagnostic)))
    told(ordered, options.format, console, publication.disk)
    if options.format == "text":
        if words.value.unchecked:
            console.remark(unchecked(words.value.unchecked))
        console.result(summary(ordered, len(set(options.slugs)) or len(publication.manuscripts)))
    is_clean = all(diagnostic.severity is Severity.NOTE for diagnostic in ordered)
    return ExitCode.OK if is_clean else ExitCode.FINDINGS


def told(found: Sequence[Diagnostic], form: str, console: Console, disk: Sources | None) -> None:
    """Print findings in one of ``FORMATS``."""
    if form == "text":
        console.diagnostics(found, disk)
        return
    from kitabat.cli.formats import WRITERS

    for line in WRITERS[form](found, Files(disk)):
        console.raw(line)


def further(publication: Publication, slugs: Collection[str], spellers: Mapping[str, Speller]) -> Iterator[Diagnostic]:
    """Yield what checks find beside what a build reports: links inside the publication, and unfinished catalogs."""
    from kitabat.catalogs.paths import po_path
    from kitabat.catalogs.places import locator
    from kitabat.checks.runner import check_catalog, check_source
    from kitabat.checks.subject import SourceSubject, catalog_subject
    from kitabat.model.message import Catalog
    from kitabat.publishing.surroundings import surroundings, template_subjects

    around = surroundings(publication, spellers)
    yield from around.diagnostics
    for found in () if slugs else template_subjects(publication, around.value):
        yield from (found,) if isinstance(found, Diagnostic) else check_catalog(found)
    articles = {manuscript.article.path: manuscript.article for manuscript in publication.manuscripts}
    for manuscript in publication.manuscripts:
        article = manuscript.article
        if slugs and article.slug not in slugs:
            continue
        yield from check_source(SourceSubject(article, articles, publication.config.quotes, spellers=spellers))
        for tag in publication.config.languages:
            path = po_path(article.slug, tag)
            catalog = manuscript.catalogs.get(tag)
            if catalog is None and publication.disk.exists(path):
                continue  # It cannot be read, and the reader has said why.
            known = catalog or Catalog(tag, path)
            subject = catalog_subject(article, known, locator(publication.disk, path), around.value[tag])
            yield from check_catalog(subject)


def unchecked(remedies: Mapping[str, str]) -> str:
    """Return the one line that says in which languages spelling is not checked, and what would mend it.

    >>> unchecked({"en": "install x", "ur": "install x"})
    'Spelling is not checked in en, ur: install x; `dictionary = "none"` in their settings ends this hint'
    """
    told: dict[str, list[str]] = {}
    for tag, remedy in remedies.items():
        told.setdefault(remedy, []).append(tag)
    parts = "; ".join(f"in {', '.join(tags)}: {remedy}" for remedy, tags in told.items())
    return f'Spelling is not checked {parts}; `dictionary = "none"` in their settings ends this hint'


def summary(found: Iterable[Diagnostic], articles: int) -> str:
    """Return the one line that a person reads last.

    >>> from kitabat.model.diagnostic import note
    >>> summary([], 2), summary([note("catalog/emphasis", "…")], 1)
    ('Checked 2 articles: nothing found', 'Checked 1 article: 1 note')
    """
    number = Counter(diagnostic.severity for diagnostic in found)
    parts = [plural(number[severity], severity.value) for severity in Severity if number[severity]]
    return f"Checked {plural(articles, 'article')}: {', '.join(parts) or 'nothing found'}"
