"""All catalogs of a publication brought up to date in one call: one domain an article, and one for the templates."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from kitabat.catalogs.extract import TEMPLATE_SUFFIX, TEMPLATES, article_entries, pot, template_entries
from kitabat.catalogs.header import CREATED, stamp
from kitabat.catalogs.memory import Memory
from kitabat.catalogs.merge import MergeReport, Target, merge
from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.po_file import PoFile
from kitabat.catalogs.pool import Key
from kitabat.catalogs.renames import former_names
from kitabat.model.article import Article
from kitabat.model.diagnostic import Diagnostic, Location, error, note
from kitabat.model.errors import PublishingError
from kitabat.workspace import Workspace

LOCALES = "locales"
TEMPLATE_DOMAIN = "kitabat"
TEMPLATE_LANGUAGE = "en"
"""The language that the templates' words are written in."""


class WritableWorkspace(Workspace, Protocol):
    """A workspace whose files can be replaced."""

    def write(self, path: str, content: bytes) -> None:
        """Replace a file as a whole; raises PublishingError where it cannot be written."""


@dataclass(frozen=True, slots=True)
class Domain:
    """The messages that share a .pot."""

    name: str
    source: str
    """Tag of the language that they are written in."""
    entries: tuple[PoEntry, ...]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What has become of one file, or would."""

    path: str
    language: str
    """Empty for a .pot."""
    report: MergeReport = field(default_factory=MergeReport)
    differs: bool = False
    """The file is not as it should be, or was not."""
    written: bool = False


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync has done, file by file; with ``check``, what it would do."""

    files: tuple[FileReport, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def up_to_date(self) -> bool:
        """True where every file was as it should be."""
        return not any(file.differs for file in self.files)


def pot_path(domain: str) -> str:
    """Return the path of a domain's .pot.

    >>> pot_path("news")
    'locales/news.pot'
    """
    return f"{LOCALES}/{domain}.pot"


def po_path(domain: str, language: str) -> str:
    """Return the path of a domain's catalog in a language.

    >>> po_path("news", "ur")
    'locales/ur/LC_MESSAGES/news.po'
    """
    return f"{LOCALES}/{language}/LC_MESSAGES/{domain}.po"


def sync(
    workspace: WritableWorkspace,
    articles: Sequence[Article],
    languages: Mapping[str, str],
    *,
    check: bool = False,
    typo: bool = False,
    all_articles: bool = True,
    remember: bool = True,
) -> SyncReport:
    """Bring the catalogs of articles and templates up to date; a file that need not change is not written.

    ``languages`` maps tags to the Plural-Forms of new catalogs. A catalog at fault stays as it is, yields its
    diagnostics, and keeps no other from being written. ``check`` writes nothing; ``typo`` leaves the translations of
    corrected spelling as they are; without ``remember``, no translation is taken over from another article. Where
    ``articles`` are not all that the publication has, templates and catalogs without an article are left out of it.
    """
    diagnostics: list[Diagnostic] = [_reserved(article) for article in articles if article.slug == TEMPLATE_DOMAIN]
    domains = [
        Domain(article.slug, article.front.source, article_entries(article))
        for article in articles
        if article.slug != TEMPLATE_DOMAIN
    ]
    formerly: dict[str, str] = {}
    if all_articles:
        formerly = _formerly(workspace, domains)
        domains += _template_domain(workspace, diagnostics)
        diagnostics += _orphans(workspace, {domain.name for domain in domains}, formerly)
    files: list[FileReport] = []
    now = stamp(workspace.now())
    remembering = languages if remember else ()
    memories = {language: Memory(partial(_catalogs, workspace, language)) for language in remembering}
    for domain in domains:
        job = _Job(
            domain=domain,
            formerly=formerly.get(domain.name),
            languages=languages,
            memories=memories,
            check=check,
            typo=typo,
            now=now,
        )
        files += _sync_domain(workspace, job, diagnostics)
    return SyncReport(tuple(files), tuple(diagnostics))


def _reserved(article: Article) -> Diagnostic:
    message = f"Unexpected slug `{article.slug}`, expected another: this is the domain of the templates' words"
    return error("article/slug", message, Location(article.path, 1), "Write another `slug` in the front matter")


def _template_domain(workspace: Workspace, diagnostics: list[Diagnostic]) -> Iterator[Domain]:
    """Yield the templates' domain, where the publication has one of its own and every template can be read."""
    if not workspace.list(TEMPLATES, TEMPLATE_SUFFIX):
        return
    words = template_entries(workspace)
    diagnostics += words.diagnostics
    if words.ok:
        yield Domain(TEMPLATE_DOMAIN, TEMPLATE_LANGUAGE, words.value)


def _formerly(workspace: Workspace, domains: Sequence[Domain]) -> dict[str, str]:
    """Return the former names of articles that have another now: theirs are no catalogs yet."""
    names = {TEMPLATE_DOMAIN, *(domain.name for domain in domains)}
    new = {domain.name: {entry.msgid for entry in domain.entries} for domain in domains}
    fresh = {name: texts for name, texts in new.items() if not workspace.exists(pot_path(name))}
    gone: dict[str, set[str]] = {}
    for path in workspace.list(LOCALES, ".pot") if fresh else ():
        name = posixpath.splitext(posixpath.basename(path))[0]
        if name not in names and path == pot_path(name):
            with suppress(OSError):
                gone[name] = {text for _, text in _keys(workspace.read(path), path)}
    return former_names(fresh, gone)


def _orphans(workspace: Workspace, domains: set[str], formerly: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Note the catalogs whose article is gone; they may hold translations, so they are left alone."""
    paths = (*workspace.list(LOCALES, ".pot"), *workspace.list(LOCALES, ".po"))
    now = {former: name for name, former in formerly.items()}
    for path in sorted(paths):
        name = posixpath.splitext(posixpath.basename(path))[0]
        if name not in domains and name != TEMPLATE_DOMAIN and path in _places(path, name):
            message = f"No article `{name}`; its catalog is left as it is"
            hint = "Delete it if the article will not come back"
            if name in now:
                message = f"No article `{name}`; it is `{now[name]}` now, whose catalogs have all that this one has"
                hint = "Delete it"
            yield note("catalog/orphan", message, Location(path), hint)


def _places(path: str, name: str) -> tuple[str, str]:
    """Return where a domain's files may be; ``path`` gives the language."""
    parts = path.split("/")
    return pot_path(name), po_path(name, parts[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """What is to be done for one domain."""

    domain: Domain
    formerly: str | None
    """Name that the article had when its catalogs were last merged, if that was another."""
    languages: Mapping[str, str]
    memories: Mapping[str, Memory]
    check: bool
    typo: bool
    now: str
    """As catalogs write it."""


def _catalogs(workspace: Workspace, language: str) -> Iterator[PoFile]:
    """Yield every catalog of a language that can be read: their faults are told where they are merged."""
    for path in workspace.list(f"{LOCALES}/{language}", ".po"):
        with suppress(OSError):
            file = PoFile.parse(workspace.read(path), path).value
            if file is not None:
                yield file


def _sync_domain(workspace: WritableWorkspace, job: _Job, diagnostics: list[Diagnostic]) -> Iterator[FileReport]:
    """Bring a domain's .pot and each of its catalogs up to date."""
    domain = job.domain
    path = pot_path(domain.name)
    try:
        former = _content(workspace, path)
        known = former or (_content(workspace, pot_path(job.formerly)) if job.formerly else None)
        template = pot(domain.entries, former, domain.name, path, job.now)
        yield _finished(workspace, FileReport(path, ""), former, template, check=job.check)
    except OSError as fault:
        diagnostics.append(_unreadable(path, fault))
        return
    except PublishingError as fault:
        diagnostics += fault.diagnostics
        return
    order = _keys(known or template, path)
    created = _created(template, path)
    for language, plural_forms in job.languages.items():
        path = po_path(domain.name, language)
        own = language == domain.source
        target = Target(path, domain.name, language, plural_forms, created, typo=job.typo, own=own, order=order)
        try:
            former = _content(workspace, path)
            known = former
            if former is None and job.formerly:
                known = _content(workspace, po_path(job.formerly, language))
            outcome = merge(known, domain.entries, target, job.memories.get(language))
            diagnostics += outcome.diagnostics
            if outcome.value is not None:
                report = FileReport(path, language, outcome.value.report)
                yield _finished(workspace, report, former, outcome.value.content, check=job.check)
        except OSError as fault:
            diagnostics.append(_unreadable(path, fault))
        except PublishingError as fault:
            diagnostics += fault.diagnostics


def _keys(template: bytes, path: str) -> tuple[Key, ...]:
    """Return the keys of a .pot, in their order; none where it is at fault."""
    file = PoFile.parse(template, path).value
    return tuple(entry.key for entry in file.entries) if file else ()


def _content(workspace: Workspace, path: str) -> bytes | None:
    """Return a file's bytes; None where there is no such file. Raises OSError where it cannot be read."""
    try:
        return workspace.read(path)
    except FileNotFoundError:
        return None


def _created(template: bytes, path: str) -> str:
    file = PoFile.parse(template, path).value
    return file.header.get(CREATED, "") if file else ""


def _finished(
    workspace: WritableWorkspace, file: FileReport, former: bytes | None, content: bytes, *, check: bool
) -> FileReport:
    """Write a file that differs, and say so."""
    if content == former:
        return file
    if not check:
        workspace.write(file.path, content)
    return FileReport(file.path, file.language, file.report, differs=True, written=not check)


def _unreadable(path: str, fault: OSError) -> Diagnostic:
    hint = "Make it a file of the project that may be read"
    reason = fault.strerror or "it is not in the project"
    return error("catalog/unreadable", f"Cannot read: {reason}", Location(path), hint)
