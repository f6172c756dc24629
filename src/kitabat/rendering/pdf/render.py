"""One HTML document to one PDF, with WeasyPrint closed off from the network and from the machine's files and fonts."""

from __future__ import annotations

import contextlib
import copy
import functools
import hashlib
import logging
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kitabat import scratch
from kitabat.rendering.pdf import (
    colours,
    column_notes,
    columns,
    drawn_text,
    footnotes,
    ink,
    justification,
    leaders,
    lines,
    long_notes,
    numbering,
    outsized,
    quick,
    quick_layout,
    right_bound,
    rubbish,
    searchable,
    shaping,
    standards,
    table_breaks,
    tables,
    tags,
    wide_tables,
)
from kitabat.rendering.pdf.binding import FLIP, Binding, bind
from kitabat.rendering.pdf.bound import COVERED, page_labels
from kitabat.rendering.pdf.ink import Clash
from kitabat.rendering.pdf.loading import no_compiler, own_fonts_only
from kitabat.rendering.pdf.numbering import LayOut, Layout
from kitabat.rendering.pdf.proof import Lost, proofread
from kitabat.rendering.pdf.rubbish import seldom_collected

if TYPE_CHECKING:
    import weasyprint

SVG = "image/svg+xml"
INSIDE = "data:image/"
REMEDIES = (
    *(quick, quick_layout, shaping, lines, leaders, justification, footnotes, columns, table_breaks, tables),
    *(wide_tables, drawn_text, tags, searchable, rubbish),
)
"""For faults of WeasyPrint 70; each module says which, and when it can go."""


@dataclass(frozen=True, slots=True)
class PdfJob:
    """All that a PDF is made from; can be sent to another process."""

    name: str
    """For messages: the output's path."""
    html: str
    style: str
    """The style sheet, ``@font-face`` rules included."""
    fonts: tuple[tuple[str, str], ...]
    """Address and file on disk of each font."""
    pictures: Mapping[str, tuple[bytes, str]] = field(default_factory=dict)
    """Content and media type by address."""
    binds_right: bool = False
    """The spine is at the right: viewers page from right to left."""
    leading: tuple[str, ...] = ()
    """Style sheets of line heights to try in turn, until no ink meets other ink; the last is taken as it is."""
    standards: tuple[str, ...] = ()
    """Of PDF, such as ``pdf/ua-1``, that the file declares to keep: none, one, or two that go together."""
    notes_by_page: bool = False
    """Footnotes begin at 1 on each page."""
    notes_below_columns: bool = False
    """The text stands in columns, and its footnotes at the foot of the page."""
    binding: Binding | None = None
    """How several documents become this PDF, in place of ``html``; None for an edition of one document."""
    longest_note: int = 1000
    """Characters of a footnote that surely fit on a page; longer ones are divided."""
    verify: bool = False
    """Read the PDF back, and tell what it does not say."""

    @property
    def documents(self) -> tuple[str, ...]:
        """What the PDF is made from: one HTML document, or several that are bound."""
        return self.binding.documents if self.binding else (self.html,)

    def proofread(self, content: bytes, documents: Sequence[str]) -> tuple[Lost, ...]:
        """Return what a PDF of these documents does not say, and what it says beside it."""
        # Pictures may have words of their own to say.
        drawn = "".join(content.decode("utf-8", "replace") for content, kind in self.pictures.values() if kind == SVG)
        return proofread("".join(documents), content, drawn, two_ways=bool(self.binding and self.binding.kind == FLIP))


