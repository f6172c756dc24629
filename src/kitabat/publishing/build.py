"""A build: everything known, what is stale made anew, and the output folder replaced as a whole."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kitabat.building.events import nobody
from kitabat.building.executor import Crew
from kitabat.building.garbage import collecting_rarely
from kitabat.building.ledger import Stale
from kitabat.building.output import STATE, OutputFolder
from kitabat.building.shift import Limits
from kitabat.building.workshop import Workshop
from kitabat.model.diagnostic import Diagnostic, Location, error, has_errors
from kitabat.model.errors import PublishingError
from kitabat.model.site import BILINGUAL, Edition, OutputFile
from kitabat.publishing.addresses import CHOOSER
from kitabat.publishing.carried import Waiting, carried, waiting, with_assets, with_companions
from kitabat.publishing.editions import PDF, editions, path_of
from kitabat.publishing.events import Held, Opened, Planned, Replaced, Tell
from kitabat.publishing.inputs import Inputs
from kitabat.publishing.jobs import get_ready
from kitabat.publishing.lists import lists
from kitabat.publishing.making import Making
from kitabat.publishing.overview import Overview, concerning, settings_of
from kitabat.publishing.reading import Reading
from kitabat.publishing.survey import survey
from kitabat.publishing.weights import USUAL
from kitabat.workspace import Disk

if TYPE_CHECKING:
    from kitabat.building.cluster import Cluster

OUTPUT = "dist"
WARM = {"html": "kitabat.publishing.studio", "pdf": "kitabat.rendering.pdf.warm"}
"""What workers share, by what they make."""
SOURCES = ("content", "locales", "templates", "fonts", ".git", STATE)


WORTH = 1 << 20
"""Weight of tasks, about that of a hundred pages, from which on workers are started for them."""


class BuildRequest(msgspec.Struct, frozen=True):
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
    verify: bool = False
    """Read every PDF back: one that does not say what its source says is a fault."""

    force: bool = False
    """Take nothing from the cache."""
    dry: bool = False
    """Find out what is to be made, and make nothing."""
    cluster: str = ""
    """Address of a cluster's scheduler, whose workers do what otherwise processes of this machine do."""
    keep: int | None = None
    """Former outputs that are kept, for `kitabat rollback`; None means as the settings say."""

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
    reasons: Mapping[str, Stale] = field(default_factory=dict)
    """Why each task had to be done, or would have to be, by its name."""
    failed: Collection[str] = ()
    """The tasks of those that have made nothing."""
    cached: int = 0
    """Tasks whose former result was taken."""
    joined: tuple[str, ...] = ()
    """The articles that were made in more languages than were asked for, as they go together."""
    waiting: tuple[Waiting, ...] = ()
    """The articles that are held back in some languages."""


def build(request: BuildRequest, tell: Tell = nobody) -> BuildReport:
    """Build the editions asked for and put them in the output's place; ``tell`` hears what happens as it happens.

    Where any article is at fault nothing is published, unless ``keep_going`` asks for the others. Raises
    PublishingError where settings, templates or the output folder are at fault; the output is then as it was.
    """
    _can_impose(request)
    if request.verify:
        from kitabat.publishing.proof import need_reader

        need_reader()
    disk = Disk(request.root)
    settings = settings_of(disk)
    folder = output_folder(request.out, disk.root)
    folder.check()
    jobs = request.jobs or settings.value.jobs or os.cpu_count() or 1
    formats = request.formats or settings.value.formats
    limits = Limits(settings.value.timeout)
    preload = [WARM[kind] for kind in WARM if kind in formats]
    crew = Crew(jobs, preload, limits, WORTH, lean=PDF not in formats)
    lock = nullcontext() if request.dry else folder.locked(lambda holder: tell(Held(holder)))
    with _cluster(request, formats) as cluster, lock, collecting_rarely(), crew:
        tell(Opened(disk.root, folder.place, jobs, request.dry))
        workshop = Workshop(_cache(disk.root, folder), crew, tell, USUAL, force=request.force, dry=request.dry)
        inputs = Inputs(disk, workshop.ledger.looks, settings.value)
        crew.meanwhile = partial(_look_ahead, inputs)
        crew.ahead = get_ready
        run = f"{os.getpid()} {time.monotonic_ns()}"
        if cluster:
            from kitabat.publishing.shipping import Shipping, fleet_of

            shipping = Shipping(inputs, disk, settings.value, workshop.store)
            workshop.sends(fleet_of(cluster, shipping, crew, run))
        try:
            overview = survey(workshop, inputs, disk, settings, run)
            report = _published(request, folder, workshop, inputs, overview, run, tell)
            return replace(report, diagnostics=(*report.diagnostics, *cluster.diagnostics)) if cluster else report
        except KeyboardInterrupt:
            if folder.is_new:
                tell(Replaced())
            with suppress(OSError):
                workshop.save()  # first of all, as what else there is to put in order may be cut short
            raise
        except BrokenPipeError:
            raise  # whoever was told of the build has gone
        except OSError as fault:
            raise PublishingError(_unwritten(fault, workshop.folder)) from fault
        finally:
            workshop.ledger.look(inputs.looks())
            workshop.close(settings.value.cache_size)


