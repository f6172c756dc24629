"""Makes what is stale of the editions that were asked for: first what they share, then PDFs, then pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kitabat.building.ledger import Stale
from kitabat.building.made import Made
from kitabat.building.output import OutputFolder
from kitabat.building.task import Task
from kitabat.building.workshop import Workshop, certain
from kitabat.config import PATH as SETTINGS
from kitabat.model.diagnostic import Diagnostic, Severity
from kitabat.model.errors import PublishingError
from kitabat.model.site import BILINGUAL, Edition, OutputFile
from kitabat.publishing.addresses import CHOOSER, LEADING, asset, booklet, front_page, web_edition
from kitabat.publishing.carried import Known, remaining
from kitabat.publishing.editions import HTML, PDF, path_of, shelf, spine_at_right
from kitabat.publishing.face import TYPED, WebFace, style_path
from kitabat.publishing.failures import unmade
from kitabat.publishing.inputs import Inputs
from kitabat.publishing.jobs import EditionJob, make_edition, make_listing
from kitabat.publishing.origins import behind, listed, origin
from kitabat.publishing.overview import Overview
from kitabat.publishing.reading import PrintFacts, Reading
from kitabat.publishing.weights import FONT_WEIGHT, LISTING_WEIGHT, font_kind, kind, weight
from kitabat.recording import digest_of

if TYPE_CHECKING:
    from kitabat.publishing.foundry import Foundry

UNPROVED = Stale("unproved")
"""The reason to make a PDF that was never read back."""


class Making:
    """One build's editions, from the decision to the files."""

    def __init__(
        self,
        workshop: Workshop,
        inputs: Inputs,
        overview: Overview[Reading],
        wanted: Sequence[Edition],
        available: Iterable[str],
        run: str,
        known: Known,
        output: OutputFolder,
        *,
        imposed: bool = False,
        verify: bool = False,
    ) -> None:
        """``available`` are the editions that the output will hold, ``known`` the files of the last build.

        ``output`` may still have what the cache has lost; ``imposed`` asks for a booklet of each PDF, ``verify`` for
        every PDF to be read back.
        """
        self.workshop = workshop
        self.inputs = inputs
        self.overview = overview
        self.config = overview.config
        self.wanted = {path_of(edition): edition for edition in wanted}
        self.available = frozenset(available)
        self.run = run
        self.known = known
        self.output = output
        self.sound = output.has
        self.imposed = imposed
        self.verify = verify
        self.articles = {reading.slug: reading for reading in overview.manuscripts}
        self.diagnostics: list[Diagnostic] = []
        self.styles: dict[str, str] = {}
        self._foundry: Foundry | None = None
        self._order: Path | None = None

    def files(self) -> Iterator[OutputFile]:
        """Yield what the output will hold of this build; what went wrong is in ``diagnostics``.

        Raises PublishingError where a template, a font or a style sheet is at fault, OSError where the cache cannot be
        written.
        """
        prints = {path: edition for path, edition in self.wanted.items() if edition.format == PDF}
        pages = {path: edition for path, edition in self.wanted.items() if edition.format == HTML}
        if prints:
            self._print_style()
        faces = self._faces() if pages else {}
        self.settle(self.available)
        failed = self._editions(prints, lambda: self._expect(pages, faces))
        # Pages come last, so that none leads to what is not there.
        lost = {path for path in failed if path not in self.known}
        self.settle(remaining(self.available - lost, self.wanted.values(), self.known, self.config))
        yield from self._files(prints, failed)
        if self.imposed:
            yield from self._booklets({path: edition for path, edition in prints.items() if path not in failed})
        if pages:
            yield from self._shared(faces)
            failed = self._editions(pages)
            yield from self._files(pages, failed)

    def _files(self, editions: Iterable[str], failed: Collection[str]) -> Iterator[OutputFile]:
        if not self.workshop.dry:
            yield from (self._file(path) for path in editions if path not in failed and path in self.available)

    def settle(self, available: frozenset[str]) -> None:
        """Take it that the output will hold these editions."""
        self.available = available
        self._order = None
        fronts = [tag for tag in self.config.languages if front_page(tag) in available]
        self.inputs.settle(available, {tag: tuple(shelf(self.overview.manuscripts, available, tag)) for tag in fronts})

    # What editions share.

    @property
    def foundry(self) -> Foundry:
        """What makes fonts and style sheets."""
        if self._foundry is None:
            from kitabat.publishing.foundry import Foundry

            self._foundry = Foundry(self.overview.disk, self.config)
        return self._foundry

    def _fact(self, name: str, inputs: Sequence[str], make: Callable[[], object]) -> bytes:
        """Return what was found out under a name, made anew where an input has changed."""
        if self.workshop.stale((name,), self.inputs):
            self.inputs.look(inputs)
            with self.workshop.doing(name):
                self.workshop.note(name, Made(facts=msgspec.json.encode(make()), names=tuple(inputs)), self.inputs)
        raw = self.workshop.facts(name)
        self.inputs.found_out(name, digest_of(raw))
        return raw

    def _sheets(self, output: str) -> list[str]:
        from kitabat.rendering.style import sheets

        return [f"template {name}" for name in sheets(output, self.config)]

    def _fonts(self) -> list[str]:
        from kitabat.rendering.fonts import FACES

        return [f"font {face.path}" for face in FACES]

    def _words_and_fonts(self) -> list[str]:
        words = (f"words {tag}" for tag in self.config.languages)
        return [*words, *self._fonts(), "settings html", "libraries fonts", "code"]

    def _faces(self) -> dict[str, WebFace]:
        """Return the fonts of the site, and settle the name of its style sheet."""
        texts = sorted({reading.characters for reading in self.overview.manuscripts})
        self.inputs.found_out("characters", digest_of("".join(sorted(set().union(*texts).difference(TYPED))).encode()))
        raw = self._fact("faces", ("characters", *self._words_and_fonts()), lambda: self.foundry.faces(texts))
        faces = msgspec.json.decode(raw, type=dict[str, WebFace])
        for face in faces.values():
            self.inputs.found_out(f"face {face.name}", face.name)
        inputs = (*self._sheets("web"), "faces", "settings html", "code")
        style = self._fact("style html", inputs, lambda: self.foundry.web_style(faces))
        self.styles["html"] = msgspec.json.decode(style, type=str)
        self.inputs.found_out("style html", digest_of(style_path(self.styles["html"]).encode()))
        return faces

    def _leading(self) -> Iterator[OutputFile]:
        """Yield the line heights of the pages, where they are measured."""
        if self.config.measures_urdu:
            inks = sorted({reading.ink for reading in self.overview.manuscripts})
            self.inputs.found_out("inks", digest_of(repr(inks).encode()))
            raw = self._fact("leading html", ("inks", *self._words_and_fonts()), lambda: self.foundry.web_leading(inks))
            sources = (SETTINGS, *listed(self.overview.manuscripts, "ur"))
            yield OutputFile(asset(LEADING), msgspec.json.decode(raw, type=str).encode(), sources=sources)

    def _print_style(self) -> None:
        inputs = (*self._sheets("print"), *self._fonts(), "settings pdf", "code")
        style = self._fact("style pdf", inputs, self.foundry.print_style)
        self.styles["pdf"] = msgspec.json.decode(style, type=str)
        fonts = digest_of("\n".join(map(self.inputs, self._fonts())).encode())
        self.inputs.found_out("style pdf", digest_of((fonts + self.styles["pdf"]).encode()))

    def _shared(self, faces: Mapping[str, WebFace]) -> Iterator[OutputFile]:
        """Yield what pages share: fonts, style sheet, pictures, the page that leads to the languages."""
        by_name = {face.name: face for face in faces.values()}
        stale = self.workshop.stale(by_name, self.inputs, self.sound)
        if stale and not self.workshop.dry:
            self._cast([by_name[name] for name in stale])
        pictures = self._pictures()
        choosers: dict[str, Edition] = {}
        if front_page(self.config.default_language) in self.wanted or CHOOSER not in self.available:
            failed = self._editions({CHOOSER: Edition("", "", HTML)})
            self.available |= failed & self.known.keys()
            choosers = {path: Edition("", self.config.default_language, HTML) for path in {CHOOSER} - failed}
        if self.workshop.dry:
            return
        for path, face in faces.items():
            yield replace(self._file(face.name), sources=(origin(self.overview, f"fonts/{path}"),))
        style = self.styles["html"].encode()
        sheets = [origin(self.overview, name.replace("template ", "templates/", 1)) for name in self._sheets("web")]
        yield OutputFile(style_path(self.styles["html"]), style, sources=tuple(filter(None, sheets)))
        yield from self._leading()
        for name, sources in pictures.items():
            yield OutputFile(name, sources=tuple(sources), digest=self.workshop.output(name))
        for path, edition in choosers.items():
            yield replace(self._file(path), sources=(SETTINGS,), edition=edition)

    def _cast(self, faces: Iterable[WebFace]) -> None:
        """Make fonts: most are ready in the toolkit."""
        from kitabat.publishing.foundry import as_made, cut

        tasks = []
        for face in faces:
            content = self.foundry.ready(face)
            if content is None:
                tasks.append(Task(face.name, cut, face, weight=FONT_WEIGHT, kind=font_kind(face.name)))
                continue
            with self.workshop.doing(face.name):
                self.workshop.note(face.name, as_made(face, content), self.inputs)
        self._raise(self.workshop.do(tasks, self.inputs))

    def _pictures(self) -> dict[str, list[str]]:
        """Make the pictures that pages show; return the path of each, with the files that hold it."""
        tags = (*self.config.languages, BILINGUAL)
        found: dict[str, list[str]] = {}
        for reading in self.overview.manuscripts:
            if any(web_edition(tag, reading.slug) in self.available for tag in tags):
                for picture in reading.pictures.values():
                    found.setdefault(asset(picture.name), []).append(picture.source)
        stale = self.workshop.stale(found, self.inputs, self.sound)
        for name in () if self.workshop.dry else stale:
            from kitabat.publishing.illustrations import content_of

            source = found[name][0]
            with self.workshop.doing(name):
                made = Made(content_of(self.overview.disk, source), names=(f"file {source}", "code"))
                self.workshop.note(name, made, self.inputs)
        return found

    # Editions.

    def _editions(self, editions: Mapping[str, Edition], before: Callable[[], None] = lambda: None) -> set[str]:
        """Make the editions that are stale; return the paths of those that could not be made.

        ``before`` is called before the first is made, if any is.
        """
        doubt = partial(self._unproved, editions) if self.verify else certain
        stale = self.workshop.stale(editions, self.inputs, self.sound, doubt)
        if self.workshop.dry:
            return set()
        if not stale:
            self._tell_complaints(editions)
            return set()
        before()
        tasks = []
        for path in stale:
            edition = editions[path]
            reading = self.articles.get(edition.slug)
            work = make_edition if reading else make_listing
            job = self.job(edition, reading)
            tasks.append(Task(path, work, job, self._weight(edition), job.path, edition.format == PDF, kind(edition)))
        faults = self.workshop.do(tasks, self.inputs)
        for path, fault in faults.items():
            if not isinstance(fault, str):
                raise PublishingError(*fault)
            slug = editions[path].slug
            self.diagnostics.append(unmade(path, fault, self.articles[slug].path if slug else ""))
        self._tell_complaints({path: edition for path, edition in editions.items() if path not in faults})
        return set(faults)

    def _booklets(self, prints: Mapping[str, Edition]) -> Iterator[OutputFile]:
        """Yield a booklet of each PDF."""
        for path, edition in prints.items():
            name = booklet(edition.language, edition.slug)
            is_known = not self.workshop.dry or path not in self.workshop.reasons
            self.inputs.found_out(f"made {path}", self.workshop.output(path) if is_known else "")
            if self.workshop.stale((name,), self.inputs, self.sound) and not self.workshop.dry:
                from kitabat.rendering.pdf import impose

                with self.workshop.doing(name):
                    content = impose.booklet(self._content(path), binds_right=spine_at_right(self.config, edition))
                    made = Made(content, names=(f"made {path}", "settings pdf", "code", "libraries booklets"))
                    self.workshop.note(name, made, self.inputs)
            if not self.workshop.dry:
                yield replace(self._file(path), path=name, digest=self.workshop.output(name))

    def _content(self, path: str) -> bytes:
        """Return what was made of an edition, from the store or, where that has lost it, from the output."""
        found = self.workshop.store.get(self.workshop.output(path))
        return (self.output.place / path).read_bytes() if found is None else found

    def _unproved(self, editions: Mapping[str, Edition], path: str) -> Stale | None:
        """Return a reason to make a PDF that was made before, and never read back."""
        if editions[path].format != PDF or msgspec.json.decode(self.workshop.facts(path), type=PrintFacts).proved:
            return None
        return UNPROVED

    def _weight(self, edition: Edition) -> int:
        reading = self.articles.get(edition.slug)
        return weight(edition, reading.size if reading else LISTING_WEIGHT)

    def _expect(self, editions: Mapping[str, Edition], faces: Mapping[str, WebFace]) -> None:
        """Look ahead to what will have to be made after the PDFs, so that the time left is that of all."""
        forecast = self.workshop.forecast
        for path in self.workshop.ahead(editions, self.inputs, self.sound):
            forecast.expect(path, kind(editions[path]), self._weight(editions[path]))
        for name in self.workshop.ahead(dict.fromkeys(face.name for face in faces.values()), self.inputs, self.sound):
            forecast.expect(name, font_kind(name), FONT_WEIGHT)

    def job(self, edition: Edition, reading: Reading | None) -> EditionJob:
        """Return what whoever makes an edition is told."""
        return EditionJob(self._ordered(), edition, reading.path if reading else "", self.verify)

    def _ordered(self) -> Path:
        """Return the file with what all editions must know."""
        if self._order is None:
            from kitabat.publishing.order import Order, know

            self.inputs.look(("template *", *self._words_and_fonts()))
            order = Order(
                root=str(self.overview.disk.root),
                run=self.run,
                config=self.config,
                readings=self.overview.manuscripts,
                available=self.available,
                web_style=style_path(self.styles["html"]) if "html" in self.styles else "",
                print_style=self.styles.get("pdf", ""),
                print_fonts=self.foundry.print_fonts() if "pdf" in self.styles else (),
            )
            self._order = self.workshop.store.lend(msgspec.json.encode(order))
            know(self._order, order)
        return self._order

    def _raise(self, faults: Mapping[str, tuple[Diagnostic, ...] | str]) -> None:
        for name, fault in faults.items():
            raise PublishingError(*(fault if not isinstance(fault, str) else (unmade(name, fault),)))

    def _tell_complaints(self, editions: Mapping[str, Edition]) -> None:
        """Gather what the renderer has complained of, now or when it made what is taken from the cache."""
        for path, edition in editions.items():
            if edition.format == PDF:
                said = msgspec.json.decode(self.workshop.facts(path), type=PrintFacts).told
                self.diagnostics += (one for one in said if self.verify or one.severity is not Severity.ERROR)

    def _file(self, path: str) -> OutputFile:
        edition = self.wanted.get(path)
        sources = tuple(behind(self.overview, self.articles, edition))
        return OutputFile(path, edition=edition, sources=sources, digest=self.workshop.output(path))
