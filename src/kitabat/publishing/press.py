"""What all editions of one build share: templates and their words, fonts, style sheets, addresses."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from kitabat import resources
from kitabat.catalogs.paths import TEMPLATE_DOMAIN, po_path
from kitabat.catalogs.words import Words, read_words
from kitabat.config import SiteConfig
from kitabat.language.dates import long_date
from kitabat.markup.html import Picture
from kitabat.markup.inline import References
from kitabat.model.diagnostic import has_errors
from kitabat.model.errors import PublishingError
from kitabat.model.message import FRONT, MessageKey
from kitabat.model.site import BILINGUAL
from kitabat.publishing.addresses import absolute, article_link, asset, pdf_edition, relative, web_edition
from kitabat.publishing.frame import Frames
from kitabat.publishing.publication import Manuscript
from kitabat.publishing.reading import Reading
from kitabat.rendering.compose import Place
from kitabat.rendering.context import Side
from kitabat.rendering.fonts import FACES, FOLDER, NAMES, read_face
from kitabat.rendering.notes import FOOTNOTES
from kitabat.rendering.references import NUMBER, Target
from kitabat.rendering.templates import Templates, side
from kitabat.workspace import Disk, Workspace

if TYPE_CHECKING:
    from kitabat.rendering.leading import Font

URDU = "ur"
PRINT_SCHEME = "kitabat:"
"""Of the addresses that documents for print give to pictures and fonts; the PDF renderer loads no others."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a build has decided before its editions are made; can be sent to another process."""

    root: str
    run: str
    """Tells one build from another."""
    config: SiteConfig
    readings: tuple[Reading, ...]
    available: frozenset[str]
    """Paths of all editions that the output will hold."""
    web_style: str = ""
    """Path of the style sheet of all pages."""
    print_style: str = ""
    """The style sheet of all PDFs."""
    print_fonts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Press:
    """What all editions of one build share."""

    config: SiteConfig
    templates: Templates
    sides: Mapping[str, Side]
    """Each language with its words."""
    frames: Frames
    print_style: str
    print_fonts: tuple[tuple[str, str], ...]
    """Address and file on disk of each face."""
    available: frozenset[str]
    """Paths of all editions that the output will hold."""
    around: Callable[[], tuple[str, ...]]
    """Returns what stands around articles in Urdu: names, the templates' words, dates."""
    project: Disk
    toolkit: Disk
    articles: Mapping[str, Reading] = field(default_factory=dict)
    """By the path of the article's file."""
    followed: set[str] = field(default_factory=set)
    """Paths of the articles' files that links have led to: whoever made a page is to know what it depends on."""
    phrases: dict[tuple[str, bool], str] = field(default_factory=dict)
    """See ``phrase``; each is made once, and none for pages of a site."""
    named: set[str] = field(default_factory=set)
    """Language, path and place of what links without words have been named by."""

    def phrase(self, tag: str, *, follows: bool) -> str:
        """Return what cross-references say in print, in a language, instead of a text or after one."""
        found = self.phrases.get((tag, follows))
        if found is None:
            said = self.templates.render("print/reference.html.j2", self.sides[tag], follows=follows, page=NUMBER)
            found = self.phrases[tag, follows] = Markup(said).unescape().strip()  # noqa: S704 - only read
        return found

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages, the default one first."""
        first = self.config.default_language
        return (first, *(tag for tag in self.config.languages if tag != first))

    def leading(self, manuscript: Manuscript) -> tuple[str, ...]:
        """Return style sheets of measured line heights for an article in print; none where the settings give one."""
        fonts = urdu_fonts(self.project, self.toolkit, self.config)
        if not fonts:
            return ()
        from kitabat.rendering.leading import css, leadings

        texts, heads = urdu_texts(manuscript)
        names = self.config.name.values()
        kind = self.config.language[URDU].font
        return tuple(css(one) for one in leadings((*self.around(), *texts), (*names, *heads), fonts, kind))

    def web_place(self, manuscript: Manuscript | Reading, tag: str, page: str, *, both: bool = False) -> Place:
        """Return what a version of an article must know of a web page; ``both`` for the bilingual edition."""
        slug = manuscript.slug
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
            phrase=lambda spoken, follows: self.phrase(spoken if spoken in self.sides else tag, follows=follows),
        )

    def _web_link(self, manuscript: Manuscript | Reading, tag: str, page: str, href: str) -> str:
        link = article_link(manuscript.path, href)
        if link is None:
            return href
        path, fragment = link
        if not path or path == manuscript.path:
            return _fragment(manuscript, fragment) or ("" if fragment else relative(page, page))
        target = self._target(path, tag)
        return relative(page, target) + _fragment(self.articles[path], fragment) if target else ""

    def _print_link(self, manuscript: Manuscript, tag: str, href: str) -> str:
        link = article_link(manuscript.path, href)
        if link is None:
            return href
        path, fragment = link
        if not path or path == manuscript.path:
            return _fragment(manuscript, fragment)
        target = self._target(path, tag)
        address = absolute(self.config.base_url, target) if target else ""
        return address + _fragment(self.articles[path], fragment) if address else ""

    def _named(self, manuscript: Manuscript | Reading, tag: str, href: str) -> Target | None:
        """Return what an address in an article leads to, by its title; None where it leads out of the publication."""
        path, fragment = article_link(manuscript.path, href) or ("", "")
        self.named.add(f"{tag} {path or manuscript.path}#{fragment}")
        led = self.articles.get(path or manuscript.path)
        title = led.titles[tag].get(fragment) if led and (path or fragment) else None
        return Target(title.whole(), References(led.references)) if led and title else None

    def _target(self, path: str, tag: str) -> str:
        """Return the page of another article, in this language if it is there, else in any; empty for none."""
        self.followed.add(path)
        if path not in self.articles:
            return ""
        slug = self.articles[path].slug
        pages = (web_edition(one, slug) for one in (tag, *self.tags))
        return next((page for page in pages if page in self.available), "")


def _fragment(manuscript: Manuscript | Reading, name: str) -> str:
    """Return the end of an address that leads to a place in an article; empty where there is no such place."""
    return f"#{name}" if name in manuscript.anchors else ""


def set_up(order: Order) -> Press:
    """Return the press of a build; raises PublishingError where a template or the templates' words are at fault."""
    disk, toolkit = Disk(Path(order.root)), Disk(resources.root())
    templates = Templates(disk, toolkit)
    sides = {tag: side(tag, words_in(disk, toolkit, tag)) for tag in order.config.languages}
    return Press(
        config=order.config,
        templates=templates,
        sides=sides,
        frames=Frames(order.config, order.web_style),
        print_style=order.print_style,
        print_fonts=order.print_fonts,
        available=order.available,
        articles={reading.path: reading for reading in order.readings},
        around=functools.cache(lambda: tuple(frame_texts(order.config, words_in(disk, toolkit, URDU)))),
        project=disk,
        toolkit=toolkit,
    )


