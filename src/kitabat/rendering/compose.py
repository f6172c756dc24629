"""A version of an article as views: nothing is left for the templates to decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup
from msgspec.structs import replace

from kitabat.language.dates import long_date
from kitabat.language.length import reading_time
from kitabat.language.numerals import number
from kitabat.language.plain import Isolated, in_order
from kitabat.markup.html import Picture
from kitabat.markup.inline import References
from kitabat.markup.isolate import direction_of
from kitabat.model.article import ArticleVersion, Block, BlockKind, Section, VersionText
from kitabat.model.message import FRONT, MessageKey, TranslationState
from kitabat.model.standing import Days
from kitabat.rendering.bare import PlainSurroundings
from kitabat.rendering.context import (
    ArticleView,
    BilingualView,
    BlockView,
    CreditView,
    PairView,
    SectionPairView,
    SectionView,
    Shared,
    TextView,
)
from kitabat.rendering.credits import Credit, credit_view
from kitabat.rendering.notes import ENDNOTES, FOOTNOTES, Notes
from kitabat.rendering.references import Referrer, Target
from kitabat.rendering.rows import OF_TABLES, numbered
from kitabat.rendering.typesetter import fit_for_pages, text_view

COLUMNS = "columns"
FUZZY = TranslationState.FUZZY
PASSED_ON = ("id", "class", "start", "align", "head", "info")
"""Attributes of blocks that templates read as they are."""
KEPT_TOGETHER = (BlockKind.QUOTE, BlockKind.ASIDE)
"""Kinds whose lines stay on one page in print."""
LONG = 900
"""Characters from which they do not: they would leave half a page empty, or a heading alone above it."""


@dataclass(frozen=True, slots=True)
class Place:
    """What an article must know of the page that shows it."""

    resolve: Callable[[str], str]
    """Address as the article writes it to address as the page needs it; empty for none."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """By address as the article writes it."""
    href: str = ""
    """Of the article's web edition."""
    pdf: str = ""
    counterpart: str = ""
    """Of the article's web edition in the other language."""
    notes: str = ENDNOTES
    """``endnotes`` or ``footnotes``."""
    notes_by_page: bool = False
    """Footnotes begin at 1 on each page."""
    target: Callable[[str], Target | None] = lambda _: None
    """What an address leads to, as the article writes it."""
    phrase: Callable[[str, bool], str] | None = None
    """See ``references.Referrer``; None on screen."""
    address: str = ""
    """Absolute, of the article's web edition; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A version of an article with what its edition needs to be set."""

    version: ArticleVersion
    references: References
    """Of the article: one value for all its editions, as parsed texts are kept by it."""
    digits: str
    """``urdu`` or ``latin``."""
    days: Days | None = None
    """Of this version; None means those of the front matter alone."""
    quotes: Mapping[str, str] = field(default_factory=dict)
    """The house's quotation marks by language."""
    credits: Mapping[str, Credit] = field(default_factory=dict)
    """Who translated, by language."""
    minutes: int | None = None
    """That reading this version takes, where not all of its texts are here; None means that it is to be found out."""
    drawn: dict[tuple[int, str], BlockView] = field(default_factory=dict, compare=False, repr=False)
    """Views of blocks that are the same on all pages of the version, by the block and the language around it."""


def compose(edited: Edited, place: Place, *, body: bool = True) -> ArticleView:
    """Return an article's views; without its ``body`` for lists of articles."""
    return _Composer(edited, place).article(body=body)


def compose_pairs(first: Edited, second: Edited, places: tuple[Place, Place], layout: str, pdf: str) -> BilingualView:
    """Return both versions of an article, block beside block; footnotes have the numbers of the first version."""
    leader = _Composer(first, places[0], prefix=f"{first.version.language}-")
    follower = _Composer(second, places[1], prefix=f"{second.version.language}-", keep_ids=False)
    leader.notes.twin, follower.notes.leader = follower.notes, leader.notes
    source = first.version.article.front.source
    leader.translated = follower.translated = next(
        (one.version.language for one in (first, second) if one.version.language != source), source
    )
    leading = leader.article()
    follower.notes.numbers = dict(leader.notes.numbers)
    follower.notes.set_elsewhere = frozenset(leader.notes.numbers)
    following = follower.article()
    if layout == COLUMNS and places[0].notes == FOOTNOTES:
        leading, following = (numbered(article, OF_TABLES) for article in (leading, following))
    sections = tuple(
        SectionPairView(
            one.id,
            one.level,
            (one.heading, other.heading) if one.heading and other.heading else None,
            tuple(PairView(a.kind, a, b) for a, b in zip(one.blocks, other.blocks, strict=True)),
            (one.notice, other.notice),
            one.classes,
        )
        for one, other in zip(leading.sections, following.sections, strict=True)
    )
    # A note that only the second version calls for has come to the end of its list; the first has none beside it.
    notes = tuple(zip(leading.notes, following.notes, strict=False))
    title = title_of_both(leading.title, following.title)
    return BilingualView((leading, following), sections, notes, title, layout, pdf)


