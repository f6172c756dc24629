"""A translation has every plural form that its language has.

Where a form is missing, readers see the words of the source. Only the templates' words have
plural forms.

Clean::

    msgctxt "@lead"
    msgid "one ship"
    msgid_plural "many ships"
    msgstr[0] "ایک جہاز"
    msgstr[1] "کئی جہاز"

Faulty::

    msgctxt "@lead"
    msgid "one ship"
    msgid_plural "many ships"
    msgstr[0] "ایک جہاز"
    msgstr[1] ""

Report::

    locales/ur/LC_MESSAGES/example.po:5:12: warning: Missing plural form 1 of `one ship`, expected 2 forms
      [catalog/plural-form]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.language.registry import LANGUAGES
from kitabat.model.diagnostic import Severity
from kitabat.model.message import TranslationState

NUMBER = re.compile(r"nplurals=([0-9]+)")
HINT = "Translate each form; where two are alike, write the same text in both"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check; an entry without any form is `catalog/untranslated`."""
    wanted = number_of_forms(subject.catalog.language)
    for message in subject.article.messages:
        entry = subject.catalog.translations.get(message.key)
        if not entry or entry.state is TranslationState.FUZZY or not any(form.text.strip() for form in entry.forms):
            continue
        number = wanted or len(entry.forms)
        expected = f"of `{message.source}`, expected {number} forms"
        for index, form in enumerate(entry.forms):
            if index >= number:
                yield Finding(f"Unexpected plural form {index} {expected}", form.location, "Delete the form")
            elif not form.text.strip():
                yield Finding(f"Missing plural form {index} {expected}", form.location, HINT)
        for index in range(len(entry.forms), number):
            yield Finding(f"Missing plural form {index} {expected}", entry.forms[-1].location, HINT)


def number_of_forms(tag: str) -> int:
    """Return how many forms a language has; 0 where it has no row.

    >>> number_of_forms("ur"), number_of_forms("ar")
    (2, 0)
    """
    row = LANGUAGES.get(tag)
    found = NUMBER.search(row.plural_forms) if row else None
    return int(found[1]) if found else 0


RULE = Rule("catalog/plural-form", Severity.WARNING, find)
