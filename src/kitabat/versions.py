"""Versions of installed packages, without the time that Python's own module for it takes to be imported."""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Mapping

INFO = ".dist-info"
"""Ending of the folder that an installer puts beside a package; before it stand name and version."""
SEPARATORS = re.compile("[-_.]+")


def version(name: str) -> str:
    """Return a package's version; raises PackageNotFoundError where it is not installed.

    >>> version("jinja2") == __import__("importlib.metadata").metadata.version("jinja2")
    True
    """
    found = installed().get(name)
    if found is None:
        # Not there, or installed in a way of its own: to know all ways takes as long as a build without work.
        from importlib.metadata import version as told

        found = told(name)
    return found


@functools.cache
def installed() -> Mapping[str, str]:
    """Return the versions of the packages in the folders that Python imports from, the first of each name."""
    versions: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            if name.endswith(INFO):
                package, _, found = name.removesuffix(INFO).partition("-")
                versions.setdefault(SEPARATORS.sub("-", package).lower(), found)
    return versions
