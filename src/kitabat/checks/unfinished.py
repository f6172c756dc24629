"""Messages that a catalog is not done with, summed up in one finding."""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.rule import Finding
from kitabat.checks.subject import CatalogSubject
from kitabat.model.diagnostic import Location
from kitabat.model.message import TranslationState


def unfinished(subject: CatalogSubject, state: TranslationState, words: str, hint: str) -> Iterator[Finding]:
    """Yield one finding for the messages in a state, at the first of them that the file has.

    ``words`` are the finding's, with ``{number}`` for how many messages there are.
    """
    catalog, article = subject.catalog, subject.article
    if catalog.language == article.front.source:
        return
    entries = [catalog.translations.get(message.key) for message in article.messages]
    found = [entry for entry in entries if (entry.state if entry else TranslationState.UNTRANSLATED) is state]
    if found:
        places = [entry.location for entry in found if entry and entry.location]
        number = f"{len(found)} of {len(entries)} messages"
        yield Finding(words.format(number=number), min(places, default=Location(catalog.path)), hint)
