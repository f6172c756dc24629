r"""A translation's words are those of its language's dictionary, or of the publication's own list.

A misspelt word is found by no search, and readers trust the rest less for it. The page of
``article/spelling`` says which dictionaries are used, and where words of the house go. In the catalog of an article's
own language only what differs from the article is looked at. Each word is reported once, at its first place.

Clean::

    msgctxt "@lead"
    msgid "The news reached the border"
    msgstr "خبر سرحد تک پہنچی"

Faulty::

    msgctxt "@lead"
    msgid "The news reached the border"
    msgstr "خبر سرہد تک پہنچی"

Report::

    locales/ur/LC_MESSAGES/example.po:3:13: warning: Unexpected `سرہد`, expected a word of the dictionary
      [catalog/spelling]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.rule import Finding, Rule
from kitabat.checks.spelling import Text, unknown_words
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Severity


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check; none where there is no dictionary."""
    spellers = subject.around.spellers
    own = subject.article.front.source == subject.catalog.language
    pairs = [pair for pair in subject.pairs if not (own and pair.text == pair.key.source)] if spellers else []
    texts = (Text(pair.target.nodes, pair.text, number) for number, pair in enumerate(pairs))
    for one in unknown_words(texts, subject.catalog.language, spellers):
        yield Finding(one.message, subject.place(pairs[one.number].key, one.offset), one.hint)


RULE = Rule("catalog/spelling", Severity.WARNING, find)
