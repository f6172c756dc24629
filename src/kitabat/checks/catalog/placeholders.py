r"""A translation has the placeholders of its source, letter for letter.

A program writes a name or a number in place of ``%(name)s``. One that is lost leaves a gap, and one that was misspelt
or translated stops the page from being made.

Clean::

    msgctxt "@lead"
    msgid "Page %(page)s of %(total)s"
    msgstr "صفحہ %(page)s از %(total)s"

Faulty::

    msgctxt "@lead"
    msgid "Page %(page)s of %(total)s"
    msgstr "صفحہ %(صفحہ)s"

Report::

    locales/ur/LC_MESSAGES/example.po:3:14: warning: Unexpected placeholder `%(صفحہ)s`, expected `%(page)s`
      [catalog/placeholder]
    locales/ur/LC_MESSAGES/example.po:3:9: warning: Missing placeholder `%(total)s` in the translation
      [catalog/placeholder]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from kitabat.checks.parity import offset_of
from kitabat.checks.placeholders import FORMAT
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity

HINT = "Copy the placeholder from the source text; its place in the sentence is free"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check; a singular form may do without the number, so plurals are left out."""
    for pair in subject.pairs:
        if subject.catalog.translations[pair.key].forms:
            continue
        wanted, found = (Counter(FORMAT.findall(text)) for text in (pair.key.source, pair.text))
        # The source may write on behind its placeholder, as in `%ss`, where it is not seen as one.
        found = Counter({each: count for each, count in found.items() if each in wanted or each not in pair.key.source})
        for lost, added in zip_longest(wanted - found, found - wanted):
            if added is None:
                message, offset = f"Missing placeholder `{lost}` in the translation", 0
            else:
                expected = f"`{lost}`" if lost else "only those of the source"
                message, offset = f"Unexpected placeholder `{added}`, expected {expected}", offset_of(pair, added)
            yield Finding(message, subject.place(pair.key, offset), HINT)


RULE = Rule("catalog/placeholder", Severity.WARNING, find)
