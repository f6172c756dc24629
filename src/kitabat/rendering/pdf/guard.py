"""The WeasyPrint that the modules of this package reach into: whichever does, asks here first."""

from __future__ import annotations

WRITTEN_FOR = "70."
"""How its version begins; any other is left alone, and its PDFs are made without what the modules add."""


def fits(version: str) -> bool:
    """Tell whether the package was written for a version of WeasyPrint.

    >>> fits("70.1"), fits("71.0"), fits("7.0")
    (True, False, False)
    """
    return version.startswith(WRITTEN_FOR)
