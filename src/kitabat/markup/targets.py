"""Where the links between articles lead, and what is wrong with one that leads nowhere."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

import msgspec

from kitabat.model.diagnostic import Location


class InnerLink(msgspec.Struct, frozen=True):
    """A link of an article that stays inside the publication."""

    href: str
    location: Location


def lead(href: str, article: str) -> tuple[str, str]:
    """Return the path of the file and the id that an address inside the publication leads to; the id may be empty.

    Ids are composed (NFC), whatever the letters of the address are.

    >>> lead("b.md#history", "content/a.md"), lead("#x", "content/a.md")
    (('content/b.md', 'history'), ('content/a.md', 'x'))
    """
    parts = urlsplit(href)
    path, section = unquote(parts.path), unicodedata.normalize("NFC", unquote(parts.fragment))
    return posixpath.normpath(posixpath.join(posixpath.dirname(article), path)) if path else article, section


def broken(href: str, article: str, targets: Mapping[str, frozenset[str]]) -> tuple[str, str] | None:
    """Return what is wrong with an address inside the publication, and what to do; None for a sound one.

    ``article`` is the path of the article's file; ``targets`` are the ids that each article has, by path.
    """
    target, section = lead(href, article)
    path, folder = unquote(urlsplit(href).path), posixpath.dirname(article)
    if target not in targets:
        known = [posixpath.relpath(other, folder) for other in targets if other != article]
        return f"Unexpected link to `{path}`, expected the file of an article", nearest(path, known)
    if section and section not in targets[target]:
        where = f"`{path}`" if path else "this article"
        hint = nearest(section, sorted(targets[target]))
        return f"Unexpected link to `#{section}`, expected the id of a section of {where}", hint
    return None


def nearest(word: str, known: list[str]) -> str:
    """Return what to do about a target that does not exist."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=3)
    return f"Link to one of: {', '.join(near)}" if near else "Mend the link, or write what it should lead to"