def _published(
    request: BuildRequest,
    folder: OutputFolder,
    workshop: Workshop,
    inputs: Inputs,
    overview: Overview[Reading],
    run: str,
    tell: Tell,
) -> BuildReport:
    diagnostics = [*concerning(overview, request.slugs), *_loose_links(overview, request.slugs)]
    if has_errors(diagnostics) and not request.keep_going:
        return _unpublished(diagnostics, folder, workshop)
    known = folder.manifest().get("files", {})
    asked = editions(overview, request.slugs, request.languages, request.formats)
    wanted = with_companions(overview, asked, known, request.formats)
    stay = carried(overview, known, wanted, request)
    available = {*map(path_of, wanted), *stay}
    tell(Planned(len(overview.manuscripts), {path_of(edition): edition for edition in wanted}))
    making = Making(
        workshop,
        inputs,
        overview,
        wanted,
        available,
        run,
        known,
        folder,
        imposed=bool(request.impose),
        verify=request.verify,
    )
    files = [*making.files(), *lists(making)]
    diagnostics += making.diagnostics
    if request.dry or (has_errors(making.diagnostics) and not request.keep_going):
        return _unpublished(diagnostics, folder, workshop)
    if not request.partial:
        workshop.forget(lambda _: True)
    staying = with_assets((making.available & known.keys()).difference(file.path for file in files), known)
    keep = overview.config.keep if request.keep is None else request.keep
    count = folder.replace(files, _facts(overview, making.wanted), staying, workshop.store, keep)
    return replace(
        _unpublished(diagnostics, folder, workshop),
        published=True,
        files=count,
        open_first=_first(files),
        joined=tuple(dict.fromkeys(edition.slug for edition in wanted[len(asked) :] if edition.slug)),
        waiting=tuple(waiting(overview, request.slugs, staying)),
    )


def _unpublished(diagnostics: Iterable[Diagnostic], folder: OutputFolder, workshop: Workshop) -> BuildReport:
    """Return what there is to say of a build that has left the output as it was."""
    return BuildReport(
        tuple(diagnostics),
        published=False,
        out=folder.place,
        reasons=workshop.reasons,
        failed=workshop.failed,
        cached=len(workshop.used) - len(workshop.reasons),
    )


def _look_ahead(inputs: Inputs) -> None:
    """Do what any build that gives work to workers will do, while they get ready."""
    from kitabat.publishing import foundry

    inputs("code")
    foundry.load()


def _can_impose(request: BuildRequest) -> None:
    """Refuse booklets where no PDF is asked for, and where what makes them is not there."""
    if not request.impose:
        return
    if request.formats and PDF not in request.formats:
        hint = "Add --format pdf, or leave --impose out"
        raise PublishingError(error("usage/arguments", "Unexpected `--impose` in a build without PDFs", hint=hint))
    from kitabat.rendering.pdf import impose

    if not impose.available():
        hint = 'Install it with pip: pip install "kitabat[impose]"'
        raise PublishingError(error("rendering/impose", f"Missing `{impose.LIBRARY}`, which makes booklets", hint=hint))


