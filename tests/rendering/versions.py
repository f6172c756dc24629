"""Articles and their versions, made from Markdown for tests."""

from __future__ import annotations

from collections.abc import Mapping

from kitabat.articles.read import read_article
from kitabat.markup.inline import References
from kitabat.model.article import Article, ArticleVersion, VersionText
from kitabat.model.message import TranslationState
from kitabat.rendering.compose import Edited
from kitabat.workspace import Memory

HEAD = "---\ntitle: A title\nsource: en\n---\n"


def article_of(text: str) -> Article:
    """Read an article; without front matter of its own it gets one."""
    source = text if text.startswith("---\n") else HEAD + text
    article = read_article(Memory({"content/a.md": source}), "content/a.md", ("en", "ur"), "en").value
    assert article is not None
    return article


def edited(article: Article, tag: str, translations: Mapping[str, str] | None = None, digits: str = "") -> Edited:
    """Make a version: messages by their source text; what has no translation stands in the source language."""
    source = article.front.source
    texts = {}
    for message in article.messages:
        if tag == source:
            texts[message.key] = VersionText(message.source, tag, TranslationState.SOURCE)
        elif message.source in (translations or {}):
            texts[message.key] = VersionText((translations or {})[message.source], tag, TranslationState.TRANSLATED)
        else:
            texts[message.key] = VersionText(message.source, source, TranslationState.UNTRANSLATED)
    references = References(article.references, frozenset(article.notes))
    return Edited(ArticleVersion(article, tag, texts), references, digits or ("urdu" if tag == "ur" else "latin"))
