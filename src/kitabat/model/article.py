"""An article: its source in segments, its blocks, its messages."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

import msgspec

from kitabat.model.diagnostic import Location
from kitabat.model.message import Message, MessageKey, TranslationState


class BlockKind(Enum):
    """What a block is; the values are the words of the templates."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"
    ROW = "row"
    CELL = "cell"
    FIGURE = "figure"
    CAPTION = "caption"
    CODE = "code"
    RULE = "rule"
    ASIDE = "aside"
    TERMS = "terms"
    TERM = "term"
    DEFINITION = "definition"
    NOTE = "note"


class Block(msgspec.Struct, frozen=True, gc=False):
    """A block of an article, in reading order; a leaf has a ``message`` or ``literal`` text, never both."""

    kind: BlockKind
    children: tuple[Block, ...] = ()
    message: MessageKey | None = None
    """The text of a heading, paragraph, cell, term, caption, or the alternative text of a figure.

    Text that is never translated (a bare URL, a block marked ``notranslate``) has a key that is in no catalog.
    """
    literal: str = ""
    """Code."""
    attributes: Mapping[str, str] = {}
    """``id``, ``class``, ``lang``; ``level`` of a heading; ``start`` of a numbered list; ``align`` of a cell;
    ``head`` of a row and its cells; ``src`` and ``width`` of a figure; ``label`` of a note; ``info`` of code."""
    location: Location | None = None

    def walk(self) -> Iterator[Block]:
        """Yield the block and all below it, in reading order."""
        yield self
        for child in self.children:
            if child.children:
                yield from child.walk()
            else:
                yield child


class SegmentKind(Enum):
    """What a piece of source is for."""

    SKELETON = "skeleton"
    """Markup, blank lines, code: copied, never translated."""
    FRONT_MATTER = "front matter"
    TEXT = "text"
    """The source of one message."""


class Segment(msgspec.Struct, frozen=True, gc=False):
    """A piece of an article's source; all pieces, joined, are the source."""

    kind: SegmentKind
    text: str
    location: Location
    message: MessageKey | None = None


class FrontMatter(msgspec.Struct, frozen=True):
    """What stands between the ``---`` lines at the top of an article."""

    title: str
    source: str
    """Tag of the language that the article is written in."""
    summary: str = ""
    author: str = ""
    date: datetime.date | None = None
    """When the article was published: in its source language, and in any other where ``dates`` is empty."""
    updated: datetime.date | None = None
    """When it was last changed in its source language."""
    dates: Mapping[str, datetime.date] = msgspec.field(default_factory=dict)
    """By language, where the front matter names languages; then those that it does not name have none."""
    updates: Mapping[str, datetime.date] = msgspec.field(default_factory=dict)
    """The same of ``updated``."""
    tags: tuple[str, ...] = ()
    slug: str = ""
    image: str = ""
    """Path of a picture for the article's head, relative to the article."""
    toc: bool = True
    translator: str = ""
    """Empty for the one that the catalog's header names."""
    sources: tuple[str, ...] = ()
    """What the article draws on, for the colophon."""
    formats: tuple[str, ...] = ()
    """Output formats of this article; empty means those of the settings."""

    def published_in(self, tag: str) -> datetime.date | None:
        """Return the day of publication in a language."""
        return self.dates.get(tag) if self.dates else self.date

    def updated_in(self, tag: str) -> datetime.date | None:
        """Return the day of the last change that the front matter gives for a language."""
        return self.updated if tag == self.source else self.updates.get(tag)


class Section(msgspec.Struct, frozen=True, gc=False):
    """A heading and what follows it up to the next heading."""

    id: str
    level: int
    heading: MessageKey | None
    """None for the lead, which has no heading."""
    blocks: tuple[Block, ...] = ()
    attributes: Mapping[str, str] = {}
    """``class`` of the section and ``lang`` of its heading, where they are written."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read from one Markdown file.

    Invariant: the text of its segments is the file's.
    """

    slug: str
    path: str
    """Of the Markdown file, relative to the project."""
    front: FrontMatter
    segments: tuple[Segment, ...]
    sections: tuple[Section, ...]
    notes: Mapping[str, Block] = field(default_factory=dict)
    """Footnotes by label, in the order of their definitions."""
    messages: tuple[Message, ...] = ()
    """In reading order, each key once."""
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Link reference definitions: normalised label to address and title."""

    @property
    def text(self) -> str:
        """The file's text."""
        return "".join([segment.text for segment in self.segments])


class VersionText(msgspec.Struct, frozen=True, gc=False):
    """The text of one message in one version of an article."""

    text: str
    language: str
    """The tag of the language that ``text`` is in: the source's, where there is no translation to show."""
    state: TranslationState
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """An article in one language: each message's text, with the source standing in where a translation is wanting."""

    article: Article
    language: str
    texts: Mapping[MessageKey, VersionText]
