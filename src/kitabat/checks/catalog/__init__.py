"""Checks of the translations in one catalog."""

from kitabat.checks.catalog import (
    attributes,
    bidi_controls,
    breaks,
    code,
    emphasis,
    fuzzy,
    html,
    images,
    letters,
    link_targets,
    links,
    markup,
    notes,
    silence,
    untranslated,
)

__all__ = [
    "attributes",
    "bidi_controls",
    "breaks",
    "code",
    "emphasis",
    "fuzzy",
    "html",
    "images",
    "letters",
    "link_targets",
    "links",
    "markup",
    "notes",
    "silence",
    "untranslated",
]
