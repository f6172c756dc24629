"""Catalogs that are finished and written as editors and gettext's tools write them, read in one pass.

Most catalogs of a publication are, and each build from nothing reads all of them. Any other is read entry by entry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kitabat.catalogs.po_whole import STRINGS, first_character, joined
from kitabat.model.diagnostic import Location
from kitabat.model.message import MessageKey, Translation, TranslationState

CONTEXT, SOURCE, TARGET = 'msgctxt "', 'msgid "', 'msgstr "'
"""How the fields of an entry begin."""
COLUMN = len(TARGET) + 1
"""Where a text of one string begins."""
UNFINISHED = ("#~", "#|")
"""How lines of obsolete entries and former sources begin; no finished catalog has any."""
FIELD = re.compile(STRINGS)
SAID = ("fuzzy", "kitabat:")
"""What may stand in comments and is heeded."""


def finished(text: str, path: str) -> tuple[str, dict[MessageKey, Translation]] | None:
    r"""Return the header of a catalog and its translations; None where anything in it wants a closer look.

    >>> header = 'msgid ""\nmsgstr "Language: ur\\n"\n'
    >>> _, found = finished(header + '\nmsgctxt "s"\nmsgid "one"\nmsgstr "ایک"\n', "a.po")
    >>> found[MessageKey("s", "one")].text, str(found[MessageKey("s", "one")].location)
    ('ایک', 'a.po:6:9')
    >>> finished(header + '#, fuzzy\nmsgid "one"\nmsgstr "ایک"\n', "a.po")
    """
    if not text.endswith("\n") or "\r" in text or "\4" in text:
        return None
    lines = [*text.rstrip("\n").split("\n"), ""]
    header, at, count = "", 0, 0
    found: dict[MessageKey, Translation] = {}
    while at < len(lines) - 1:
        at = _uncommented(lines, at if lines[at] else at + 1)
        context, at = _said(lines, at, CONTEXT)
        msgid, first = _said(lines, at, SOURCE)
        msgstr, at = _said(lines, first, TARGET)
        if msgid is None or msgstr is None:
            return None
        if not count:
            header = msgstr
            if msgid or context is not None:
                return None
        elif not msgid or _breaks_unlike(msgid, msgstr):
            return None
        else:
            state = TranslationState.TRANSLATED if msgstr.strip() else TranslationState.UNTRANSLATED
            place = (first + 1, COLUMN) if at == first + 1 else _place(lines[first:at], first + 1)
            found[MessageKey(context or "", msgid)] = Translation(msgstr, state, location=Location(path, *place))
        count += 1
    return (header, found) if len(found) == count - 1 else None


def _uncommented(lines: Sequence[str], at: int) -> int:
    """Return the first line that is no comment; one whose comment wants a closer look, which no field begins with."""
    while (line := lines[at]).startswith("#"):
        if line.startswith(UNFINISHED) or line.endswith("\\") or any(word in line for word in SAID):
            return at
        at += 1
    return at


def _said(lines: Sequence[str], at: int, begin: str) -> tuple[str | None, int]:
    """Return what a field says, and the line behind it; None and the same line where it is not there, or unusual."""
    line, end = lines[at], at + 1
    if not line.startswith(begin):
        return None, at
    if not lines[end].startswith('"'):
        inside = line[len(begin) : -1]
        if '"' not in inside and "\\" not in inside and len(line) > len(begin) and line.endswith('"'):
            return inside, end
    while lines[end].startswith('"'):
        end += 1
    strings = "\n".join(lines[at:end])[len(begin) - 1 :]
    return (joined(strings), end) if FIELD.fullmatch(strings) else (None, at)


def _place(lines: Sequence[str], line: int) -> tuple[int, int]:
    """Return line and column of a text of several strings."""
    strings = "\n".join(lines)[len(TARGET) - 1 :]
    return first_character(strings, line) if strings.startswith('""') else (line, COLUMN)


def _breaks_unlike(msgid: str, msgstr: str) -> bool:
    """Tell whether a translation begins or ends with a line feed and its source does not, or the other way round."""
    if "\n" not in msgid and "\n" not in msgstr:
        return False
    is_like = msgid.startswith("\n") == msgstr.startswith("\n") and msgid.endswith("\n") == msgstr.endswith("\n")
    return bool(msgstr) and not is_like
