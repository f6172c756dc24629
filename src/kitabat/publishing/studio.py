"""Where articles are read and pages made: one a process, which keeps what it has read for the next task.

The functions are what tasks call, in this process or in a worker; their arguments and results can be sent.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import pickle
import re
import zlib
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import msgspec

from kitabat import resources
from kitabat.building.made import Made
from kitabat.checks.links import inner_links
from kitabat.checks.subject import SourceSubject
from kitabat.config import SiteConfig
from kitabat.language.dates import long_date
from kitabat.language.direction import runs
from kitabat.language.registry import LANGUAGES
from kitabat.markup.targets import lead
from kitabat.model.article import VersionText
from kitabat.model.diagnostic import Diagnostic
from kitabat.model.errors import PublishingError
from kitabat.model.message import FRONT, MessageKey, TranslationState
from kitabat.model.site import BILINGUAL, Edition
from kitabat.publishing import web_site
from kitabat.publishing.detail import Detail, Shown
from kitabat.publishing.editions import HTML
from kitabat.publishing.face import TYPED
from kitabat.publishing.inputs import brief
from kitabat.publishing.jobs import EditionJob, ReadJob
from kitabat.publishing.materials import URDU, urdu_fonts, words_in
from kitabat.publishing.order import Order, order_in
from kitabat.publishing.press import Press, set_up, urdu_texts
from kitabat.publishing.publication import Manuscript, Publication, read_manuscript
from kitabat.publishing.reading import Card, PictureNote, PrintFacts, Read, Reading
from kitabat.recording import Recording
from kitabat.rendering.fonts import FACES, NAMES
from kitabat.workspace import Disk

KEPT = 640
"""Manuscripts that a process keeps between the task that reads them and those that set them; some 90 MB."""
PACKED = 4096
"""Others that it keeps packed; some 70 MB."""
IN_ANY_CASE = re.compile(f"[{re.escape(TYPED)}\n]+")
"""What fonts have in any case; what is left of a text without it may need a font to have more."""


Held = tuple[Manuscript | None, Mapping[str, str], tuple[Diagnostic, ...]]
"""An article with its catalogs, the files that it was read from, and the faults that forbid reading it."""
Key = tuple[str, str, str]

_drawn: list[Manuscript] = []
"""The article whose editions are being made."""
_kept: OrderedDict[Key, Held] = OrderedDict()
_packed: OrderedDict[Key, bytes] = OrderedDict()
_open: dict[Key, Held] = {}
"""The one of these that was asked for last, unpacked."""


def manuscript(job: ReadJob) -> Held:
    """Return what editions need of an article, as it is read or as this process has read it before in this build."""
    key = (job.run, job.root, job.path)
    found = _kept.pop(key, None)
    if found is None and key in _packed:
        return _unpacked(key)
    if found is None:
        whole, files, diagnostics = _read(job)
        found = (for_editions(whole) if whole else None, files, diagnostics)
    _keep(key, found)
    return found


def _read(job: ReadJob) -> Held:
    disk = Recording(Path(job.root))
    outcome = read_manuscript(disk, job.config, job.path)
    return outcome.value, dict(disk.asked), outcome.diagnostics


def _keep(key: Key, held: Held) -> None:
    _kept[key] = held
    while len(_kept) > KEPT:
        _pack(*_kept.popitem(last=False))


def _pack(key: Key, held: Held) -> None:
    """Keep an article in little memory: packing and unpacking take a third of the time that reading it again would."""
    found, files, diagnostics = held
    bare = replace(found, drawn={}) if found else None
    _packed[key] = zlib.compress(pickle.dumps((bare, files, diagnostics), pickle.HIGHEST_PROTOCOL), 1)
    while len(_packed) > PACKED:
        _packed.popitem(last=False)


def _unpacked(key: Key) -> Held:
    """Return an article that is packed, and stays so: to keep it, another would have to be packed for its sake."""
    if key not in _open:
        _open.clear()
        _open[key] = pickle.loads(zlib.decompress(_packed[key]))  # noqa: S301 - this process has packed it
    return _open[key]


def for_editions(found: Manuscript) -> Manuscript:
    """Return what editions need of an article: its messages and catalogs have been made versions of."""
    article = replace(found.article, messages=())
    catalogs = {tag: replace(catalog, translations={}) for tag, catalog in found.catalogs.items()}
    versions = {tag: replace(version, article=article) for tag, version in found.versions.items()}
    return replace(found, article=article, catalogs=catalogs, versions=versions, drawn={})


def read_article(job: ReadJob) -> Made:
    """Return an article's reading as JSON, and keep for its editions what they need of it."""
    found, files, diagnostics = _read(job)
    _keep((job.run, job.root, job.path), (for_editions(found) if found else None, files, diagnostics))
    reading = _reading(found, files[job.path], job.config) if found else None
    if reading and found and any(_measured_by(job.config)):
        from kitabat.rendering.leading import reach

        fonts = urdu_fonts(Disk(Path(job.root)), Disk(resources.root()), job.config)
        texts, heads = (reach(some, fonts) for some in urdu_texts(found))
        reading = msgspec.structs.replace(reading, ink=(texts.above, texts.below, heads.above, heads.below))
    facts = msgspec.json.encode(Read(reading, diagnostics))
    read = {f"file {path}": digest for path, digest in files.items()}
    names = ("settings reading", "libraries reading", "code", *_measured_by(job.config))
    return Made(facts=facts, read=read, names=names)


