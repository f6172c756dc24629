"""From a .po file to the text of an article in a language."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Literal

from kitabat.catalogs.header import REVISED, TRANSLATOR, moment, person
from kitabat.catalogs.po_charset import decode
from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.po_file import PLACEHOLDERS, Header, PoFile
from kitabat.catalogs.po_finished import finished
from kitabat.catalogs.remarks import remarks
from kitabat.catalogs.similarity import profile, similarity
from kitabat.language.length import belonging, runs
from kitabat.model.article import Article, ArticleVersion, VersionText
from kitabat.model.diagnostic import Diagnostic, Location, Outcome, error, warning
from kitabat.model.message import Catalog, Message, MessageKey, PluralForm, Translation, TranslationState
from kitabat.model.standing import Coverage
from kitabat.workspace import Workspace

Fuzzy = Literal["source", "keep"]
"""What stands for a fuzzy message: its source, or the older translation where that was this very message's."""

MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
"""Combining marks of Latin and Arabic letters, which are part of a word without being letters."""
WORD = re.compile(rf"[^\W_][^\W_{MARKS}]*(?:[{MARKS}]+[^\W_{MARKS}]*)*")
OF_WORDS = belonging(str.isalnum)
"""In ASCII, which has no marks."""
SAME_MESSAGE = 0.5
"""Similarity from which a text is taken for another form of the same message."""
UNTRANSLATED = Translation("", TranslationState.UNTRANSLATED)


def read_catalog(workspace: Workspace, language: str, path: str) -> Outcome[Catalog | None]:
    """Return the catalog of a language; None where there is no such file, or where it is at fault."""
    try:
        content = workspace.read(path)
    except FileNotFoundError:
        return Outcome(None)
    except OSError as fault:
        hint = "Make it a file of the project that may be read"
        reason = fault.strerror or "it is not in the project"
        return Outcome(None, (error("catalog/unreadable", f"Cannot read: {reason}", Location(path), hint),))
    return _finished(content, language, path) or _parsed(content, language, path)


def _finished(content: bytes, language: str, path: str) -> Outcome[Catalog | None] | None:
    """Return a catalog in which there is nothing to remark on; None for any other."""
    decoded = decode(content, path)
    found = finished(decoded.value.text, path) if decoded.value and not decoded.diagnostics else None
    if found is None:
        return None
    header, translations = Header(found[0]), found[1]
    named = header.get("language", "")
    if any(word in header.get("plural-forms", "") for word in PLACEHOLDERS) or _is_another(named, language):
        return None
    return Outcome(_catalog(language, path, translations, header))


def _parsed(content: bytes, language: str, path: str) -> Outcome[Catalog | None]:
    outcome = PoFile.parse(content, path, to_write=False)
    file = outcome.value
    if file is None:
        return Outcome(None, outcome.diagnostics)
    translations = {_key(entry): _translation(entry, path) for entry in file.entries}
    catalog = _catalog(language, path, translations, file.header)
    return Outcome(catalog, (*outcome.diagnostics, *_contradictions(file, language)))


def _catalog(language: str, path: str, translations: Mapping[MessageKey, Translation], header: Header) -> Catalog:
    revised, translator = moment(header.get(REVISED, "")), person(header.get(TRANSLATOR, ""))
    return Catalog(language, path, translations, revised, translator)


def _key(entry: PoEntry) -> MessageKey:
    return MessageKey(entry.msgctxt or "", entry.msgid)


def _translation(entry: PoEntry, path: str) -> Translation:
    state = TranslationState.FUZZY if entry.is_fuzzy else TranslationState.TRANSLATED
    return Translation(
        entry.msgstr[0],
        state if entry.is_translated else TranslationState.UNTRANSLATED,
        entry.is_translated and entry.is_fuzzy and _is_edited_in_place(entry),
        Location(path, *(entry.msgstr_place if entry.msgstr_place[0] else entry.place("msgstr"))),
        tuple(remarks(entry, path)),
        tuple(_forms(entry, path)),
    )


def _forms(entry: PoEntry, path: str) -> Iterator[PluralForm]:
    if entry.msgid_plural is not None:
        for index, form in enumerate(entry.msgstr):
            yield PluralForm(form, Location(path, *entry.place("msgstr", 0, index)))


