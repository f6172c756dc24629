"""What has been read of a project: so that a result can be told from one of other files."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kitabat.workspace import Disk

NONE = ""
"""The digest of a file that is not there, or that may not be read."""


def digest_of(content: bytes) -> str:
    """Return the digest by which contents are told apart: SHA-256, in hexadecimal digits.

    >>> digest_of(b"")[:16]
    'e3b0c44298fc1c14'
    """
    return hashlib.sha256(content).hexdigest()


class Recording(Disk):
    """A project's folder that remembers which files were asked for, and what they were."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.asked: dict[str, str] = {}
        """Digest of what was read, by path; ``NONE`` where there was nothing to read."""

    def read(self, path: str) -> bytes:
        """See ``Workspace.read``."""
        self.asked[path] = NONE
        content = super().read(path)
        self.asked[path] = digest_of(content)
        return content

    def exists(self, path: str) -> bool:
        """See ``Workspace.exists``; that a file is missing is remembered too."""
        found = super().exists(path)
        if not found:
            self.asked.setdefault(path, NONE)
        return found
