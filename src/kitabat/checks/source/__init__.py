"""Checks of an article's own text."""
