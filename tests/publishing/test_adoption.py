"""The sample publication's own articles, adopted from Markdown that its catalogs give: whole, and with blocks missing."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from kitabat.articles.read import read_article
from kitabat.catalogs.adoption.align import align
from kitabat.catalogs.adoption.tree import tree
from kitabat.catalogs.paths import po_path
from kitabat.catalogs.po_file import PoFile
from kitabat.catalogs.translate import read_catalog
from kitabat.config import load
from kitabat.model.article import Article, SegmentKind
from kitabat.model.message import Catalog
from kitabat.publishing.adoption import Request, adopt
from kitabat.workspace import Disk, Memory

ROOT = Path(__file__).parents[2]
SAMPLES = [("russia-north-korea", "en", "ur"), ("katib-to-computer", "ur", "en")]
FIXED = re.compile(r"[#!:>|<\[]|- |\d+\. |\*\*\*")
"""How a block begins that no paragraph can be joined with."""


def translated(slug: str, source: str, target: str) -> tuple[Article, Catalog, str]:
    """An article, its catalog, and the article's Markdown in the other language."""
    article = read_article(Disk(ROOT), f"content/{slug}.md", ("en", "ur"), "en").value
    catalog = read_catalog(Disk(ROOT), target, po_path(slug, target)).value
    assert article
    assert catalog
    parts = []
    for segment in article.segments:
        text = segment.text
        if segment.kind is SegmentKind.FRONT_MATTER:
            for key, translation in catalog.translations.items():
                text = text.replace(key.source, translation.text) if key.context == "@front" else text
            text = text.replace(f"source: {source}", f"source: {target}")
        elif segment.message and segment.message in catalog.translations:
            text = catalog.translations[segment.message].text
        parts.append(text)
    return article, catalog, "".join(parts)


@pytest.mark.parametrize(("slug", "source", "target"), SAMPLES)
def test_a_translation_comes_back_as_it_was(slug: str, source: str, target: str, tmp_path: Path) -> None:
    article, catalog, text = translated(slug, source, target)
    (tmp_path / "kitabat.toml").write_bytes((ROOT / "kitabat.toml").read_bytes())
    (tmp_path / "content").mkdir()
    (tmp_path / article.path).write_bytes((ROOT / article.path).read_bytes())
    (tmp_path / "other.md").write_text(text, "utf-8")
    disk = Disk(tmp_path)
    config = load(disk).value
    assert config
    adopted = adopt(disk, config, Request(slug, "other.md")).value
    assert adopted
    file = PoFile.parse(adopted.draft.read(adopted.catalog), adopted.catalog).value
    assert file
    said = {(entry.msgctxt, entry.msgid): entry.msgstr[0] for entry in file.entries}
    assert said == {tuple(key): one.text for key, one in catalog.translations.items() if key.source}
    assert adopted.counts.fuzzy <= 1
    assert adopted.counts.untranslated == 0


def damaged(text: str, chance: random.Random) -> str:
    """A text without some of its blocks and list items, and with some of its paragraphs joined."""
    head, body = text.split("\n---\n", 1)
    parts = re.split(r"\n\n+", body.strip("\n"))
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(parts) - 1)
        part, after = parts[place : place + 2]
        items = re.split(r"\n(?=- |\d+\. )", part)
        if ":::" in part or part.startswith(("<!--", "[^", "|")):
            continue
        if len(items) > 1:
            items.pop(chance.randrange(len(items)))
            parts[place] = "\n".join(items)
        elif chance.random() < 0.4 and not any(FIXED.match(one) or "\n:" in one for one in (part, after)):
            parts[place : place + 2] = [f"{part} {after}"]
        else:
            del parts[place]
    return f"{head}\n---\n\n" + "\n\n".join(parts) + "\n"


@pytest.mark.parametrize(("slug", "source", "target"), SAMPLES)
def test_what_is_missing_or_joined_shifts_nothing(slug: str, source: str, target: str) -> None:
    article, catalog, text = translated(slug, source, target)
    sources: dict[str, set[str]] = {}
    for key, translation in catalog.translations.items():
        sources.setdefault(translation.text, set()).add(key.source)
    chance = random.Random(5)
    right = possible = 0
    for _ in range(8):
        other = read_article(Memory({"t.md": damaged(text, chance)}), "t.md", ("en", "ur"), target).value
        assert other
        possible += sum(message.source in sources for message in other.messages)
        for match in align(tree(article), tree(other)).matches:
            assert len({node.kind for node in (*match.sources, *match.targets)}) == 1
            keys = [node.key.source for node in (*match.sources, *match.targets) if node.key]
            if match.is_pair and len(keys) == 2 and keys[1] in sources:
                right += keys[0] in sources[keys[1]]
                assert match.doubt or keys[0] in sources[keys[1]]
    assert right >= 0.99 * possible
