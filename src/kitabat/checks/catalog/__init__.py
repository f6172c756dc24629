"""Checks of the translations in one catalog."""
