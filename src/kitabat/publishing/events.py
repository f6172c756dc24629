"""What a build tells while it goes on: of itself, and of each piece of work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kitabat.building import events as building
from kitabat.model.site import Edition
from kitabat.publishing.addresses import CHOOSER, SITE_MAP, booklet, feed
from kitabat.publishing.editions import ATOM, PDF

READING = "read "
"""Tasks of this name read an article."""
KINDS: tuple[tuple[str, str], ...] = (
    (READING, "article"),
    ("style ", "style"),
    ("faces", "faces"),
    (CHOOSER, "chooser"),
    (SITE_MAP, "sitemap"),
)
"""How the names of tasks begin that make no edition, and what each is; fonts and pictures are what is left."""


class Held(msgspec.Struct, frozen=True):
    """Another build holds the lock of the output; this one waits."""

    holder: str
    """``Process 4321``; empty where it is not known."""


class Opened(msgspec.Struct, frozen=True):
    """A build begins; it holds the lock of its output."""

    root: Path
    out: Path
    jobs: int
    dry: bool


class Planned(msgspec.Struct, frozen=True):
    """The articles are read, and it is known which editions there will be."""

    articles: int
    editions: Mapping[str, Edition]
    """By path."""


class Replaced(msgspec.Struct, frozen=True):
    """The build is interrupted, and the output is what it has made all the same."""


class Piece(msgspec.Struct, frozen=True):
    """What a task makes."""

    kind: str
    """``article`` (it is read), ``page``, ``pdf``, ``booklet``, ``list`` (a front page), ``chooser`` (of languages),
    ``feed``, ``sitemap``, ``style``, ``faces`` (which fonts there will be), ``font`` or ``picture``."""
    edition: Edition | None = None
    source: str = ""
    """Path of the article that is read."""
    path: str = ""
    """Of the file in the output; empty where none is made of it alone."""

    @property
    def is_edition(self) -> bool:
        """Tell whether it is one of what a build is asked for: a page, a PDF, a front page."""
        return self.kind in {"page", "pdf", "list"}


@dataclass(slots=True)
class Pieces:
    """Tells what a task makes by its name."""

    editions: Mapping[str, Edition] = field(default_factory=dict)
    booklets: Mapping[str, Edition] = field(default_factory=dict)

    def know(self, editions: Mapping[str, Edition]) -> None:
        """Take the editions that there will be."""
        self.editions = editions
        self.booklets = {booklet(one.language, one.slug): one for one in editions.values() if one.format == PDF}

    def __getitem__(self, name: str) -> Piece:
        """Return what a task makes.

        >>> Pieces()["read content/a.md"]
        Piece(kind='article', edition=None, source='content/a.md', path='')
        >>> Pieces({"ur/index.html": Edition("", "ur", "html")})["ur/index.html"].kind
        'list'
        """
        if edition := self.editions.get(name):
            kind = "pdf" if edition.format == PDF else "page" if edition.slug else "list"
            return Piece(kind, edition, path=name)
        if edition := self.booklets.get(name):
            return Piece("booklet", edition, path=name)
        tag = name.partition("/")[0]
        if name == feed(tag):
            return Piece("feed", Edition("", tag, ATOM), path=name)
        for start, kind in KINDS:
            if name.startswith(start):
                return Piece(
                    kind,
                    source=name.removeprefix(READING) if start == READING else "",
                    path=name if start in {CHOOSER, SITE_MAP} else "",
                )
        return Piece("font" if name.endswith(".woff2") else "picture", path=name)


Event = Held | Opened | Planned | Replaced | building.Event
Tell = Callable[[Event], None]
