"""How a build stands: what is done, what is being done, how long it will take; counted from what the build tells."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator

from kitabat.building.events import Cached, Failed, Finished, Queued, Started
from kitabat.cli.console import plural
from kitabat.publishing.events import Event, Held, Opened, Piece, Pieces, Planned, Replaced

WORDS = (("article", "article"), ("pdf", "PDF"), ("booklet", "booklet"), ("page", "page"), ("list", "front page"))
"""What is counted by itself in a summary, with its word; all else is counted as other files."""
OTHERS = ("chooser", "feed", "sitemap", "font", "picture")


class Tally:
    """Takes events in, and answers questions."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.pieces = Pieces()
        self.waiting = ""
        """What is waited for, before anything can begin."""
        self.is_published = False
        """Whether the output is this build's, where it was interrupted after that."""
        self.articles = 0
        """How many are to be read, as far as is known."""
        self.read = 0
        self.editions = 0
        """How many there will be; 0 as long as articles are read."""
        self.settled: set[str] = set()
        """Paths of the editions that are made, were made before, or cannot be made."""
        self.running: dict[str, None] = {}
        """Names of tasks that are being done, in the order of their beginning."""
        self.made: Counter[str] = Counter()
        self.cached: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()
        """By kind."""
        self._left: float | None = None
        self._told = 0.0

    def __call__(self, event: Event) -> None:
        """Take an event in."""
        if isinstance(event, Held | Opened):
            self.waiting = waits_for(event.holder) if isinstance(event, Held) else ""
        elif isinstance(event, Replaced):
            self.is_published = True
        elif isinstance(event, Planned):
            self.pieces.know(event.editions)
            self.editions = len(event.editions)
        elif isinstance(event, Queued):
            self.articles += self.pieces[event.name].kind == "article"
        elif isinstance(event, Started):
            self.running[event.name] = None
        elif isinstance(event, Cached | Finished | Failed):
            self._over(event.name, event)
        if isinstance(event, Started | Finished | Failed):
            self._left, self._told = event.left, self.clock()

    def _over(self, name: str, event: Cached | Finished | Failed) -> None:
        self.running.pop(name, None)
        piece = self.pieces[name]
        counts = {Cached: self.cached, Finished: self.made, Failed: self.failed}[type(event)]
        counts[piece.kind] += 1
        if piece.is_edition:
            self.settled.add(name)
        if piece.kind == "article" and not isinstance(event, Cached):
            self.read += 1

    @property
    def done(self) -> int:
        """How many editions are settled."""
        return len(self.settled)

    @property
    def left(self) -> float | None:
        """Seconds until all is made; None where nobody can say."""
        return None if self._left is None else max(0.0, self._left - (self.clock() - self._told))

    def current(self) -> list[Piece]:
        """Return what is being made."""
        return [self.pieces[name] for name in tuple(self.running)]


def waits_for(holder: str) -> str:
    """Return what is said of a build that must wait.

    >>> waits_for("Process 4321"), waits_for("")
    ('Waiting: Process 4321 builds into the same folder', 'Waiting: another build into the same folder is under way')
    """
    if holder:
        return f"Waiting: {holder} builds into the same folder"
    return "Waiting: another build into the same folder is under way"


def counted(counts: Counter[str]) -> str:
    """Return what was made, by kind.

    >>> counted(Counter(article=2, pdf=1, font=3, style=2)), counted(Counter(style=1))
    ('2 articles, 1 PDF, 3 other files', '')
    """
    parts = [plural(counts[kind], word) for kind, word in WORDS if counts[kind]]
    if others := sum(counts[kind] for kind in OTHERS):
        parts.append(plural(others, "other file"))
    return ", ".join(parts)


def rough(seconds: float) -> str:
    """Return a time that is left, no more exactly than it is known.

    >>> rough(0.4), rough(17), rough(83), rough(1000), rough(9000)
    ('a few seconds', 'about 20 s', 'about 1 min 30 s', 'about 17 min', 'about 2 h 30 min')
    """
    if seconds < 5:
        return "a few seconds"
    if seconds < 57:
        return f"about {-(-seconds // 5) * 5:.0f} s"
    if seconds < 300:
        tens = -(-seconds // 10)
        return f"about {tens // 6:.0f} min{f' {tens % 6 * 10:.0f} s' if tens % 6 else ''}"
    minutes = int(-(-seconds // 60))
    if minutes < 60:
        return f"about {minutes} min"
    minutes = -(-minutes // 5) * 5
    return f"about {minutes // 60} h{f' {minutes % 60} min' if minutes % 60 else ''}"


def took(seconds: float) -> str:
    """Return a time that is over.

    >>> took(0.04), took(75.2), took(119.7), took(7325)
    ('0.1 s', '1 min 15 s', '2 min 0 s', '2 h 2 min')
    """
    if seconds < 59.95:
        return f"{max(seconds, 0.1):.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def summary(tally: Tally, seconds: float) -> Iterator[str]:
    """Yield the lines that say what a build has done."""
    read, made = tally.made["article"], counted(Counter({**tally.made, "article": 0}))
    start = f"Read {plural(read, 'article')}, made" if read else "Made"
    yield f"{start} {made or 'nothing anew'} in {took(seconds)}"
    if cached := counted(tally.cached):
        yield f"Took from the cache: {cached}"
    if failed := counted(tally.failed):
        yield f"Could not make {failed}"
