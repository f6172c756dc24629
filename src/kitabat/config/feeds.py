"""What feeds are asked for: how long they are, and the ids that their entries keep."""

from __future__ import annotations

import re

from kitabat.config.values import is_web_address, of_type, unfit

MOST = 500
"""More entries than any reader's program keeps."""
TAG = re.compile(r"tag:[A-Za-z0-9.@_-]+,[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?:[A-Za-z0-9._~:/@!$&'*+,;=%-]*")
"""A tag URI (RFC 4151): an authority, a day on which it was one, and what it calls something."""


def entries(value: object) -> int:
    """Return how many articles a feed tells of."""
    expected = f"a whole number from 1 to {MOST}"
    asked = of_type(value, int, expected, hint := "Write a whole number, or leave `entries` out for 20")
    if not 1 <= asked <= MOST:
        raise unfit(asked, expected, hint)
    return asked


def identity(value: object) -> str:
    """Return the beginning of ids, with a ``/`` at its end where it is an address.

    >>> identity("https://former.example"), identity("tag:aaina.example,2026:")
    ('https://former.example/', 'tag:aaina.example,2026:')
    """
    expected = "the address that the site had first, or a tag URI"
    hint = 'Write what `base_url` was when the feed began, or such as "tag:aaina.example,2026:"'
    text = of_type(value, str, expected, hint)
    if TAG.fullmatch(text):
        return text
    if not is_web_address(text, ("https", "http")) or "?" in text or "#" in text:
        raise unfit(text, expected, hint)
    return text if text.endswith("/") else f"{text}/"
