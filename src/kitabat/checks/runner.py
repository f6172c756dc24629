"""Runs the checks; the tables are the list of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from kitabat.checks import catalog, source
from kitabat.checks.rule import Rule, Subject
from kitabat.checks.silences import judged, of_blocks, silences
from kitabat.checks.subject import CatalogSubject, SourceSubject
from kitabat.model.diagnostic import Diagnostic, Location
from kitabat.model.message import MessageKey

SOURCE_RULES: tuple[Rule[SourceSubject], ...] = (
    source.internal_links.RULE,
    source.markup.RULE,
    source.bidi_controls.RULE,
    source.letters.RULE,
    source.urdu_punctuation.RULE,
    source.urdu_joiners.RULE,
    source.urdu_digits.RULE,
    source.quotes.RULE,
    source.straight_quotes.RULE,
    source.word_spacing.RULE,
    source.dashes.RULE,
    source.doubled_words.RULE,
    source.balance.RULE,
    source.invisible.RULE,
    source.urdu_runs.RULE,
    source.spelling.RULE,
    source.silence.RULE,
)

CATALOG_RULES: tuple[Rule[CatalogSubject], ...] = (
    catalog.untranslated.RULE,
    catalog.fuzzy.RULE,
    catalog.markup.RULE,
    catalog.html.RULE,
    catalog.links.RULE,
    catalog.link_targets.RULE,
    catalog.images.RULE,
    catalog.notes.RULE,
    catalog.code.RULE,
    catalog.attributes.RULE,
    catalog.emphasis.RULE,
    catalog.breaks.RULE,
    catalog.bidi_controls.RULE,
    catalog.letters.RULE,
    catalog.placeholders.RULE,
    catalog.numbers.RULE,
    catalog.addresses.RULE,
    catalog.same.RULE,
    catalog.doubled_words.RULE,
    catalog.balance.RULE,
    catalog.ending.RULE,
    catalog.margins.RULE,
    catalog.length.RULE,
    catalog.invisible.RULE,
    catalog.consistency.RULE,
    catalog.glossary.RULE,
    catalog.same_to_the_eye.RULE,
    catalog.plural_forms.RULE,
    catalog.urdu_punctuation.RULE,
    catalog.urdu_joiners.RULE,
    catalog.urdu_digits.RULE,
    catalog.quotes.RULE,
    catalog.straight_quotes.RULE,
    catalog.word_spacing.RULE,
    catalog.dashes.RULE,
    catalog.urdu_runs.RULE,
    catalog.spelling.RULE,
    catalog.silence.RULE,
)

ALL_RULES: tuple[Rule[Any], ...] = (*SOURCE_RULES, *CATALOG_RULES)


def check_source(subject: SourceSubject, rules: Sequence[Rule[SourceSubject]] = SOURCE_RULES) -> tuple[Diagnostic, ...]:
    """Return what the checks of articles find and no comment of the article silences, in the order of places."""
    given = [silence for message in subject.article.messages for silence in silences(message.key, message.remarks)]
    owners: dict[Location, MessageKey] = {}
    found = in_order(rules, replace(subject, owners=owners))
    kept, fates = judged(given, found, owners, {rule.name for rule in SOURCE_RULES})
    return placed([*kept, *source.silence.RULE.check(replace(subject, silences=of_blocks(fates)))])


def check_catalog(
    subject: CatalogSubject, rules: Sequence[Rule[CatalogSubject]] = CATALOG_RULES
) -> tuple[Diagnostic, ...]:
    """Return what the checks of catalogs find and no entry's own comment silences, in the order of places.

    A finding in an entry names the place of its source text in the article too.
    """
    translations = subject.catalog.translations
    given = [silence for pair in subject.pairs for silence in silences(pair.key, translations[pair.key].remarks)]
    owners: dict[Location, MessageKey] = {}

    def place(key: MessageKey, offset: int) -> Location | None:
        found = subject.place(key, offset)
        if found:
            owners[found] = key
        return found

    found = in_order(rules, replace(subject, locate=place))
    if not found and not given:
        return ()
    kept, fates = judged(given, found, owners, {rule.name for rule in CATALOG_RULES})
    sources = {message.key: message.locations[0] for message in subject.article.messages if message.locations}
    kept = [
        replace(fault, about=sources.get(owners[fault.location])) if fault.location in owners else fault
        for fault in kept
    ]
    return placed([*kept, *catalog.silence.RULE.check(replace(subject, silences=fates))])


def in_order(rules: Iterable[Rule[Subject]], subject: Subject) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of all rules in the order of their places."""
    return placed(diagnostic for rule in rules for diagnostic in rule.check(subject))


def placed(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return diagnostics in the order of their places."""
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.location or Location("")))
