"""Plural forms: those that are missing, and those that are too many."""

from __future__ import annotations

import pytest
from tests.checks.examples import po_subject

from kitabat.checks.catalog.plural_forms import RULE

HEAD = 'msgctxt "a"\nmsgid "one"\nmsgid_plural "many"\n'


@pytest.mark.parametrize(
    ("forms", "language", "expected"),
    [
        ('msgstr[0] "ا"\nmsgstr[1] "ب"\n', "ur", []),
        ('msgstr[0] ""\nmsgstr[1] ""\n', "ur", []),
        ('msgstr[0] ""\nmsgstr[1] "ب"\n', "ur", ["4:12: Missing plural form 0"]),
        ('msgstr[0] "ا"\n', "ur", ["4:12: Missing plural form 1"]),
        ('msgstr[0] "ا"\nmsgstr[1] "ب"\nmsgstr[2] "ج"\n', "ur", ["6:12: Unexpected plural form 2"]),
        ('msgstr[0] "ا"\nmsgstr[1] " "\nmsgstr[2] "ج"\n', "ar", ["5:12: Missing plural form 1"]),
        ('msgstr[0] "ا"\nmsgstr[1] "ب"\nmsgstr[2] "ج"\n', "ar", []),
    ],
)
def test_forms(forms: str, language: str, expected: list[str]) -> None:
    found = [f"{fault.location}: {fault.message}"[34:] for fault in RULE.check(po_subject(HEAD + forms, language))]
    assert [text.partition(" of ")[0] for text in found] == expected


def test_fuzzy_forms_are_not_looked_at() -> None:
    assert RULE.check(po_subject(f'#, fuzzy\n{HEAD}msgstr[0] "ا"\n')) == ()