def _measured_by(config: SiteConfig) -> Iterator[str]:
    if config.measures_urdu:
        family = NAMES[config.language[URDU].font]
        yield from (f"font {face.path}" for face in FACES if face.family == family)


def _reading(found: Manuscript, source: str, config: SiteConfig) -> Reading:
    article = found.article
    texts = article.text
    links = tuple(inner_links(SourceSubject(article, {})))
    heads = {tag: _head(version.texts) for tag, version in found.versions.items()}
    titles = {tag: _titles(found, tag) for tag in found.versions}
    detail = Detail(article.front, dict(article.references), links, heads, titles)
    shown = (texts, *(text.text for version in found.versions.values() for text in version.texts.values()))
    rare = set(IN_ANY_CASE.sub("", "".join(text for text in shown if not text.isascii())))
    return Reading(
        path=article.path,
        slug=article.slug,
        formats=article.front.formats,
        anchors=found.anchors,
        places=brief(sorted(found.anchors)),
        leads=tuple(dict.fromkeys(lead(link.href, article.path) for link in links)),
        catalogs=tuple(found.catalogs),
        cards={tag: _card(found, tag, config) for tag in found.versions},
        coverage=dict(found.coverage),
        days=dict(found.days),
        pictures={
            src: PictureNote(file.source, file.name, file.width, file.height, file.type)
            for src, file in found.pictures.items()
        },
        characters="".join(sorted(rare)),
        source=source,
        size=len(texts.encode()),
        detail=msgspec.Raw(msgspec.json.encode(detail)),
        diagnostics=found.diagnostics,
    )


def _titles(found: Manuscript, tag: str) -> dict[str, Shown]:
    source = found.article.front.source
    texts = found.versions[tag].texts
    return {
        name: Shown.of(texts[key]) if key in texts else Shown(key.source, source, TranslationState.SOURCE)
        for name, key in found.titles.items()
    }


def _card(found: Manuscript, tag: str, config: SiteConfig) -> Card:
    texts = found.versions[tag].texts
    said = ("\0".join((*key, text.text, text.language, text.state.value)) for key, text in texts.items())
    whole = hashlib.sha256("\1".join(said).encode())
    # An edition names the translator into its own language; a bilingual one has the cards of both.
    whole.update(repr((found.days[tag], found.edited(tag, config).credits.get(tag))).encode())
    minutes = found.minutes[tag]
    head = [shown for *_, shown in _head(texts)]
    references = found.article.references if any("[" in shown.text for shown in head) else {}
    told = brief((head, found.days[tag], references))
    # A picture's name on the web changes with its content, and its room with its size.
    image = found.pictures.get(found.article.front.image)
    shown = (image.name, image.width, image.height) if image else ()
    return Card(minutes, whole.hexdigest(), brief((told, minutes, found.article.front.image, shown)), told)


def _head(texts: Mapping[MessageKey, VersionText]) -> tuple[tuple[str, str, Shown], ...]:
    """Return the texts of the front matter."""
    return tuple((*key, Shown.of(text)) for key, text in texts.items() if key.context == FRONT)


def order_of(publication: Publication, available: Collection[str], run: str = "") -> Order:
    """Return the order of a publication that has been read as a whole, without a cache and without a web site."""
    from kitabat.publishing.foundry import Foundry

    foundry = Foundry(publication.disk, publication.config)
    return Order(
        root=str(publication.disk.root),
        run=run,
        config=publication.config,
        readings=tuple(_reading(one, "", publication.config) for one in publication.manuscripts),
        available=frozenset(available),
        print_style=foundry.print_style(),
        print_fonts=foundry.print_fonts(),
    )


