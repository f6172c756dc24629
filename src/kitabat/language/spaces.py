"""Spaces in a row, in any language."""

from __future__ import annotations

import re

from kitabat.language.misprint import Misprint

_SEVERAL = re.compile(r"(?<=\S) {2,}(?=[^\s۔،؛؟!])")


def double_spaces(text: str) -> tuple[Misprint, ...]:
    """Return the runs of spaces between words; those at the ends of lines mean something else.

    >>> [(one.offset, one.found) for one in double_spaces("One.  Two ")]
    [(4, '  ')]
    """
    return tuple(
        Misprint(match.start(), match[0], " ", f"Unexpected {len(match[0])} spaces, expected one", certain=True)
        for match in _SEVERAL.finditer(text)
    )
