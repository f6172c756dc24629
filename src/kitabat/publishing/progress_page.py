"""The page of `kitabat status --html`: one file in the publication's languages, with charts beside the figures."""

from __future__ import annotations

import base64
import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kitabat.language.dates import long_date
from kitabat.language.direction import base_direction
from kitabat.language.names import language_name
from kitabat.language.numerals import number
from kitabat.language.registry import language
from kitabat.model.language import Direction
from kitabat.publishing.materials import home_of, words_in
from kitabat.publishing.progress import Row, rows
from kitabat.publishing.publication import Publication
from kitabat.rendering.compose import Place, compose
from kitabat.rendering.context import Side, TextView
from kitabat.rendering.fonts import FACES, NAMES, Face, read_face, shared, subset
from kitabat.rendering.style import style_sheet
from kitabat.rendering.templates import Templates, side

LATIN = "Kitabat Serif"
UPRIGHT = "normal"
NOWHERE = Place(resolve=lambda _: "")


@dataclass(frozen=True, slots=True)
class Share:
    """Words in one state, and messages."""

    state: str
    """``translated``, ``fuzzy`` or ``untranslated``."""
    size: int
    """What its part of a bar is long."""
    percent: str
    words: str
    messages: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A whole and its parts: a row of the chart."""

    percent: str
    """Of words that are translated, rounded down."""
    parts: tuple[Share, Share, Share]


@dataclass(frozen=True, slots=True)
class Name:
    """A name that may be of either direction."""

    text: str
    dir: Direction


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a language writes it."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Why an article is held back."""

    reason: str
    """``fault``, ``coverage`` or ``together``."""
    language: str
    """Name of the language that is not ready."""
    percent: str
    needed: str


@dataclass(frozen=True, slots=True)
class Line:
    """One article in one language that it is translated into."""

    slug: Name
    title: TextView
    language: str
    """Its name in the language of the report."""
    bar: Bar
    behind: int | None
    behind_text: str
    synced: bool
    translator: Name | None
    published: Day | None
    updated: Day | None
    wait: Wait | None


@dataclass(frozen=True, slots=True)
class Report:
    """All there is to say, in one language."""

    side: Side
    name: str
    """Of the publication."""
    endonym: str
    day: Day
    totals: tuple[tuple[str, Bar], ...]
    """Each language that is translated into, by its name."""
    lines: tuple[Line, ...]


def progress_page(publication: Publication, slugs: Collection[str] = ()) -> str:
    """Return the page for the articles asked for, or for all; raises PublishingError where a template is at fault."""
    templates = Templates(publication.disk, publication.toolkit)
    found = rows(publication, slugs)
    default = publication.config.default_language
    tags = (default, *(tag for tag in publication.config.languages if tag != default))
    reports = tuple(_Reporter(publication, tag).report(found) for tag in tags)

    def rendered(style: str) -> str:
        return templates.render("status/page.html.j2", reports[0].side, reports=reports, style=style)

    # The fonts hold the characters of the page, which is made once without them.
    faces = dict(_faces(publication, rendered("")))
    return rendered(style_sheet("status", templates, publication.config, faces))


def _faces(publication: Publication, text: str) -> Iterator[tuple[Face, tuple[str, str]]]:
    """Yield the address and the form of each face, the font itself in the address."""
    urdu = publication.config.language.get("ur")
    families = {LATIN, *((NAMES[urdu.font],) if urdu else ())}
    for face in FACES:
        if face.family in families and face.style == UPRIGHT:
            content = read_face(home_of(publication.disk, publication.toolkit, f"fonts/{face.path}"), face)
            characters = shared(content, text)
            if characters:
                font = base64.b64encode(subset(content, characters)).decode()
                yield face, (f"data:font/woff2;base64,{font}", "woff2")


