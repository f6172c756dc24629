"""Places in a text that a program fills: ``%(name)s``, ``{name}``, ``{% … %}``."""

from __future__ import annotations

import re

FORMAT = re.compile(
    r"%(?:\([^()\n]*\)|[0-9]+\$)[-+#0]*[0-9]*(?:\.[0-9]+)?[sdifFgGxXouecr]|(?<![0-9%])%[sd](?![A-Za-z0-9_])"
)
"""What is a placeholder in any text; in prose, ``50%s`` is none."""
PLACEHOLDER = re.compile(rf"{FORMAT.pattern}|%[-+#0]*[0-9]*(?:\.[0-9]+)?[sdifFgGxXouecr](?![^\W\d_])|%%|\{{[^{{}}]*\}}")
"""What is one in a text that may be a program's: signs in it are no part of the text."""


def without_placeholders(text: str) -> str:
    """Return a text as long as it was, with a space for each character of a placeholder.

    >>> without_placeholders("%(count)s of {0:02d}, 50% done")
    '          of        , 50% done'
    """
    return PLACEHOLDER.sub(lambda found: " " * len(found[0]), text)