def _is_edited_in_place(entry: PoEntry) -> bool:
    """Tell whether a fuzzy translation was made from an older form of this very message.

    One of another section is not, and neither is one whose text has hardly anything left in this: it stood in the same
    place, but says something else.
    """
    previous = entry.previous
    if previous is None or previous.msgctxt not in {None, entry.msgctxt}:
        return False
    return similarity(profile(previous.msgid), profile(entry.msgid)) >= SAME_MESSAGE


def _contradictions(file: PoFile, language: str) -> Iterator[Diagnostic]:
    """Warn where the header names another language than the folder."""
    named = file.header.get("language", "")
    entry = file.header_entry
    if entry is None or not _is_another(named, language):
        return
    offset = re.search(r"^language:\s*", entry.msgstr[0], re.IGNORECASE | re.MULTILINE)
    place = entry.place("msgstr", offset.end() if offset else 0)
    message = f"Unexpected `Language: {named}`, expected `{language}` as the folder says"
    hint = f"Write `Language: {language}` in the header, or move the file to the folder of `{named}`"
    yield warning("catalog/language", message, Location(file.path, *place), hint)


def _is_another(named: str, language: str) -> bool:
    """Tell whether a header names a language, and not that of the folder."""
    return bool(named) and _primary(named) != _primary(language)


def _primary(tag: str) -> str:
    return re.split(r"[-_@.]", tag.lower(), maxsplit=1)[0]


def version(article: Article, catalog: Catalog | None, language: str, fuzzy: Fuzzy = "source") -> ArticleVersion:
    """Return the article in a language; every message has a text, its source's where there is no translation."""
    source = article.front.source
    write = _own if language == source else _kept if fuzzy == "keep" else _confirmed
    known = catalog.translations if catalog else {}
    texts = {
        message.key: write(message, known.get(message.key, UNTRANSLATED), language, source)
        for message in article.messages
    }
    return ArticleVersion(article, language, texts)


def _own(message: Message, found: Translation, _: str, source: str) -> VersionText:
    """Return the text of the article's own language, as a copy-editor may have changed it."""
    if found.state is TranslationState.TRANSLATED:
        return VersionText(found.text, source, TranslationState.SOURCE, found.location)
    return VersionText(message.source, source, TranslationState.SOURCE, _place(message))


def _confirmed(message: Message, found: Translation, language: str, source: str) -> VersionText:
    if found.state is TranslationState.TRANSLATED:
        return VersionText(found.text, language, found.state, found.location)
    return VersionText(message.source, source, found.state, _place(message))


def _kept(message: Message, found: Translation, language: str, source: str) -> VersionText:
    if found.state is TranslationState.FUZZY and found.edited_in_place:
        return VersionText(found.text, language, found.state, found.location)
    return _confirmed(message, found, language, source)


def _place(message: Message) -> Location | None:
    return message.locations[0] if message.locations else None


def coverage(article: Article, catalog: Catalog | None, language: str) -> Coverage:
    """Return how far an article is translated into a language; into its own it is, always."""
    if language == article.front.source:
        whole = sum(word_count(message.source) for message in article.messages)
        return Coverage(len(article.messages), 0, 0, whole, 0, whole)
    translated, fuzzy, others = [0, 0], [0, 0], [0, 0]
    known = catalog.translations if catalog else {}
    for message in article.messages:
        state = known.get(message.key, UNTRANSLATED).state
        is_fuzzy = state is TranslationState.FUZZY
        counts = translated if state is TranslationState.TRANSLATED else fuzzy if is_fuzzy else others
        counts[0] += 1
        counts[1] += word_count(message.source)
    words = (translated[1], fuzzy[1], translated[1] + fuzzy[1] + others[1])
    return Coverage(translated[0], fuzzy[0], others[0], *words)


@functools.lru_cache(maxsize=4096)
def word_count(text: str) -> int:
    """Return the number of runs of letters and digits.

    >>> word_count("In 2019 — they met."), word_count("اُردو زبان")
    (4, 2)
    """
    return runs(text, OF_WORDS) if text.isascii() else len(WORD.findall(text))
