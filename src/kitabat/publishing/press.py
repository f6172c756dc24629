"""What all editions of one build share: templates and their words, fonts, style sheets, addresses."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from kitabat.catalogs.sync import TEMPLATE_DOMAIN, po_path
from kitabat.catalogs.words import Words, read_words
from kitabat.config import SiteConfig
from kitabat.language.dates import long_date
from kitabat.language.registry import LANGUAGES
from kitabat.markup.html import Picture
from kitabat.model.article import VersionText
from kitabat.model.diagnostic import Location, error, has_errors
from kitabat.model.errors import PublishingError
from kitabat.model.message import FRONT, MessageKey, TranslationState
from kitabat.model.site import BILINGUAL
from kitabat.publishing.addresses import absolute, article_link, asset, pdf_edition, relative, web_edition
from kitabat.publishing.frame import Frames
from kitabat.publishing.publication import Manuscript, Publication
from kitabat.rendering.compose import Place
from kitabat.rendering.context import Side
from kitabat.rendering.fonts import FACES, FOLDER, NAMES, Face, read_face, shared
from kitabat.rendering.leading import Font, Leading, css, leadings
from kitabat.rendering.notes import FOOTNOTES
from kitabat.rendering.references import NUMBER, Target
from kitabat.rendering.style import style_sheet
from kitabat.rendering.templates import Templates, side
from kitabat.workspace import Disk

TYPED = (
    "".join(map(chr, range(0x20, 0x7F))) + "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیےآأؤئۂۓ۔،؛؟۰۱۲۳۴۵۶۷۸۹٪٫٬“”‘’–—…\u200c"
)
"""Characters that a site's fonts have in any case: readers type replies, dates have digits."""
URDU = "ur"
PRINT_SCHEME = "kitabat:"
"""Of the addresses that documents for print give to pictures and fonts; the PDF renderer loads no others."""


@dataclass(frozen=True, slots=True)
class WebFont:
    """A font of the site: a face, its file, and the characters to keep."""

    face: Face
    content: bytes
    characters: str

    @property
    def name(self) -> str:
        """The file's name: it holds a digest of what the file is made from."""
        digest = hashlib.sha256(self.content + self.characters.encode()).hexdigest()[:10]
        return f"{self.face.stem}.{digest}.woff2"


