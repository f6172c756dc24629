"""Checks of an article's own text."""

from kitabat.checks.source import bidi_controls, internal_links, letters

__all__ = ["bidi_controls", "internal_links", "letters"]
