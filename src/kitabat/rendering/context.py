"""What templates see: typed views, ready to print, without a decision left to make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import msgspec
from markupsafe import Markup

from kitabat.language.plain import Part, in_order
from kitabat.markup.inline import Inline
from kitabat.model.language import Direction
from kitabat.rendering.bare import label_of, parts_of, text_of


class TextView(msgspec.Struct, frozen=True, gc=False):
    """The text of one message as safe HTML, foreign runs already isolated."""

    html: Markup
    lang: str
    dir: Direction
    foreign: bool = False
    """The text is not in the language of the edition: the element that holds it needs ``lang`` and ``dir``."""
    state: str = "translated"
    """``source``, ``translated``, ``fuzzy`` (an older translation is shown) or ``untranslated`` (source is shown)."""
    nodes: tuple[Inline, ...] = ()
    """What ``html`` was made from; what few texts are asked for is made of it then."""
    shared: bool = False
    """The same on every page: no link, footnote mark, picture or id in it."""
    found: dict[str, str] = {}
    """What was asked for before: the pages of an article share their views."""

    @property
    def plain(self) -> str:
        """The same without markup, for ``title``, ``alt`` and bookmarks."""
        if "plain" not in self.found:
            self.found["plain"] = text_of(self.nodes)
        return self.found["plain"]

    @property
    def label(self) -> Markup:
        """For use inside a link, as in contents: isolates kept; no links, notes or ids."""
        return self.html if self.shared else label_of(self.nodes)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The same as ``plain``, with its directions."""
        return parts_of(self.nodes)

    @property
    def title(self) -> str:
        """The same as ``plain``, with what keeps its order in titles, bookmarks and running heads."""
        if "title" not in self.found:
            parts = self.parts
            self.found["title"] = " ".join(in_order(parts, self.dir).split()) if parts else self.plain
        return self.found["title"]


class Shared(msgspec.Struct, frozen=True, gc=False):
    """Belongs to a block that is the same on every page of its version: no link, footnote mark or picture in it."""

    named: bool
    """It, or a block below it, has an id, which a page may not write twice."""
    written: dict[tuple[object, ...], Markup] = {}
    """What templates have made of it, by what has made it and what that was given."""


class BlockView(msgspec.Struct, frozen=True, gc=False):
    """A block of an article; ``kind`` is a value of ``model.article.BlockKind``."""

    kind: str
    text: TextView | None = None
    literal: str = ""
    """Code; plain, to be escaped."""
    attributes: Mapping[str, str] = {}
    """``id``, ``class``, ``lang``, ``dir`` as they are to be written; and ``level``, ``start``, ``align``,
    ``head``, ``src``, ``width``, ``height``, ``info`` for the template to use."""
    children: tuple[BlockView, ...] = ()
    shared: Shared | None = None
    """None for a block that each page shows in its own way."""

    def changed(self, attributes: Mapping[str, str], children: tuple[BlockView, ...] = ()) -> BlockView:
        """Return a copy with other values, which pages do not share."""
        return BlockView(self.kind, self.text, self.literal, attributes, children)


class NoteView(msgspec.Struct, frozen=True):
    """A footnote, for editions that gather them at the end."""

    id: str
    mark: str
    """The number in the edition's digits."""
    blocks: tuple[BlockView, ...]
    backlinks: tuple[str, ...]
    """Ids of the references in the text."""


class SectionView(msgspec.Struct, frozen=True, gc=False):
    """A heading and the blocks below it, up to the next heading of any level."""

    id: str
    level: int
    """2 for a section of the article, 3 for one inside it, and so on."""
    heading: TextView | None
    blocks: tuple[BlockView, ...]
    notice: str = ""
    """Empty, ``untranslated`` or ``stale``: what the reader is told of the section."""
    counterpart: str = ""
    """Address of the same section in the other language; empty where there is none."""
    classes: str = ""
    row: str = ""
    """On facing pages: what its heading and the other language's are level by."""


class CreditView(msgspec.Struct, frozen=True):
    """What a colophon says of a translation."""

    original: str = ""
    """Name of the language that the article was written in, where this version is a translation."""
    other: str = ""
    """Name of the language that it was translated into, where the translation stands beside this version."""
    title: TextView | None = None
    """Of the original, where this version is a translation."""
    translator: TextView | None = None
    date: str = ""
    """The day of the translation, as the language writes it."""
    date_iso: str = ""


class Link(msgspec.Struct, frozen=True, gc=False):
    """A link of the page's frame."""

    href: str
    label: str
    """A language's own name; empty for the bilingual edition, which the template names in the page's language."""
    lang: str = ""
    dir: str = ""
    current: bool = False


