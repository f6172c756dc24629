"""The rows of `kitabat status` on a screen or in a pipe, and as JSON."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from kitabat.cli.console import Console, plural
from kitabat.cli.table import Column, cropped, fitted, lines, parts_of
from kitabat.cli.visual import width
from kitabat.publishing.progress import Row
from kitabat.publishing.release import HeldBack, Release

BAR = 20
LEAST_BAR, LEAST_SLUG, LEAST_NAME, LEAST_TITLE = 6, 12, 15, 24
STATES = ("translated", "fuzzy", "untranslated")
SIGNS = {"translated": "█", "fuzzy": "▒", "untranslated": "░"}
PLAIN_SIGNS = {"translated": "#", "fuzzy": "~", "untranslated": "."}
"""For a terminal that says it is dumb."""
COLOURS = {"translated": "32", "fuzzy": "33", "untranslated": "2"}
COUNTED = "; in messages, in brackets in words of the original"
QUIET, STRONG = "2", "1"
NONE = "-"


def words(row: Row) -> dict[str, int]:
    """Return the words of the source in each state."""
    found = row.coverage
    missing = found.words - found.translated_words - found.fuzzy_words
    return dict(zip(STATES, (found.translated_words, found.fuzzy_words, missing), strict=True))


def messages(row: Row) -> dict[str, int]:
    """Return the messages in each state."""
    found = row.coverage
    return dict(zip(STATES, (found.translated, found.fuzzy, found.untranslated), strict=True))


class Screen:
    """Lays rows out for the width of a console's standard output."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.room = console.columns(console.out)
        self.signs = PLAIN_SIGNS if console.environment.get("TERM") == "dumb" else SIGNS

    def table(self, rows: Sequence[Row]) -> Iterator[str]:
        """Yield the lines: one a row, or two on a narrow screen, or a few on one that is narrower yet."""
        if not rows:
            return
        whole = (*self._numbers(rows, "language", "days behind"), *self._texts(rows))
        narrow = tuple(self._numbers(rows, "to", "behind"))
        if widths := fitted(whole, self.room):
            head, *rest = lines(whole, widths)
            yield from (self._painted(head, STRONG), *rest)
        elif widths := fitted(narrow, self.room):
            head, *rest = lines(narrow, widths)
            yield self._painted(head, STRONG)
            for row, line in zip(rows, rest, strict=True):
                yield from (line, self._below(row))
        else:
            for row in rows:
                yield from self._stacked(row)
        if self.room is not None:
            yield from self._key(self.room)

    def _key(self, room: int) -> Iterator[str]:
        """Yield what the signs of the bars mean, and what the figures count."""
        parts = [f"{self._painted(self.signs[state], COLOURS[state])} {state}" for state in STATES]
        if room < len(COUNTED):
            yield from parts
        else:
            yield "  ".join(parts) + (COUNTED if room >= 2 * len(COUNTED) else "")

    def _numbers(self, rows: Sequence[Row], to: str, behind: str) -> Iterator[Column]:
        """Yield the columns of every table; the bar only on a screen."""
        yield Column("article", tuple(row.slug for row in rows), least=LEAST_SLUG, paint=self._cell)
        yield Column(to, tuple(row.language for row in rows))
        if self.room is not None:
            bar = "-" * BAR
            yield Column(
                "words", (bar,) * len(rows), least=LEAST_BAR, paint=lambda at, _, size: self._bar(rows[at], size)
            )
        yield Column("%", tuple(str(row.percent) for row in rows), is_right=True)
        yield Column(behind, tuple(days(row) for row in rows), is_right=True)
        for state in STATES:
            yield Column(state, tuple(f"{messages(row)[state]} ({words(row)[state]})" for row in rows), is_right=True)

    def _texts(self, rows: Sequence[Row]) -> Iterator[Column]:
        names = tuple(row.translator or NONE for row in rows)
        yield Column("last translator", names, least=LEAST_NAME, paint=self._cell)
        yield Column("title", tuple(row.title for row in rows), least=LEAST_TITLE, paint=self._cell)

    def _cell(self, _: int, text: str, __: int) -> str:
        return self.console.cell(text)

    def _painted(self, text: str, colour: str) -> str:
        return self.console.coloured(text, colour, self.console.out)

    def _bar(self, row: Row, size: int) -> str:
        """Return a bar of the words in each state; of the messages, where there are no words."""
        counts = tuple((words(row) if row.coverage.words else messages(row)).values())
        parts = zip(STATES, parts_of(counts, size), strict=True)
        return "".join(self._painted(self.signs[state] * cells, COLOURS[state]) for state, cells in parts)

    def _below(self, row: Row) -> str:
        """Return the second line of a row: its title, and after it the last translator."""
        room = (self.room or 0) - 2
        name = f"  last translator: {self.console.cell(cropped(row.translator, room // 3))}" if row.translator else ""
        title = self.console.cell(cropped(row.title, room - width(name)))
        return f"  {title}{self._painted(name, QUIET)}"

    def _stacked(self, row: Row) -> Iterator[str]:
        """Yield a row as a few lines, for a screen on which no table has room."""
        room = max(self.room or 0, LEAST_SLUG)
        end = f" to {row.language}: {row.percent} %"
        yield f"{self._painted(self.console.cell(cropped(row.slug, max(LEAST_BAR, room - len(end)))), STRONG)}{end}"
        yield f"  {self._bar(row, max(LEAST_BAR, min(2 * BAR, room - 2)))}"
        yield from (f"  {state}: {messages(row)[state]} ({words(row)[state]})" for state in STATES)
        yield f"  days behind: {days(row)}"
        if row.translator:
            name = self.console.cell(cropped(row.translator, max(LEAST_BAR, room - 19)))
            yield f"  last translator: {name}"
        yield f"  {self.console.cell(cropped(row.title, room - 2))}"