@dataclass(frozen=True, slots=True)
class PdfResult:
    """A PDF, and what the renderer complained of."""

    content: bytes
    complaints: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Characters that no font of the publication has, each once, in the order of the text."""
    searchable: bool = True
    """False where readers cannot find Urdu words in it: see `searchable`."""
    lost: tuple[Lost, ...] = ()
    """What it does not say of its document, if it was read back."""


def render_pdf(job: PdfJob) -> PdfResult:
    """Return the PDF; the same job gives the same bytes, in any process."""
    missing: list[str] = []
    with seldom_collected(), _complaints() as complaints:
        content, documents = _written(job, missing)
    lost = job.proofread(content, documents) if job.verify else ()
    return PdfResult(content, tuple(dict.fromkeys(complaints)), tuple(missing), searchable.is_installed(), lost)


def _written(job: PdfJob, missing: list[str]) -> tuple[bytes, tuple[str, ...]]:
    """Return the PDF, and the HTML that it was made of; note the characters that are ``missing`` in the fonts."""
    document, labels, documents = _laid_out(job)
    finisher = functools.partial(_finish, job, labels, missing)
    with right_bound.bound(right=job.binds_right):
        content: bytes = document.write_pdf(finisher=finisher, pdf_identifier=_identifier(job), **_options(job))
    return content, documents


def clashes_of(job: PdfJob) -> tuple[Clash, ...]:
    """Return where ink of the PDF meets other ink or leaves its line; the PDF itself is not written."""
    with seldom_collected(), _complaints():
        return ink.clashes(_laid_out(job)[0], load().__version__)


def documents_of(job: PdfJob) -> tuple[str, ...]:
    """Return the HTML of a PDF as it was made: notes numbered by page are known only once all is laid out."""
    if not job.notes_by_page:
        return job.documents
    with seldom_collected(), _complaints():
        return _laid_out(job)[2]


def _laid_out(job: PdfJob) -> tuple[Any, Sequence[str], tuple[str, ...]]:
    """Return the document on its pages, their labels, and the HTML that it was made of.

    It has the first of the job's line heights at which no ink meets other ink.
    """
    weasyprint = load()
    fonts, counters, style = _styled(job.style, job.fonts)
    *tries, last = job.leading or ("",)
    documents = job.documents
    for leading in (*tries, last):
        sheets = [style, weasyprint.CSS(string=leading)]
        options = {"stylesheets": sheets, "font_config": fonts, "counter_style": counters, **_options(job)}
        documents, laid, settled = _numbered(job, documents, functools.partial(_lay_out, job, options))
        if leading == last or not ink.clashes(laid.document, weasyprint.__version__):
            break
    if not settled:
        logging.getLogger("weasyprint").error("Footnotes are numbered by article: by page, each number moved another")
    return laid.document, laid.labels, documents


def _lay_out(job: PdfJob, options: Mapping[str, Any], documents: tuple[str, ...]) -> Layout:
    """Return a job's documents on their pages."""
    fetcher = _fetcher(job.pictures, {}, for_screens=standards.archivable(job.standards))
    sources = [load().HTML(string=html, url_fetcher=fetcher) for html in documents]
    trees = tuple(
        copy.deepcopy(source.etree_element) if job.notes_by_page else source.etree_element for source in sources
    )
    for source in sources:
        long_notes.divide(source.etree_element, job.longest_note)
        outsized.fit(source.etree_element, job.longest_note)
    render = column_notes.render if job.notes_below_columns else _rendered
    document, labels = bind(job.binding, sources, options, render) if job.binding else (render(sources[0], options), ())
    return Layout(trees, tuple(source.etree_element for source in sources), document, labels)


def _rendered(source: Any, options: Mapping[str, Any]) -> Any:
    return source.render(**options)


def _options(job: PdfJob) -> dict[str, Any]:
    return {"pdf_variant": standards.rendered_as(job.standards), "pdf_tags": True}


def _numbered(job: PdfJob, documents: tuple[str, ...], lay_out: LayOut) -> tuple[tuple[str, ...], Layout, bool]:
    """Return HTML with its notes numbered by page, where that is asked for, the layout of it, and whether that settled.

    ``documents`` are the job's, or have the numbers of another layout, which are its own as a rule.
    """
    if not job.notes_by_page:
        return documents, lay_out(documents), True
    return numbering.numbered(documents, lay_out)


