r"""A translation differs from its source.

A text that was copied to be translated later is shown to readers as if it were done. Names, addresses and code may be
the same in both languages.

Clean::

    msgctxt "@lead"
    msgid "Our friends in Moscow"
    msgstr "ماسکو میں ہمارے دوست"

Faulty::

    msgctxt "@lead"
    msgid "Our friends in Moscow"
    msgstr "Our friends in Moscow"

Report::

    locales/ur/LC_MESSAGES/example.po:3:9: warning: Unexpected source text as its own translation, expected
      text in `ur` [catalog/same]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kitabat.checks.addresses import without_addresses
from kitabat.checks.placeholders import without_placeholders
from kitabat.checks.plain import plain
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
PARTICLES = frozenset({"van", "von", "der", "den", "del", "della", "dos", "das", "ibn", "bin", "and", "the", "for"})
"""Words with small letters that names of people, firms and books have."""
STANDARD = re.compile(r"\b[A-Z]{2,}[ -]?[0-9]")
"""The number of a norm, which may have a word for a part of it: ISO 3166-1 numeric."""
WORDS_WITHOUT_CASE = 6
"""A text of so many words is more than a name where a script has no capitals to tell names by."""

HINT = "Translate it; where both languages write it so, put `# kitabat: ignore catalog/same` into the entry"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    language = subject.catalog.language
    if language == subject.article.front.source:
        return
    for pair in subject.pairs:
        words = plain(pair.source.nodes, pair.key.source).text
        if pair.text.split() == pair.key.source.split() and is_more_than_a_name(words):
            message = f"Unexpected source text as its own translation, expected text in `{language}`"
            yield Finding(message, subject.place(pair.key), HINT)


def is_more_than_a_name(text: str) -> bool:
    """Tell whether a text has words that are no names.

    >>> is_more_than_a_name("Our friends"), is_more_than_a_name("Vincent van Gogh"), is_more_than_a_name("iPhone")
    (True, False, False)
    """
    words = WORD.findall(without_placeholders(without_addresses(text)))
    common = [word for word in words if word.islower() and len(word) > 2 and word not in PARTICLES]
    if any(word.lower() != word.upper() for word in words):
        return len(words) > 1 and len(common) > bool(STANDARD.search(text))
    return len(words) >= WORDS_WITHOUT_CASE


RULE = Rule("catalog/same", Severity.WARNING, find)
