"""Runs the checks; the tables are the list of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kitabat.checks import catalog, source
from kitabat.checks.rule import Rule, Subject
from kitabat.checks.subject import CatalogSubject, SourceSubject
from kitabat.model.diagnostic import Diagnostic, Location

SOURCE_RULES: tuple[Rule[SourceSubject], ...] = (
    source.internal_links.RULE,
    source.bidi_controls.RULE,
    source.letters.RULE,
    source.urdu_punctuation.RULE,
    source.urdu_joiners.RULE,
    source.urdu_digits.RULE,
    source.urdu_quotes.RULE,
    source.straight_quotes.RULE,
    source.word_spacing.RULE,
    source.dashes.RULE,
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
    catalog.urdu_punctuation.RULE,
    catalog.urdu_joiners.RULE,
    catalog.urdu_digits.RULE,
    catalog.urdu_quotes.RULE,
    catalog.straight_quotes.RULE,
    catalog.word_spacing.RULE,
    catalog.dashes.RULE,
)

ALL_RULES: tuple[Rule[Any], ...] = (*SOURCE_RULES, *CATALOG_RULES)


def check_source(subject: SourceSubject) -> tuple[Diagnostic, ...]:
    """Return what the checks of articles find, in the order of places."""
    return in_order(SOURCE_RULES, subject)


def check_catalog(subject: CatalogSubject) -> tuple[Diagnostic, ...]:
    """Return what the checks of catalogs find, in the order of places."""
    return in_order(CATALOG_RULES, subject)


def in_order(rules: Iterable[Rule[Subject]], subject: Subject) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of all rules in the order of their places."""
    found = [diagnostic for rule in rules for diagnostic in rule.check(subject)]
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.location or Location("")))
