"""What a message may hold of links and attributes, and the faults of what it may not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

import msgspec
from markdown_it.token import Token

SAFE_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
TAG = re.compile(r"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
NAME = re.compile(r"\A[\w:.-]+\Z")
NAMES = re.compile(r"\A[\w-]+( [\w-]+)*\Z")
WIDTH = re.compile(r"\A[1-9][0-9]{0,3}\Z")
UNCLOSED_HTML = re.compile(r"<!--|</?(?:script|style|iframe|object|embed|svg|div|img|a)\b", re.IGNORECASE)

ATTRIBUTES: Mapping[str, re.Pattern[str]] = {"id": NAME, "class": NAMES, "lang": TAG, "width": WIDTH}
"""What may stand in ``{…}``, and the form of its value."""
TEXT_ATTRIBUTES = {name: form for name, form in ATTRIBUTES.items() if name != "width"}
"""The same after anything that is no picture."""


class InlineFault(msgspec.Struct, frozen=True):
    """Something in a message that is not let through."""

    rule: str
    """``html``, ``link``, ``attribute`` or ``nesting``: the second half of a diagnostic's rule."""
    found: str
    message: str
    hint: str


def address(href: str, faults: list[InlineFault]) -> str:
    """Return the address, or nothing and a fault where its scheme is not allowed."""
    if is_safe(href):
        return href
    faults.append(
        InlineFault(
            "link",
            unquote(href),
            f"Unexpected address `{unquote(href)[:80]}`, expected https:, http:, mailto:, tel: or a path",
            "Link to a page, a file of the publication or a web address",
        )
    )
    return ""


def is_safe(href: str) -> bool:
    """Tell whether an address may stand in an edition: by its scheme, as browsers read it.

    >>> is_safe("https://example.org"), is_safe("a.md#b"), is_safe("JaVaScript:x"), is_safe("//host/x")
    (True, True, False, False)
    """
    # Browsers drop tabs, line feeds and leading control characters before they look for the scheme.
    bare = re.sub(r"[\x00-\x20\x7f]", "", unquote(href))
    if bare.startswith(("//", "\\\\", "/\\", "\\/")):
        return False
    try:
        return urlsplit(bare).scheme.lower() in SAFE_SCHEMES
    except ValueError:
        return False


def nesting_fault(opening: Token, levels: int) -> InlineFault:
    """Return the fault of markup inside more than some levels of other markup."""
    return InlineFault(
        "nesting",
        opening.markup or "[",
        f"Unexpected nesting of more than {levels} levels, expected a few; the text stays, its markup goes",
        "Put a backslash before asterisks, underscores and brackets that are meant to be read",
    )


def html_fault(found: str) -> InlineFault:
    """Return the fault of HTML in a message."""
    shown = " ".join(found.split())[:60]
    return InlineFault(
        "html",
        found,
        f"Unexpected HTML `{shown}`, expected Markdown; it is shown as text",
        "Write it in Markdown, or put it between backticks if it is meant to be read",
    )


def attributes_of(token: Token, faults: list[InlineFault]) -> dict[str, str]:
    """Return the allowed ones of the attributes that were written in ``{…}``."""
    written = {**token.attrs, **token.meta.get("insecure_attrs", {})}
    for own in ("href", "src", "title", "alt"):
        written.pop(own, None)
    allowed = ATTRIBUTES if token.type == "image" else TEXT_ATTRIBUTES
    return allowed_attributes({name: str(value) for name, value in written.items()}, faults, allowed)


def allowed_attributes(
    written: Mapping[str, str], faults: list[InlineFault], allowed: Mapping[str, re.Pattern[str]] = ATTRIBUTES
) -> dict[str, str]:
    """Return the allowed attributes whose value has the right form; the others become faults."""
    kept = {}
    for name, value in written.items():
        form = allowed.get(name)
        if form is not None and form.match(value):
            kept[name] = value
            continue
        expected = ", ".join(allowed if name in ATTRIBUTES else ATTRIBUTES)
        what = f"value `{value[:40]}` of `{name}`" if form else f"attribute `{name}`"
        faults.append(
            InlineFault(
                "attribute",
                name,
                f"Unexpected {what}, expected one of {expected} with a plain value",
                "Take the attribute out; looks belong into the style sheet",
            )
        )
    return kept
