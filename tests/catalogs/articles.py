"""Articles made by hand, for tests of catalogs."""

from __future__ import annotations

from collections.abc import Sequence

from kitabat.catalogs.po_file import PoFile
from kitabat.model.article import Article, FrontMatter
from kitabat.model.diagnostic import Location
from kitabat.model.message import Message, MessageKey

UR_PLURALS = "nplurals=2; plural=(n != 1);"


def article(*messages: tuple[str, str], slug: str = "a", source: str = "en", first_line: int = 1) -> Article:
    """An article of these contexts and sources, two lines apart; a repeated one has several places."""
    path = f"content/{slug}.md"
    places: dict[tuple[str, str], list[Location]] = {}
    for number, key in enumerate(messages):
        places.setdefault(key, []).append(Location(path, first_line + 2 * number))
    found = tuple(Message(MessageKey(*key), tuple(locations), ("paragraph",)) for key, locations in places.items())
    return Article(slug, path, FrontMatter("Title", source), (), (), messages=found)


def read(content: bytes, path: str = "locales/ur/LC_MESSAGES/a.po") -> PoFile:
    file = PoFile.parse(content, path).value
    assert file is not None, PoFile.parse(content, path).diagnostics
    return file


def keys(content: bytes) -> Sequence[tuple[str | None, str]]:
    return [entry.key for entry in read(content).entries]
