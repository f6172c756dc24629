"""The settings of a publication, checked: whoever holds a record need not look again."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import msgspec

UTC = "UTC"


class LanguageConfig(msgspec.Struct, frozen=True):
    """``[language.TAG]``: how one language is set."""

    font: str = ""
    """``nastaliq`` or ``naskh`` for Urdu; empty for a language that offers no choice."""
    digits: str = "latin"
    """``urdu`` (۰۱۲) or ``latin`` (012)."""
    line_height: float | Literal["auto"] | None = None
    """Multiple of the font size, 1 to 4; ``auto``: measured from the text; None means that of the style sheet."""
    quotes: str = ""
    """Quotation marks: opening and closing, then those of a quotation inside; empty for the language's own."""
    dictionary: str = ""
    """Name of the Hunspell dictionary, such as ``en_GB``; ``none`` for no check; empty for the usual ones."""


class Margins(msgspec.Struct, frozen=True):
    """Page margins as CSS lengths; ``inside`` is the side of the binding, whichever side that is."""

    inside: str
    outside: str
    top: str
    bottom: str


@dataclass(frozen=True, slots=True)
class PdfConfig:
    """``[pdf]``: how PDF editions are set."""

    page_size: str = ""
    """Width and height as CSS has them; empty means the sheet of the style."""
    margins: Margins | None = None
    """None means those of the style."""
    binding: str = "auto"
    """``left``, ``right`` or ``auto``: the side that the language begins at."""
    variant: tuple[str, ...] = ()
    """Standards that the file declares to keep: one such as ``pdf/ua-1``, or two that go together; empty for none."""
    layout: str = "columns"
    """Of the bilingual edition: ``columns``, ``interleaved``, ``facing`` or ``flip``."""
    folios: str = "shared"
    """Of facing pages: ``shared`` counts the pages of the file, ``separate`` each language's own."""
    style: str = "report"
    """``report``, ``newspaper`` or ``reader``: a file of ``templates/print/styles/``."""
    columns: int = 2
    """Of a newspaper's text: 2 or 3."""
    justify: bool = True
    """Lines of body text are spaced out to the full measure."""
    footnotes: str = "article"
    """What footnotes are numbered by: ``article`` or ``page``."""
    cover: bool = False
    """A cover stands before the first page."""
    colophon: bool = True
    """Sources, translator and dates stand at the end."""


@dataclass(frozen=True, slots=True)
class FeedConfig:
    """``[feed]``: what readers' programs are told of new articles."""

    entries: int = 20
    """Articles that a language's feed tells of, the newest."""
    id: str = ""
    """Beginning of the ids of feeds and their entries, which a site keeps when it moves; empty for ``base_url``."""


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """A publication's settings, each with its default in place.

    >>> site = SiteConfig(name={"en": "Aaina", "ur": "آئینہ"})
    >>> site.name_in("ur"), site.tagline_in("ur"), site.default_language
    ('آئینہ', '', 'en')
    """

    name: Mapping[str, str]
    """By language; every language of the publication has an entry."""
    tagline: Mapping[str, str] = field(default_factory=dict)
    """By language; empty, or every language has an entry."""
    base_url: str = ""
    """``http:`` or ``https:`` address of the output's root, with a ``/`` at its end; empty where none is set."""
    languages: tuple[str, ...] = ("en", "ur")
    """Tags, in the publication's order."""
    default_language: str = "en"
    time_zone: str = UTC
    """IANA name: which day it is at a given time, and when a day begins."""
    replies: str = ""
    """Where the reply form sends to, ``mailto:`` or ``https:``; empty for no form."""
    language: Mapping[str, LanguageConfig] = field(default_factory=dict)
    """Every language of the publication has an entry."""
    formats: tuple[str, ...] = ("html", "pdf")
    fuzzy: Literal["source", "keep"] = "source"
    """``source``: a fuzzy message is shown in the source language; ``keep``: in its older translation."""
    minimum_coverage: Mapping[str, float] = field(default_factory=dict)
    """Per cent of words by language; below it an article is held back in that language."""
    together: bool = False
    """An article is published in every language or in none."""
    jobs: int | None = None
    """Worker processes; None means one a processor."""
    timeout: float = 600.0
    """Seconds that one edition may take; then it is given up, and the others go on."""
    keep: int = 0
    """Former outputs that are kept, for `kitabat rollback`."""
    cache_size: int = 2 * 10**9
    """Bytes that the cache may take."""
    pdf: PdfConfig = PdfConfig()
    feed: FeedConfig = FeedConfig()

    @property
    def measures_urdu(self) -> bool:
        """Whether line heights of Urdu are measured from its words."""
        urdu = self.language.get("ur")
        return urdu is not None and urdu.line_height == "auto"

    def name_in(self, language: str) -> str:
        """Return the publication's name in a language."""
        return self.name[language] if language in self.name else self.name.get(self.default_language, "")

    def tagline_in(self, language: str) -> str:
        """Return the tagline in a language; empty where the publication has none."""
        return self.tagline.get(language, "")

    @property
    def quotes(self) -> Mapping[str, str]:
        """The house's quotation marks by language; a language without an entry has its own."""
        return {tag: settings.quotes for tag, settings in self.language.items() if settings.quotes}

    def zone(self) -> datetime.tzinfo:
        """Return the time zone; UTC needs no data of the machine.

        >>> SiteConfig(name={}).zone()
        datetime.timezone.utc
        """
        if self.time_zone == UTC:
            return datetime.UTC
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.time_zone)
