"""The fonts and the style sheet of a site, as files of its output."""

from __future__ import annotations

from dataclasses import dataclass

from kitabat.publishing.addresses import asset
from kitabat.recording import digest_of


@dataclass(frozen=True, slots=True)
class WebFace:
    """A font of the site: the file that a face is cut from, and the characters to keep."""

    source: str
    """The font's file on disk."""
    name: str
    """Path in the output; it holds a digest of what the file is made from."""
    characters: str


def style_path(style: str) -> str:
    """Return the path of the pages' style sheet in the output; it holds a digest of the sheet."""
    return asset(f"style.{digest_of(style.encode())[:10]}.css")
