"""Kitabat: a publishing toolkit for Urdu and English."""

__version__ = "0.1.0"
