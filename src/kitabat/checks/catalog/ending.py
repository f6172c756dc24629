r"""A translation ends as its source does: with a full stop, a question mark, an exclamation mark, a colon, or none.

A question that has become a statement says something else, and a list or heading with full stops here and there looks
careless. The signs of both scripts count alike: ``.`` and ``۔``, ``?`` and ``؟``.

Clean::

    msgctxt "@lead"
    msgid "Who keeps a promise?"
    msgstr "وعدہ کون نبھاتا ہے؟"

Faulty::

    msgctxt "@lead"
    msgid "Who keeps a promise?"
    msgstr "وعدہ کون نبھاتا ہے۔"

Report::

    locales/ur/LC_MESSAGES/example.po:3:27: warning: Unexpected full stop at the end, expected question mark
      `؟` [catalog/ending]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kitabat.checks.placeholders import without_placeholders
from kitabat.checks.plain import plain
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject, Pair
from kitabat.markup.inline import InlineKind
from kitabat.model.diagnostic import Severity

KINDS: Mapping[str, str] = {
    ".۔。": "full stop",
    "?؟": "question mark",
    "!": "exclamation mark",
    ":": "colon",
    "…": "ellipsis",
}
SIGNS: Mapping[str, Mapping[str, str]] = {
    "ur": {"full stop": "۔", "question mark": "؟", "exclamation mark": "!", "colon": ":", "ellipsis": "…"},
    "en": {"full stop": ".", "question mark": "?", "exclamation mark": "!", "colon": ":", "ellipsis": "…"},
}
ALIKE = frozenset(
    {
        ("exclamation mark", "full stop"),
        ("colon", "full stop"),
        ("ellipsis", "full stop"),
        ("full stop", "exclamation mark"),
        ("full stop", "ellipsis"),
        ("exclamation mark", "question mark"),
    }
)
"""Source and translation: differences that are matters of taste."""

CLOSING = " \t\n\"'”“’‘«»)]}›‹*_\u200e\u200f\u200c\u200d\ufeff"
ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]\.)+|\b[a-z]\.[a-z]\.|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|etc|vs|No|St|Mr|Mrs|Dr|Rs|e\.g|i\.e|al|pp?|vol|ed|fig)\.)\Z"
)
SHORT = 3
"""Words; a shorter text is a label, where a full stop more or less is a matter of taste."""

HINT = "End the translation with the sign that stands for the source's, or reword it to end so"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    signs = SIGNS.get(subject.catalog.language.partition("-")[0], SIGNS["en"])
    for pair in subject.pairs:
        source, target = plain(pair.source.nodes, pair.key.source), plain(pair.target.nodes, pair.text)
        wanted, _ = ending(source.text)
        found, index = ending(target.text)
        if wanted == found or (wanted, found) in ALIKE or may_differ(pair, wanted, found):
            continue
        expected = f"{wanted} `{signs[wanted]}`" if wanted else "none, as in the source"
        message = f"Unexpected {found or 'text without punctuation'} at the end, expected {expected}"
        yield Finding(message, subject.place(pair.key, target.place(index)), HINT)


def ending(text: str) -> tuple[str, int]:
    """Return the kind of sign that a text ends with, and where it stands; an abbreviation's full stop is none.

    >>> ending("One."), ending("Who (you?)"), ending("Ford Motor Co."), ending("Wait..."), ending("One")
    (('full stop', 3), ('question mark', 8), ('', 13), ('ellipsis', 6), ('', 2))
    """
    bare = text.rstrip(CLOSING)
    bare = bare[:-2] + ":" if bare.endswith(":-") else bare
    last = max(0, len(bare) - 1)
    if bare.endswith(("...", "۔۔")):
        return "ellipsis", last
    kind = next((kind for signs, kind in KINDS.items() if bare and bare[-1] in signs), "")
    if kind == "full stop" and ABBREVIATION.search(without_placeholders(bare)):
        kind = ""
    return kind, last


def may_differ(pair: Pair, wanted: str, found: str) -> bool:
    """Tell whether the difference is a full stop, more or less, in a text of a few words, in verse, or after "etc.".

    What a program fills in at the end may bring its own sign along.
    """
    if is_open(pair.key.source) or is_open(pair.text):
        return True
    is_verse = any(inner.kind is InlineKind.BREAK for node in pair.source.nodes for inner in node.walk())
    is_short = len(pair.key.source.split()) <= SHORT
    stops = ABBREVIATION.search(pair.key.source.rstrip(CLOSING)) is not None  # it may end the sentence too
    return {wanted, found} <= {"", "full stop"} and (is_verse or is_short or stops)


def is_open(text: str) -> bool:
    """Tell whether a text ends with a placeholder.

    >>> is_open("marked “%(mark)s”"), is_open("100%"), is_open("{0}.")
    (True, False, False)
    """
    bare = text.rstrip(CLOSING)
    return len(without_placeholders(bare).rstrip()) < len(bare)


RULE = Rule("catalog/ending", Severity.WARNING, find)
