"""The standards of PDF that a publication may ask for, alone or two together."""

from __future__ import annotations

import re

from kitabat.config.values import UnfitError, one_of

VARIANTS = (
    *(f"pdf/a-{part}" for part in ("1b", "2b", "3b", "2u", "3u", "4u", "1a", "2a", "3a", "4e", "4f")),
    *("pdf/ua-1", "pdf/ua-2"),
    *("pdf/x-1a", "pdf/x-3", "pdf/x-4", "pdf/x-5g"),
)
"""What WeasyPrint 70 can write; held to it by a test, so that reading settings need not import it."""

ACCESSIBLE = "pdf/ua-1"
ARCHIVABLE = re.compile(r"pdf/a-[23][abu]")
"""What goes together: one is about those who read, the other about those who keep, and both are PDF 1.7."""
PLAIN = "pdf/1.7"
"""No standard beside PDF itself."""


def variant(value: object) -> tuple[str, ...]:
    """Return the standards that PDFs keep: none, one, or PDF/UA-1 with a PDF/A of PDF 1.7.

    >>> variant("pdf/ua-1"), variant(["pdf/a-2a", "pdf/ua-1"]), variant("pdf/ua-1+pdf/a-3a"), variant("pdf/1.7")
    (('pdf/ua-1',), ('pdf/ua-1', 'pdf/a-2a'), ('pdf/ua-1', 'pdf/a-3a'), ())
    """
    words = (
        value if isinstance(value, list) else re.split(r"\s*\+\s*", str(value)) if isinstance(value, str) else [value]
    )
    hint = f'Write one of them, or two as a list: ["{ACCESSIBLE}", "pdf/a-2a"]'
    if not words:
        raise UnfitError("Unexpected empty list, expected at least one standard", hint)
    asked = dict.fromkeys(one_of(PLAIN, *VARIANTS)(word) for word in words)
    named = sorted((str(word) for word in asked if word != PLAIN), key=lambda word: word != ACCESSIBLE)
    together = len(named) == 2 and named[0] == ACCESSIBLE and ARCHIVABLE.fullmatch(named[1])
    if len(asked) > 1 and not together:
        found = " with ".join(f"`{word}`" for word in asked)
        raise UnfitError(f"Unexpected {found}, expected one, or `{ACCESSIBLE}` with a PDF/A-2 or 3", hint)
    return tuple(named)
