"""Where catalogs stand in a publication."""

from __future__ import annotations

LOCALES = "locales"
TEMPLATE_DOMAIN = "kitabat"
TEMPLATE_LANGUAGE = "en"
"""The language that the templates' words are written in."""


def pot_path(domain: str) -> str:
    """Return the path of a domain's .pot.

    >>> pot_path("news")
    'locales/news.pot'
    """
    return f"{LOCALES}/{domain}.pot"


def po_path(domain: str, language: str) -> str:
    """Return the path of a domain's catalog in a language.

    >>> po_path("news", "ur")
    'locales/ur/LC_MESSAGES/news.po'
    """
    return f"{LOCALES}/{language}/LC_MESSAGES/{domain}.po"
