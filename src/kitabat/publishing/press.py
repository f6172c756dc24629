"""What all editions of one build share: templates and their words, fonts, style sheets, addresses."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup

from kitabat import resources
from kitabat.config import SiteConfig
from kitabat.markup.html import Picture
from kitabat.markup.inline import References
from kitabat.model.message import FRONT, MessageKey
from kitabat.model.site import BILINGUAL
from kitabat.publishing.addresses import absolute, article_link, asset, pdf_edition, relative, web_edition
from kitabat.publishing.frame import Frames
from kitabat.publishing.materials import PRINT_SCHEME, URDU, frame_texts, urdu_fonts, words_in
from kitabat.publishing.order import Order
from kitabat.publishing.publication import Manuscript
from kitabat.publishing.reading import Reading
from kitabat.rendering.compose import Place
from kitabat.rendering.context import Side
from kitabat.rendering.notes import FOOTNOTES
from kitabat.rendering.references import NUMBER, Target
from kitabat.rendering.templates import Templates, side
from kitabat.workspace import Disk


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


def urdu_texts(manuscript: Manuscript) -> tuple[list[str], list[str]]:
    """Return the texts of all versions of an article, for there may be Urdu in English too; and its titles apart."""
    article = manuscript.article
    titles = {MessageKey(FRONT, article.front.title), *(section.heading for section in article.sections)}
    texts: list[str] = []
    heads: list[str] = []
    for key, text in (pair for version in manuscript.versions.values() for pair in version.texts.items()):
        (heads if key in titles else texts).append(text.text)
    return texts, heads
