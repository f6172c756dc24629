"""The WeasyPrint that the modules of this package reach into: whichever does, asks here first."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Mapping
from typing import Any

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
    for path, parameters in replaced.items():
        found = _at(path)
        if not callable(found) or tuple(inspect.signature(found).parameters) != parameters:
            return False
    return True


def put(version: str, expected: Mapping[str, tuple[str, ...]], new: Mapping[str, Callable[[Any], Any]]) -> bool:
    """Replace functions of WeasyPrint's, by their paths in its package, once a process.

    ``new`` makes what stands in the place of each from its own; ``expected`` is what `takes` asks for. False, and
    nothing done, where WeasyPrint is not what that was written for.
    """
    if not fits(version):
        return False
    own = {path: _at(path) for path in new}
    if all(hasattr(one, "remedied") for one in own.values()):
        return True
    if not takes(expected):
        return False
    for path, make in new.items():
        everywhere(own[path], make(own[path]))
    return True


def everywhere(own: Any, new: Any) -> None:
    """Put a function in the place of one of WeasyPrint's in all of its modules that have taken it over."""
    new.remedied = own
    for module in [one for name, one in sys.modules.items() if name.split(".")[0] == "weasyprint"]:
        for name in [name for name, value in vars(module).items() if value is own]:
            setattr(module, name, new)


def _at(path: str) -> Any:
    """Return what WeasyPrint has at a path in its package; None for nothing."""
    import weasyprint

    return functools.reduce(lambda place, name: getattr(place, name, None), path.split("."), weasyprint)
