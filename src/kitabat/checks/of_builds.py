"""The checks of catalogs that builds run too."""

from __future__ import annotations

from kitabat.checks.catalog import attributes, bidi_controls, html, links, markup
from kitabat.checks.rule import Rule
from kitabat.checks.subject import CatalogSubject

LET_THROUGH_IN_PART = frozenset({"catalog/attribute", "catalog/bidi", "catalog/html"})
"""Checks whose warnings a build repeats: what it has not let through. The others are for `kitabat check` to say."""
OF_BUILDS: tuple[Rule[CatalogSubject], ...] = (markup.RULE, html.RULE, links.RULE, attributes.RULE, bidi_controls.RULE)
"""Those, and the ones that find errors; a build imports no others."""
