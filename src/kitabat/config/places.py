"""Where each key and value of a TOML document stands; tomllib gives the values without their places."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

KeyPath = tuple[str, ...]

BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
INLINE_BLANK = re.compile(r"[ \t]*")
KEY_PART = re.compile(r'"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'|[A-Za-z0-9_-]+")
STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|' + r"'''(?:[^']|'(?!''))*'{3,5}|" + r'"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'",
    re.DOTALL,
)
BARE = re.compile(r"[^,\]}\n#]*")


@dataclass(frozen=True, slots=True)
class Place:
    """Offsets into the text."""

    key: int
    value: int


def places(text: str) -> dict[KeyPath, Place]:
    r"""Return where each key of a valid TOML document stands; an array's items have their number as key.

    A table has the place of its first header. Text that is not valid TOML gives the places up to its fault.

    >>> found = places('[a]\nb.c = {d = 1}\ne = [1, 2]')
    >>> sorted(".".join(path) for path in found)
    ['a', 'a.b', 'a.b.c', 'a.b.c.d', 'a.e', 'a.e.0', 'a.e.1']
    >>> found["a", "b", "c", "d"]
    Place(key=11, value=15)
    """
    scanner = Scanner(text)
    scanner.document()
    return scanner.found


class Scanner:
    """Reads a document once, left to right, noting offsets."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[KeyPath, Place] = {}
        self.tables: dict[KeyPath, int] = {}

    def document(self) -> None:
        """Read table headers and pairs until the end or the first thing that is neither."""
        table: KeyPath = ()
        while self.skip(BLANK) < len(self.text):
            start = self.at
            if self.take("["):
                table = self.header()
                continue
            if not self.pair(table):
                return
            if self.at == start:
                return

    def header(self) -> KeyPath:
        """Read a table's header; the items of an array of tables are numbered."""
        many = self.take("[")
        start = self.skip(INLINE_BLANK)
        path = self.numbered(self.key())
        self.note((), path, start, start)
        if many:
            number = self.tables.get(path, 0)
            self.tables[path] = number + 1
            path = (*path, str(number))
            self.note((), path, start, start)
        self.skip(INLINE_BLANK)
        while self.take("]"):
            pass
        return path

    def numbered(self, path: KeyPath) -> KeyPath:
        """Return a header's path with the present number after each array of tables on the way."""
        whole: KeyPath = ()
        for position, part in enumerate(path):
            whole = (*whole, part)
            if whole in self.tables and position < len(path) - 1:
                whole = (*whole, str(self.tables[whole] - 1))
        return whole

    def pair(self, table: KeyPath) -> bool:
        """Read ``key = value``; False where there is none."""
        start = self.at
        path = self.key()
        self.skip(INLINE_BLANK)
        if not path or not self.take("="):
            return False
        value = self.skip(INLINE_BLANK)
        self.note(table, path, start, value)
        self.value((*table, *path))
        return True

    def note(self, table: KeyPath, path: KeyPath, key: int, value: int) -> None:
        """Keep the first place of a path and of every table on the way to it."""
        for length in range(1, len(path) + 1):
            self.found.setdefault((*table, *path[:length]), Place(key, value))

    def key(self) -> KeyPath:
        """Read a dotted key."""
        parts: list[str] = []
        while match := KEY_PART.match(self.text, self.at):
            parts.append(plain_key(match[0]))
            self.at = match.end()
            self.skip(INLINE_BLANK)
            if not self.take("."):
                break
            self.skip(INLINE_BLANK)
        return tuple(parts)

    def value(self, path: KeyPath) -> None:
        """Read past a value, noting the places inside an array or an inline table."""
        if self.take("["):
            self.items(path)
        elif self.take("{"):
            while self.skip(BLANK) < len(self.text) and not self.take("}"):
                if not self.take(",") and not self.pair(path):
                    return
        elif match := STRING.match(self.text, self.at):
            self.at = match.end()
        else:
            self.skip(BARE)

    def items(self, path: KeyPath) -> None:
        """Read an array's items."""
        number = 0
        while self.skip(BLANK) < len(self.text) and not self.take("]"):
            if self.take(","):
                continue
            start = self.at
            item = (*path, str(number))
            self.found[item] = Place(start, start)
            self.value(item)
            number += 1
            if self.at == start:
                return

    def skip(self, pattern: re.Pattern[str]) -> int:
        """Go past a pattern that may be empty; return the new offset."""
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at

    def take(self, sign: str) -> bool:
        """Go past one sign; False where something else stands."""
        here = self.text.startswith(sign, self.at)
        self.at += len(sign) if here else 0
        return here


def plain_key(part: str) -> str:
    """Return the name that a key's part spells."""
    if part[0] not in "\"'":
        return part
    try:
        return str(tomllib.loads(f"key = {part}")["key"])
    except tomllib.TOMLDecodeError:
        return part[1:-1]


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    r"""Return the line and column, both from 1.

    >>> line_and_column("a\nbc", 3)
    (2, 2)
    """
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