@dataclass(frozen=True, slots=True)
class Press:
    """What all editions of one build share."""

    publication: Publication
    templates: Templates
    sides: Mapping[str, Side]
    """Each language with its words."""
    fonts: tuple[WebFont, ...]
    frames: Frames
    web_style: str
    print_style: str
    print_fonts: tuple[tuple[str, str], ...]
    """Address and file on disk of each face."""
    available: frozenset[str]
    """Paths of all editions that the output will hold."""
    frame_texts: tuple[str, ...] = ()
    """What stands around articles in Urdu: names, the templates' words, dates."""
    phrases: Mapping[tuple[str, bool], str] = field(default_factory=dict)
    """What cross-references say in print, by language, instead of a text or after one."""
    by_path: Mapping[str, Manuscript] = field(default_factory=dict)
    """By the path of the article's file."""

    @property
    def config(self) -> SiteConfig:
        """The publication's settings."""
        return self.publication.config

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages, the default one first."""
        first = self.config.default_language
        return (first, *(tag for tag in self.config.languages if tag != first))

    def leading(self, manuscript: Manuscript) -> tuple[str, ...]:
        """Return style sheets of measured line heights for an article in print; none where the settings give one."""
        return tuple(css(one) for one in measured(self.publication, self.frame_texts, (manuscript,)))

    def web_place(self, manuscript: Manuscript, tag: str, page: str, *, both: bool = False) -> Place:
        """Return what a version of an article must know of a web page; ``both`` for the bilingual edition."""
        slug = manuscript.article.slug
        others = [other for other in self.config.languages if other != tag]
        counterpart = web_edition(others[0], slug) if others else ""
        pdf = pdf_edition(BILINGUAL if both else tag, slug)
        return Place(
            resolve=lambda href: self._web_link(manuscript, BILINGUAL if both else tag, page, href),
            pictures={
                src: Picture(relative(page, asset(file.name)), file.width, file.height)
                for src, file in manuscript.pictures.items()
            },
            href=relative(page, web_edition(tag, slug)),
            pdf=relative(page, pdf) if pdf in self.available else "",
            counterpart=relative(page, counterpart) if counterpart in self.available and not both else "",
            target=lambda href: self._named(manuscript, tag, href),
        )

    def print_place(self, manuscript: Manuscript, tag: str, notes: str = FOOTNOTES) -> Place:
        """Return what a version of an article must know of a PDF; ``notes`` is where its footnotes stand."""
        page = web_edition(tag, manuscript.article.slug)
        return Place(
            resolve=lambda href: self._print_link(manuscript, tag, href),
            pictures={
                src: Picture(f"{PRINT_SCHEME}{file.name}", file.width, file.height)
                for src, file in manuscript.pictures.items()
            },
            notes=notes,
            notes_by_page=self.config.pdf.footnotes == "page",
            target=lambda href: self._named(manuscript, tag, href),
            address=absolute(self.config.base_url, page) if page in self.available else "",
            phrase=lambda spoken, follows: self.phrases[spoken if spoken in self.sides else tag, follows],
        )

    def _web_link(self, manuscript: Manuscript, tag: str, page: str, href: str) -> str:
        link = article_link(manuscript.article.path, href)
        if link is None:
            return href
        path, fragment = link
        if not path or path == manuscript.article.path:
            return _fragment(manuscript, fragment) or ("" if fragment else relative(page, page))
        target = self._target(path, tag)
        return relative(page, target) + _fragment(self.by_path[path], fragment) if target else ""

    def _print_link(self, manuscript: Manuscript, tag: str, href: str) -> str:
        link = article_link(manuscript.article.path, href)
        if link is None:
            return href
        path, fragment = link
        if not path or path == manuscript.article.path:
            return _fragment(manuscript, fragment)
        target = self._target(path, tag)
        address = absolute(self.config.base_url, target) if target else ""
        return address + _fragment(self.by_path[path], fragment) if address else ""

    def _named(self, manuscript: Manuscript, tag: str, href: str) -> Target | None:
        """Return what an address in an article leads to, by its title; None where it leads out of the publication."""
        path, fragment = article_link(manuscript.article.path, href) or ("", "")
        led = self.by_path.get(path or manuscript.article.path)
        key = led.titles.get(fragment) if led and (path or fragment) else None
        if led is None or key is None:
            return None
        source = VersionText(key.source, led.article.front.source, TranslationState.SOURCE)
        return Target(led.versions[tag].texts.get(key, source), led.references)

    def _target(self, path: str, tag: str) -> str:
        """Return the page of another article, in this language if it is there, else in any; empty for none."""
        if path not in self.by_path:
            return ""
        slug = self.by_path[path].article.slug
        pages = (web_edition(one, slug) for one in (tag, *self.tags))
        return next((page for page in pages if page in self.available), "")


def _fragment(manuscript: Manuscript, name: str) -> str:
    """Return the end of an address that leads to a place in an article; empty where there is no such place."""
    return f"#{name}" if name in manuscript.anchors else ""


def set_up(publication: Publication, available: Collection[str]) -> Press:
    """Return the press of a build.

    Raises PublishingError where a style sheet, a font or the templates' words are at fault.
    """
    templates = Templates(publication.disk, publication.toolkit)
    words = {tag: words_in(publication, tag) for tag in publication.config.languages}
    fonts = tuple(_web_fonts(publication, words.values()))
    frame_texts = tuple(_frame_texts(publication, words))
    web_faces = {font.face: (font.name, "woff2") for font in fonts}
    # How a browser breaks lines is not known here: only the last of the line heights is safe.
    widest = measured(publication, frame_texts, publication.manuscripts)[-1:]
    web_style = style_sheet("web", templates, publication.config, web_faces, *widest)
    print_fonts = tuple((f"{PRINT_SCHEME}{face.path}", _font_file(publication, face)) for face in FACES)
    print_faces = {face: (f"{PRINT_SCHEME}{face.path}", "truetype") for face in FACES}
    digest = hashlib.sha256(web_style.encode()).hexdigest()[:10]
    return Press(
        publication=publication,
        templates=templates,
        sides={tag: side(tag, found) for tag, found in words.items()},
        fonts=fonts,
        frames=Frames(publication.config, asset(f"style.{digest}.css")),
        web_style=web_style,
        print_style=style_sheet("print", templates, publication.config, print_faces),
        print_fonts=print_fonts,
        available=frozenset(available),
        frame_texts=frame_texts,
        phrases=dict(_phrases(templates, {tag: side(tag, found) for tag, found in words.items()})),
        by_path={manuscript.article.path: manuscript for manuscript in publication.manuscripts},
    )


def measured(
    publication: Publication, frame_texts: Iterable[str], manuscripts: Iterable[Manuscript]
) -> tuple[Leading, ...]:
    """Return line heights for the Urdu of articles, the closest first; none where the settings do not ask for them."""
    urdu = publication.config.language.get(URDU)
    if urdu is None or urdu.line_height != "auto":
        return ()
    faces = [face for face in FACES if face.family == NAMES[urdu.font]]
    files = [read_face(home_of(publication, f"{FOLDER}/{face.path}"), face) for face in faces]
    texts, heads = list(frame_texts), list(publication.config.name.values())
    for manuscript in manuscripts:
        article = manuscript.article
        titles = {MessageKey(FRONT, article.front.title), *(section.heading for section in article.sections)}
        # Also what is still in its source language, or is Urdu in English text.
        for key, text in (pair for version in manuscript.versions.values() for pair in version.texts.items()):
            (heads if key in titles else texts).append(text.text)
    return leadings(texts, heads, map(Font, files), urdu.font)


def _frame_texts(publication: Publication, words: Mapping[str, Words]) -> Iterator[str]:
    """Yield what stands around articles in Urdu."""
    if URDU not in words:
        return
    yield from (publication.config.name_in(URDU), publication.config.tagline_in(URDU))
    yield from (form for word in words[URDU].known.values() for form in word.forms)
    yield from (long_date(dt.date(2000, month, 1), URDU, "urdu") for month in range(1, 13))


def _phrases(templates: Templates, sides: Mapping[str, Side]) -> Iterator[tuple[tuple[str, bool], str]]:
    """Yield what cross-references say in print; see ``Press.phrases``."""
    for tag, speaker in sides.items():
        for follows in (False, True):
            phrase = templates.render("print/reference.html.j2", speaker, follows=follows, page=NUMBER)
            yield (tag, follows), Markup(phrase).unescape().strip()  # noqa: S704 - only read


def words_in(publication: Publication, tag: str) -> Words:
    """Return the templates' words in a language: the toolkit's, below the publication's own."""
    path = po_path(TEMPLATE_DOMAIN, tag)
    workspaces = [disk for disk in (publication.disk, publication.toolkit) if disk.exists(path)]
    outcome = read_words([(path, disk.read(path)) for disk in workspaces])
    if has_errors(outcome.diagnostics):
        raise PublishingError(*outcome.diagnostics)
    return outcome.value


