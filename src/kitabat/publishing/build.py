"""A build: everything read, every edition made, and the output folder replaced as a whole."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kitabat.building.executor import Progress, execute
from kitabat.building.output import STATE, OutputFolder
from kitabat.building.task import Task, TaskResult
from kitabat.checks.runner import check_source
from kitabat.checks.source import internal_links
from kitabat.checks.subject import SourceSubject
from kitabat.model.diagnostic import Diagnostic, Location, Severity, error, has_errors, warning
from kitabat.model.errors import PublishingError
from kitabat.model.site import BILINGUAL, Edition, OutputFile
from kitabat.publishing.addresses import CHOOSER, asset, booklet
from kitabat.publishing.carried import Known, Waiting, carried, remaining, waiting, with_companions
from kitabat.publishing.editions import HTML, PDF, editions, path_of
from kitabat.publishing.pdf_edition import pdf_job
from kitabat.publishing.press import Press, set_up
from kitabat.publishing.publication import Manuscript, Publication, concerning, read_publication
from kitabat.publishing.web_site import page, shared_files, sources_of
from kitabat.rendering.fonts import subset
from kitabat.rendering.pdf import impose
from kitabat.rendering.pdf.render import PdfResult, render_pdf

OUTPUT = "dist"
WARM = "kitabat.rendering.pdf.warm"
SOURCES = ("content", "locales", "templates", "fonts", ".git", STATE)
URDU_WEIGHT = 3
"""Nastaliq takes about three times as long to shape as Latin."""


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to build; empty collections ask for all there is."""

    root: Path
    """The publication's folder."""
    slugs: Collection[str] = ()
    languages: Collection[str] = ()
    formats: Collection[str] = ()
    out: Path | None = None
    """None means ``dist`` below the publication."""
    jobs: int | None = None
    """Processes; None means as the settings say, and by default one a processor."""
    impose: str = ""
    """``2up`` for a booklet beside each PDF; empty for none."""
    keep_going: bool = False
    """Publish the articles that are right even where others are not."""

    @property
    def partial(self) -> bool:
        """Tell whether only some editions are asked for; the others of the last build then stay."""
        return bool(self.slugs or self.languages or self.formats)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What came of a build."""

    diagnostics: tuple[Diagnostic, ...]
    published: bool
    """False where the output is as it was."""
    out: Path
    files: int = 0
    open_first: tuple[str, ...] = ()
    """Paths of what to look at."""
    joined: tuple[str, ...] = ()
    """The articles that were made in more languages than were asked for, as they go together."""
    waiting: tuple[Waiting, ...] = ()
    """The articles that are held back in some languages."""


def build(request: BuildRequest, progress: Progress) -> BuildReport:
    """Build the editions asked for and put them in the output's place.

    Where any article is at fault nothing is published, unless ``keep_going`` asks for the others. Raises
    PublishingError where settings, templates or the output folder are at fault; the output is then as it was.
    """
    _can_impose(request)
    publication = read_publication(request.root)
    diagnostics = [*concerning(publication, request.slugs), *_loose_links(publication, request.slugs)]
    folder = _folder(request, publication.disk.root)
    folder.check()
    if has_errors(diagnostics) and not request.keep_going:
        return BuildReport(tuple(diagnostics), published=False, out=folder.place)
    with folder.locked():
        known = folder.manifest().get("files", {})
        asked = editions(publication, request.slugs, request.languages, request.formats)
        wanted = with_companions(publication, asked, known, request.formats)
        stay = carried(publication, known, wanted, partial=request.partial)
        press = set_up(publication, {*map(path_of, wanted), *stay})
        jobs = request.jobs or publication.config.jobs or os.cpu_count() or 1
        files, faults, available = _made(press, wanted, jobs, progress, known, imposed=bool(request.impose))
        diagnostics += faults
        if has_errors(faults) and not request.keep_going:
            return BuildReport(tuple(diagnostics), published=False, out=folder.place)
        count = folder.replace(files, _facts(publication, wanted), available & known.keys())
    return BuildReport(
        tuple(diagnostics),
        published=True,
        out=folder.place,
        files=count,
        open_first=_first(files),
        joined=tuple(dict.fromkeys(edition.slug for edition in wanted[len(asked) :] if edition.slug)),
        waiting=tuple(waiting(publication, request.slugs, available & known.keys())),
    )


def _can_impose(request: BuildRequest) -> None:
    """Refuse booklets where no PDF is asked for, and where what makes them is not there."""
    if not request.impose:
        return
    if request.formats and PDF not in request.formats:
        hint = "Add --format pdf, or leave --impose out"
        raise PublishingError(error("usage/arguments", "Unexpected `--impose` in a build without PDFs", hint=hint))
    if not impose.available():
        hint = 'Install it with pip: pip install "kitabat[impose]"'
        raise PublishingError(error("rendering/impose", f"Missing `{impose.LIBRARY}`, which makes booklets", hint=hint))


def _folder(request: BuildRequest, root: Path) -> OutputFolder:
    """Return the output folder; refuses one that holds the publication, or lies among its sources."""
    place = (request.out or root / OUTPUT).absolute()
    real = Path(os.path.realpath(place))
    if root.is_relative_to(real) or any(real.is_relative_to(root / folder) for folder in SOURCES):
        message = (
            f"Unexpected `{place}`, expected a folder that neither holds the publication nor lies among its sources"
        )
        hint = "Choose another folder with --out, or none for dist/"
        raise PublishingError(error("output/place", message, hint=hint))
    if request.out is None and not real.is_relative_to(root):
        message = f"Unexpected link to `{real}`, expected a folder of the publication"
        hint = f"Take the link away, or name the folder that it leads to: --out {real}"
        raise PublishingError(error("output/place", message, Location(OUTPUT), hint))
    return OutputFolder(place, root / STATE if real.parent == root else None)


def _loose_links(publication: Publication, slugs: Collection[str]) -> Iterable[Diagnostic]:
    """Yield a warning for each link to a page or section that is not there: readers see its text without a link.

    To `kitabat check` the same link is an error.
    """
    articles = {manuscript.article.path: manuscript.article for manuscript in publication.manuscripts}
    for article in articles.values():
        if not slugs or article.slug in slugs:
            findings = check_source(SourceSubject(article, articles), (internal_links.RULE,))
            yield from (replace(one, severity=Severity.WARNING) for one in findings)


def _made(
    press: Press, wanted: Sequence[Edition], jobs: int, progress: Progress, known: Known, *, imposed: bool
) -> tuple[list[OutputFile], list[Diagnostic], frozenset[str]]:
    """Return the files of all editions, what went wrong with some, and the paths that the output will hold.

    An edition that could not be made stays as the last build has made it, whose files are ``known``. Pages come last,
    so that none leads to what is not there.
    """
    manuscripts = {manuscript.article.slug: manuscript for manuscript in press.publication.manuscripts}
    pages = [edition for edition in wanted if edition.format == HTML]
    prints = {path_of(edition): edition for edition in wanted if edition.format == PDF}
    tasks = [_print_task(press, manuscripts[edition.slug], edition, imposed=imposed) for edition in prints.values()]
    if pages:
        tasks += (
            Task(asset(font.name), _subset, (font.content, font.characters), len(font.content)) for font in press.fonts
        )
    total = len(pages) + len(tasks)
    preload = [WARM] if prints else []
    results = execute(tasks, jobs, lambda done, _, name: progress(done, total, name), preload)
    diagnostics = [
        told for result in results for told in _complaints(result, prints.get(result.task.name), manuscripts)
    ]
    failed = {result.task.name for result in results if result.fault}
    press = replace(press, available=remaining(press.available - (failed - known.keys()), wanted, known, press.config))
    files = [
        file
        for result in results
        if not result.fault and (result.task.name in press.available or result.task.name not in prints)
        for file in _printed(press, manuscripts, result, prints.get(result.task.name))
    ]
    if pages:
        files += shared_files(press)
    for number, edition in enumerate(pages, len(tasks) + 1):
        files.append(page(press, manuscripts.get(edition.slug), edition))
        progress(number, total, path_of(edition))
    return files, diagnostics, press.available


def _printed(
    press: Press, manuscripts: Mapping[str, Manuscript], result: TaskResult, edition: Edition | None
) -> Iterator[OutputFile]:
    """Yield the files that a task has made: a PDF edition with its booklet, or a font."""
    if edition is None:
        yield OutputFile(result.task.name, result.value)
        return
    sources = tuple(sources_of(press, manuscripts[edition.slug], edition))
    yield OutputFile(result.task.name, result.value.content, edition, sources)
    if result.value.booklet:
        yield OutputFile(booklet(edition.language, edition.slug), result.value.booklet, edition, sources)


def _print_task(press: Press, manuscript: Manuscript, edition: Edition, *, imposed: bool) -> Task:
    job = pdf_job(press, manuscript, edition, imposed=imposed)
    weight = len(job.html) * (1 if edition.language == "en" else URDU_WEIGHT)
    return Task(job.name, render_pdf, job, weight)


def _subset(font: tuple[bytes, str]) -> bytes:
    return subset(*font)


def _complaints(
    result: TaskResult, edition: Edition | None, manuscripts: Mapping[str, Manuscript]
) -> Iterable[Diagnostic]:
    """Yield what a renderer could not do, as diagnostics of the article."""
    place = Location(manuscripts[edition.slug].article.path) if edition else None
    name = result.task.name
    if result.fault:
        message = f"Cannot make `{name}`: {result.fault}"
        yield error("rendering/edition", message, place, "Simplify the article near what is named, or report it")
    elif isinstance(result.value, PdfResult):
        for complaint in result.value.complaints:
            yield warning("rendering/pdf", f"`{name}`: {complaint}", place, "Look at the PDF at this place")


def _facts(publication: Publication, wanted: Iterable[Edition]) -> dict[str, dict[str, Any]]:
    """Return each edition's coverage: the share of words that are in its language, the lesser of both if it has two."""
    manuscripts = {manuscript.article.slug: manuscript for manuscript in publication.manuscripts}
    facts = {}
    for edition in wanted:
        if edition.slug:
            shares = manuscripts[edition.slug].coverage
            tags = shares if edition.language == BILINGUAL else (edition.language,)
            facts[path_of(edition)] = {"coverage": round(min(shares[tag].share for tag in tags), 4)}
    return facts


def _first(files: Iterable[OutputFile]) -> tuple[str, ...]:
    """Return the paths of the front page and the PDFs, or of what else there is."""
    paths = [file.path for file in files]
    named = [path for path in paths if path == CHOOSER or path.endswith(".pdf")]
    return tuple(sorted(named, key=lambda path: (path != CHOOSER, path)) or paths[:1])
