"""The articles that somebody asked for by name."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from kitabat.model.diagnostic import Diagnostic, error


def unknown_slugs(asked: Collection[str], known: Collection[str]) -> tuple[Diagnostic, ...]:
    """Return a fault for each article that was asked for and is not there, the nearest ones named.

    >>> unknown_slugs(["korea"], ["russia-korea"])[0].hint
    'Write one of: russia-korea'
    """
    faults = []
    for slug in dict.fromkeys(asked):
        if slug in known:
            continue
        near = get_close_matches(slug, known, n=3, cutoff=0.4) or sorted(known)[:5]
        hint = f"Write one of: {', '.join(near)}" if near else "Write an article into content/ first"
        faults.append(error("usage/article", f"Unexpected `{slug}`, expected the slug of an article", hint=hint))
    return tuple(faults)