class _Reporter:
    """Says everything in one language."""

    def __init__(self, publication: Publication, tag: str) -> None:
        self.publication = publication
        self.tag = tag
        self.digits = publication.config.language[tag].digits
        self.manuscripts = {one.article.slug: one for one in publication.manuscripts}

    def report(self, found: Sequence[Row]) -> Report:
        """Return the report; the order of the rows stays."""
        config = self.publication.config
        targets = [tag for tag in config.languages if any(row.language == tag for row in found)]
        now = self.publication.disk.now().astimezone(config.zone()).date()
        return Report(
            side=side(self.tag, words_in(self.publication.disk, self.publication.toolkit, self.tag)),
            name=config.name_in(self.tag),
            endonym=language(self.tag).endonym,
            day=self.day(now),
            totals=tuple(
                (self.name_of(tag), self.bar([row for row in found if row.language == tag])) for tag in targets
            ),
            lines=tuple(map(self.line, found)),
        )

    def line(self, row: Row) -> Line:
        """Return a row."""
        manuscript = self.manuscripts[row.slug]
        edited = manuscript.edited(self.tag, self.publication.config)
        held = row.held_back
        return Line(
            slug=_name(row.slug),
            title=compose(edited, NOWHERE, body=False).title,
            language=self.name_of(row.language),
            bar=self.bar([row]),
            behind=row.behind,
            behind_text=self.number(row.behind or 0),
            synced=row.synced,
            translator=_name(row.translator) if row.translator else None,
            published=self.day(row.days.published) if row.days.published else None,
            updated=self.day(row.days.updated) if row.days.updated else None,
            wait=Wait(
                held.reason.value,
                self.name_of(held.behind) if held.behind else "",
                self.number(held.percent),
                self.number(round(held.needed, 1) if held.needed % 1 else int(held.needed)),
            )
            if held
            else None,
        )

    def bar(self, found: Sequence[Row]) -> Bar:
        """Return what some rows come to together."""
        covered = [row.coverage for row in found]
        whole = sum(one.words for one in covered)
        done, fuzzy = sum(one.translated_words for one in covered), sum(one.fuzzy_words for one in covered)
        words = (done, fuzzy, whole - done - fuzzy)
        messages = (
            sum(one.translated for one in covered),
            sum(one.fuzzy for one in covered),
            sum(one.untranslated for one in covered),
        )
        sizes = words if whole else messages
        percents = _percents(words, is_complete=all(row.is_complete for row in found))
        first, second, third = (
            Share(state, size, self.number(percent), self.number(some), self.number(count))
            for state, size, percent, some, count in zip(
                ("translated", "fuzzy", "untranslated"), sizes, percents, words, messages, strict=True
            )
        )
        return Bar(first.percent, (first, second, third))

    def number(self, value: float) -> str:
        """Return a number in the language's digits."""
        return number(value, self.tag, self.digits)

    def name_of(self, tag: str) -> str:
        """Return a language's name in that of the report."""
        return language_name(tag, self.tag)

    def day(self, date: datetime.date) -> Day:
        """Return a day."""
        return Day(long_date(date, self.tag, self.digits), date.isoformat())


def _name(text: str) -> Name:
    return Name(text, base_direction(text, "ltr"))


def _percents(words: tuple[int, int, int], *, is_complete: bool) -> tuple[int, int, int]:
    """Return whole per cents that make 100; the first is rounded down, and 100 only where nothing is left to do.

    >>> _percents((997, 1, 2), is_complete=False), _percents((0, 0, 0), is_complete=True)
    ((99, 1, 0), (100, 0, 0))
    >>> _percents((1, 1, 1), is_complete=False), _percents((0, 0, 5), is_complete=False)
    ((33, 33, 34), (0, 0, 100))
    """
    if is_complete:
        return 100, 0, 0
    whole = max(1, sum(words))
    first = min(99, words[0] * 100 // whole)
    second = min(100 - first, -(-words[1] * 100 // whole) if words[1] * 100 < whole else words[1] * 100 // whole)
    return first, second, 100 - first - second
