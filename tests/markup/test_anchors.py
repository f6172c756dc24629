"""Where links can lead to."""

from __future__ import annotations

from kitabat.articles.read import read_article
from kitabat.markup.anchors import anchors, titles
from kitabat.workspace import Memory


def test_a_link_can_lead_into_a_text_that_is_never_translated() -> None:
    text = "---\ntitle: T\n---\n\n## S {#s}\n\n<!-- notranslate -->\n[code]{#x}\n\n[word]{#y}\n"
    article = read_article(Memory({"content/a.md": text}), "content/a.md", ("en", "ur"), "en").value
    assert article
    assert anchors(article) == {"s", "x", "y"}
    assert {name: key.source for name, key in titles(article, anchors(article)).items()} == {
        "": "T",
        "s": "S",
        "x": "S",
        "y": "S",
    }
