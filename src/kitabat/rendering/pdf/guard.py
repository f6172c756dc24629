"""The WeasyPrint that the modules of this package reach into: whichever does, asks here first."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Mapping

WRITTEN_FOR = "70."
"""How its version begins; any other is left alone, and its PDFs are made without what the modules add."""


def fits(version: str) -> bool:
    """Tell whether the package was written for a version of WeasyPrint.

    >>> fits("70.1"), fits("71.0"), fits("7.0")
    (True, False, False)
    """
    return version.startswith(WRITTEN_FOR)


def takes(replaced: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether WeasyPrint's functions, by their paths in its package, take the parameters that are expected.

    Whoever asks has imported the modules that they are in.

    >>> takes({"text.fonts.get_pango_font_key": ("pango_font",)}), takes({"text.fonts.no_such_function": ()})
    (True, False)
    """
    import weasyprint

    for path, parameters in replaced.items():
        found = functools.reduce(lambda place, name: getattr(place, name, None), path.split("."), weasyprint)
        if not callable(found) or tuple(inspect.signature(found).parameters) != parameters:
            return False
    return True
