"""The lossless editor of .po files: a file stays its own lines, and only those of a changed entry are replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from kitabat.catalogs import po_charset, po_writer
from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.po_parser import MOST_FAULTS, Parser
from kitabat.catalogs.po_writer import Layout
from kitabat.model.diagnostic import Diagnostic, Location, Outcome, error, warning

PLACEHOLDERS = ("INTEGER", "EXPRESSION")
"""Of a template's ``Plural-Forms``."""
LINE_FEED_AT = {"beginning": str.startswith, "end": str.endswith}


class Header(Mapping[str, str]):
    r"""The fields of a header entry, in their order; names are looked up whatever their case.

    >>> Header("Language: ur\nX-Generator: Poedit\n")["language"]
    'ur'
    """

    __slots__ = ("_fields",)

    def __init__(self, text: str) -> None:
        pairs = (line.partition(":") for line in text.split("\n") if ":" in line)
        self._fields = {name.strip(): value.strip() for name, _, value in pairs}

    def __getitem__(self, name: str) -> str:
        for own, value in self._fields.items():
            if own.lower() == name.lower():
                return value
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


@dataclass(frozen=True, slots=True)
class PoFile:
    """A catalog as it stands in a file.

    Invariant: ``PoFile.parse(content, path).value.content() == content``, whatever the content, where there is a value.
    """

    path: str
    all: tuple[PoEntry, ...] = ()
    """Every entry in the file's order: header, active and obsolete."""
    tail: str = ""
    """What stands after the last entry."""
    layout: Layout = field(default_factory=Layout)
    codec: str = po_charset.UTF_8
    bom: bool = False
    returns: bool = False
    """Lines end in carriage returns alone, as an old Mac wrote them; ``text`` of the entries has line feeds."""
    original: bytes | None = None
    """The file as it was read; None once an entry has changed."""

    @classmethod
    def parse(cls, content: bytes, path: str, *, to_write: bool = True) -> Outcome[PoFile | None]:
        r"""Read a file; None and errors with line and column where it breaks the grammar, as GNU msgfmt has it.

        A translation that begins or ends with a line feed where its source does not is an error too, as msgfmt
        has it, but the file can be read, and edited. ``to_write`` is False where nothing of it is going to change:
        how the file is laid out is then not looked into.

        >>> PoFile.parse(b'msgid "a"\nmsgstr "b', "a.po").diagnostics[0].location
        Location(path='a.po', line=2, column=10)
        """
        decoded = po_charset.decode(content, path)
        if decoded.value is None:
            return Outcome(None, decoded.diagnostics)
        text, codec = decoded.value.text, decoded.value.codec
        parser = Parser(text, path, codec)
        faults = [*parser.faults, *islice(_duplicates(parser.entries, path), MOST_FAULTS)]
        if faults:
            faults.sort(key=lambda fault: fault.location or Location(path))
            return Outcome(None, (*decoded.diagnostics, *faults))
        layout = po_writer.layout_of(text) if to_write else Layout()
        bom, returns = decoded.value.bom, decoded.value.returns
        file = cls(path, tuple(parser.entries), parser.tail, layout, codec, bom, returns, content)
        return Outcome(file, (*decoded.diagnostics, *_remarks(file), *islice(_newlines(file), MOST_FAULTS)))

    @property
    def header_entry(self) -> PoEntry | None:
        """The entry with the catalog's own fields."""
        return next((entry for entry in self.all if entry.is_header), None)

    @property
    def header(self) -> Header:
        """The catalog's own fields; none where there is no header."""
        entry = self.header_entry
        return Header(entry.msgstr[0] if entry else "")

    @property
    def entries(self) -> tuple[PoEntry, ...]:
        """Active entries, without the header."""
        return tuple(entry for entry in self.all if not entry.obsolete and not entry.is_header)

    @property
    def obsolete(self) -> tuple[PoEntry, ...]:
        """Entries of messages that are gone."""
        return tuple(entry for entry in self.all if entry.obsolete)

    def content(self) -> bytes:
        """Return the file's bytes: those that were read, where nothing has changed."""
        if self.original is not None:
            return self.original
        text = self._text()
        try:
            return po_charset.encode(text, self.codec, bom=self.bom, returns=self.returns)
        except UnicodeEncodeError:
            return self.in_utf_8().content()

    def _text(self) -> str:
        parts = []
        before: PoEntry | None = None
        for entry in self.all:
            follows = entry.position >= 0 and entry.position == (before.position if before else -1) + 1
            parts += [entry.gap if follows or (entry.gap.strip() and before) else self.layout.newline if before else ""]
            parts.append(entry.text)
            before = entry
        return "".join([*parts, self.tail])

    def in_utf_8(self) -> PoFile:
        """Return the same catalog in UTF-8, its header saying so; for words that its character set cannot write."""
        entry = self.header_entry
        moved = replace(self, codec=po_charset.UTF_8, original=None)
        if entry is None:
            return moved
        text = po_charset.CHARSET_NAME.sub("charset=UTF-8", entry.msgstr[0])
        return moved.replaced(entry, msgstr=(text, *entry.msgstr[1:]))

    def changed(self, entry: PoEntry, **changes: Any) -> PoEntry:
        """Return the entry with other values, laid out as this file is; the file itself stays as it is."""
        return po_writer.changed(entry, self.layout, **changes)

    def replaced(self, entry: PoEntry, **changes: Any) -> PoFile:
        """Return the file with other values in one of its entries."""
        new = self.changed(entry, **changes)
        return self.with_entries([new if own is entry else own for own in self.all])

    def with_entries(self, entries: Sequence[PoEntry]) -> PoFile:
        """Return the file with these entries, header included, in this order; itself where they are its own.

        An entry of this file keeps its lines and the blank lines before it; a new one is rendered.
        Line numbers stay those of the file as it was read.
        """
        if len(entries) == len(self.all) and all(a is b for a, b in zip(entries, self.all, strict=True)):
            return self
        last = len(entries) - 1
        ready = tuple(self._whole(entry, last=number == last) for number, entry in enumerate(entries))
        return replace(self, all=ready, original=None)

    def _whole(self, entry: PoEntry, *, last: bool) -> PoEntry:
        """Return the entry on lines of its own."""
        if not entry.text:
            return po_writer.rendered(entry, self.layout)
        if entry.start[1] > 1:
            return po_writer.rendered(replace(entry, gap="", start=(0, 0)), self.layout)
        if entry.text.endswith("\n") or (last and entry.position == len(self.all) - 1 and not self.tail):
            return entry
        return replace(entry, text=entry.text.rstrip("\r") + self.layout.newline)


