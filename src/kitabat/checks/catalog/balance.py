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

from collections.abc import Iterator, Mapping

from kitabat.checks.placeholders import without_placeholders
from kitabat.checks.plain import plain
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.language.enclosures import pairs
from kitabat.model.diagnostic import Severity

KINDS: Mapping[str, tuple[str, ...]] = {
    "brackets": ("()", "[]"),
    "quotation marks": ('"“”„‟', "«»"),
}
"""By name; the marks of one string belong together. Single quotation marks are apostrophes too."""

HINT = "Add the other one of the pair, or delete this one"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    for pair in subject.pairs:
        target = plain(pair.target.nodes, pair.text)
        text = without_placeholders(target.text)
        for what, families in KINDS.items():
            for family in families:
                lone = lonely(text, family)
                if lone is None or lonely(plain(pair.source.nodes, pair.key.source).text, family) is not None:
                    continue
                message = f"Unexpected `{text[lone]}` without a partner, expected pairs of {what}"
                yield Finding(message, subject.place(pair.key, target.place(lone)), HINT)


def lonely(text: str, family: str) -> int | None:
    """Return where a mark stands whose partner is missing: the first of them, None where all are in pairs.

    >>> lonely("(a) b)", "()"), lonely("“a” (b", "()"), lonely("“a” “b”", "“”")
    (5, 4, None)
    """
    marks = [index for index, sign in enumerate(text) if sign in family]
    if is_even(text, family):
        return None
    paired = {index for pair in pairs(text.replace("\n", " ")) for index in (pair.opening, pair.closing)}
    return next((index for index in marks if index not in paired), marks[-1])


def is_even(text: str, family: str) -> bool:
    """Tell whether every mark has a partner: as many open as close, where the shape tells which does."""
    if family in ("()", "[]", "«»"):
        return text.count(family[0]) == text.count(family[1])
    return sum(text.count(mark) for mark in family) % 2 == 0


RULE = Rule("catalog/balance", Severity.WARNING, find)
