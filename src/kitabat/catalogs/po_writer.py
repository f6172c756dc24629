"""Entries to text: new ones as GNU gettext lays them out, changed ones with every line that did not change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from itertools import accumulate
from typing import Any, NamedTuple

import msgspec

from kitabat.catalogs import po_lexer
from kitabat.catalogs.po_entry import PoEntry

WIDTH = 79
"""Columns of a line that GNU gettext writes."""
NARROWEST, WIDEST = 40, 200
"""Between which the width of a file is looked for."""
SAMPLE = 5_000
"""Lines from which the layout of a file is told."""

ESCAPES = str.maketrans(
    {
        "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\a": "\\a", "\b": "\\b", "\f": "\\f",
        "\v": "\\v", "\0": "", "\4": "",
    }
)  # fmt: skip
"""NUL and U+0004 cannot stand in a catalog at all."""

GROUPS: Mapping[str, str] = {
    "comments": "", "extracted": ".", "references": ":", "flags": ",", "previous": "#|",
    "msgctxt": "msgctxt", "msgid": "msgid", "msgid_plural": "msgid_plural", "msgstr": "msgstr",
}  # fmt: skip
"""The fields of an entry in the order of its lines; the second word is what tells a line's group."""
RANKS = {name: rank for rank, name in enumerate(GROUPS)}
GROUP_OF_COMMENT = {sign: name for name, sign in GROUPS.items() if len(sign) <= 1} | {"=": "flags"}
"""A line ``#=`` holds flags too; where they change, all go into one line ``#,``, which every program reads."""
BLANK = "blank"
PIECE = re.compile(r"[^ ]* +|[^ ]+")
MARK = re.compile(r"#~\|? ?")


class Layout(msgspec.Struct, frozen=True):
    """How a file is laid out."""

    newline: str = "\n"
    width: int = WIDTH
    """Columns; 0 for a file whose strings are not wrapped."""


def layout_of(text: str) -> Layout:
    r"""Return the layout that a file already has.

    >>> layout_of('msgid ""\r\nmsgstr ""\r\n').newline
    '\r\n'
    """
    first = text.find("\n")
    newline = "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"
    wide = wrapped = 0
    matches = [po_lexer.PLAIN.match(line) for line in text.split("\n", SAMPLE)[:SAMPLE]]
    seen: list[Span] = []
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        if match is None:
            continue
        raw = match[4]
        wide += " " in raw[: WIDTH - 12].strip(" ") and len(match[0].rstrip()) > WIDTH + 1
        if following is not None and following[2] is None and raw and not raw.endswith("\\n"):
            wrapped += 1
            used = columns(match[0].rstrip())
            seen.append(Span(used, used + columns(PIECE.findall(following[4] or " ")[0]) - 1))
        elif match[2] is not None and raw:
            seen.append(Span(columns(match[0].rstrip()), WIDEST))
    return Layout(newline, 0 if wide > wrapped else _width(seen) if wrapped else WIDTH)


class Span(NamedTuple):
    """The widths, in columns, that a tool may have had in mind that ended a line where it did."""

    least: int
    most: int


def _width(seen: Iterable[Span]) -> int:
    """Return the width that explains most line ends; of several, that of GNU gettext or the next to it."""
    steps = [0] * (WIDEST + 2)
    for span in seen:
        if span.most >= NARROWEST and span.least <= WIDEST:
            steps[max(span.least, NARROWEST)] += 1
            steps[min(span.most, WIDEST) + 1] -= 1
    votes = list(accumulate(steps))[:-1]
    return max(range(NARROWEST, WIDEST + 1), key=lambda width: (votes[width], -abs(width - WIDTH)))


def rendered(entry: PoEntry, layout: Layout) -> PoEntry:
    r"""Return the entry with its text written anew.

    >>> print(rendered(PoEntry("Hello", ("سلام",), msgctxt="a", flags=("fuzzy",)), Layout()).text, end="")
    #, fuzzy
    msgctxt "a"
    msgid "Hello"
    msgstr "سلام"
    """
    lines = [line for name in GROUPS for line in _group(entry, name, layout)]
    return replace(entry, text="".join(line + layout.newline for line in lines))


def changed(entry: PoEntry, layout: Layout, **changes: Any) -> PoEntry:
    """Return the entry with other values, and a text in which only the lines of those values are new."""
    new = replace(entry, **changes)
    if new == entry:
        return entry
    parts = _parts(entry.text)
    if parts is None:
        return rendered(new, layout)
    names = {field.name for field in fields(PoEntry) if field.compare}
    touched = {name for name in names & GROUPS.keys() if getattr(new, name) != getattr(entry, name)}
    if new.obsolete != entry.obsolete:
        parts = [(name, _turned(name, line, obsolete=new.obsolete)) for name, line in parts]
    for name in sorted(touched, key=RANKS.__getitem__):
        parts = _put(parts, name, [line + layout.newline for line in _group(new, name, layout)])
    return replace(new, text="".join(line for _, line in parts), line=0, msgstr_line=0)


