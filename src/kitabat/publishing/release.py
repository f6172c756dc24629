"""Which languages an article is published in, and why it is held back in the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

import msgspec

from kitabat.catalogs.paths import po_path
from kitabat.config import SiteConfig
from kitabat.model.diagnostic import Diagnostic, Location, warning
from kitabat.model.standing import Coverage

WHOLE = 100.0


class Reason(Enum):
    """Why an article is held back in a language."""

    FAULT = "fault"
    """It has errors, which are told where they stand."""
    COVERAGE = "coverage"
    """Too little of it is translated into this language."""
    TOGETHER = "together"
    """It is ready, but not in the other language, and the settings ask for both."""


class HeldBack(msgspec.Struct, frozen=True):
    """An article that is not published in a language."""

    slug: str
    language: str
    reason: Reason
    behind: str = ""
    """The language that is not ready: this one, or the one that it waits for."""
    percent: int = 0
    """Of the words that are translated into that language, rounded down."""
    needed: float = 0.0
    """What the settings ask for."""

    @property
    def words(self) -> str:
        """The reason, for people.

        >>> HeldBack("news", "en", Reason.TOGETHER, "ur", 62, 80.0).words
        'waits for `ur`: 62 % of the words are translated, expected 80 %'
        """
        if self.reason is Reason.FAULT:
            return "the article or a catalog is at fault"
        share = f"{self.percent} % of the words are translated, expected {self.needed:g} %"
        return f"waits for `{self.behind}`: {share}" if self.reason is Reason.TOGETHER else share


class Release(msgspec.Struct, frozen=True):
    """What the next build may publish of an article."""

    published: frozenset[str] = frozenset()
    """The languages; none is in ``held_back``, and every other is."""
    held_back: tuple[HeldBack, ...] = ()
    """In the publication's order of languages."""


def release(slug: str, coverage: Mapping[str, Coverage], config: SiteConfig, *, ok: bool) -> Release:
    """Return what may be published of an article; ``ok`` tells whether it is free of errors."""
    tags = config.languages
    if not ok:
        return Release(held_back=tuple(HeldBack(slug, tag, Reason.FAULT) for tag in tags))
    short = {tag: found for tag in tags if (found := _short(slug, tag, coverage[tag], config))}
    first = next(iter(short.values()), None)
    held = dict(short)
    if first and config.together:
        waiting = (first.behind, first.percent, first.needed)
        held |= {tag: HeldBack(slug, tag, Reason.TOGETHER, *waiting) for tag in tags if tag not in short}
    return Release(frozenset(tags) - held.keys(), tuple(held[tag] for tag in tags if tag in held))


def minimum(config: SiteConfig, tag: str) -> float:
    """Return the per cent of words that a language needs; where both go together and none is set, all of them."""
    return config.minimum_coverage.get(tag, WHOLE if config.together else 0.0)


def _short(slug: str, tag: str, found: Coverage, config: SiteConfig) -> HeldBack | None:
    needed = minimum(config, tag)
    # In whole numbers: 100 * 0.29 is less than 29.
    if found.translated_words * 100 >= needed * found.words:
        return None
    return HeldBack(slug, tag, Reason.COVERAGE, tag, found.translated_words * 100 // found.words, needed)


def complaints(found: Release, path: str) -> Iterator[Diagnostic]:
    """Yield a warning for each language that an article is held back in; errors have been told already.

    ``path`` is that of its file.
    """
    for held in found.held_back:
        if held.reason is Reason.FAULT:
            continue
        is_short = held.reason is Reason.COVERAGE
        rule = "catalog/coverage" if is_short else "catalog/together"
        place = Location(po_path(held.slug, held.language) if is_short else path)
        hint = "Translate what is missing, or set a lower `minimum_coverage` in kitabat.toml"
        yield warning(rule, f"Held back in `{held.language}`: `{held.slug}`: {held.words}", place, hint)
