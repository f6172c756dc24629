"""Versions of articles to views, views to HTML and PDF."""