@functools.lru_cache(maxsize=2)
def press_of(order: Path) -> tuple[Order, Press]:
    """Return the order that a file holds, and the press for it."""
    found = order_in(order)
    return found, set_up(found)


def get_ready() -> None:
    """Load what every edition needs and reading an article does not."""
    toolkit = Disk(resources.root())
    for tag in LANGUAGES:
        long_date(datetime.date(2000, 1, 1), tag)
        words_in(toolkit, toolkit, tag)
    runs("الف (A) 1", "rtl")  # so that what finds numbers, names and brackets is made


def make_edition(job: EditionJob) -> Made:
    """Return an article's page or PDF."""
    return _made(job, _edition)


def make_listing(job: EditionJob) -> Made:
    """Return a language's front page; without a language, the page that leads to all of them."""
    return _made(job, _listing)


def _made(job: EditionJob, make: Callable[[EditionJob, Order, Press], Made]) -> Made:
    try:
        order, press = press_of(job.order)
        if job.around:
            press = replace(press, articles=job.around.articles, available=job.around.available)
        press.followed.clear()
        press.named.clear()
        return make(job, order, press)
    except PublishingError as fault:
        return Made(faults=fault.diagnostics)


def _listing(job: EditionJob, _: Order, press: Press) -> Made:
    tag = job.edition.language
    press.followed.clear()
    press.named.clear()
    text = web_site.listing(press, tag) if tag else web_site.chooser(press)
    template = web_site.INDEX if tag else web_site.CHOOSING
    words = (f"words {tag or press.config.default_language}",)
    return Made(text.encode(), names=(*_common(press, HTML, (template,)), *words, f"shelf {tag}", *_led(press)))


def _edition(job: EditionJob, order: Order, press: Press) -> Made:
    found, files, diagnostics = manuscript(ReadJob(order.root, order.config, job.path, order.run))
    if found is None:
        return Made(faults=diagnostics)
    _draw(found)
    facts = b"null"
    templates: tuple[str, ...]
    if job.edition.format == HTML:
        content = web_site.page(press, found, job.edition).encode()
        templates = (web_site.BOTH if job.edition.language == BILINGUAL else web_site.ARTICLE,)
    else:
        from kitabat.publishing import pdf_edition
        from kitabat.publishing.proof import told
        from kitabat.rendering.pdf.render import render_pdf

        result = render_pdf(replace(pdf_edition.pdf_job(press, found, job.edition), verify=job.verify))
        said = tuple(told(result, job.edition, found, Disk(Path(order.root))))
        content, facts = result.content, msgspec.json.encode(PrintFacts(said, job.verify))
        templates = pdf_edition.templates(job.edition, press.config.pdf.layout)
    common = _common(press, job.edition.format, templates)
    return Made(content, facts, _seen(found, files), (*common, *_of_article(press, found, job.edition)))


def _draw(found: Manuscript) -> None:
    """Drop what the editions of another article had in common: those of one are made one after the other."""
    if _drawn and _drawn[-1] is not found:
        _drawn.pop().drawn.clear()
    if not _drawn:
        _drawn.append(found)


def _seen(found: Manuscript, files: Mapping[str, str]) -> dict[str, str]:
    """Return what this process has read for itself: the article may have changed since the build has looked at it."""
    return {f"article {found.path}": files[found.path]}


def _common(press: Press, kind: str, templates: tuple[str, ...]) -> Iterator[str]:
    """Yield the names of what all editions of a kind depend on."""
    family = frozenset[str]().union(*map(press.templates.family, templates))
    yield from (f"template {name}" for name in sorted(family))
    yield from ("code", f"settings {kind}", f"libraries {kind}", f"style {kind}")


def _of_article(press: Press, found: Manuscript, edition: Edition) -> Iterator[str]:
    """Yield the names of what one edition depends on."""
    tags = press.tags if edition.language == BILINGUAL else (edition.language,)
    yield f"article {found.path}"
    yield f"states {found.slug}"
    for tag in tags:
        yield from (f"words {tag}", f"texts {tag} {found.path}")
    if found.pictures:
        yield f"pictures {found.path}"
    yield from _led(press)


def _led(press: Press) -> Iterator[str]:
    """Yield the names of what links lead to."""
    yield from (f"reach {path}" for path in sorted(press.followed))
    yield from (f"named {place}" for place in sorted(press.named))
