"""Texts that a publication translates in more than one way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kitabat.checks.subject import CatalogSubject, Pair
from kitabat.checks.surroundings import Known, by_source

FEWEST_WORDS = 2
"""A single word may have more than one meaning."""


def variants(subject: CatalogSubject) -> Iterator[tuple[Pair, Known]]:
    """Yield each translation that is not the publication's first of its source text, with that first one."""
    ways: Mapping[str, tuple[Known, ...]] = subject.around.translations or by_source([subject.catalog])
    for pair in subject.pairs:
        known = ways.get(pair.key.source, ())
        if known and pair.text != known[0].text and len(pair.key.source.split()) >= FEWEST_WORDS:
            yield pair, known[0]
