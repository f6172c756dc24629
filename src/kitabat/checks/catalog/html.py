"""A translation is Markdown and holds no HTML that its source does not have.

HTML is never passed on to a page: readers would see the tag itself. A tag that the source has is the author's, who is
told of it in the article; a translation that repeats it is right.

Clean::

    msgctxt "@lead"
    msgid "A **firm** promise"
    msgstr "ایک **پختہ** وعدہ"

Faulty::

    msgctxt "@lead"
    msgid "A **firm** promise"
    msgstr "ایک <b>**پختہ** وعدہ"

Report::

    locales/ur/LC_MESSAGES/example.po:3:13: warning: Unexpected HTML `<b>`, expected Markdown; it is shown as
      text [catalog/html]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.faults import parser_faults
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return parser_faults(subject, "html", unlike_source=True)


RULE = Rule("catalog/html", Severity.WARNING, find)