def _font_file(publication: Publication, face: Face) -> str:
    path = f"{FOLDER}/{face.path}"
    return str(home_of(publication, path).real(path))


def home_of(publication: Publication, path: str) -> Disk:
    """Return where a font is from: a publication's own goes before the toolkit's."""
    return publication.disk if publication.disk.exists(path) else publication.toolkit


def _web_fonts(publication: Publication, words: Collection[Words]) -> Iterator[WebFont]:
    """Yield the faces that the site uses, each with the characters of the site that it has."""
    characters = frozenset(TYPED).union(
        *_texts(publication), *(form for found in words for word in found.known.values() for form in word.forms)
    )
    for face in FACES:
        path = f"{FOLDER}/{face.path}"
        content = read_face(home_of(publication, path), face)
        kept = shared(content, characters)
        if not kept:
            message = "Unexpected content, expected a font that has letters of the publication"
            hint = "Replace the file, or remove it to have the toolkit's own font"
            raise PublishingError(error("rendering/font", message, Location(path), hint))
        yield WebFont(face, content, kept)


def _texts(publication: Publication) -> Iterator[str]:
    """Yield every text that may be shown, so that a site's fonts are the same whichever editions are built."""
    yield from publication.config.name.values()
    yield from publication.config.tagline.values()
    for row in LANGUAGES.values():
        yield row.endonym + row.digits + "".join(row.quotes)
    yield from publication.config.quotes.values()
    for manuscript in publication.manuscripts:
        yield from (segment.text for segment in manuscript.article.segments)
        for version in manuscript.versions.values():
            yield from (text.text for text in version.texts.values())
