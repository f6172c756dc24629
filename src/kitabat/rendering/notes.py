"""Footnotes: numbered as an edition reaches their marks, gathered at its end or set at the foot of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from kitabat.markup.html import Picture
from kitabat.model.article import Block
from kitabat.rendering.bare import PlainSurroundings
from kitabat.rendering.context import BlockView, NoteView

ENDNOTES, FOOTNOTES = "endnotes", "footnotes"
MARK = Markup('<sup class="noteref"><a href="#{id}" id="{reference}" role="doc-noteref">{mark}</a></sup>')
AGAIN = Markup('<sup class="noteref"{data}>{mark}</sup>')
FOOTNOTE = Markup('<span class="{kind}" data-mark="{mark}"{data}>{content}</span>')
SET, SET_ALREADY = "footnote", "footnote-again"
"""Kinds of footnotes: one that stands at the foot of the page, and one that stands there already."""
PAIR = Markup('<span class="pair" dir="{dir}">{sides}</span>')
SIDE = Markup('<span class="side" lang="{lang}" dir="{dir}" data-mark="{mark}"{data}>{content}</span>')
DATA = Markup(' data-note="{label}" data-digits="{digits}"')
BODY = Markup('<span class="note-body">{content}</span>')
"""What is needed to number notes anew once it is known which page they are on."""


@dataclass(slots=True)
class Notes:
    """The surroundings of an edition's texts; remembers which footnotes were called for, in order."""

    plain: PlainSurroundings
    definitions: Mapping[str, Block]
    digits: Callable[[int], str]
    """A number in the edition's digits."""
    mode: str = ENDNOTES
    by_page: bool = False
    """At the foot of the page, to be numbered there: a note stands on each page that calls for it."""
    prefix: str = ""
    """Of ids, where a page holds more than one edition."""
    content: Callable[[Block], Markup] = lambda _: Markup("")
    """A note's text on one line, for the foot of the page."""
    twin: Notes | None = None
    """Of the second language, where a note and its translation stand beside one another at the foot of the page."""
    leader: Notes | None = None
    """Of the first language, for the notes of the second one."""
    set_elsewhere: frozenset[str] = frozenset()
    """Labels of notes that stand at their mark in the other language."""
    lang: str = ""
    dir: str = ""
    numbers: dict[str, int] = field(default_factory=dict)
    """Of labels, in order; those that another version has come first, then first called, first numbered."""
    calls: dict[str, int] = field(default_factory=dict)
    """How often each label was called."""

    @property
    def keep_ids(self) -> bool:
        """See ``markup.html.Surroundings``."""
        return self.plain.keep_ids

    def link(self, href: str) -> str:
        """See ``markup.html.Surroundings``."""
        return self.plain.link(href)

    def picture(self, src: str) -> Picture | None:
        """See ``markup.html.Surroundings``."""
        return self.plain.picture(src)

    def note(self, label: str) -> Markup:
        """Return the mark of a footnote; at the foot of the page, the footnote itself stands at its first mark."""
        first = label not in self.calls
        self.calls[label] = self.calls.get(label, 0) + 1
        self.numbers.setdefault(label, len(self.numbers) + 1)
        mark = self._mark(label)
        if self.mode == ENDNOTES:
            return MARK.format(id=self._id(label), reference=self._reference(label, self.calls[label]), mark=mark)
        elsewhere = label in self.set_elsewhere
        if not self.by_page and (elsewhere or not first):
            return AGAIN.format(mark=mark, data=self._data(label))
        content = self._content(label)
        if self.by_page:
            content = BODY.format(content=content)
        kind = SET_ALREADY if elsewhere else SET
        return FOOTNOTE.format(kind=kind, mark=mark, data=self._data(label), content=content)

    def _data(self, label: str) -> Markup:
        if not self.by_page:
            return Markup("")
        return DATA.format(label=label, digits="".join(map(self.digits, range(10))))

    def _content(self, label: str) -> Markup:
        """Return a note's text for the foot of the page, with its twin beside it where there is one."""
        first, second = self.leader or self, self if self.leader else self.twin
        if second is None or (self.leader and label not in self.set_elsewhere):
            return self.content(self.definitions[label])
        sides = Markup("").join(one.side(label, self.numbers[label]) for one in (first, second))
        return PAIR.format(dir=first.dir, sides=sides)

    def side(self, label: str, number: int) -> Markup:
        """Return a note in one language of two; both have one number, in their own digits."""
        content = self.content(self.definitions[label])
        data, mark = self._data(label), self.digits(number)
        return SIDE.format(lang=self.lang, dir=self.dir, mark=mark, data=data, content=content)

    def views(self, blocks: Callable[[Block], tuple[BlockView, ...]]) -> tuple[NoteView, ...]:
        """Return the notes that were called, in order; those called from notes follow."""
        made: dict[str, tuple[BlockView, ...]] = {}
        while waiting := [label for label in self.numbers if label not in made]:
            made |= {label: blocks(self.definitions[label]) for label in waiting}
        return tuple(
            NoteView(self._id(label), self._mark(label), made[label], self._references(label)) for label in self.numbers
        )

    def _mark(self, label: str) -> str:
        return self.digits(self.numbers[label])

    def _id(self, label: str) -> str:
        return f"{self.prefix}note-{self.numbers[label]}"

    def _reference(self, label: str, call: int) -> str:
        return f"{self.prefix}noteref-{self.numbers[label]}" + (f"-{call}" if call > 1 else "")

    def _references(self, label: str) -> tuple[str, ...]:
        return tuple(self._reference(label, call + 1) for call in range(self.calls.get(label, 0)))