def _identifier(job: PdfJob) -> bytes:
    """Return what the file is known by: a digest of what it is made from."""
    return hashlib.sha256("".join((*job.documents, job.style)).encode()).hexdigest()[:32].encode()


def _finish(job: PdfJob, labels: Sequence[str], missing: list[str], document: Any, pdf: Any) -> None:
    """Tell viewers on which side the spine is, and to show the title instead of the file's name; declare standards.

    Also note the characters that are ``missing`` in the fonts.
    """
    import pydyf

    missing += searchable.missing_characters(document.fonts.values())
    wishes = pdf.catalog.setdefault("ViewerPreferences", pydyf.Dictionary())
    wishes["DisplayDocTitle"] = "true"
    wishes["Direction"] = "/R2L" if job.binds_right else "/L2R"
    if labels:
        pdf.catalog["PageLayout"] = COVERED
        pdf.catalog["PageLabels"] = page_labels(labels)
    standards.declare(pdf, job.standards)


@functools.cache
def load() -> Any:
    """Return WeasyPrint, imported with no font of the machine in sight."""
    with own_fonts_only():
        with contextlib.suppress(OSError), no_compiler():
            import weasyprint
        import weasyprint  # as it would be, where a library has a name of its own

        for remedy in REMEDIES:
            remedy.install(weasyprint.__version__)
    return weasyprint


@functools.lru_cache(maxsize=8)
def _styled(style: str, fonts: tuple[tuple[str, str], ...]) -> tuple[Any, Any, Any]:
    """Return fonts, counter styles and the parsed style sheet: once a process, not once a document."""
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    class Fonts(FontConfiguration):  # type: ignore[misc]
        """Has its copies of fonts where they do not stay: most processes end without a word to ``__del__``."""

        def __init__(self) -> None:
            super().__init__()
            self._folder = scratch.made()

        def __del__(self) -> None:
            if self._folder:
                scratch.remove(self._folder)

    weasyprint = load()
    with own_fonts_only():
        configuration, counters = Fonts(), CounterStyle()
        files = {address: Path(file) for address, file in fonts}
        sheet = weasyprint.CSS(
            string=style, font_config=configuration, counter_style=counters, url_fetcher=_fetcher({}, files)
        )
    return configuration, counters, sheet


def _fetcher(
    pictures: Mapping[str, tuple[bytes, str]], fonts: Mapping[str, Path], *, for_screens: bool = False
) -> weasyprint.URLFetcher:
    """Return what gives documents their pictures and fonts, and nothing else; ``for_screens``: pictures in sRGB."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class ClosedFetcher(URLFetcher):  # type: ignore[misc]
        """Serves a closed list of addresses."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            """Return a file of the list, or what an address holds itself; raises ValueError for any other address."""
            if url in fonts:
                return URLFetcherResponse(url, fonts[url].read_bytes(), {"Content-Type": "font/ttf"})
            if url in pictures:
                content, kind = pictures[url]
            elif url.startswith(INSIDE):  # in a drawing
                held = super().fetch(url, headers)
                content, kind = held.read(), held.content_type
            else:
                raise ValueError(f"{url} is not part of the publication")
            content = colours.for_screens(content, kind) if for_screens else content
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return ClosedFetcher()


@contextlib.contextmanager
def _complaints() -> Iterator[list[str]]:
    """Gather what WeasyPrint logs as errors: pictures and addresses that it could not use."""
    found: list[str] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    handler = Handler(logging.ERROR)
    # WeasyPrint prints to standard error where nobody listens: only the toolkit's console prints.
    before, logger.propagate = logger.propagate, False
    kept, logger.handlers = logger.handlers, [handler]
    try:
        with warnings.catch_warnings():
            # WeasyPrint 70 leaves the file of PDF/A's colour profile to the garbage collector.
            warnings.simplefilter("ignore", ResourceWarning)
            yield found
    finally:
        logger.handlers, logger.propagate = kept, before
