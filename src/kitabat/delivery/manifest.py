"""What a build says of its output in ``manifest.json``: the files, and the digest of each."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping
from typing import Any

MANIFEST = "manifest.json"
GENERATOR = "kitabat"
WORK = ".kitabat-publish"
"""Folder at a target for what a publish needs there while it is under way; no build has a file in it."""
DIGEST = re.compile(r"[0-9a-f]{64}")
CONTROL = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]")
"""What no name may have: controls, the other system's stroke, bytes that are no UTF-8."""

Entries = Mapping[str, Mapping[str, Any]]
"""By path: ``sha256`` in hexadecimal digits, and for an edition its ``article``, ``language`` and ``format``."""


def entries(content: bytes) -> Entries | None:
    """Return what a manifest lists; None where no build can have written it.

    >>> entries(b'{"generator": "kitabat", "files": {}}')
    {}
    >>> entries(b'{"name": "a web app"}') is None
    True
    """
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    files = found.get("files") if isinstance(found, dict) and found.get("generator") == GENERATOR else None
    if not isinstance(files, dict) or not all(_is_entry(path, entry) for path, entry in files.items()):
        return None
    return files


def _is_entry(path: str, entry: object) -> bool:
    digest = entry.get("sha256") if isinstance(entry, dict) else None
    return is_inside(path) and path != MANIFEST and isinstance(digest, str) and bool(DIGEST.fullmatch(digest))


def is_inside(path: str) -> bool:
    """Tell whether a path names a file below the output, in its plain form, and not one of a publish's own.

    >>> is_inside("ur/news/index.html"), is_inside("../secret"), is_inside("a//b"), is_inside(".kitabat-publish/x")
    (True, False, False, False)
    """
    is_plain = posixpath.normpath(path) == path and not path.startswith(("/", "../")) and path not in {".", ".."}
    return is_plain and not CONTROL.search(path) and path.partition("/")[0] != WORK
