"""How much work each task is: the longest are begun first, and the time left is told by it."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from kitabat.building.forecast import Line
from kitabat.model.site import Edition
from kitabat.publishing.editions import PDF

URDU_WEIGHT = 3
"""Nastaliq takes about three times as long to shape as Latin."""
PDF_WEIGHT = 20
"""A PDF takes as long as so many pages."""
FONT_WEIGHT = 1 << 20
LISTING_WEIGHT = 1 << 16
FEED_WEIGHT = 1 << 14
FEED = "feed"
"""The kind of feeds."""
USUAL: Mapping[str, Line] = {
    "read": (0.02, 6e-7),
    "pdf en": (0.4, 8e-7),
    "pdf ur": (1.0, 8e-7),
    "pdf bilingual": (1.2, 1.2e-6),
    "html en": (0.01, 3e-7),
    "html ur": (0.01, 3e-7),
    "html bilingual": (0.01, 5e-7),
    "list ": (0.05, 0.0),
    "list en": (0.05, 0.0),
    "list ur": (0.05, 0.0),
    FEED: (0.02, 0.0),
    "font": (0.2, 0.0),
    "font NotoNastaliqUrdu": (3.0, 0.0),
}
"""What tasks of each kind take where no build of a publication has measured it: seconds, and those of a weight.

How much faster or slower a machine is, a build sees after a few seconds of work.
"""


def weight(edition: Edition, size: int) -> int:
    """Return the weight of an edition of an article of so many bytes."""
    return size * (PDF_WEIGHT if edition.format == PDF else 1) * (1 if edition.language == "en" else URDU_WEIGHT)


def kind(edition: Edition) -> str:
    """Return the kind of an edition, whose time goes by its weight.

    >>> kind(Edition("news", "ur", "pdf")), kind(Edition("", "ur", "html"))
    ('pdf ur', 'list ur')
    """
    return f"{edition.format if edition.slug else 'list'} {edition.language}"


def font_kind(path: str) -> str:
    """Return the kind of a font: those of Nastaliq take far longer.

    >>> font_kind("assets/NotoNastaliqUrdu-Bold.aefbf2283d.woff2"), font_kind("assets/FiraMono-Bold.4346be17ef.woff2")
    ('font NotoNastaliqUrdu', 'font')
    """
    found = f"font {posixpath.basename(path).partition('-')[0]}"
    return found if found in USUAL else "font"
