"""An entry of a .po file: the parsed view, and the very text that it was read from."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from kitabat.catalogs import po_lexer

FUZZY = "fuzzy"
REFERENCE = re.compile("\u2068[^\u2069]*\u2069(?::[0-9]+)?|\\S+")
"""GNU gettext puts a path with white space between U+2068 and U+2069."""
FLAG = re.compile(r"range:[ \t]*[^,\s]*|[^,\s]+")


class Previous(NamedTuple):
    """The source that a fuzzy translation was made from: the ``#|`` lines."""

    msgctxt: str | None
    msgid: str
    msgid_plural: str | None = None


@dataclass(frozen=True, slots=True)
class PoEntry:
    r"""One entry; comparison is by what it says, not by where it stands or how it is wrapped.

    >>> PoEntry("Hello", ("سلام",)).is_translated
    True
    >>> PoEntry("Hello", (" ",)).is_translated, PoEntry("Hello", ("سلام",), flags=("fuzzy",)).is_fuzzy
    (False, True)
    """

    msgid: str
    msgstr: tuple[str, ...] = ("",)
    """One string; with ``msgid_plural``, one for each plural form."""
    msgctxt: str | None = None
    msgid_plural: str | None = None
    comments: tuple[str, ...] = ()
    """The translator's own lines, without ``# ``."""
    extracted: tuple[str, ...] = ()
    """Lines from the author, without ``#. ``."""
    references: tuple[str, ...] = ()
    """``path:line``; a path with white space stands between U+2068 and U+2069."""
    flags: tuple[str, ...] = ()
    previous: Previous | None = None
    obsolete: bool = False
    line: int = field(default=0, compare=False)
    """Of ``msgid`` in the file as it was read; 0 for an entry that is not from a file."""
    msgstr_line: int = field(default=0, compare=False)
    msgstr_place: tuple[int, int] = field(default=(0, 0), compare=False, repr=False)
    """Line and column of the first character of ``msgstr`` in the file as it was read, where all of it is written as
    editors write it; otherwise (0, 0), and ``place`` finds it."""
    text: str = field(default="", compare=False, repr=False)
    """The entry's lines in the file, comments included; empty until a writer renders it."""
    gap: str = field(default="", compare=False, repr=False)
    """What stood between the entry before and this one: most often a blank line."""
    position: int = field(default=-1, compare=False, repr=False)
    """Number of the entry in its file, from 0."""
    start: tuple[int, int] = field(default=(0, 0), compare=False, repr=False)
    """Line and column of the first character of ``text``."""

    @property
    def key(self) -> tuple[str | None, str]:
        """What tells two entries of a catalog apart."""
        return self.msgctxt, self.msgid

    @property
    def is_header(self) -> bool:
        """True for the entry that holds the catalog's own fields."""
        return self.msgid == "" and self.msgctxt is None and not self.obsolete

    @property
    def is_fuzzy(self) -> bool:
        """True where nobody has confirmed the translation."""
        return FUZZY in self.flags

    @property
    def is_translated(self) -> bool:
        """True where every form has more than white space; a fuzzy entry may be translated too."""
        return all(form.strip() for form in self.msgstr)

    def place(self, name: str, offset: int = 0, index: int = 0) -> tuple[int, int]:
        r"""Return line and column, from 1, of a character of a decoded string, as the file has it.

        ``name`` is ``msgctxt``, ``msgid``, ``msgid_plural`` or ``msgstr``; ``index`` the plural form; an offset
        at or past the end is the closing quotation mark. (0, 0) where the entry is not from a file.

        >>> text = 'msgid "a"\nmsgstr ""\n"\\"one\\n"\n"two"\n'
        >>> entry = PoEntry("a", ('"one\ntwo',), text=text, start=(10, 1))
        >>> entry.place("msgstr"), entry.place("msgstr", 1), entry.place("msgstr", 5)
        ((12, 2), (12, 4), (13, 2))
        """
        return Ruler(self, name, index).place(offset)


class Ruler:
    """Where each character of one string of an entry stands; made once for many places of the same string."""

    def __init__(self, entry: PoEntry, name: str, index: int = 0) -> None:
        """Measure a string; ``name`` and ``index`` are those of ``PoEntry.place``."""
        self.lines: list[int] = []
        self.starts: list[int] = []
        """Of each piece between quotation marks: its line in the file, and the offset of its first character."""
        self.columns: list[int] = []
        """Of each character of the whole string, then of the closing quotation mark; empty where there is none."""
        for token in _strings(entry, name, index):
            if self.columns:
                self.columns.pop()
            self.lines.append(token.line)
            self.starts.append(len(self.columns))
            self.columns += accumulate(po_lexer.widths(token.value), initial=token.column + 1)

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of a character, as ``PoEntry.place`` does."""
        if not self.columns:
            return 0, 0
        return self.lines[bisect_right(self.starts, offset) - 1], self.columns[min(offset, len(self.columns) - 1)]


def _strings(entry: PoEntry, name: str, index: int) -> list[po_lexer.Token]:
    """Return the string tokens of one field, in order."""
    found: list[po_lexer.Token] = []
    current, form = "", "0"
    for token in po_lexer.tokens(entry.text, *entry.start):
        if token.kind == po_lexer.STRING:
            if current == name and form == str(index):
                found.append(token)
        elif token.kind in po_lexer.KEYWORDS:
            current, form = token.kind, "0"
        elif token.kind == po_lexer.NUMBER:
            form = token.value.lstrip("0") or "0"
        elif token.kind != po_lexer.BRACKET:
            current = ""
    return found


def split_references(text: str) -> tuple[str, ...]:
    """Split what follows ``#:``.

    >>> split_references(" content/a.md:3 \u2068content/a b.md\u2069:4")
    ('content/a.md:3', '\u2068content/a b.md\u2069:4')
    """
    return tuple(REFERENCE.findall(text))


def split_flags(text: str) -> tuple[str, ...]:
    """Split what follows ``#,`` or ``#=``.

    >>> split_flags(" fuzzy, no-wrap c-format,range: 0..2")
    ('fuzzy', 'no-wrap', 'c-format', 'range: 0..2')
    """
    return tuple(FLAG.findall(text))
