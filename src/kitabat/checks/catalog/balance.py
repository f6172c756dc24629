r"""A translation closes the brackets and quotation marks that it opens.

A reader who does not find the end of a quotation cannot tell who is speaking. Where the source leaves one open, as a
quotation over several paragraphs does, the translation may.

Clean::

    msgctxt "@lead"
    msgid "He called it “a promise” (1950)."
    msgstr "اس نے اسے ”وعدہ“ کہا (1950)۔"

Faulty::

    msgctxt "@lead"
    msgid "He called it “a promise” (1950)."
    msgstr "اس نے اسے ”وعدہ کہا (1950۔"

Report::

    locales/ur/LC_MESSAGES/example.po:3:19: warning: Unexpected `”` without a partner, expected pairs of
      quotation marks [catalog/balance]
    locales/ur/LC_MESSAGES/example.po:3:29: warning: Unexpected `(` without a partner, expected pairs of brackets
      [catalog/balance]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.balance import HINT, is_even, message, unpaired
from kitabat.checks.plain import plain
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    for pair in subject.pairs:
        target = plain(pair.target.nodes, pair.text)
        for what, family, lone in unpaired(target):
            if is_even(plain(pair.source.nodes, pair.key.source).text, family):
                place = subject.place(pair.key, target.place(lone))
                yield Finding(message(what, target.text[lone]), place, HINT)


RULE = Rule("catalog/balance", Severity.WARNING, find)