class ArticleView(msgspec.Struct, frozen=True):
    """One article in one language."""

    slug: str
    href: str
    """From the page that shows it; the web edition."""
    pdf: str
    """Address of the PDF edition; empty where none is made."""
    title: TextView
    summary: TextView | None
    author: TextView | None
    date: str
    """As the language writes it; empty where the article has none."""
    date_iso: str
    updated: str
    updated_iso: str
    tags: tuple[TextView, ...]
    image: str
    """Address of the picture in the head; empty where there is none."""
    minutes: int
    """Reading time."""
    minutes_text: str
    """The same in the edition's digits."""
    toc: bool
    sections: tuple[SectionView, ...]
    notes: tuple[NoteView, ...]
    sources: tuple[TextView, ...] = ()
    credit: CreditView | None = None
    """None where nothing was translated."""
    address: str = ""
    """Absolute, of the web edition; empty without a base address."""

    @property
    def has_contents(self) -> bool:
        """Tell whether the article is to begin with a list of its sections."""
        return self.toc and any(section.heading for section in self.sections)


class SiteView(msgspec.Struct, frozen=True):
    """The publication, in one language."""

    name: str
    tagline: str
    home: str
    """Address of the language's front page."""
    base_url: str
    replies: str
    """Where the reply form sends to: an address that begins with ``mailto:`` or ``https:``; empty for no form."""
    lang: str
    dir: Direction
    endonym: str
    """The language in its own words."""


class PageView(msgspec.Struct, frozen=True):
    """What surrounds the content of any page."""

    lang: str
    dir: Direction
    other_lang: str
    """The other language's tag; empty in a publication of one language."""
    style: str
    """Address of the style sheet."""
    switch: tuple[Link, ...]
    """Urdu, both, English: the states of the language switch that exist for this page."""
    canonical: str
    alternates: tuple[Link, ...]
    """Absolute addresses of the page in each language, for ``link rel=alternate``; empty without a base address."""
    feeds: tuple[Link, ...] = ()
    """The feeds of the page's languages, each with the publication's name; empty without a base address."""

    @property
    def other(self) -> Link | None:
        """The switch's link to the other language."""
        return next((link for link in self.switch if link.lang == self.other_lang), None) if self.other_lang else None


class Words(Protocol):
    """``gettext`` or ``pgettext``, and with a number their plural twins, in one language.

    Called as Jinja calls its own: positional strings (and a number), then the values of ``%(name)s``, which are
    escaped unless they are Markup. Returns Markup.
    """

    def __call__(self, *messages: str | int, **values: object) -> Markup:
        """Return the translation with its values filled in."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a bilingual page: a language with its own words."""

    lang: str
    dir: Direction
    gettext: Words
    ngettext: Words
    pgettext: Words
    npgettext: Words
    attributes: Markup = field(init=False, repr=False)
    """The language as attributes of an element."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "attributes", Markup('lang="{}" dir="{}"').format(self.lang, self.dir))


class PairView(msgspec.Struct, frozen=True, gc=False):
    """A block beside its counterpart: first the language of the edition, then the other.

    Both have the same shape below: as many children, of the same kinds, in the same order.
    """

    kind: str
    first: BlockView
    second: BlockView


class SectionPairView(msgspec.Struct, frozen=True, gc=False):
    """A section beside its counterpart."""

    id: str
    level: int
    headings: tuple[TextView, TextView] | None
    pairs: tuple[PairView, ...]
    notices: tuple[str, str] = ("", "")
    classes: str = ""


class BilingualView(msgspec.Struct, frozen=True):
    """An article in both languages; ``articles`` and all pairs have the edition's first language first."""

    articles: tuple[ArticleView, ArticleView]
    sections: tuple[SectionPairView, ...]
    notes: tuple[tuple[NoteView, NoteView], ...]
    """Ids differ between the two sides of all pairs; sections share one, which their pair has."""
    title: str
    """Of the document: the titles of both articles in one line."""
    layout: str = "columns"
    """In print: ``columns`` (side by side) or ``interleaved`` (each block's second language below its first)."""
    pdf: str = ""
    """Address of the bilingual PDF edition; empty where none is made."""

    @property
    def has_contents(self) -> bool:
        """Tell whether the article is to begin with a list of its sections."""
        return self.articles[0].toc and any(section.headings for section in self.sections)


class EntryView(msgspec.Struct, frozen=True):
    """An article as a feed tells of it; addresses are absolute, times those of RFC 3339."""

    id: str
    """Stays the same whatever becomes of the article's text and days."""
    href: str
    article: ArticleView
    """Without a body."""
    published: str
    """Empty where only the day of the last change is known."""
    updated: str
    related: tuple[Link, ...]
    """The article in other languages, and in both at once."""


class FeedView(msgspec.Struct, frozen=True):
    """A language's feed; addresses are absolute. What is text has the marks that keep its order without markup."""

    id: str
    href: str
    """Of the feed itself."""
    home: str
    """Of the language's front page."""
    lang: str
    title: str
    tagline: str
    updated: str
    others: tuple[Link, ...]
    """The feeds of other languages."""
    entries: tuple[EntryView, ...]
    """The newest first."""