def _cluster(request: BuildRequest, formats: Collection[str]) -> AbstractContextManager[Cluster | None]:
    """Return the connection to a cluster, where one is asked for and there is something to do."""
    if not request.cluster:
        return nullcontext()
    from kitabat.building.cluster import checked, connect
    from kitabat.publishing.outfit import outfit

    if request.dry:
        checked(request.cluster)
        return nullcontext()
    return connect(request.cluster, partial(outfit, tuple(sorted(formats)), verify=request.verify))


def _cache(root: Path, folder: OutputFolder) -> Path:
    """Return the cache's folder: the publication's, or where that cannot be written or leads away, the output's."""
    own = root / STATE
    is_own = os.path.realpath(own / "cache") == str(own / "cache")
    is_usable = is_own and os.access(own if own.exists() else root, os.W_OK)
    return (own if is_usable else folder.state) / "cache"


def _unwritten(fault: OSError, cache: Path) -> Diagnostic:
    """Return what is said of a fault; of a full disk the system names no file, and it is the cache that is written."""
    place = fault.filename if isinstance(fault.filename, str) else str(cache)
    what, remedy = "output", "Free some space or mend the permissions"
    if Path(place).is_relative_to(cache):
        what, remedy = "cache", f"{remedy}, or delete {cache}"
    words = f"Cannot write the {what}: {fault.strerror or fault}"
    return error("output/write", words, Location(place), f"{remedy}; the former output is as it was")


def output_folder(out: Path | None, root: Path) -> OutputFolder:
    """Return the output folder; refuses one that holds the publication, or lies among its sources."""
    place = (out or root / OUTPUT).absolute()
    real = Path(os.path.realpath(place))
    if root.is_relative_to(real) or any(real.is_relative_to(root / folder) for folder in SOURCES):
        message = (
            f"Unexpected `{place}`, expected a folder that neither holds the publication nor lies among its sources"
        )
        hint = "Choose another folder with --out, or none for dist/"
        raise PublishingError(error("output/place", message, hint=hint))
    if out is None and not real.is_relative_to(root):
        message = f"Unexpected link to `{real}`, expected a folder of the publication"
        hint = f"Take the link away, or name the folder that it leads to: --out {real}"
        raise PublishingError(error("output/place", message, Location(OUTPUT), hint))
    return OutputFolder(place, root / STATE if real.parent == root else None)


def _loose_links(overview: Overview[Reading], slugs: Collection[str]) -> Iterable[Diagnostic]:
    targets = {reading.path: reading.anchors for reading in overview.manuscripts}
    for reading in overview.manuscripts:
        if not slugs or reading.slug in slugs:
            yield from reading.loose_links(targets)


def _facts(overview: Overview[Reading], wanted: Mapping[str, Edition]) -> dict[str, dict[str, Any]]:
    """Return each edition's coverage: the share of words that are in its language, the lesser of both if it has two."""
    shares: dict[tuple[str, str], float] = {}
    for reading in overview.manuscripts:
        found = {tag: round(coverage.share, 4) for tag, coverage in reading.coverage.items()}
        shares |= {(reading.slug, tag): share for tag, share in found.items()}
        shares[reading.slug, BILINGUAL] = min(found.values(), default=1.0)
    return {
        path: {"coverage": shares[edition.slug, edition.language]} for path, edition in wanted.items() if edition.slug
    }


def _first(files: Iterable[OutputFile]) -> tuple[str, ...]:
    """Return the paths of the front page and the PDFs, or of what else there is."""
    paths = [file.path for file in files]
    named = [path for path in paths if path == CHOOSER or path.endswith(".pdf")]
    return tuple(sorted(named, key=lambda path: (path != CHOOSER, path)) or paths[:1])