def days(row: Row) -> str:
    """Return for how many days something has been waiting, as the table says it."""
    return "unknown" if row.behind is None else str(row.behind)


def remarks(rows: Sequence[Row], releases: Sequence[Release], articles: int) -> Iterator[str]:
    """Yield what there is to say below the table."""
    complete = sum(row.is_complete for row in rows)
    held = [found for found in releases if found.held_back]
    end = f", {plural(len(held), 'article')} held back" if held else ""
    yield f"{plural(len(rows), 'translation')} of {plural(articles, 'article')}, {complete} complete{end}"
    for found in held:
        yield from (f"Held back: `{one.slug}` in {one.language}: {one.words}" for one in found.held_back)
    unsynced = dict.fromkeys(row.slug for row in rows if not row.synced)
    if unsynced:
        names = ", ".join(f"`{slug}`" for slug in unsynced)
        yield f"Not in the catalogs yet: what is new in {names}. Run `kitabat sync`"


def as_json(row: Row, release: Release) -> dict[str, object]:
    """Return a row for another program; ``release`` is the article's."""
    return {
        "article": row.slug,
        "title": row.title,
        "source": row.source,
        "language": row.language,
        "percent": row.percent,
        "complete": row.is_complete,
        "days_behind": row.behind,
        "synced": row.synced,
        "last_translator": row.translator or None,
        "messages": messages(row),
        "words": words(row),
        "date": iso(row.days.published),
        "updated": iso(row.days.updated),
        "published": row.held_back is None,
        "held_back": reason(row.held_back),
        "source_published": row.source in release.published,
        "source_held_back": next((reason(one) for one in release.held_back if one.language == row.source), None),
    }


def iso(day: datetime.date | None) -> str | None:
    """Return a day for another program."""
    return day.isoformat() if day else None


def reason(held: HeldBack | None) -> dict[str, object] | None:
    """Return why an article is held back, for another program.

    >>> from kitabat.publishing.release import Reason
    >>> reason(HeldBack("news", "ur", Reason.FAULT))
    {'reason': 'fault', 'words': 'the article or a catalog is at fault'}
    """
    if held is None:
        return None
    share = {"language": held.behind, "percent": held.percent, "needed": held.needed} if held.behind else {}
    return {"reason": held.reason.value, **share, "words": held.words}
