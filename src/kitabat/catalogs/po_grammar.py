"""The grammar of .po files as a table: state, word, next state."""

from __future__ import annotations

from collections.abc import Mapping

from kitabat.catalogs.po_lexer import BRACKET, COMMENT, DOMAIN, NUMBER, PREVIOUS_STRING, STRING

OPENING: Mapping[str, str] = {
    COMMENT: "between",
    "#| msgctxt": "#| msgctxt",
    "#| msgid": "#| msgid",
    "msgctxt": "msgctxt",
    "msgid": "msgid",
    DOMAIN: DOMAIN,
}
INTRO = {"msgctxt": "msgctxt", "msgid": "msgid"}
GRAMMAR: Mapping[str, Mapping[str, str]] = {
    "between": OPENING,
    DOMAIN: {STRING: "domain."},
    "domain.": OPENING,
    "#| msgctxt": {PREVIOUS_STRING: "#| msgctxt."},
    "#| msgctxt.": {PREVIOUS_STRING: "#| msgctxt.", "#| msgid": "#| msgid"},
    "#| msgid": {PREVIOUS_STRING: "#| msgid."},
    "#| msgid.": {PREVIOUS_STRING: "#| msgid.", "#| msgid_plural": "#| msgid_plural", **INTRO},
    "#| msgid_plural": {PREVIOUS_STRING: "#| msgid_plural."},
    "#| msgid_plural.": {PREVIOUS_STRING: "#| msgid_plural.", **INTRO},
    "msgctxt": {STRING: "msgctxt."},
    "msgctxt.": {STRING: "msgctxt.", "msgid": "msgid"},
    "msgid": {STRING: "msgid."},
    "msgid.": {STRING: "msgid.", "msgid_plural": "msgid_plural", "msgstr": "msgstr"},
    "msgid_plural": {STRING: "msgid_plural."},
    "msgid_plural.": {STRING: "msgid_plural.", "msgstr": "form"},
    "msgstr": {STRING: "msgstr."},
    "msgstr.": {STRING: "msgstr.", **OPENING},
    "form": {BRACKET: "form["},
    "form[": {NUMBER: "form[0"},
    "form[0": {BRACKET: "form[0]"},
    "form[0]": {STRING: "form."},
    "form.": {STRING: "form.", "msgstr": "form", **OPENING},
    "lost": {},
}
"""State to word to next state. A state that ends in a full stop has had its string."""
COMPLETE = frozenset(("msgstr.", "form.", "domain.", "between"))
BETWEEN = frozenset(("between", "domain."))
WORDS_EXPECTED = {"form[0]": "a string", "form[": "a number", "form[0": "`]`", "form": "`[`"}


def expected(state: str) -> str:
    """Say what may come next.

    >>> expected("msgid.")
    '`msgid_plural` or `msgstr`'
    """
    if state in WORDS_EXPECTED:
        return WORDS_EXPECTED[state]
    if state in COMPLETE:
        return "an entry" if state in BETWEEN else "a string or an entry"
    words = [word for word in GRAMMAR[state] if word not in {STRING, PREVIOUS_STRING}]
    if state == "msgid_plural.":
        words = ["msgstr[0]"]
    return " or ".join(f"`{word}`" for word in words) or "a string"