def _duplicates(entries: Sequence[PoEntry], path: str) -> Iterator[Diagnostic]:
    """Yield a fault for each entry whose context and msgid an earlier one has."""
    seen: dict[tuple[str | None, str], PoEntry] = {}
    for entry in entries:
        first = seen.setdefault(entry.key, entry)
        if first is not entry:
            shown = entry.msgid if len(entry.msgid) <= 40 else f"{entry.msgid[:39]}…"
            shown = po_writer.escaped(shown)
            message = f"Unexpected second entry for `{shown}`, expected one; the first is in line {first.line}"
            hint = f"Keep the right one of lines {first.line} and {entry.line}, and delete the other"
            yield error("catalog/duplicate", message, Location(path, entry.line, 1), hint)


def _remarks(file: PoFile) -> Iterator[Diagnostic]:
    """Yield what is odd in the header, though it can be read."""
    entry = file.header_entry
    if entry is None:
        if file.all:
            hint = "Run `kitabat sync`, or copy the header of another catalog"
            yield warning("catalog/header", "Missing header entry", Location(file.path, 1), hint)
        return
    plural = file.header.get("plural-forms", "")
    if any(word in plural for word in PLACEHOLDERS):
        hint = "Write the language's own rule, such as `nplurals=2; plural=(n != 1);`"
        message = "Unexpected placeholder in `Plural-Forms`, expected a rule"
        yield warning("catalog/plural", message, Location(file.path, entry.msgstr_line), hint)


def _has_line_feed(entry: PoEntry) -> bool:
    return "\n" in entry.msgid or any("\n" in form for form in (*entry.msgstr, entry.msgid_plural or ""))


def _newlines(file: PoFile) -> Iterator[Diagnostic]:
    """Yield a fault for each entry in which a translation begins or ends with a line feed and the source does not."""
    for entry in file.entries:
        if entry.is_fuzzy or not entry.msgid or not entry.msgstr[0] or not _has_line_feed(entry):
            continue
        plural = [("msgid_plural", 0, entry.msgid_plural)] if entry.msgid_plural is not None else []
        forms = [("msgstr", index, form) for index, form in enumerate(entry.msgstr)]
        for end, test in LINE_FEED_AT.items():
            wanted = test(entry.msgid, "\n")
            unlike = next((found for found in [*plural, *forms] if test(found[2], "\n") is not wanted), None)
            if unlike is not None:
                name, index, text = unlike
                place = Location(file.path, *entry.place(name, 0 if end == "beginning" else len(text) - 1, index))
                message = f"{'Missing' if wanted else 'Unexpected'} `\\n` at the {end} of {name}, unlike msgid"
                hint = f"{'Add' if wanted else 'Delete'} the `\\n` at the {end}"
                yield error("catalog/newline", message, place, hint)