def compose_facing(first: Edited, second: Edited, places: tuple[Place, Place]) -> tuple[ArticleView, ArticleView]:
    """Return both versions of an article for pages of their own, with the same numbers for rows and for footnotes."""
    leader, follower = _Composer(first, places[0]), _Composer(second, places[1])
    leading = leader.article()
    follower.notes.numbers = dict(leader.notes.numbers)
    return numbered(leading), numbered(follower.article())


def title_of_both(first: TextView, second: TextView) -> str:
    """Return the titles of an article in both languages as one line, in the order of the first."""
    return in_order((first.title, " · ", Isolated(second.dir, (second.title,))), first.dir)


class _Composer:
    """The walk over one version for one page."""

    def __init__(self, edited: Edited, place: Place, prefix: str = "", *, keep_ids: bool = True) -> None:
        version = edited.version
        self.version = version
        self.article_source = version.article
        self.references = edited.references
        self.drawn = edited.drawn
        self.digits = edited.digits
        self.minutes = edited.minutes
        front = version.article.front
        self.source = front.source
        self.days = edited.days or Days(front.published_in(version.language), front.updated_in(version.language))
        self.quotes = edited.quotes
        self.credits = edited.credits
        self.translated = version.language
        self.place = place
        self.plain = PlainSurroundings(place.resolve, place.pictures, keep_ids)
        self.notes = Notes(
            self.plain,
            version.article.notes,
            lambda value: number(value, version.language, edited.digits),
            place.notes,
            place.notes_by_page,
            prefix,
            self.note_line,
            lang=version.language,
            dir=direction_of(version.language),
        )
        self.referrer = Referrer(place.resolve, place.target, place.phrase)
        self.around = ""
        self.section_level = 1
        texts = version.texts.values()
        self.is_whole = all(one.language == version.language and one.state is not FUZZY for one in texts)

    def article(self, *, body: bool = True) -> ArticleView:
        """Return the article."""
        front = self.article_source.front
        summary = self.text(MessageKey(FRONT, front.summary))
        sections = tuple(self.sections()) if body else ()
        notes = self.notes.views(self.note_blocks) if self.place.notes == ENDNOTES else ()
        reading = reading_time(self.version) if self.minutes is None else self.minutes
        picture = self.place.pictures.get(front.image)
        return ArticleView(
            slug=self.article_source.slug,
            href=self.place.href,
            pdf=self.place.pdf,
            title=self.view(MessageKey(FRONT, front.title), self.notes),
            summary=summary,
            author=self.text(MessageKey(FRONT, front.author)),
            date=self.date(self.days.published),
            date_iso=self.days.published.isoformat() if self.days.published else "",
            updated=self.date(self.days.updated),
            updated_iso=self.days.updated.isoformat() if self.days.updated else "",
            tags=tuple(view for tag in front.tags if (view := self.text(MessageKey(FRONT, tag)))),
            image=picture.address if picture else "",
            minutes=reading,
            minutes_text=number(reading, self.version.language, self.digits),
            toc=front.toc,
            sections=sections,
            notes=notes,
            sources=tuple(view for name in front.sources if (view := self.text(MessageKey(FRONT, name)))),
            credit=self.credit(),
            address=self.place.address,
        )

    def credit(self) -> CreditView | None:
        """Return what the colophon says of the translation; None where there is none."""
        front, spoken = self.article_source.front, self.version.language
        original = VersionText(front.title, front.source, TranslationState.SOURCE)
        title = text_view(original, spoken, self.references, self.plain)
        credit = self.credits.get(self.translated, Credit())
        return credit_view(self.version, self.translated, credit, self.digits, self.text, title)

    def date(self, day: dt.date | None) -> str:
        """Return a day as the edition's language writes it; empty for none."""
        return long_date(day, self.version.language, self.digits) if day else ""

    def sections(self) -> Iterator[SectionView]:
        """Yield the sections; levels begin at 2 and none is left out on the way down."""
        open_levels: list[int] = []
        for section in self.article_source.sections:
            while open_levels and open_levels[-1] >= section.level:
                open_levels.pop()
            if section.id:
                open_levels.append(section.level)
            level = self.section_level = 1 + max(1, len(open_levels))
            address = f"{self.place.counterpart}#{section.id}"
            yield SectionView(
                id=section.id,
                level=level,
                heading=self.heading(section),
                blocks=tuple(self.block(block) for block in section.blocks),
                notice=self.notice(section),
                counterpart=address if self.place.counterpart and section.id else "",
                classes=section.attributes.get("class", ""),
            )

    def heading(self, section: Section) -> TextView | None:
        """Return a section's heading; one that names a language of its own is marked with it."""
        self.around = section.attributes.get("lang", "")
        view = self.text(section.heading)
        marked = replace(view, foreign=True) if view and self.around else view
        self.around = ""
        return marked

    def notice(self, section: Section) -> str:
        """Return what the reader is told of a section: ``untranslated``, ``stale`` or nothing."""
        if self.is_whole:
            return ""
        blocks = [block for top in section.blocks for block in top.walk()]
        keys = [section.heading, *(block.message for block in blocks)]
        texts = [self.version.texts[key] for key in keys if key and key in self.version.texts]
        if any(text.language != self.version.language for text in texts):
            return "untranslated"
        return "stale" if any(text.state is FUZZY for text in texts) else ""

    def text(self, key: MessageKey | None) -> TextView | None:
        """Return a message's text; None for none."""
        return self.view(key, self.notes) if key is not None and key.source else None

    def view(self, key: MessageKey, surroundings: Notes | PlainSurroundings) -> TextView:
        """Return a message's text; one that is in no catalog stands as the article has it."""
        text = self.version.texts.get(key) or VersionText(key.source, self.source, TranslationState.SOURCE)
        return text_view(
            text, self.version.language, self.references, surroundings, self.around, self.quotes, self.referrer
        )

    def block(self, block: Block) -> BlockView:
        """Return a block and all below it; one that is the same on every page of the version is made once."""
        key = (id(block), self.around)
        view = self.drawn.get(key)
        if view is None:
            view = self.new_block(block)
            if view.shared is not None:
                self.drawn[key] = view
        return view

    def new_block(self, block: Block) -> BlockView:
        """Return a block and all below it, for this page."""
        attributes = self.attributes(block)
        around, self.around = self.around, block.attributes.get("lang", self.around)
        text = self.text(block.message)
        children = tuple(map(self.block, block.children))
        self.around = around
        if block.kind in KEPT_TOGETHER and _length(children) > LONG:
            attributes["class"] = f"{attributes.get('class', '')} long".strip()
        literal = fit_for_pages(block.literal) if block.literal else ""
        shared = None
        if block.kind is not BlockKind.FIGURE and (text is None or text.shared):
            below = [one.shared for one in children if one.shared]
            if len(below) == len(children):
                shared = Shared("id" in attributes or any(one.named for one in below))
        return BlockView(block.kind._value_, text, literal, attributes, children, shared)

    def attributes(self, block: Block) -> dict[str, str]:
        """Return a block's attributes as they are to be written or read by the templates."""
        own = block.attributes
        if not own and block.kind is not BlockKind.FIGURE and block.kind is not BlockKind.HEADING:
            return {}
        attributes = {name: own[name] for name in PASSED_ON if own.get(name)}
        if "lang" in own:
            attributes |= {"lang": own["lang"], "dir": direction_of(own["lang"])}
        if block.kind is BlockKind.HEADING:
            attributes["level"] = str(min(6, self.section_level + 1))
        if block.kind is BlockKind.FIGURE:
            attributes |= self.picture(own)
        return attributes

    def picture(self, own: Mapping[str, str]) -> dict[str, str]:
        """Return address and size of a figure's picture, in CSS pixels; a ``width`` of its own scales the height."""
        picture = self.place.pictures.get(own["src"])
        if picture is None:
            return {"src": ""}
        width, height = picture.width, picture.height
        if "width" in own and width:
            width, height = int(own["width"]), round(height * int(own["width"]) / width)
        sizes = {"width": str(width), "height": str(height)} if width and height else {}
        return {"src": picture.address, **sizes}

    def note_blocks(self, note: Block) -> tuple[BlockView, ...]:
        """Return what a footnote holds."""
        return tuple(self.block(child) for child in note.children)

    def note_line(self, note: Block) -> Markup:
        """Return a footnote's texts one below the other, for the foot of the page."""
        keys = [block.message for block in note.walk() if block.message]
        return Markup("<br>").join(_marked(self.view(key, self.plain)) for key in keys)


def _length(blocks: Iterable[BlockView]) -> int:
    """Return how many characters some blocks and all below them have."""
    return sum(len(block.text.plain if block.text else block.literal) + _length(block.children) for block in blocks)


def _marked(view: TextView) -> Markup:
    """Return a text with its language, where that is not the edition's."""
    if not view.foreign:
        return view.html
    return Markup('<span lang="{}" dir="{}">{}</span>').format(view.lang, view.dir, view.html)
