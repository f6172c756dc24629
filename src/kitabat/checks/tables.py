"""All checks; those of a build are few, so whoever needs no more need not import this."""

from __future__ import annotations

from typing import Any

from kitabat.checks.of_articles import SOURCE_RULES
from kitabat.checks.of_catalogs import CATALOG_RULES
from kitabat.checks.rule import Rule

__all__ = ["ALL_RULES", "CATALOG_RULES", "SOURCE_RULES"]

ALL_RULES: tuple[Rule[Any], ...] = (*SOURCE_RULES, *CATALOG_RULES)
