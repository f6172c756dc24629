r"""An article's words are those of its language's dictionary, or of the publication's own list.

A misspelt word is found by no search, and readers trust the rest less for it. The check needs the extra
``kitabat[spelling]`` and Hunspell's dictionaries: those of the publication in ``locales/dictionaries/``, then those of
``DICPATH``, of the user and of the system (``/usr/share/hunspell``). ``dictionary = "en_GB"`` under ``[language.en]``
names one, ``"none"`` turns the check off; without it both American and British spelling are right. Names and words of
the house go into ``locales/words.en.txt`` and ``locales/words.ur.txt``, one a line; ``#`` begins a remark. Capitalised
words inside a sentence, words all in capitals, code, addresses and words in another script are not looked at. Each
word is reported once.

Clean::

    ---
    title: Example
    source: en
    ---

    The news from Pyongyang reached the DPRK’s border.

Faulty::

    ---
    title: Example
    source: en
    ---

    The news reched the border, and reched us.

Report::

    content/example.md:6:10: warning: Unexpected `reched` 2 times, expected a word of the dictionary [article/spelling]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.rule import Finding, Rule
from kitabat.checks.spelling import Text, unknown_words
from kitabat.checks.subject import SourceSubject
from kitabat.markup.inline import parse
from kitabat.model.diagnostic import Severity


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check; none where there is no dictionary."""
    if not subject.spellers:
        return
    references = subject.references
    messages = list(subject.messages())
    texts = (
        Text(parse(message.source, references).nodes, message.source, number)
        for number, (message, _) in enumerate(messages)
    )
    for one in unknown_words(texts, subject.article.front.source, subject.spellers):
        yield Finding(one.message, messages[one.number][1](one.offset), one.hint)


RULE = Rule("article/spelling", Severity.WARNING, find)
