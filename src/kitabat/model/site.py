"""What comes out: editions and their files."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

BILINGUAL = "bilingual"


class Edition(msgspec.Struct, frozen=True):
    """One article (or a front page, with an empty slug) in one language or in both, in one format."""

    slug: str
    language: str
    """A language's tag, or ``bilingual``."""
    format: str
    """``html`` or ``pdf``; ``atom`` or ``sitemap`` of what is made along with pages."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of the output: where it goes, what it holds, what it was made from."""

    path: str
    """Relative to the output folder, with ``/`` between its parts."""
    content: bytes = b""
    edition: Edition | None = None
    sources: tuple[str, ...] = ()
    """Paths of the files that it was made from, relative to the project."""
    digest: str = ""
    """SHA-256 of a content that is in the store of finished work, and not in ``content``."""
