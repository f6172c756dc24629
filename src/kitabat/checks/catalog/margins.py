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

import re
from collections.abc import Iterator

from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity

INDENTED = re.compile(r"\s*\n")
TRAILING = re.compile(r"\n[^\S\n]*\Z")
"""White space with a line feed is a template's layout, and means nothing."""

HINT = "Make the edges of the translation those of the source text"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check; line feeds at the edges are the reader's of the file to report."""
    for pair in subject.pairs:
        source, text = pair.key.source, pair.text
        edges = (
            ("beginning", source[:1], text[:1], 0, INDENTED.match(source)),
            ("end", source[-1:], text[-1:], len(text) - 1, TRAILING.search(source)),
        )
        for where, wanted, found, offset, is_layout in edges:
            if wanted.isspace() is found.isspace() or is_layout or "\n" in wanted + found:
                continue
            unlike = "Unexpected" if found.isspace() else "Missing"
            expected = "expected none, as in the source" if found.isspace() else "which the source has"
            yield Finding(f"{unlike} white space at the {where}, {expected}", subject.place(pair.key, offset), HINT)


RULE = Rule("catalog/margin", Severity.WARNING, find)
