"""The example files of manual pages, as the subjects of checks."""

from __future__ import annotations

import re

from kitabat.articles.read import read_article
from kitabat.catalogs.po_file import PoFile
from kitabat.checks.subject import CatalogSubject, SourceSubject, catalog_subject
from kitabat.model.article import Article, Block, BlockKind, FrontMatter
from kitabat.model.diagnostic import Location
from kitabat.model.message import Catalog, Message, MessageKey, Translation, TranslationState
from kitabat.workspace import Memory

ARTICLE = "content/example.md"
CATALOG = "locales/ur/LC_MESSAGES/example.po"


def source_subject(text: str, **others: str) -> SourceSubject:
    files = {ARTICLE: text, **{f"content/{name}.md": other for name, other in others.items()}}
    read = {path: read_article(Memory(files), path, ("en", "ur"), "en").value for path in files}
    articles = {path: article for path, article in read.items() if article}
    return SourceSubject(articles[ARTICLE], articles)


def po_subject(text: str, language: str = "ur", source: str = "en") -> CatalogSubject:
    """A catalog whose article has just the catalog's messages, and a footnote for each mark in them."""
    outcome = PoFile.parse(text.encode(), CATALOG)
    assert outcome.value, outcome.diagnostics
    entries = {MessageKey(entry.msgctxt or "", entry.msgid): entry for entry in outcome.value.entries}
    translations = {}
    for key, entry in entries.items():
        state = (
            TranslationState.UNTRANSLATED
            if not entry.msgstr[0]
            else TranslationState.FUZZY
            if entry.is_fuzzy
            else TranslationState.TRANSLATED
        )
        place = Location(CATALOG, *entry.place("msgstr"))
        translations[key] = Translation(entry.msgstr[0], state, location=place)
    labels = re.findall(r"\[\^([^\]]+)\]", " ".join(key.source for key in entries))
    article = Article(
        "example",
        ARTICLE,
        FrontMatter("Example", source),
        (),
        (),
        {label: Block(BlockKind.NOTE) for label in labels},
        tuple(Message(*key) for key in entries),
    )
    catalog = Catalog(language, CATALOG, translations)
    return catalog_subject(
        article, catalog, lambda key, offset: Location(CATALOG, *entries[key].place("msgstr", offset))
    )
