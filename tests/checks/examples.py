"""The example files of manual pages, as the subjects of checks."""

from __future__ import annotations

import re

from kitabat.articles.read import read_article
from kitabat.catalogs.places import locator
from kitabat.catalogs.translate import read_catalog
from kitabat.checks.glossary import read_glossary
from kitabat.checks.subject import CatalogSubject, SourceSubject, catalog_subject
from kitabat.checks.surroundings import Surroundings
from kitabat.model.article import Article, Block, BlockKind, FrontMatter
from kitabat.model.message import Message
from kitabat.workspace import Memory

ARTICLE = "content/example.md"
GLOSSARY = "source,urdu,part of speech,note,forbidden,inflections\nceasefire,جنگ بندی,noun,,سیز فائر,\n"
"""The row that the manual page of the check names."""
CATALOG = "locales/ur/LC_MESSAGES/example.po"


class Known:
    """A speller of a few words."""

    word_list = "locales/words.txt"

    def __init__(self, *wrong: str) -> None:
        self.wrong = wrong

    def knows(self, word: str) -> bool:
        return word.lower() not in self.wrong

    def suggestions(self, word: str) -> tuple[str, ...]:
        return ("reached",) if word == "reched" else ()


SPELLERS = {"en": Known("reched", "pyongyang"), "ur": Known("سرہد")}


def source_subject(text: str, **others: str) -> SourceSubject:
    files = {ARTICLE: text, **{f"content/{name}.md": other for name, other in others.items()}}
    read = {path: read_article(Memory(files), path, ("en", "ur"), "en").value for path in files}
    articles = {path: article for path, article in read.items() if article}
    return SourceSubject(articles[ARTICLE], articles, spellers=SPELLERS)


def po_subject(text: str, language: str = "ur", source: str = "en") -> CatalogSubject:
    """A catalog whose article has just the catalog's messages, and a footnote for each mark in them."""
    workspace = Memory({CATALOG: text})
    catalog = read_catalog(workspace, language, CATALOG).value
    assert catalog
    labels = re.findall(r"\[\^([^\]]+)\]", " ".join(key.source for key in catalog.translations))
    article = Article(
        "example",
        ARTICLE,
        FrontMatter("Example", source),
        (),
        (),
        {label: Block(BlockKind.NOTE) for label in labels},
        tuple(Message(key) for key in catalog.translations),
    )
    around = Surroundings(read_glossary(GLOSSARY.encode(), "glossary.csv").value, spellers=SPELLERS)
    return catalog_subject(article, catalog, locator(workspace, CATALOG), around)
