"""What a build has decided before its editions are made, for whoever makes them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from kitabat.config import SiteConfig
from kitabat.publishing.reading import Reading


@dataclass(frozen=True, slots=True)
class Order:
    """What a build has decided before its editions are made; can be sent to another process."""

    root: str
    run: str
    """Tells one build from another."""
    config: SiteConfig
    readings: tuple[Reading, ...]
    available: frozenset[str]
    """Paths of all editions that the output will hold."""
    web_style: str = ""
    """Path of the style sheet of all pages."""
    print_style: str = ""
    """The style sheet of all PDFs."""
    print_fonts: tuple[tuple[str, str], ...] = ()


_given: tuple[Path, Order] | None = None


def know(place: Path, order: Order) -> None:
    """Keep the order that a file holds, so that this process need not read it."""
    global _given  # noqa: PLW0603 - one order a process at a time, as with what it has read
    _given = place, order


def order_in(place: Path) -> Order:
    """Return the order that a file holds."""
    if _given is not None and _given[0] == place:
        return _given[1]
    return msgspec.json.decode(place.read_bytes(), type=Order)
