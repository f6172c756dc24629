"""Web and e-mail addresses in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

SIGN = r"[A-Za-z0-9_~/?#@!$&*+=%-]"
INNER = rf"(?:[.,:;'](?={SIGN})|{SIGN})"
ADDRESS = re.compile(
    rf"(?<![\w@])(?:(?:https?|ftp)://|www\.)(?=[A-Za-z0-9])(?:{INNER}|\({INNER}*\))+"
    r"|(?<![\w.@])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
)
"""The punctuation of the sentence is no part of an address: it has none at its end."""


def addresses(text: str) -> Iterator[re.Match[str]]:
    """Yield the addresses of a text, without the punctuation after them.

    >>> text = "See https://a.org/b_(c)?d=1, www.e.org. (f.g@h.org) or i@j"
    >>> [found[0] for found in addresses(text)]
    ['https://a.org/b_(c)?d=1', 'www.e.org', 'f.g@h.org']
    """
    return ADDRESS.finditer(text)


def without_addresses(text: str) -> str:
    """Return a text as long as it was, with a space for each character of an address."""
    return ADDRESS.sub(lambda found: " " * len(found[0]), text)
