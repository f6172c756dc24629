"""What a publication has around one catalog: its glossary, and the translations of its other catalogs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kitabat.checks.glossary import Term
from kitabat.language.spelling import Speller
from kitabat.model.diagnostic import Location
from kitabat.model.message import Catalog, TranslationState

UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class Known(NamedTuple):
    """A translation somewhere in the publication."""

    location: Location
    text: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a catalog, in its language."""

    terms: tuple[Term, ...] = ()
    translations: Mapping[str, tuple[Known, ...]] = field(default_factory=dict)
    """By source text, in the order of places: those texts that have more than one translation."""
    quotes: Mapping[str, str] = field(default_factory=dict)
    """The house's quotation marks by language; one without an entry has its own."""
    spellers: Mapping[str, Speller] = field(default_factory=dict)
    """By language; none where there is no dictionary."""


def by_source(catalogs: Iterable[Catalog]) -> dict[str, tuple[Known, ...]]:
    """Return the texts that are translated in more than one way, each with its first translation of every way."""
    found: dict[str, dict[str, Known]] = {}
    for catalog in sorted(catalogs, key=lambda catalog: catalog.path):
        for key, entry in catalog.translations.items():
            if entry.state is TranslationState.TRANSLATED and key.source and entry.location:
                ways = found.setdefault(key.source, {})
                ways.setdefault(entry.text, Known(entry.location, entry.text))
    return {source: tuple(ways.values()) for source, ways in found.items() if len(ways) > 1}


def visible(text: str) -> str:
    r"""Return a text as a reader sees it: without what has no shape, and with one kind of space.

    >>> visible("a\u200b\u00a0b"), visible("ا\u0653")
    ('a b', 'آ')
    """
    return " ".join(UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())
