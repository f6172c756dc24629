"""Messages of an article, and what a catalog says of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

import msgspec

from kitabat.model.diagnostic import Location

FRONT = "@front"
"""Context of the messages of the front matter."""
LEAD = "@lead"
"""Context of what stands before the first heading."""


class MessageKey(NamedTuple):
    """What tells two messages of one domain apart."""

    context: str
    """``msgctxt``: the section's id, or ``@front`` or ``@lead``; empty for a text that is in no catalog."""
    source: str
    """``msgid``: the source text in Markdown's inline form."""


class Remark(NamedTuple):
    """A comment that is for the toolkit."""

    text: str
    """From ``kitabat:`` to the end of the line."""
    location: Location


class Message(msgspec.Struct, frozen=True, gc=False):
    """One block of an article that can be translated."""

    key: MessageKey
    """In a catalog: kept whole, as every stage finds translations and texts by it."""
    locations: tuple[Location, ...] = ()
    """Every place of the message, in reading order."""
    comments: tuple[str, ...] = ()
    """For translators: what the block is, and the words of ``<!-- translators: … -->``."""
    remarks: tuple[Remark, ...] = ()
    """What the article says to the toolkit, as in ``<!-- kitabat: ignore RULE -->``."""

    @property
    def context(self) -> str:
        """``msgctxt`` of the key."""
        return self.key.context

    @property
    def source(self) -> str:
        r"""``msgid`` of the key: single spaces where lines wrap, ``\\`` and a line feed for a hard break."""
        return self.key.source


class TranslationState(Enum):
    """How far a message is translated."""

    SOURCE = "source"
    """The language is the article's own."""
    TRANSLATED = "translated"
    FUZZY = "fuzzy"
    """There is a translation of an older or a similar text, which nobody has confirmed."""
    UNTRANSLATED = "untranslated"


class PluralForm(NamedTuple):
    """One form of a translation that depends on a number."""

    text: str
    location: Location


class Translation(msgspec.Struct, frozen=True, gc=False):
    """What a catalog says of one message."""

    text: str
    """``msgstr``; may be empty."""
    state: TranslationState
    edited_in_place: bool = False
    """Fuzzy, and the previous msgid stood in the same context: the text is this message's own, only older."""
    location: Location | None = None
    """Where the text stands in the .po file."""
    remarks: tuple[Remark, ...] = ()
    forms: tuple[PluralForm, ...] = ()
    """Of a message with a plural, all of them; else none."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """A language's translations of one article's messages, as read from a .po file."""

    language: str
    path: str
    translations: Mapping[MessageKey, Translation] = field(default_factory=dict)
    revised: datetime.datetime | None = None
    """When a translator last saved it, as its header says; None where that is not known."""
    translator: str = ""
    """Name of the last translator, without an address; empty where the header names nobody."""
