"""The ids of one article: each stands once on a page, and none is one that pages need themselves."""

from __future__ import annotations

import re

OF_PAGES = re.compile(
    r"page-(?:text|contents|notes|replies)|reply-(?:comment|name|email|website)|(?:[a-z]{2,3}-)?note(?:ref)?-\d+(?:-\d+)?"
)
"""What the templates call the parts of a page, and its footnotes."""
HEADING = "-heading"
"""Ending of the id of a section's heading."""
SUFFIX = "-section"


class Ids:
    """Keeps the ids that an article has so far.

    >>> ids = Ids()
    >>> ids.made("why"), ids.made("why"), ids.made("page-notes"), ids.refused("why"), ids.refused("note-1")
    ('why', 'why-2', 'page-notes-section', 'second id `why`, expected each id once', \
'id `note-1`, expected one that pages do not need themselves')
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}
        """The last number behind each name that was made more than once."""

    def made(self, name: str) -> str:
        """Return an id for a section made from the words of its heading, and keep it."""
        name = f"{name}{SUFFIX}" if OF_PAGES.fullmatch(name) else name
        number = self._numbers.get(name, 1)
        candidate = name if number == 1 else f"{name}-{number}"
        while self._is_taken(candidate) or self._is_taken(f"{candidate}{HEADING}"):
            number += 1
            candidate = f"{name}-{number}"
        self._numbers[name] = number
        self.keep(candidate, is_section=True)
        return candidate

    def refused(self, name: str, *, is_section: bool = False) -> str:
        """Return what is wrong with an id that an author has written; nothing where it is right, and is kept."""
        if OF_PAGES.fullmatch(name):
            return f"id `{name}`, expected one that pages do not need themselves"
        if self._is_taken(name) or (is_section and self._is_taken(f"{name}{HEADING}")):
            return f"second id `{name}`, expected each id once"
        self.keep(name, is_section=is_section)
        return ""

    def keep(self, name: str, *, is_section: bool) -> None:
        """Take an id as used; a section uses a second one for its heading."""
        self._taken.add(name)
        if is_section:
            self._taken.add(f"{name}{HEADING}")

    def _is_taken(self, name: str) -> bool:
        return name in self._taken
