"""The progress of a build on a terminal: a bar, the time left, and below them what is being made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kitabat.cli.console import Console
from kitabat.cli.table import cropped
from kitabat.cli.tally import Tally, rough
from kitabat.cli.visual import width
from kitabat.publishing.events import Piece

LONGEST_BAR, SHORTEST_BAR = 40, 8
BETWEEN = "   "
PER_SECOND = 8
"""How often it is drawn."""
SIGNS, PLAIN_SIGNS = ("━", "─"), ("#", "-")


WORDS = {"page": "page", "pdf": "PDF", "booklet": "booklet", "list": "front page", "feed": "feed"}
"""By the kinds of pieces that are of an edition."""


def title(piece: Piece) -> str:
    """Return what is being made, for people.

    >>> from kitabat.model.site import Edition
    >>> title(Piece("pdf", Edition("news", "ur", "pdf"))), title(Piece("article", source="content/news.md"))
    ('PDF ur news', 'content/news.md')
    """
    if piece.edition:
        return f"{WORDS[piece.kind]} {piece.edition.language} {piece.edition.slug}".rstrip()
    return piece.source or piece.path.rpartition("/")[2] or "style and fonts"


class Bar:
    """Two lines of text for a width."""

    def __init__(self, console: Console, tally: Tally) -> None:
        self.console = console
        self.tally = tally

    def lines(self, room: int) -> tuple[str, str]:
        """Return the bar with its numbers, and what is being made; neither is wider than ``room``."""
        tally = self.tally
        if tally.waiting:
            return cropped(tally.waiting, room), ""
        if tally.editions:
            start, done, whole = "Making", tally.done, tally.editions
        else:
            start, done, whole = "Reading", tally.read, tally.articles
        numbers = f"{done} of {whole} {'editions' if tally.editions else 'articles'}" if whole else ""
        left = f"{rough(tally.left)} left" if tally.editions and tally.left is not None and tally.running else ""
        return self._first(start, numbers, left, done / whole if whole else 0.0, room), self._second(room)

    def _first(self, start: str, numbers: str, left: str, share: float, room: int) -> str:
        """Return the line with the bar; what has no room is left out, the time last of all but the numbers."""
        for parts in ((numbers, left), (numbers,)):
            end = "  ".join(part for part in parts if part)
            cells = min(LONGEST_BAR, room - len(start) - len(end) - 3)
            if cells >= SHORTEST_BAR:
                return f"{start} {self._drawn(cells, share)} {end}"
        return cropped(f"{start} {numbers}", room)

    def _drawn(self, cells: int, share: float) -> str:
        full, empty = SIGNS if (self.console.err.encoding or "utf-8").lower().startswith("utf") else PLAIN_SIGNS
        done = round(min(1.0, share) * cells)
        return self.console.coloured(full * done, "32") + self.console.coloured(empty * (cells - done), "2")

    def _second(self, room: int) -> str:
        """Return what is being made, as much of it as has room."""
        shown: list[str] = []
        names = [title(piece) for piece in self.tally.current()]
        used = 2
        for place, name in enumerate(names):
            more = f"+{len(names) - place - 1}" if place + 1 < len(names) else ""
            space = room - used - (len(BETWEEN) if shown else 0) - (len(BETWEEN) + len(more) if more else 0)
            if shown and width(name) > space:
                shown.append(f"+{len(names) - place}")
                break
            kept = cropped(name, max(space, SHORTEST_BAR))
            used += width(kept) + (len(BETWEEN) if shown else 0)
            shown.append(self.console.cell(kept, self.console.err))
        return f"  {BETWEEN.join(shown)}" if shown else ""


@contextmanager
def shown(console: Console, tally: Tally) -> Iterator[None]:
    """Draw the bar while work is done, and take it away in the end."""
    from rich.console import Console as Screen
    from rich.live import Live
    from rich.text import Text

    bar = Bar(console, tally)
    screen = Screen(file=console.err, no_color=not console.is_colourful(console.err), highlight=False)

    def drawn() -> Text:
        room = (console.columns(console.err) or screen.width) - 1
        return Text.from_ansi("\n".join(bar.lines(room)), no_wrap=True, overflow="crop", end="")

    with Live(get_renderable=drawn, console=screen, transient=True, refresh_per_second=PER_SECOND):
        yield