def words_in(project: Workspace, toolkit: Workspace, tag: str) -> Words:
    """Return the templates' words in a language: the toolkit's, below the publication's own."""
    path = po_path(TEMPLATE_DOMAIN, tag)
    workspaces = [workspace for workspace in (project, toolkit) if workspace.exists(path)]
    outcome = read_words([(path, workspace.read(path)) for workspace in workspaces])
    if has_errors(outcome.diagnostics):
        raise PublishingError(*outcome.diagnostics)
    return outcome.value


def home_of(project: Disk, toolkit: Disk, path: str) -> Disk:
    """Return where a font is from: a publication's own goes before the toolkit's."""
    return project if project.exists(path) else toolkit


def urdu_fonts(project: Disk, toolkit: Disk, config: SiteConfig) -> tuple[Font, ...]:
    """Return the fonts of Urdu, to be measured; none where the settings give a line height."""
    urdu = config.language.get(URDU)
    if urdu is None or urdu.line_height != "auto":
        return ()
    from kitabat.rendering.leading import Font

    faces = [face for face in FACES if face.family == NAMES[urdu.font]]
    return tuple(Font(read_face(home_of(project, toolkit, f"{FOLDER}/{face.path}"), face)) for face in faces)


def urdu_texts(manuscript: Manuscript) -> tuple[list[str], list[str]]:
    """Return the texts of all versions of an article, for there may be Urdu in English too; and its titles apart."""
    article = manuscript.article
    titles = {MessageKey(FRONT, article.front.title), *(section.heading for section in article.sections)}
    texts: list[str] = []
    heads: list[str] = []
    for key, text in (pair for version in manuscript.versions.values() for pair in version.texts.items()):
        (heads if key in titles else texts).append(text.text)
    return texts, heads


def frame_texts(config: SiteConfig, urdu: Words) -> Iterator[str]:
    """Yield what stands around articles in Urdu."""
    if URDU not in config.languages:
        return
    yield from (config.name_in(URDU), config.tagline_in(URDU))
    yield from (form for word in urdu.known.values() for form in word.forms)
    yield from (long_date(dt.date(2000, month, 1), URDU, "urdu") for month in range(1, 13))
