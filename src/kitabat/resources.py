"""Where the toolkit's own templates, fonts and catalogs are: in the wheel, or in the checkout that it runs from."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """Return the folder that holds ``templates/``, ``fonts/`` and ``locales/`` of the toolkit.

    >>> (root() / "templates").is_dir()
    True
    """
    installed = PACKAGE / "data"
    return installed if installed.is_dir() else PACKAGE.parents[1]
