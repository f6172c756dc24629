"""Places in a text that a program fills: ``%(name)s``, ``{name}``, ``{% … %}``."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(
    r"%(?:\([^)]*\)|[0-9]+\$)?[-+#0]*[0-9]*(?:\.[0-9]+)?[sdifFgGxXouecr](?![^\W\d_])|%%|\{\{.*?\}\}|\{%.*?%\}|\{[^{}]*\}"
)


def without_placeholders(text: str) -> str:
    """Return a text as long as it was, with a space for each character of a placeholder.

    >>> without_placeholders("%(count)s of {0:02d}, 50% done")
    '          of        , 50% done'
    """
    return PLACEHOLDER.sub(lambda found: " " * len(found[0]), text)
