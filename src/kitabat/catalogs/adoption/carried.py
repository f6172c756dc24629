"""A translation's Markdown under its source's names: footnotes, sections and link definitions are the source's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote

from kitabat.catalogs.adoption.align import Alignment
from kitabat.catalogs.adoption.tree import NOTE, SECTION
from kitabat.markup.inline import Inline, InlineKind, References, parse, references_of
from kitabat.model.article import Article

NAMED = re.compile(
    r"(?P<code>(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))"
    r"|\\[\[\]]"
    r"|\[\^(?P<note>[^\]\s]+)\]"
    r"|\]\(#(?P<section>[^\s)]+)"
    r"|(?P<full>(?<=\])\[(?P<label>[^\[\]]+)\])"
    r"|(?P<short>\[(?P<own>[^\[\]^]+)\](?:\[\])?)(?![\[({:])",
    re.DOTALL,
)
"""Code, which is left alone, and what of a message names something that stands elsewhere in the article."""
UNTOLD = "its links or footnote marks name what the source does not have"


class Carried(NamedTuple):
    """A text as the catalog can have it."""

    text: str
    doubt: str = ""


class Carrier:
    """What the names of a translation are in its source."""

    def __init__(self, source: Article, target: Article, alignment: Alignment) -> None:
        pairs = alignment.named
        self.ours, self.theirs = references_of(source), references_of(target)
        self.notes = {theirs.detail: ours.detail for ours, theirs in pairs if ours.kind == NOTE}
        self.sections = {theirs.name: ours.name for ours, theirs in pairs if ours.kind == SECTION}
        self.labels = {link: label for label, link in source.references.items()}

    def carried(self, text: str) -> Carried:
        """Return a text of the translation with the names of the source."""
        if not any(mark in text for mark in ("[", "](#")):
            return Carried(text)
        new = NAMED.sub(self._renamed, text)
        before, after = _names(text, self.theirs), _names(new, self.ours)
        wanted = [self._name(kind, name) for kind, name in before]
        return Carried(new) if wanted == after else Carried(text, UNTOLD)

    def _name(self, kind: InlineKind, name: str) -> tuple[InlineKind, str]:
        if kind is InlineKind.NOTE:
            return kind, self.notes.get(name, name)
        if name.startswith("#"):
            return kind, f"#{self.sections.get(name[1:], name[1:])}"
        return kind, name

    def _renamed(self, found: re.Match[str]) -> str:
        parts: Mapping[str, str | None] = found.groupdict()
        if parts["note"]:
            return f"[^{self.notes.get(parts['note'], parts['note'])}]"
        if parts["section"]:
            section = unquote(parts["section"])
            return f"](#{self.sections[section]}" if section in self.sections else found[0]
        if parts["full"]:
            return self._link(parts["label"] or "") or found[0]
        if parts["short"]:
            link = self._link(parts["own"] or "")
            return f"[{parts['own']}]{link}" if link else found[0]
        return found[0]

    def _link(self, label: str) -> str:
        """Return what follows a link's text in place of a label of the translation's own; empty where it has none."""
        link = self.theirs.links.get(" ".join(label.split()).lower().upper())
        if link is None:
            return ""
        if link in self.labels:
            return f"[{self.labels[link].lower()}]"
        address, title = link
        quoted = title.replace('"', '\\"')
        return f'({address} "{quoted}")' if title else f"({address})"


def _names(text: str, references: References) -> list[tuple[InlineKind, str]]:
    """Return what a text names, in its order: addresses of links, labels of footnotes."""
    nodes: list[Inline] = [inner for node in parse(text, references).nodes for inner in node.walk()]
    names = {InlineKind.NOTE: "label", InlineKind.LINK: "href", InlineKind.IMAGE: "src"}
    return [(node.kind, unquote(node.attributes.get(names[node.kind], ""))) for node in nodes if node.kind in names]
