"""The messages of one article as they are found: their texts, their places, and what may not stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from kitabat.markup import spans
from kitabat.markup.allowed import InlineFault, allowed_attributes
from kitabat.markup.inline import MAX_NESTING, InlineKind, References, parse
from kitabat.markup.lines import Lines
from kitabat.markup.spans import Span
from kitabat.model.article import BlockKind
from kitabat.model.diagnostic import Diagnostic, Location, error, warning
from kitabat.model.message import LEAD, Message, MessageKey, Remark

WHAT = {
    BlockKind.HEADING: "heading",
    BlockKind.PARAGRAPH: "paragraph",
    BlockKind.CELL: "table cell",
    BlockKind.TERM: "term",
    BlockKind.CAPTION: "caption",
    BlockKind.FIGURE: "alternative text of a picture",
    BlockKind.ITEM: "list item",
    BlockKind.DEFINITION: "definition",
    BlockKind.QUOTE: "quotation",
    BlockKind.NOTE: "footnote",
    BlockKind.ASIDE: "aside",
}
"""What translators are told of a message's place."""
TRANSLATORS = re.compile(r"\Atranslators?:\s*(.*)\Z", re.DOTALL | re.IGNORECASE)
FOR_TOOLKIT = "kitabat:"
"""How a comment begins that is for the checks."""
BARE_ADDRESS = re.compile(r"\A<?(?:https?://|mailto:|www\.)[^\s<>]+>?\Z")
NOTE_MARK = re.compile(r"(?<!\\)\[\^([^\]\s]+)\](?!:)")


class MessageCollector:
    """Gathers messages in reading order, with the spans of their texts and the faults in them."""

    def __init__(self, lines: Lines, references: References) -> None:
        self.lines = lines
        self.references = references
        self.messages: dict[MessageKey, Message] = {}
        self.spans: list[Span] = []
        self.diagnostics: list[Diagnostic] = []
        self._reported: set[Diagnostic] = set()
        self.context = LEAD
        self._next_comments: tuple[str, ...] = ()
        self._next_fixed = False
        self._next_remarks: tuple[Remark, ...] = ()
        self._remarks: tuple[Remark, ...] = ()
        self._comments: tuple[str, ...] = ()
        self._fixed = False

    def read_comment(self, content: str, place: Location) -> None:
        """Heed ``translators:``, ``notranslate`` and ``kitabat:``; any other comment is an editor's remark."""
        if content.lower() == "notranslate":
            self._next_fixed = True
        elif match := TRANSLATORS.match(content):
            self._next_comments = (*self._next_comments, " ".join(match[1].split()))
        elif content.startswith(FOR_TOOLKIT):
            self._next_remarks = (*self._next_remarks, Remark(" ".join(content.split()), place))

    @property
    def is_directed(self) -> bool:
        """Tell whether comments above the next block say anything of it."""
        return bool(self._next_comments or self._next_fixed or self._next_remarks)

    @contextmanager
    def directives(self) -> Iterator[None]:
        """Apply what the comments above said to the block that is read inside, and to all within it."""
        before = self._comments, self._fixed, self._remarks
        self._remarks = (*self._remarks, *self._next_remarks)
        self._comments = (*self._comments, *self._next_comments)
        self._fixed = self._fixed or self._next_fixed
        self._next_comments, self._next_fixed, self._next_remarks = (), False, ()
        yield
        self._comments, self._fixed, self._remarks = before

    def add(self, kind: BlockKind, content: str, span: Span | None, location: Location) -> MessageKey | None:
        """Take a text into the messages; one that is fixed has a key, but is in no catalog."""
        text = spans.message_text(content)
        if not text.strip():
            return None
        place = self.lines.location(span.start) if span else location
        if "<" in text or "{" in text or "[" in text or text.count("*") + text.count("_") > MAX_NESTING:
            self.report(parse(text, self.references).faults, place, span)
            self._report_undefined_notes(text, place)
        if self._fixed or BARE_ADDRESS.match(text):
            if span:
                self.spans.append(span)
            return MessageKey("", text)
        key = MessageKey(self.context, text)
        if span:
            self.spans.append(Span(span.start, span.end, key))
        known = self.messages.get(key)
        places, comments, remarks = (
            (known.locations, known.comments, known.remarks) if known else ((), (WHAT[kind],), ())
        )
        if self._comments or self._remarks:
            comments = tuple(dict.fromkeys((*comments, *self._comments)))
            remarks = tuple(dict.fromkeys((*remarks, *self._remarks)))
        self.messages[key] = Message(key, (*places, place), comments, remarks)
        return key

    def attributes(self, written: Mapping[str, object], location: Location) -> dict[str, str]:
        """Return the attributes that may be set; report the others."""
        faults: list[InlineFault] = []
        kept = allowed_attributes({name: str(value) for name, value in written.items()}, faults)
        self.report(faults, location)
        return kept

    def report(self, faults: Iterable[InlineFault], place: Location, span: Span | None = None) -> None:
        """Turn what a message may not hold into diagnostics; an unsafe address is an error."""
        for fault in faults:
            where = place
            if span and (start := self.lines.source.find(fault.found, span.start, span.end)) >= 0:
                where = self.lines.location(start)
            make = error if fault.rule == "link" else warning
            found = make(f"article/{fault.rule}", fault.message, where, fault.hint)
            if found not in self._reported:
                self._reported.add(found)
                self.diagnostics.append(found)

    def fault(self, rule: str, message: str, location: Location | None, hint: str) -> None:
        """Keep an error."""
        self.diagnostics.append(error(f"article/{rule}", message, location, hint))

    def _report_undefined_notes(self, text: str, place: Location) -> None:
        marks = [match for match in NOTE_MARK.finditer(text) if match[1] not in self.references.notes]
        if not marks:
            return
        nodes = [node for top in parse(text, self.references).nodes for node in top.walk()]
        read = "\n".join(node.text for node in nodes if node.kind is InlineKind.TEXT)
        for match in marks:
            if match[0] in read:  # and not in code
                message = f"Unexpected footnote mark `{match[0]}`, expected one that is defined"
                hint = f"Add a line that begins with `{match[0]}:`"
                self.diagnostics.append(warning("article/footnote", message, place, hint))
