r"""A comment that silences a check hides something.

``# kitabat: ignore RULE`` in an entry's own comment hides what a check finds in that entry. One that hides nothing, or
names no check, would hide the next fault without anybody knowing.

Clean::

    # kitabat: ignore catalog/letters
    msgctxt "@lead"
    msgid "The Arabic letter \u0643"
    msgstr "عربی کا حرف \u0643"

Faulty::

    # kitabat: ignore catalog/letters, catalog/lettrs
    # kitabat: hush
    msgctxt "@lead"
    msgid "A book"
    msgstr "ایک کتاب"

Report::

    locales/ur/LC_MESSAGES/example.po:1:19: warning: Unexpected silence of `catalog/letters`, expected a check
      that finds something in this entry [catalog/silence]
    locales/ur/LC_MESSAGES/example.po:1:36: warning: Unexpected check `catalog/lettrs`, expected one that
      `kitabat rules` lists for catalogs [catalog/silence]
    locales/ur/LC_MESSAGES/example.po:2:3: warning: Unexpected `kitabat: hush`, expected `kitabat: ignore` and
      names of checks [catalog/silence]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.rule import Finding, Rule
from kitabat.checks.silences import Fate
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity

MESSAGES = {
    Fate.UNUSED: (
        "Unexpected silence of `{rule}`, expected a check that finds something in this entry",
        "Delete the name from the comment, or the comment if it names no other",
    ),
    Fate.UNKNOWN: (
        "Unexpected check `{rule}`, expected one that `kitabat rules` lists for catalogs",
        "Write the name as the finding has it in square brackets",
    ),
    Fate.MALFORMED: (
        "Unexpected `{rule}`, expected `kitabat: ignore` and names of checks",
        "Write `# kitabat: ignore` and the names of checks, with commas between them",
    ),
}


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    for silence in subject.silences:
        if silence.fate in MESSAGES:
            message, hint = MESSAGES[silence.fate]
            yield Finding(message.format(rule=silence.rule), silence.location, hint)


RULE = Rule("catalog/silence", Severity.WARNING, find)
