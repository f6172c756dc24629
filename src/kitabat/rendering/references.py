"""Cross-references: a link that says on which page its target stands; on screen, where there are no pages, what it is.

``[](#history)`` has no text of its own: in print it reads “page 12”, on screen it has the target's title. A link of the
class ``page``, ``[the history](#history){.page}``, keeps its text, after which print says “(see page 12)”.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec.structs import replace

from kitabat.markup.inline import Inline, InlineKind, References
from kitabat.markup.isolate import direction_of
from kitabat.model.article import VersionText

PAGE = "page"
"""Class of a link whose text is followed by the page of its target."""
NUMBER = "\0"
"""Stands in a phrase for the page's number, which only the renderer knows."""


class Target(msgspec.Struct, frozen=True):
    """What a link leads to: its title, and what that may refer to."""

    title: VersionText
    references: References


class Referrer(msgspec.Struct, frozen=True):
    """Gives the links of one page their words."""

    resolve: Callable[[str], str]
    """See ``compose.Place``."""
    target: Callable[[str], Target | None]
    """By address as the article writes it; None for an address that is no part of the publication."""
    phrase: Callable[[str, bool], str] | None = None
    """In print, what is said in a language, instead of a text or after one; holds ``NUMBER``. None on screen."""

    def referred(
        self, nodes: Iterable[Inline], tag: str, title: Callable[[Target], tuple[Inline, ...]]
    ) -> Iterator[Inline]:
        """Yield the nodes of a text in a language with the words of its cross-references.

        ``title`` gives the nodes of a title, fit to stand in a link of this text.
        """
        for node in nodes:
            if node.kind is not InlineKind.LINK:
                children = tuple(self.referred(node.children, tag, title)) if node.children else ()
                yield replace(node, children=children)
            elif not node.children or (self.phrase and PAGE in node.attributes.get("class", "").split()):
                yield self._with_words(node, tag, title)
            else:
                yield node

    def _with_words(self, node: Inline, tag: str, title: Callable[[Target], tuple[Inline, ...]]) -> Inline:
        href = node.attributes["href"]
        address = self.resolve(href) if href else ""
        if self.phrase and address.startswith("#"):
            words = _page_of(address, self.phrase(tag, bool(node.children)), tag)
            space = (Inline(InlineKind.TEXT, " "),) if node.children else ()
            return replace(node, children=(*node.children, *space, words))
        target = self.target(href) if href and not node.children else None
        return replace(node, children=title(target)) if target else node


def _page_of(address: str, phrase: str, tag: str) -> Inline:
    """Return the words of a page, an isolate: what stands beside them has numbers of its own."""
    before, _, after = phrase.partition(NUMBER)
    number = Inline(InlineKind.SPAN, attributes={"class": "page-of", "data-target": address})
    texts = (Inline(InlineKind.TEXT, before), number, Inline(InlineKind.TEXT, after))
    return Inline(InlineKind.RUN, children=texts, attributes={"dir": direction_of(tag)})
