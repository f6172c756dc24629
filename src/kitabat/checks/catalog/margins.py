r"""A translation begins and ends with white space where its source does, and only there.

A space at the edge of a text pushes the line in, or joins the text to what a template puts beside it.

Clean::

    msgctxt "@lead"
    msgid "A promise"
    msgstr "ایک وعدہ"

Faulty::

    msgctxt "@lead"
    msgid "A promise"
    msgstr " ایک وعدہ "

Report::

    locales/ur/LC_MESSAGES/example.po:3:9: warning: Unexpected white space at the beginning, expected none, as in
      the source [catalog/margin]
    locales/ur/LC_MESSAGES/example.po:3:18: warning: Unexpected white space at the end, expected none, as in the
      source [catalog/margin]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity

HINT = "Make the edges of the translation those of the source text"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check; line feeds at the edges are the reader's of the file to report."""
    for pair in subject.pairs:
        source, text = pair.key.source.strip("\n"), pair.text.strip("\n")
        first = pair.text.find(text)
        for where, index, offset in (("beginning", 0, first), ("end", -1, first + len(text) - 1)):
            wanted, found = source[index:][:1].isspace(), text[index:][:1].isspace()
            if wanted is found:
                continue
            unlike = "Unexpected" if found else "Missing"
            expected = "expected none, as in the source" if found else "which the source has"
            yield Finding(f"{unlike} white space at the {where}, {expected}", subject.place(pair.key, offset), HINT)


RULE = Rule("catalog/margin", Severity.WARNING, find)
