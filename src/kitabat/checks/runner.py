"""Runs checks: those of a table, or some of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kitabat.checks.catalog import silence as silence_in_catalog
from kitabat.checks.rule import Rule, Subject
from kitabat.checks.silences import judged, of_blocks, silences
from kitabat.checks.subject import CatalogSubject, SourceSubject
from kitabat.model.diagnostic import Diagnostic, Location
from kitabat.model.message import MessageKey


def check_source(subject: SourceSubject) -> tuple[Diagnostic, ...]:
    """Return what the checks of articles find and no comment of the article silences, in the order of places."""
    from kitabat.checks.of_articles import SOURCE_RULES
    from kitabat.checks.source import silence as silence_in_article

    given = [silence for message in subject.article.messages for silence in silences(message.key, message.remarks)]
    owners: dict[Location, MessageKey] = {}
    found = in_order(SOURCE_RULES, replace(subject, owners=owners))
    kept, fates = judged(given, found, owners, {rule.name for rule in SOURCE_RULES})
    return placed([*kept, *silence_in_article.RULE.check(replace(subject, silences=of_blocks(fates)))])


def check_catalog(subject: CatalogSubject, some: Sequence[Rule[CatalogSubject]] = ()) -> tuple[Diagnostic, ...]:
    """Return what the checks of catalogs find and no entry's own comment silences, in the order of places.

    ``some`` are the checks that are to look, instead of all. A finding in an entry names the place of its source text
    in the article too.
    """
    translations = subject.catalog.translations
    given = [silence for pair in subject.pairs for silence in silences(pair.key, translations[pair.key].remarks)]
    owners: dict[Location, MessageKey] = {}

    def place(key: MessageKey, offset: int) -> Location | None:
        found = subject.place(key, offset)
        if found:
            owners[found] = key
        return found

    found = in_order(some or _of_catalogs(), replace(subject, locate=place))
    if not found and not given:
        return ()
    kept, fates = judged(given, found, owners, {rule.name for rule in _of_catalogs()})
    sources = {message.key: message.locations[0] for message in subject.article.messages if message.locations}
    kept = [
        replace(fault, about=sources.get(owners[fault.location])) if fault.location in owners else fault
        for fault in kept
    ]
    return placed([*kept, *silence_in_catalog.RULE.check(replace(subject, silences=fates))])


def _of_catalogs() -> tuple[Rule[CatalogSubject], ...]:
    from kitabat.checks.of_catalogs import CATALOG_RULES

    return CATALOG_RULES


def in_order(rules: Iterable[Rule[Subject]], subject: Subject) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of all rules in the order of their places."""
    return placed(diagnostic for rule in rules for diagnostic in rule.check(subject))


def placed(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return diagnostics in the order of their places."""
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.location or Location("")))
