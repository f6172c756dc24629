"""Where the texts of an article stand in its source, to the character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from kitabat.markup.lines import Lines
from kitabat.model.article import Segment, SegmentKind
from kitabat.model.message import MessageKey

HARD_BREAK = re.compile(r"(?: {2,}|\\)\n[ \t]*")
SOFT_BREAK = re.compile(r"[ \t]*\n[ \t]*")


class Span(msgspec.Struct, frozen=True, gc=False):
    """A piece of source that is one message's text, as offsets; lines may begin with markup of the blocks around."""

    start: int
    end: int
    key: MessageKey | None = None


def message_text(content: str) -> str:
    r"""Return a block's text as a message: single spaces for wrapped lines, ``\`` and a line feed for hard breaks.

    >>> message_text("one\n  two  \nthree")
    'one two\\\nthree'
    """
    if "\n" not in content:
        return content
    # A space before the line feed keeps the two kinds apart until both are done.
    return SOFT_BREAK.sub(" ", HARD_BREAK.sub("\0", content)).replace("\0", "\\\n")


def of_suffix(lines: Lines, line: int, content: str) -> Span:
    """Return the span of a text that fills its lines to their ends: paragraphs, terms.

    ``line`` counts from 0.
    """
    first, *rest = content.split("\n")
    start = lines.start(line) + _suffix(lines.text(line), first)
    if not rest:
        return Span(start, start + len(first))
    last = line + len(rest)
    return Span(start, lines.start(last) + len(lines.text(last).rstrip()))


def _suffix(text: str, wanted: str) -> int:
    """Return where the wanted end of a line begins; its first letter, where tabs made the two differ."""
    bare = text.rstrip()
    if text.endswith(wanted):
        return len(text) - len(wanted)
    if bare.endswith(wanted.rstrip()):
        return len(bare) - len(wanted.rstrip())
    return len(bare) - len(bare.lstrip())


def of_part(lines: Lines, line: int, content: str, after: int) -> Span | None:
    """Return the span of a text inside one line, not before the offset ``after``; None where it is not found.

    In a table's cell a vertical bar has a backslash before it, which its content has not.
    """
    begin, end = max(after, lines.start(line)), lines.start(line) + len(lines.text(line))
    if "|" not in content:
        start = lines.source.find(content, begin, end) if content else -1
        return Span(start, start + len(content)) if start >= 0 else None
    pattern = r"\\?\|".join(map(re.escape, content.split("|")))
    match = re.compile(pattern).search(lines.source, begin, end)
    return Span(match.start(), match.end()) if match else None


def of_title(lines: Lines, title: str, inside: Span) -> Span | None:
    """Return the span of a picture's title between its marks; None where it is not found.

    The picture's file may be called the same, and its attributes too.
    """
    match = re.compile(rf"(?<=[\"'(]){re.escape(title)}(?=[\"')])").search(lines.source, inside.start, inside.end)
    return Span(match.start(), match.end()) if match else None


def segments(spans: Iterable[Span], lines: Lines, first_line: int) -> Iterator[Segment]:
    """Yield the source from ``first_line`` (from 0) to its end, in order and without a gap."""
    position = lines.start(first_line)
    for span in sorted(spans, key=lambda span: span.start):
        if span.start < position:
            continue
        if span.start > position:
            text = lines.source[position : span.start]
            yield Segment(SegmentKind.SKELETON, text, lines.location(position))
        text = lines.source[span.start : span.end]
        kind = SegmentKind.TEXT if span.key else SegmentKind.SKELETON
        yield Segment(kind, text, lines.location(span.start), span.key)
        position = span.end
    if position < len(lines.source):
        yield Segment(SegmentKind.SKELETON, lines.source[position:], lines.location(position))
