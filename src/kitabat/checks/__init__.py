"""Checks of articles and catalogs: one file a check, its docstring manual page and test at once."""
