"""Articles in two languages, made of blocks, and the trees of what is written in Markdown here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from kitabat.articles.read import read_article
from kitabat.catalogs.adoption.align import Alignment, align
from kitabat.catalogs.adoption.tree import tree
from kitabat.model.article import Article
from kitabat.workspace import Memory

WORDS = {
    "the": "یہ",
    "river": "ندی",
    "people": "لوگ",
    "government": "سرکار",
    "water": "پانی",
    "summer": "گرمی",
    "market": "بازار",
    "remembered": "یاد رکھا",
    "yesterday": "گزشتہ کل",
    "slowly": "آہستہ",
    "house": "مکان",
    "and": "اور",
    "of": "کا",
    "letter": "خط",
    "newspaper": "اخبار",
    "translated": "ترجمہ کیا",
}
"""Words of the one language, and what stands for them in the other; no letter is in both."""
SIGNS = "0123456789", "۰۱۲۳۴۵۶۷۸۹"


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages; ``number`` is in both, where it is not 0."""

    words: tuple[str, ...]
    number: int = 0

    def written(self, language: str) -> str:
        words = [word if language == "en" else WORDS[word] for word in self.words]
        number = str(self.number) if self.number else ""
        digits = number if language == "en" else number.translate(str.maketrans(*SIGNS))
        return " ".join(filter(None, [digits, *words]))


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of an article: a heading, or a paragraph, list, quotation or table with its texts."""

    kind: str
    texts: tuple[Text, ...]

    def written(self, language: str) -> str:
        texts = [text.written(language) for text in self.texts]
        if self.kind == "heading":
            return f"## {texts[0]}"
        if self.kind == "list":
            return "\n".join(f"- {text}" for text in texts)
        if self.kind == "quotation":
            return "\n>\n".join(f"> {text}" for text in texts)
        if self.kind == "table":
            return "\n".join(["| a | b |", "|---|---|", *(f"| {text} | x |" for text in texts)])
        return "\n\n".join(texts)


def markdown(pieces: Sequence[Piece], language: str) -> str:
    title = Text(("river", "letter")).written(language)
    body = "\n\n".join(piece.written(language) for piece in pieces)
    # Two lists that stand side by side would be one.
    return (
        f"---\ntitle: {title}\nsource: {language}\n---\n\n" + body.replace("\n\n- ", "\n\n<!-- list -->\n\n- ") + "\n"
    )


def article(text: str, path: str = "content/a.md") -> Article:
    outcome = read_article(Memory({path: text}), path, ("en", "ur"), "en")
    assert outcome.value, outcome.diagnostics
    return outcome.value


def aligned(source: str, target: str) -> Alignment:
    return align(tree(article(source)), tree(article(target, "a.ur.md")))


def texts(numbered: bool) -> st.SearchStrategy[Text]:
    words = st.lists(st.sampled_from(sorted(WORDS)), min_size=2, max_size=30).map(tuple)
    number = st.integers(100, 10**9) if numbered else st.just(0)
    return st.builds(Text, words, number)


def pieces(numbered: bool) -> st.SearchStrategy[list[Piece]]:
    one = st.tuples(texts(numbered))
    some = st.lists(texts(numbered), min_size=1, max_size=5).map(tuple)
    kinds = st.one_of(
        st.builds(Piece, st.just("paragraph"), one),
        st.builds(Piece, st.just("paragraph"), one),
        st.builds(Piece, st.just("heading"), one),
        st.builds(Piece, st.sampled_from(["list", "quotation", "table"]), some),
    )
    return st.lists(kinds, min_size=2, max_size=14, unique_by=lambda piece: piece.texts)