def _parts(text: str) -> list[tuple[str, str]] | None:
    """Return each line with its group; None where a line is not of one group alone."""
    parts = []
    current = ""
    if not text or po_lexer.FOLD in text:
        return None
    for line in po_lexer.lines(text):
        whole = line if line.endswith("\n") else line + "\n"
        match = po_lexer.PLAIN.match(line)
        if match:
            mark, keyword = match[1], match[2]
            current = current if keyword is None else "previous" if mark and mark[-1] == "|" else keyword
            parts.append((current, whole))
        elif line.startswith("#") and line[1:2] not in {"~", "|"}:
            parts.append((GROUP_OF_COMMENT.get(line[1:2], "comments"), whole))
        elif not line.strip():
            parts.append((BLANK, whole))
        else:
            return None
    return parts


def _put(parts: list[tuple[str, str]], name: str, lines: list[str]) -> list[tuple[str, str]]:
    """Replace the lines of a group, or put them where the group belongs."""
    new = [(name, line) for line in lines]
    places = [place for place, (group, _) in enumerate(parts) if group == name]
    kept = [part for part in parts if part[0] != name]
    if places:
        place = places[0]
    else:
        rank = RANKS[name]
        later = (place for place, (group, _) in enumerate(kept) if RANKS.get(group, -1) > rank)
        place = next(later, len(kept))
    return [*kept[:place], *new, *kept[place:]]


def _turned(name: str, line: str, *, obsolete: bool) -> str:
    """Put ``#~`` before a line of the entry itself, or take it away."""
    if RANKS.get(name, 0) < RANKS["previous"]:
        return line
    if name != "previous":
        return f"#~ {line}" if obsolete else MARK.sub("", line, count=1)
    bare = line.removeprefix("#~").removeprefix("#")
    return f"#~{bare}" if obsolete else f"#{bare}"


def _group(entry: PoEntry, name: str, layout: Layout) -> list[str]:
    """Return the lines of one field, without their ends."""
    write = WRITERS.get(name)
    if write is not None:
        return list(write(entry, layout))
    mark = "#~ " if entry.obsolete else ""
    value = getattr(entry, name)
    return [] if value is None else list(_keyword(name, value, mark, layout))


def _own(entry: PoEntry, _: Layout) -> Iterator[str]:
    for text in entry.comments:
        yield f"# {text}" if text else "#"


def _extracted(entry: PoEntry, _: Layout) -> Iterator[str]:
    for text in entry.extracted:
        yield f"#. {text}".rstrip()


def _references(entry: PoEntry, layout: Layout) -> Iterator[str]:
    line = "#:"
    for reference in entry.references:
        if line != "#:" and columns(line) + 1 + columns(reference) > (layout.width or WIDTH):
            yield line
            line = "#:"
        line += f" {reference}"
    if line != "#:":
        yield line


def _flags(entry: PoEntry, _: Layout) -> Iterator[str]:
    if entry.flags:
        yield "#, " + ", ".join(entry.flags)


def _previous(entry: PoEntry, layout: Layout) -> Iterator[str]:
    if entry.previous:
        mark = "#~| " if entry.obsolete else "#| "
        for name, value in entry.previous._asdict().items():
            if value is not None:
                yield from _keyword(name, value, mark, layout)


def _msgstr(entry: PoEntry, layout: Layout) -> Iterator[str]:
    mark = "#~ " if entry.obsolete else ""
    for number, form in enumerate(entry.msgstr):
        name = "msgstr" if entry.msgid_plural is None else f"msgstr[{number}]"
        yield from _keyword(name, form, mark, layout)


WRITERS: Mapping[str, Callable[[PoEntry, Layout], Iterator[str]]] = {
    "comments": _own,
    "extracted": _extracted,
    "references": _references,
    "flags": _flags,
    "previous": _previous,
    "msgstr": _msgstr,
}


def _keyword(name: str, text: str, mark: str, layout: Layout) -> Iterator[str]:
    """Yield ``name "text"``, wrapped as GNU gettext wraps."""
    whole = escaped(text)
    inner = "\n" in text[:-1]
    fits = not layout.width or columns(mark) + len(name) + 3 + columns(whole) <= layout.width
    if fits and not inner:
        yield f'{mark}{name} "{whole}"'
        return
    yield f'{mark}{name} ""'
    for piece in _pieces(text, mark, layout):
        yield f'{mark}"{piece}"'


def _pieces(text: str, mark: str, layout: Layout) -> Iterator[str]:
    r"""Yield escaped pieces: one a line of the text, broken after spaces where it is too wide."""
    room = layout.width - columns(mark) - 2
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        raw = escaped(line)
        if not layout.width or columns(raw) <= room:
            yield raw
            continue
        piece, used = "", 0
        for word in PIECE.findall(raw):
            wide = columns(word)
            if piece and used + wide > room:
                yield piece
                piece, used = "", 0
            piece, used = piece + word, used + wide
        yield piece


def escaped(text: str) -> str:
    r"""Return the text as it stands between quotation marks.

    >>> escaped('a "b"\n')
    'a \\"b\\"\\n'
    """
    return text.translate(ESCAPES)


def columns(text: str) -> int:
    """Return the width of a text in a terminal: none for a mark on a letter, two for a wide character.

    >>> columns("abc"), columns("اُردو"), columns("漢")
    (3, 4, 2)
    """
    if text.isascii():
        return len(text)
    return sum(_column(char) for char in text)


def _column(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
