"""Gettext catalogs: extract, merge, translate, and a lossless editor of .po files."""
